"""Consent in the window: the card, the dialogs, and what a page says where it is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.keeping.consent import ConsentText, Purpose
from edema_desk.domain.keeping.retention import RetentionNotice
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.capture.page import CapturePage
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card
from edema_desk.ui.patient.consent_card import RETRAIN_COMMAND, ConsentCard
from edema_desk.ui.settings.consent_texts_card import ConsentTextsCard
from edema_desk.ui.settings.retention_card import RetentionCard
from edema_desk.ui.sheets.add_patient_dialog import AGREED, AddPatientDialog
from edema_desk.ui.sheets.consent_dialog import DESTROY, GIVE, KEEP, WITHDRAW, ConsentDialog
from edema_desk.ui.sheets.erase_dialog import EraseDialog
from tests.ui.fakes.desk import FakeDesk

NURSE = Actor("n", frozenset({Role.NURSE}))


@pytest.fixture
def patient_id(desk: FakeDesk) -> str:
    known = next(iter(desk.clinic.patients.values()))
    desk.clinic.patients[known.patient_id] = replace(known, origin="clinic")
    return known.patient_id


@pytest.fixture
def window(qtbot: QtBot) -> Card:
    made = Card()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def shown(qtbot: QtBot, jobs: DeskJobs, patient_id: str) -> ConsentCard:
    card = ConsentCard(jobs)
    qtbot.addWidget(card)
    card.show_patient(patient_id)
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    return card


def opened(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, patient_id: str, purpose: Purpose, window: Card
) -> ConsentDialog:
    dialog = ConsentDialog(jobs, theme, patient_id, purpose, window)
    dialog.open()
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    return dialog


def is_sure(dialog: EraseDialog) -> bool:
    return dialog.sure


def test_the_card_says_each_purpose_and_its_day(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, patient_id: str
) -> None:
    card = shown(qtbot, jobs, patient_id)
    assert "5 Jan 2026" in card.states[Purpose.CARE].text()
    assert card.states[Purpose.RESEARCH].text() == "Not asked yet"
    assert card.models.isHidden()
    with qtbot.waitSignal(card.consent_wanted) as asked:
        card.changes[Purpose.TRAINING].click()
    assert asked.args == [patient_id, Purpose.TRAINING]
    desk.consents.models = ("base-2",)
    card.show_patient(patient_id)
    qtbot.waitUntil(lambda: not card.models.isHidden())
    assert "base-2" in card.models.text()
    assert RETRAIN_COMMAND in card.models.text()


def test_all_answers_can_be_read(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, patient_id: str
) -> None:
    day = date(2026, 3, 2)
    desk.consents.withdraw("a", patient_id, Purpose.CARE, day, "told the nurse").result()
    card = shown(qtbot, jobs, patient_id)
    assert "Withdrawn" in card.states[Purpose.CARE].text()
    card.history_button.click()
    lines = card.history.text().splitlines()
    assert len(lines) == 2
    assert "told the nurse" in lines[0]


def test_only_an_administrator_is_offered_to_erase(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, patient_id: str
) -> None:
    assert not shown(qtbot, jobs, patient_id).erase.isHidden()
    desk.sitting.take(NURSE)
    assert shown(qtbot, jobs, patient_id).erase.isHidden()


def test_consent_is_given_with_the_text_that_was_shown(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, patient_id: str, window: Card
) -> None:
    desk.consents.own[Purpose.RESEARCH] = ConsentText(Purpose.RESEARCH, 4, "Read me.", "読む")
    dialog = opened(qtbot, jobs, theme, patient_id, Purpose.RESEARCH, window)
    assert dialog.text.toPlainText() == "Read me."
    assert dialog.answers.choice == GIVE
    assert not dialog.pictures.isVisible()
    dialog.day.editor.setDate(QDate(2026, 3, 2))  # type: ignore[attr-defined]
    with qtbot.waitSignal(dialog.done_well):
        dialog.save_button.click()
    (act,) = desk.consents.acts
    assert act[0] == "give"
    assert act[2:] == (patient_id, Purpose.RESEARCH, date(2026, 3, 2), "", 4)


def test_a_withdrawal_of_care_asks_what_becomes_of_the_pictures(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, patient_id: str, window: Card
) -> None:
    dialog = opened(qtbot, jobs, theme, patient_id, Purpose.CARE, window)
    assert dialog.answers.choice == WITHDRAW
    assert dialog.pictures.isVisible()
    assert not dialog.save_button.isEnabled(), "neither is chosen for the person"
    dialog.pictures.choose(DESTROY)
    dialog.pictures.chosen.emit(DESTROY)
    assert "for good" in dialog.warning.text.text()
    dialog.save_button.click()
    assert dialog.remark.wrong.text() != ""
    assert desk.consents.acts == []
    dialog.remark.editor.setText("said so")  # type: ignore[attr-defined]
    with qtbot.waitSignal(dialog.done_well) as told:
        dialog.save_button.click()
    assert "3 captures" in told.args[0]
    assert desk.consents.acts[0][-1] is True


def test_what_was_typed_stays_when_it_cannot_be_kept(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, patient_id: str, window: Card
) -> None:
    dialog = opened(qtbot, jobs, theme, patient_id, Purpose.CARE, window)
    dialog.pictures.choose(KEEP)
    dialog.pictures.chosen.emit(KEEP)
    dialog.remark.editor.setText("said so")  # type: ignore[attr-defined]
    desk.consents.fails = ExpectedError(ErrorCode.DISK_FULL)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: not dialog.failure.isHidden())
    assert dialog.remark.editor.text() == "said so"  # type: ignore[attr-defined]
    first = desk.consents.acts[0][1]
    with qtbot.waitSignal(dialog.done_well):
        dialog.save_button.click()
    assert desk.consents.acts[1][1] == first, "the same act, tried again"


def test_erasing_takes_a_typed_number_a_reason_and_two_presses(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, patient_id: str, window: Card
) -> None:
    dialog = EraseDialog(jobs, theme, patient_id, window)
    dialog.open()
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    dialog.save_button.click()
    assert not is_sure(dialog)
    dialog.number.editor.setText("104")  # type: ignore[attr-defined]
    dialog.reason.editor.setText("asked for it")  # type: ignore[attr-defined]
    dialog.save_button.click()
    assert is_sure(dialog)
    assert desk.consents.acts == []
    dialog.number.editor.clear()  # type: ignore[attr-defined]
    QTest.keyClicks(dialog.number.editor, "104-221")
    assert not is_sure(dialog), "other words are other questions"
    dialog.save_button.click()
    desk.consents.fails = ExpectedError(ErrorCode.ERASE_NUMBER_WRONG)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.number.wrong.text() != "")
    assert not is_sure(dialog)
    dialog.save_button.click()
    with qtbot.waitSignal(dialog.done_well):
        dialog.save_button.click()
    assert desk.consents.acts[-1][2:] == (patient_id, "104-221", "asked for it")
    assert "SSD" in " ".join(child.text() for child in dialog.findChildren(type(dialog.heading)))


def test_a_new_patient_is_asked_in_the_same_dialog(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, window: Card
) -> None:
    dialog = AddPatientDialog(jobs, theme, window)
    dialog.chart.editor.setText("900-1")  # type: ignore[attr-defined]
    dialog.name.editor.setText("Mori")  # type: ignore[attr-defined]
    new = dialog._checked()
    assert new is not None
    assert new.care_given is None
    dialog.consent.choose(AGREED)
    new = dialog._checked()
    assert new is not None
    assert new.care_given == date.today()


def test_a_capture_without_consent_says_so_and_goes_on_once_it_is_given(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, patient_id: str
) -> None:
    desk.consents.unasked.add(patient_id)
    page = CapturePage(jobs, theme)
    qtbot.addWidget(page)
    page.show()
    page.show_capture(patient_id, None, Phase.PRE)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert page.empty.headline.text() == "No consent"
    qtbot.wait(50)
    assert page.stack.currentWidget() is page.empty, "no question stands over it"
    with qtbot.waitSignal(page.consent_wanted) as asked:
        page.empty.act.click()
    assert asked.args == [patient_id, Purpose.CARE]
    desk.consents.give("a", patient_id, Purpose.CARE, date(2026, 3, 2)).result()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.empty)
    page.close_camera()


def test_the_clinics_texts_are_edited_one_purpose_at_a_time(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk
) -> None:
    card = ConsentTextsCard(jobs, theme)
    qtbot.addWidget(card)
    card.refresh()
    qtbot.waitUntil(card.en.isEnabled)
    assert "comes with the program" in card.version.text()
    assert not card.keep.isEnabled()
    card.en.setPlainText("Ours.")
    assert card.keep.isEnabled()
    card.purposes.choose("research")
    card.purposes.chosen.emit("research")
    assert card.en.toPlainText() != "Ours."
    card.purposes.choose("care")
    card.purposes.chosen.emit("care")
    assert card.en.toPlainText() == "Ours.", "what was typed is not lost"
    with qtbot.waitSignal(card.done_well):
        card.keep.click()
    qtbot.waitUntil(lambda: "version 1" in card.version.text())
    assert desk.consents.acts[-1][2:4] == (Purpose.CARE, "Ours.")


def test_retention_is_chosen_and_names_whose_records_go(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, patient_id: str
) -> None:
    known = desk.clinic.patients[patient_id]
    desk.consents.notices = (RetentionNotice(known, date(2026, 3, 2)),)
    card = RetentionCard(jobs, theme, Settings())
    qtbot.addWidget(card)
    card.refresh()
    qtbot.waitUntil(lambda: known.name in card.leaving.text.text())
    assert desk.consents.notices[0].goes_on == date(2026, 3, 2) + timedelta(days=31)
    card.clips.editor.setText("60")  # type: ignore[attr-defined]
    with qtbot.waitSignal(card.chosen) as chosen:
        card.clips.editor.editingFinished.emit()  # type: ignore[attr-defined]
    assert chosen.args[0].clinic.full_clip_days == 60
    card.records.editor.setText("0")  # type: ignore[attr-defined]
    card.records.editor.editingFinished.emit()  # type: ignore[attr-defined]
    assert card.records.wrong.text() != ""
