"""The page Models: what is there, who may do what, comparing, training, patients, drift."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.models.training_plan import Learners, TrainingPlan
from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.models.view import (
    ModelComparison,
    PatientErrors,
    Reestimated,
    TrainingState,
    TrainingStep,
)
from edema_desk.domain.statistics.agreement import Figures
from edema_desk.domain.statistics.drift import Side, Watch
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.settings import Settings
from edema_desk.ui.models.compare_sheet import CompareSheet
from edema_desk.ui.models.page import DRIFT, EACH, ModelsPage
from edema_desk.ui.models.reestimate_sheet import ReestimateSheet
from edema_desk.ui.models.remove_sheet import RemoveModelSheet
from edema_desk.ui.models.signers_sheet import SignersSheet
from edema_desk.ui.models.training_sheet import TrainingSheet
from edema_desk.ui.pieces.models_words import (
    comparison_text,
    drift_text,
    number,
    percent,
    short_name,
)
from edema_desk.ui.places import MODELS, Place
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fakes.models import BASE, CANCELLED, OWN, SINCE, FakeModels, entry_of, made_up_card
from tests.ui.fakes.signs import ADMINISTRATOR, NURSE
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import made_up_clinic

Settle = Callable[[], None]
PLAN = TrainingPlan("t", "clinic-b", True, (), "", 480.0, Moment(1_800_000_000_000, 540))


@pytest.fixture
def app(qapp: object, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[App]:
    """An administrator's, or with the mark `nurse` a nurse's."""
    clinic = made_up_clinic(4, 60, TODAY)
    for capture_id, said in list(clinic.estimates.items()):
        if capture_id.startswith("p1-2026-02") and said.excess_kg is not None:
            clinic.estimates[capture_id] = replace(said, excess_kg=said.excess_kg + 1.0)
    desk = FakeDesk(clinic, tmp_path)
    person = getattr(request, "param", ADMINISTRATOR)
    desk.sitting.take(person)
    desk.models.kept.append(entry_of(OWN))
    made = App(qapp, desk, Settings("en", "light"), lambda: TODAY)  # type: ignore[arg-type]
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def models(app: App) -> FakeModels:
    desk = app.jobs.desk
    assert isinstance(desk, FakeDesk)
    return desk.models


@pytest.fixture
def settle(app: App, qtbot: QtBot) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: app.jobs.waiting == 0, timeout=20_000)

    return wait


@pytest.fixture
def page(app: App, settle: Settle) -> ModelsPage:
    app.window.go(Place(MODELS))
    settle()
    return app.window.models


def texts(page: ModelsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_the_list_says_of_each_what_it_is_and_what_its_figure_was_measured_on(
    page: ModelsPage,
) -> None:
    first, second = page.list.lines
    assert (first.name, first.state.word) == ("base", "In use")
    assert first.figures == "0.34 kg · made-up swelling"
    assert (second.name, second.state.word) == ("clinic-2026", "Installed, not in use")
    assert second.figures == "0.29 kg · patients"
    assert page.subtitle() == "base-aaaaaa in use"


def test_the_card_of_the_model_in_front(page: ModelsPage) -> None:
    said = texts(page)
    assert [f.value.text() for f in page.detail.figures] == ["0.34", "91", "±0.78", "39"]
    assert "made-up swelling drawn over faces" in said
    assert "61 people, 1464 captures, 11712 pictures (made-up swelling)" in said
    assert "edema-desk pretrain train61" in said
    assert "Another collection, CC0" in said
    assert "624" in said
    page.list.setCurrentRow(1)
    said = texts(page)
    assert "made-up swelling drawn over faces" not in said
    assert "Never yet." in said


def test_one_click_uses_a_model_and_the_notice_leads_back(
    app: App, page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.list.setCurrentRow(1)
    QTest.mouseClick(page.detail.use, Qt.MouseButton.LeftButton)
    settle()
    assert models.asked == [("activate", OWN.model_id)]
    assert page.list.lines[0].model_id == OWN.model_id == page.list.chosen
    toast = app.window.toast
    assert toast.isVisible()
    assert any("stay as they are" in one.text() for one in toast.findChildren(QLabel))
    toast.undo_button.click()
    settle()
    assert models.asked[-1][0] == "back"
    assert page.list.lines[0].model_id == BASE.model_id
    assert not toast.undo_button.isVisible(), "going back again would go back two"


def test_when_it_was_in_use_and_by_whom(
    page: ModelsPage, models: FakeModels, app: App, settle: Settle
) -> None:
    desk = app.jobs.desk
    assert isinstance(desk, FakeDesk)
    user = desk.users.have("mori")
    later = Moment(SINCE.utc_ms + 86_400_000, 540)
    models.switches = [
        ModelUse(OWN.model_id, False, SINCE, user.user_id),
        ModelUse(BASE.model_id, True, later, user.user_id),
    ]
    page.refresh()
    settle()
    assert page.list.lines[1].state.word == "In use earlier"
    assert "Since 3 Feb 2026 11:40, switched by Mori" in texts(page)
    page.list.setCurrentRow(1)
    assert "2 Feb 2026 11:40 to 3 Feb 2026 11:40, switched by Mori" in texts(page)


@pytest.mark.parametrize("app", [NURSE], indirect=True)
def test_a_nurse_reads_and_is_told_why_there_is_nothing_to_press(page: ModelsPage) -> None:
    assert "Only an administrator" in page.barred.text.text()
    page.list.setCurrentRow(1)
    acts = (page.train, page.install, page.reestimate, page.signers, page.detail.use)
    assert not any(one.isVisible() for one in (*acts, page.detail.remove))
    assert page.detail.compare.isVisible(), "comparing writes nothing"


def test_installing_says_why_not_and_shows_what_is_new(
    page: ModelsPage, models: FakeModels, settle: Settle, tmp_path: Path
) -> None:
    models.kept.pop()
    models.fails = ExpectedError(ErrorCode.MODEL_UNSIGNED, name="clinic-2026")
    page.install_from(str(tmp_path))
    settle()
    assert "takes signed models only" in page.failure.text.text()
    page.install_from(str(tmp_path))
    settle()
    assert not page.failure.isVisible()
    assert page.list.chosen == OWN.model_id


def test_a_damaged_model_says_so_and_can_only_be_removed(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    broken = made_up_card("broken", "d")
    fault = ExpectedError(ErrorCode.MODEL_ALTERED, name="broken")
    models.kept.append(replace(entry_of(broken), card=None, fault=fault))
    page.refresh()
    settle()
    page.list.choose(broken.model_id)
    assert page.list.lines[2].state.word == "Damaged"
    assert "not those its card names" in page.detail.fault.text.text()
    shown = (page.detail.use, page.detail.compare, page.detail.remove)
    assert [one.isVisible() for one in shown] == [False, False, True]
    page.detail.remove.click()
    assert isinstance(page.sheet, RemoveModelSheet)
    page.sheet.save()
    settle()
    assert models.asked == [("remove", broken.model_id)]
    assert len(page.list.lines) == 2


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


def test_stored_captures_are_estimated_again(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.reestimate.click()
    sheet = page.sheet
    assert isinstance(sheet, ReestimateSheet)
    sheet.save()
    models.running.set_exception(CANCELLED)
    settle()
    assert "so far stays" in sheet.outcome.text.text()
    sheet.save()
    models.running.set_result(Reestimated(620, 4))
    settle()
    assert sheet.outcome.text.text().startswith("620 captures were estimated again. 4 could not")
    sheet.save()
    assert page.sheet is None


def test_whom_a_training_learns_from_is_counted_and_too_few_are_said(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    models.training.known = Learners(3, 40, 77, 1, 12)
    page.train.click()
    settle()
    sheet = page.sheet
    assert isinstance(sheet, TrainingSheet)
    assert "At least 5 patients" in sheet.too_few.text.text()
    assert not sheet.own.isEnabled()
    sheet.name_edit.setText("clinic-b")
    sheet.save()
    assert "whom to learn from" in sheet.wrong.text()
    sheet.add_study("/studies/one")
    sheet.save()
    assert "other people to judge" in sheet.wrong.text()
    sheet.judge_on("/studies/one")
    sheet.save()
    assert "cannot be learned from too" in sheet.wrong.text()
    sheet.judge_on("/studies/two")
    sheet.save()
    settle()
    (plan,) = models.training.asked
    assert isinstance(plan, TrainingPlan)
    assert (plan.own, plan.studies, plan.judged_on) == (False, ("/studies/one",), "/studies/two")


def test_a_training_is_begun_stopped_taken_up_and_its_model_compared(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.train.click()
    settle()
    sheet = page.sheet
    assert isinstance(sheet, TrainingSheet)
    assert "14 patients with 1120 sessions and 2190 captures" in sheet._counted.text()
    assert "3 of the patients" in sheet._judge.text()
    sheet.learners = replace(models.training.known, judging_sessions=3)
    sheet.save()
    assert sheet.name.wrong.text()
    assert "have 3 sessions" in sheet.wrong.text()
    sheet.learners = models.training.known
    sheet.name_edit.setText("clinic-b")
    sheet.time.choose("120")
    sheet.save()
    settle()
    (plan,) = models.training.asked
    assert isinstance(plan, TrainingPlan)
    assert (plan.name, plan.own, plan.minutes) == ("clinic-b", True, 120.0)
    training = page.training
    assert training.isVisible()
    assert not page.train.isEnabled()
    models.training.stand(TrainingState(TrainingStep.TRAINS, PLAN, 0.42, 1800.0))
    settle()
    qtwait(page)
    assert training.what.text() == "clinic-b is being trained"
    assert training.left.text() == "42 % · about 30 min to go"
    models.training.stands_still = True
    training.retranslate()
    assert "stands still while a capture runs" in training.what.text()
    models.training.stands_still = False
    training.stop.click()
    qtwait(page)
    assert "laid aside" in training.what.text()
    models.training.stand(TrainingState(TrainingStep.WAITS, PLAN))
    qtwait(page)
    assert training.go_on.isVisible()
    training.go_on.click()
    qtwait(page)
    models.training.stand(TrainingState(TrainingStep.DONE, PLAN, 1.0, model_id=OWN.model_id))
    qtwait(page)
    assert "It is not in use yet." in training.what.text()
    training.compare.click()
    assert isinstance(page.sheet, CompareSheet)
    page.sheet.reject()
    training.close_.click()
    assert not training.isVisible()
    assert models.training.asked[1:] == ["stop", "go on"]


def qtwait(page: ModelsPage) -> None:
    """News came to the window's thread."""
    for _ in range(5):
        QTest.qWait(5)
    assert page.isVisible()


