"""The page Models: what is there, who may do what, and each act on a model."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.models.view import Reestimated
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.settings import Settings
from edema_desk.ui.models.page import DRIFT, EACH, ModelsPage
from edema_desk.ui.models.reestimate_sheet import ReestimateSheet
from edema_desk.ui.models.remove_sheet import RemoveModelSheet
from edema_desk.ui.models.signers_sheet import SignersSheet
from edema_desk.ui.places import MODELS, Place
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fakes.models import BASE, CANCELLED, OWN, SINCE, FakeModels, entry_of, made_up_card
from tests.ui.fakes.signs import NURSE
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import made_up_clinic
from tests.ui.models.models_kit import Settle, texts


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
