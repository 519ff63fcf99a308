"""Being away, coming for once and other days of dialysis: asked, entered, taken back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.records import Schedule
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.messages import Toast
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.sheets.away_dialog import HOSPITAL, AwayDialog
from edema_desk.ui.sheets.dialogs import Dialogs
from edema_desk.ui.sheets.schedule_dialog import ScheduleDialog
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY

Settle = Callable[[], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def toast(window: QWidget) -> Toast:
    return Toast(window)


@pytest.fixture
def dialogs(jobs: DeskJobs, theme: Theme, window: QWidget, toast: Toast) -> Dialogs:
    made = Dialogs(jobs, theme, window)
    made.undoable.connect(toast.say)
    return made


def plan_of(desk: FakeDesk, patient_id: str) -> DayPlan | None:
    planned = desk.clinic.plans.get((patient_id, TODAY))
    return planned.plan if planned else None


def test_away_needs_a_reason_and_can_be_taken_back(
    dialogs: Dialogs, toast: Toast, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    dialogs.plan_day("p4", TODAY, DayPlan.AWAY)
    sheet = dialogs.open_sheet
    assert isinstance(sheet, AwayDialog)
    settled()
    sheet.save()
    assert "needs a reason" in sheet.other.wrong.text()
    assert not desk.acts
    sheet.reasons._buttons[HOSPITAL].click()
    sheet.other_edit.setText("until Friday")
    with qtbot.waitSignal(dialogs.undoable):
        sheet.save()
    assert desk.clinic.plans["p4", TODAY].reason == "In hospital · until Friday"
    assert toast.undo_button.isVisible()
    toast.undo_button.click()
    qtbot.waitUntil(lambda: plan_of(desk, "p4") is DayPlan.AS_SCHEDULED)
    qtbot.waitUntil(lambda: "As scheduled" in toast._text.text())
    assert not toast.undo_button.isVisible()
    toast._timer.stop()


def test_an_extra_day_is_one_press_and_one_back(
    dialogs: Dialogs, toast: Toast, desk: FakeDesk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialogs.undoable):
        dialogs.plan_day("p7", TODAY, DayPlan.EXTRA)
    assert plan_of(desk, "p7") is DayPlan.EXTRA
    toast.undo_button.click()
    qtbot.waitUntil(lambda: plan_of(desk, "p7") is DayPlan.AS_SCHEDULED)
    qtbot.waitUntil(lambda: "As scheduled" in toast._text.text())
    toast._timer.stop()


def test_a_failed_act_is_said_and_has_no_way_back(
    dialogs: Dialogs, toast: Toast, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.faults.errors["plan_day"] = ExpectedError(ErrorCode.DISK_FULL)
    with qtbot.waitSignal(dialogs.undoable):
        dialogs.plan_day("p7", TODAY, DayPlan.EXTRA)
    assert "no room" in toast._text.text()
    assert not toast.undo_button.isVisible()
    toast._timer.stop()


def test_the_mouse_goes_through_a_line_without_a_button(toast: Toast) -> None:
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    toast.say("Done")
    assert toast.testAttribute(through)
    toast.say("Done", toast.hide)
    assert not toast.testAttribute(through)
    toast.undo_button.click()
    assert not toast.isVisible()
    toast._timer.stop()


def test_the_retry_of_a_failed_absence_is_the_same_act(
    dialogs: Dialogs, toast: Toast, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    dialogs.plan_day("p4", TODAY, DayPlan.AWAY)
    sheet = dialogs.open_sheet
    assert isinstance(sheet, AwayDialog)
    sheet.other_edit.setText("a wedding")
    desk.faults.errors["plan_day"] = ExpectedError(ErrorCode.DATABASE_BUSY)
    sheet.save()
    settled()
    assert "another command" in sheet.failure.text.text()
    del desk.faults.errors["plan_day"]
    with qtbot.waitSignal(dialogs.undoable):
        sheet.save()
    assert len(desk.acts) == 2
    assert len(set(desk.acts)) == 1
    toast._timer.stop()


def test_another_schedule(dialogs: Dialogs, desk: FakeDesk, qtbot: QtBot, settled: Settle) -> None:
    desk.clinic.schedules["p0"] = Schedule((0, 2, 4), 4, "Z9", 3.5)  # a fourth shift is kept
    dialogs.ask_schedule("p0")
    sheet = dialogs.open_sheet
    assert isinstance(sheet, ScheduleDialog)
    settled()
    assert sheet.schedule.read() == desk.clinic.schedules["p0"]
    assert sheet.schedule.shift.keys == ("1", "2", "3", "4")
    sheet.schedule.hours_edit.setText("forty")
    sheet.save()
    assert "no length of dialysis" in sheet.schedule.hours.wrong.text()
    assert not desk.acts
    sheet.schedule.hours_edit.setText("4:30")
    sheet.schedule.bed_edit.setText("B2")
    sheet.schedule.shift._buttons["2"].click()
    for day in ("0", "1"):
        sheet.schedule.days._buttons[day].click()
    with qtbot.waitSignal(sheet.done_well):
        sheet.save()
    assert desk.clinic.schedules["p0"] == Schedule((1, 2, 4), 2, "B2", 4.5)