def test_signers_are_trusted_and_no_more(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.signers.click()
    settle()
    sheet = page.sheet
    assert isinstance(sheet, SignersSheet)
    assert sheet.list.count() == 0
    sheet.add("/keys/maker.pem")
    settle()
    assert sheet.list.count() == 1
    assert not sheet.distrust.isEnabled()
    sheet.list.setCurrentRow(0)
    sheet.distrust.click()
    settle()
    assert [one[0] for one in models.asked] == ["trust", "distrust"]
    assert sheet.list.count() == 0
    sheet.save()


def test_each_patient_by_name_with_the_figures_of_the_course(
    page: ModelsPage, settle: Settle
) -> None:
    page.go(EACH)
    settle()
    table = page.each.table
    assert [line.cells[0] for line in table.shown] == sorted(
        (line.cells[0] for line in table.shown), key=kana_of(page)
    )
    watch = page.watch
    assert watch is not None
    for line in table.shown:
        one = next(m for m in watch.models if m.patient.patient_id == line.key)
        assert line.cells[1:] == (
            *(str(one.days), str(one.estimates)),
            *(number(one.mae_kg), number(one.usual_mae_kg)),
        )
    opened: list[str] = []
    page.patient_wanted.connect(opened.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [table.shown[1].key]


def kana_of(page: ModelsPage) -> Callable[[str], str]:
    watch = page.watch
    assert watch is not None
    return {one.patient.name: one.patient.kana for one in watch.models}.__getitem__


def test_who_drifted_is_listed_counted_on_the_rail_and_opened(
    app: App, page: ModelsPage, settle: Settle
) -> None:
    page.go(DRIFT)
    settle()
    (line,) = page.drift.table.shown
    assert line.key == "p1"
    assert "1 of 4 patients drifted" in texts(page)
    button = app.window._rail._buttons[MODELS]
    watch = page.watch
    assert watch is not None
    assert button.count == 1 + (watch.clinic.since is not None)
    assert "1 patients drifted" in button.accessibleDescription()


def test_drift_and_numbers_in_words() -> None:
    up = Drift(Watch(5.0, 0.0, Side.ABOVE, 3), 20, TODAY, 0.512)
    assert drift_text(up) == "0.51 kg above the scale since 2 Mar 2026"
    down = Drift(Watch(0.0, 5.0, Side.BELOW, 3), 20, TODAY, -0.3)
    assert drift_text(down) == "0.30 kg below the scale since 2 Mar 2026"
    assert drift_text(Drift(Watch(), 3)) == "No drift"
    assert (number(-0.001), number(-0.456, signed=True), number(None)) == ("0.00", "−0.46", "–")
    assert number(float("nan")) == percent(None) == "–"
    assert percent(0.617) == "62 %"
    assert short_name("base-0123456789ab") == "base-012345"


def test_a_clinic_without_anything(qapp: object, tmp_path: Path, qtbot: QtBot) -> None:
    desk = FakeDesk(made_up_clinic(0, 0, TODAY), tmp_path)
    desk.sitting.take(NURSE)
    made = App(qapp, desk, Settings("en", "light"), lambda: TODAY)  # type: ignore[arg-type]
    made.window.show()
    made.window.go(Place(MODELS))
    page = made.window.models
    qtbot.waitUntil(lambda: made.jobs.waiting == 0, timeout=20_000)
    assert len(page.list.lines) == 1
    page.go(DRIFT)
    assert page.drift.empty.headline.text() == "No estimates beside weights yet"
    page.go(EACH)
    assert page.each.table.shown == ()
    assert "Choose a patient." in texts(page)
    made.close()
    made.deleteLater()


def test_that_courses_cannot_be_asked_is_told_in_place(
    app: App, page: ModelsPage, settle: Settle
) -> None:
    desk = app.jobs.desk
    assert isinstance(desk, FakeDesk)
    desk.agreement.error = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.look()
    settle()
    page.go(DRIFT)
    assert page._people.currentWidget() is page._people.failure
    desk.agreement.error = None
    page._people.failure.act.click()
    settle()
    assert page._people.currentWidget() is page._people.content
