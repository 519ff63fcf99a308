"""Two models beside each other: asked for, stopped, told, and the second one used."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from edema_desk.domain.models.view import ModelComparison, PatientErrors
from edema_desk.domain.statistics.agreement import Figures
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.ui.models.compare_sheet import CompareSheet
from edema_desk.ui.models.page import ModelsPage
from edema_desk.ui.pieces.models_words import comparison_text
from tests.ui.fakes.models import BASE, CANCELLED, OWN, FakeModels
from tests.ui.models.models_kit import Settle


def figures(mae_kg: float) -> Figures:
    return Figures(300, 0.9, 0.08, 0.95, mae_kg, 0.22, 0.5, 0.4, 0.9, 0.8, 0.41, 0.9, 1.5, 0.03)


def told(gain: tuple[float, float] = (0.01, 0.09)) -> ModelComparison:
    low, high = gain
    keys = ("mae_kg", "accuracy", "change_mae_kg", "skill_vs_class_mean", "coverage_90")
    return ModelComparison(
        *(BASE.model_id, OWN.model_id, 4, 300, figures(0.36), figures(0.31)),
        differences=dict.fromkeys(keys, (-high, -low)),
        first_mae_kg=(0.3, 0.43),
        second_mae_kg=(0.26, 0.37),
        second_nearer=0.62,
        by_patient=tuple(PatientErrors(f"p{n}", 75, 0.5, 0.3 + 0.05 * n) for n in range(4)),
    )


def test_two_models_beside_each_other_and_then_the_second_is_used(
    page: ModelsPage, models: FakeModels, settle: Settle, qtbot: QtBot
) -> None:
    page.list.setCurrentRow(1)
    page.detail.compare.click()
    sheet = page.sheet
    assert isinstance(sheet, CompareSheet)
    assert sheet.save_button.text() == "Compare"
    sheet.save()
    assert models.asked == [("compare", BASE.model_id, OWN.model_id)]
    models.listener(Progress("evaluate", 30, 120, 95.0))
    qtbot.waitUntil(lambda: "25 %" in sheet.progress.left.text())
    assert "about 2 min to go" in sheet.progress.left.text()
    models.running.set_result(told())
    settle()
    assert sheet.verdict.text() == "clinic-2026-cccccc lies nearer to the scale."
    assert "nearer in 62 % of the captures" in sheet.detail.text()
    assert "0.05 kg smaller (95 %: 0.01 to 0.09)" in sheet.detail.text()
    assert [cell.text() for cell in sheet.cells[1]] == [
        *("Mean error, kg", "0.36", "0.31", "−0.09 to −0.01")
    ]
    for place in (1, 2, 3):
        right = {line[place].geometry().right() for line in sheet.cells}
        assert len(right) == 1, "figures end under each other"
    names = [row.name for row in sheet.picture.rows]
    assert names[0] == "All captures"
    assert names[1] == "佐藤 春子"
    assert (sheet.picture.rows[1].first_kg, sheet.picture.rows[1].second_kg) == (0.5, 0.3)
    assert sheet.save_button.text() == "Use clinic-2026-cccccc"
    sheet.save()
    settle()
    assert models.asked[-1] == ("activate", OWN.model_id)


def test_patients_a_model_learned_from_are_said_to_be_left_out(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.compare(OWN.model_id)
    sheet = page.sheet
    assert isinstance(sheet, CompareSheet)
    sheet.save()
    models.running.set_result(replace(told(), learned_from=3))
    settle()
    assert "3 patients are left out: one of the models learned from them." in sheet._counted.text()


def test_a_comparison_is_stopped_and_a_clinic_without_captures_is_told_so(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.compare(OWN.model_id)
    sheet = page.sheet
    assert isinstance(sheet, CompareSheet)
    sheet.save()
    sheet.progress.stop.click()
    assert models.cancel.asked
    models.running.set_exception(CANCELLED)
    settle()
    assert not sheet.failure.isVisible()
    assert sheet.save_button.isEnabled()
    sheet.save()
    small = ExpectedError(ErrorCode.STUDY_TOO_SMALL, found="1 captures", limit=2)
    models.running.set_exception(small)
    settle()
    assert "nothing to compare on yet" in sheet.failure.text.text()
    sheet.save()
    sheet.reject()
    assert models.cancel.asked


@pytest.mark.parametrize(
    ("gain", "head"),
    [
        ((0.01, 0.09), "B lies nearer to the scale."),
        ((-0.02, 0.09), "It cannot be told which of the two lies nearer to the scale."),
        ((-0.09, -0.01), "B lies farther from the scale."),
    ],
)
def test_the_verdict_is_that_of_the_interval(gain: tuple[float, float], head: str) -> None:
    assert comparison_text(told(gain), "A", "B").split("\n")[0] == head
