"""Moving, deleting and taking back a capture: both people are seen, a reason is asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.session.page import SessionPage
from edema_desk.ui.session.removed_card import RemovedCard
from edema_desk.ui.sheets.dialogs import Dialogs
from edema_desk.ui.sheets.move_capture_dialog import MoveCaptureDialog
from edema_desk.ui.sheets.remove_capture_dialog import RemoveCaptureDialog
from tests.ui.fakes.desk import FakeDesk

Settle = Callable[[], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    return made


@pytest.fixture
def dialogs(jobs: DeskJobs, theme: Theme, window: QWidget) -> Dialogs:
    return Dialogs(jobs, theme, window)


def some_capture(desk: FakeDesk, patient_id: str = "p1") -> Capture:
    return next(
        one
        for one in desk.clinic.captures[patient_id]
        if one.phase is Phase.PRE and one.state is CaptureState.ANALYSED
    )


@pytest.fixture
def moving(dialogs: Dialogs, desk: FakeDesk, settled: Settle) -> MoveCaptureDialog:
    capture = some_capture(desk)
    dialogs.ask_move("p1", capture)
    sheet = dialogs.open_sheet
    assert isinstance(sheet, MoveCaptureDialog)
    settled()
    return sheet


def choose(sheet: MoveCaptureDialog, desk: FakeDesk, patient_id: str, settled: Settle) -> None:
    sheet.who.show_patient(desk.clinic.patients[patient_id])
    sheet.who.changed.emit()
    settled()


def test_a_move_needs_somebody_and_a_reason(
    moving: MoveCaptureDialog, desk: FakeDesk, settled: Settle
) -> None:
    moving.save()
    assert not moving.to_wrong.isHidden()
    assert "needs a reason" in moving.reason.wrong.text()
    choose(moving, desk, "p2", settled)
    assert moving.to_wrong.isHidden()
    moving.save()
    assert desk.correcting.moved == []


def test_both_people_are_on_the_screen_with_their_identifiers(
    moving: MoveCaptureDialog, desk: FakeDesk, settled: Settle
) -> None:
    assert moving.to_banner.isHidden()
    choose(moving, desk, "p2", settled)
    for banner, patient_id in ((moving.from_banner, "p1"), (moving.to_banner, "p2")):
        person = desk.clinic.patients[patient_id]
        shown = banner.words()
        assert not banner.isHidden()
        assert person.name in shown
        assert person.chart_number in shown
    assert desk.asked["crops"] == 1, "the face of the capture itself is shown"


def test_it_is_moved_where_the_rule_says_or_somebody_chose(
    moving: MoveCaptureDialog, desk: FakeDesk, settled: Settle, dialogs: Dialogs
) -> None:
    told: list[str] = []
    dialogs.done_well.connect(told.append)
    capture = some_capture(desk)
    choose(moving, desk, "p2", settled)
    moving.reason_edit.setText("her sister")
    assert moving.session is not None
    if moving.session.asking:
        moving.save()
        assert "Choose the session" in moving.failure.text.text()
        assert desk.correcting.moved == []
        moving.phases.choose(Phase.SPOT)
    phase = moving.phase
    expected = None if phase is Phase.SPOT else moving.session.session_id
    moving.save()
    settled()
    assert desk.correcting.moved == [(capture.capture_id, "p2", expected, phase, "her sister")]
    assert len(told) == 1
    assert dialogs.open_sheet is None


def test_another_person_drops_what_was_said_of_the_one_before(
    moving: MoveCaptureDialog, desk: FakeDesk, settled: Settle
) -> None:
    choose(moving, desk, "p2", settled)
    before = moving.session
    choose(moving, desk, "p3", settled)
    assert moving.session is not before
    assert desk.clinic.patients["p3"].name in moving.to_banner.words()
    moving.who.show_patient(None)
    moving.who.changed.emit()
    assert moving.session is None
    assert moving.to_banner.isHidden()


def test_what_the_desk_refuses_is_said_and_the_form_stays(
    moving: MoveCaptureDialog, desk: FakeDesk, settled: Settle, dialogs: Dialogs
) -> None:
    choose(moving, desk, "p2", settled)
    moving.phases.choose(Phase.SPOT)
    moving.reason_edit.setText("her sister")
    desk.faults.errors["move"] = ExpectedError(ErrorCode.NOT_ALLOWED)
    moving.save()
    settled()
    assert moving.failure.text.text()
    assert moving.reason_edit.text() == "her sister"
    assert dialogs.open_sheet is moving
    del desk.faults.errors["move"]
    moving.save()
    settled()
    acts = [act_id for name, act_id in desk.acts if name == "move"]
    assert len(acts) == 2
    assert len(set(acts)) == 1, "trying the same again is the same act"


def test_deleting_needs_a_reason_and_says_what_follows(
    dialogs: Dialogs, desk: FakeDesk, settled: Settle
) -> None:
    capture = some_capture(desk)
    dialogs.ask_removal("p1", capture)
    sheet = dialogs.open_sheet
    assert isinstance(sheet, RemoveCaptureDialog)
    settled()
    assert desk.clinic.patients["p1"].name in sheet.banner.words()
    assert "7 days" in sheet.what_follows.text()
    sheet.save()
    assert "needs a reason" in sheet.reason.wrong.text()
    assert desk.correcting.removed == []
    sheet.reason_edit.setText("somebody else")
    sheet.save()
    settled()
    assert desk.correcting.removed == [(capture.capture_id, "somebody else")]


def test_a_deleted_capture_is_taken_back(dialogs: Dialogs, desk: FakeDesk, settled: Settle) -> None:
    capture = some_capture(desk)
    dialogs.ask_return("p1", capture)
    sheet = dialogs.open_sheet
    assert isinstance(sheet, RemoveCaptureDialog)
    settled()
    sheet.reason_edit.setText("it was her")
    sheet.save()
    settled()
    assert desk.correcting.returned == [(capture.capture_id, "it was her")]


def test_the_card_tells_who_when_and_why(qtbot: QtBot, theme: Theme, desk: FakeDesk) -> None:
    del theme
    card = RemovedCard()
    qtbot.addWidget(card)
    capture = replace(some_capture(desk), sha256="ab" * 32)
    at = Moment.at_clinic(date(2026, 3, 3), 9, 5)
    there = RemovedCapture(capture, "somebody else", "local", at)
    gone = RemovedCapture(replace(capture, sha256=None), "twice", "local", at)
    asked: list[Capture] = []
    card.back_asked.connect(asked.append)
    card.show_removed((gone, there))
    assert not card.isHidden()
    (back,) = card.buttons
    back.click()
    assert asked == [capture]
    card.show_removed(())
    assert card.isHidden()


def test_the_session_page_offers_both(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk, settled: Settle
) -> None:
    page = SessionPage(jobs, theme)
    qtbot.addWidget(page)
    capture = some_capture(desk)
    assert capture.session_id is not None
    page.show_session(capture.session_id)
    settled()
    wished: list[tuple[str, str, Capture]] = []
    page.move_wanted.connect(lambda p, c: wished.append(("move", p, c)))
    page.removal_wanted.connect(lambda p, c: wished.append(("remove", p, c)))
    menu = page.faces.sides[Phase.PRE].menu
    assert not menu.isHidden()
    menu.move_act.trigger()
    menu.removal_act.trigger()
    assert [(what, who) for what, who, _ in wished] == [("move", "p1"), ("remove", "p1")]
    assert wished[0][2].capture_id == capture.capture_id
