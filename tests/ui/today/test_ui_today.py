"""Today: the shift that is on, who is away or comes for once, and the line at the foot."""

from datetime import timedelta

from pytestqt.qtbot import QtBot

from edema_desk.domain.keeping.clock_step import ClockStep
from edema_desk.domain.terms.records import Phase, Schedule
from edema_desk.domain.terms.schedule import DayPlan, PlannedDay
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.status_line import StatusLine
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.menu import RowAct
from edema_desk.ui.worklist.model import Column
from edema_desk.ui.worklist.source import DUE, EVERYONE, WorklistSource, of_group
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.today.today_kit import Clock, Settle, ids, row, said

# shifts


def test_the_page_shows_the_shift_that_is_on_and_follows(page: TodayPage, clock: Clock) -> None:
    assert page._groups.choice == "1"
    assert page.subtitle() == "Monday, 2 March 2026 · Shift 1 of 3"
    clock.turn(14)
    page._on_tick()
    assert page._groups.choice == "2"
    assert "Shift 2 of 3" in page.subtitle()


def test_of_an_earlier_shift_those_stay_of_whom_something_is_missing(
    page: TodayPage, clock: Clock, desk: FakeDesk, qtbot: QtBot
) -> None:
    first = ids(page)
    desk.clinic.captures[first[-1]].clear()
    desk.clinic.sessions[first[-1]].clear()
    desk.clinic.plans[first[-1], TODAY] = PlannedDay(TODAY, DayPlan.AWAY, "in hospital")
    clock.turn(14)
    with qtbot.waitSignal(page._source.arrived):
        page.refresh()
    second = [r.patient.patient_id for r in page._source.rows or () if r.schedule.shift == 2]
    due_second = [i for i in ids(page) if i in second]
    assert ids(page) == first[:-1] + due_second
    model = page.table.rows
    assert model.shift_note(row(page, first[0])) == "Shift 1"
    assert model.shift_note(row(page, due_second[0])) == ""


def test_who_looks_at_another_shift_is_left_there(page: TodayPage, clock: Clock) -> None:
    page._groups._buttons[EVERYONE].click()
    clock.turn(14)
    page._on_tick()
    assert page._groups.choice == EVERYONE
    page._groups._buttons["2"].click()  # the one that is on: followed again
    clock.turn(19)
    page._on_tick()
    assert page._groups.choice == "3"


def test_no_shift_is_on_of_another_day(page: TodayPage, settled: Settle) -> None:
    page.go_to(TODAY - timedelta(days=3))
    settled()
    assert page._groups.choice == DUE
    assert "Shift" not in page.subtitle()


def test_other_hours_count_at_once_and_nonsense_closes_no_worklist(
    page: TodayPage, clock: Clock
) -> None:
    page.set_settings(Settings(clinic=ClinicSettings(shift_starts="06:00 09:00 20:00")))
    assert page._groups.choice == "2"
    page.set_settings(Settings(clinic=ClinicSettings(shift_starts="whenever")))
    assert page._groups.choice == "1"


def test_one_shift_alone_is_not_said(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, clock: Clock
) -> None:
    for patient_id, plan in desk.clinic.schedules.items():
        desk.clinic.schedules[patient_id] = Schedule(plan.weekdays, 1, plan.bed)
    with qtbot.waitSignal(page._source.arrived):
        page.refresh()
    assert page._groups.choice == DUE
    assert page.subtitle() == "Monday, 2 March 2026"


def test_carried_over_rows_belong_to_the_shift_that_is_on_alone(page: TodayPage) -> None:
    rows = page._source.rows or ()
    assert {r.schedule.shift for r in of_group(rows, "2", on=2)} == {1, 2}
    assert {r.schedule.shift for r in of_group(rows, "3", on=2)} == {3}
    assert {r.schedule.shift for r in of_group(rows, "1", on=2)} == {1}


# days unlike the schedule


def test_when_the_after_is_due(page: TodayPage) -> None:
    pre = row(page, "p0").entry(Phase.PRE)
    assert pre is not None
    due = pre.at.local() + timedelta(hours=4)
    assert said(page, "p0", Column.POST) == f"Due {due:%H:%M}"


def test_who_is_away_stays_in_place_and_asks_for_nothing(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    before = ids(page)
    away = before[-1]
    assert row(page, away).session is None or away in before
    desk.clinic.sessions[away].clear()
    with qtbot.waitSignal(page._source.arrived):
        desk.plan_day("a", away, TODAY, DayPlan.AWAY, "in hospital")
    qtbot.waitUntil(lambda: row(page, away).away)
    assert ids(page) == before
    assert said(page, away, Column.PRE) == "Away today · in hospital"
    assert said(page, away, Column.POST) == ""
    assert said(page, away, Column.ACTION) == ""
    with qtbot.waitSignal(page.patient_wanted):
        page.table.next_wanted.emit(row(page, away))


def test_who_comes_for_once_is_on_the_list(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    page._groups._buttons[DUE].click()
    extra = next(r.patient.patient_id for r in page._source.rows or () if not r.due)
    assert extra not in ids(page)
    with qtbot.waitSignal(page.day_plan_wanted) as asked:
        page._on_more(row(page, extra), RowAct.EXTRA)
    assert asked.args == [extra, TODAY, DayPlan.EXTRA]
    desk.plan_day("a", extra, TODAY, DayPlan.EXTRA)
    qtbot.waitUntil(lambda: extra in ids(page))
    assert said(page, extra, Column.ACTION) == "Before capture"


# the line at the foot


def test_the_line_at_the_foot_counts_the_day(
    source: WorklistSource, desk: FakeDesk, theme: Theme, qtbot: QtBot, settled: Settle
) -> None:
    line = StatusLine(source, Settings())
    qtbot.addWidget(line)
    source.refresh()
    settled()
    due = sum(r.due for r in source.rows or ())
    counted = f"2 March 2026 · {due} patients · 1 before done · 0 after done · 3 need attention"
    assert line._counts.text() == counted
    for patient_id in list(desk.clinic.patients)[1:]:
        desk.clinic.schedules[patient_id] = Schedule()
        desk.clinic.sessions[patient_id].clear()
    with qtbot.waitSignal(source.arrived):
        source.refresh()
    assert "1 patient · 1 before done" in line._counts.text()
    assert line._state.text() == "No network in use"
    line.set_settings(Settings(camera="rtsp://10.0.0.7/1"))
    assert line._state.text() == "In use: the network camera rtsp://10.0.0.7"
    line.set_settings(Settings(camera="/dev/video0"))
    assert line._state.text() == "No network in use"
    line.show_damaged(2)
    assert "Damaged clips: 2" in line._state.text()
    line.show_clock(ClockStep(-7200.0))
    assert line._state.text().startswith("The clock was set back by 120 min. Check it · ")
    line.show_clock(ClockStep(3600.0))
    assert "set forward by 60 min" in line._state.text()
    line.show_clock(ClockStep(-3600.0, at_start=True))
    assert "60 min behind the last entry" in line._state.text()
    line.show_clock(None)
    assert "clock" not in line._state.text()
