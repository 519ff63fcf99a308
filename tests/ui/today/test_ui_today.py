"""Today: the shift that is on, who is away or comes for once, scans, and what a row offers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.keeping.clock_step import ClockStep
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, Schedule
from edema_desk.domain.terms.schedule import DayPlan, PlannedDay
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.scanner import SLOWEST_KEY_MS, ScanReader
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.status_line import StatusLine
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.menu import RowAct, RowMenu, phase_of
from edema_desk.ui.worklist.model import Column
from edema_desk.ui.worklist.source import DUE, EVERYONE, WorklistSource, of_group, of_number
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.scanning import keys

Settle = Callable[[], None]


class Clock:
    """The clinic's clock, set by the test."""

    def __init__(self) -> None:
        self.at = Moment.at_clinic(TODAY, 9, 40)

    def __call__(self) -> Moment:
        return self.at

    def turn(self, hour: int, minute: int = 0) -> None:
        self.at = Moment.at_clinic(TODAY, hour, minute)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(jobs: DeskJobs) -> WorklistSource:
    return WorklistSource(jobs, TODAY, jobs)


@pytest.fixture
def page(
    jobs: DeskJobs,
    theme: Theme,
    source: WorklistSource,
    clock: Clock,
    qtbot: QtBot,
    settled: Settle,
) -> TodayPage:
    made = TodayPage(jobs, theme, source, Settings(), lambda: TODAY, clock)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.refresh()
    settled()
    return made


def ids(page: TodayPage) -> list[str]:
    model = page.table.rows
    rows = (model.row_at(model.index(i, Column.BED)) for i in range(model.rowCount()))
    return [row.patient.patient_id for row in rows]


def said(page: TodayPage, patient_id: str, column: Column) -> str:
    model = page.table.rows
    return str(model.index(model.row_of(patient_id), column).data())


def row(page: TodayPage, patient_id: str) -> WorklistRow:
    return next(r for r in page._source.rows or () if r.patient.patient_id == patient_id)


def field(page: TodayPage) -> SearchField:
    return page._search


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


# the next step, and the others


def test_each_row_has_one_next_step(page: TodayPage, qtbot: QtBot) -> None:
    page._groups._buttons[DUE].click()
    steps = {i: said(page, i, Column.ACTION) for i in ("p0", "p1", "p2", "p3", "p4")}
    assert steps == {
        "p0": "After capture",
        "p1": "Enter weight",
        "p2": "Record again",
        "p3": "Before capture",
        "p4": "Before capture",
    }
    assert page.table.rows.first_waiting == ids(page).index("p3")
    with qtbot.waitSignal(page.capture_wanted) as wished:
        page._do_next(row(page, "p2"))
    assert wished.args == ["p2", f"p2-{TODAY}", Phase.PRE]
    with qtbot.waitSignal(page.capture_wanted) as wished:
        page._do_next(row(page, "p4"))
    assert wished.args == ["p4", None, Phase.PRE]


def test_of_another_day_a_clip_is_asked_for_instead_of_the_camera(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, settled: Settle
) -> None:
    page.go_to(TODAY + timedelta(days=2))
    settled()
    with qtbot.assertNotEmitted(page.capture_wanted), qtbot.waitSignal(page.clip_wanted) as wished:
        page._do_next(row(page, "p4"))
    assert wished.args == ["p4", None, Phase.PRE]


def offered(of: WorklistRow, page: TodayPage, *, is_today: bool = True) -> set[RowAct]:
    menu = RowMenu(of, is_today=is_today, parent=page)
    acts = {RowAct(a.data()) for a in menu.actions() if not a.isSeparator()}
    menu.deleteLater()
    return acts


def test_the_menu_offers_what_a_row_can_bear(page: TodayPage, desk: FakeDesk) -> None:
    always = {RowAct.OPEN, RowAct.SCHEDULE, RowAct.CLIP_PRE, RowAct.CLIP_POST}
    days = {RowAct.AWAY, RowAct.EXTRA, RowAct.AS_SCHEDULED}
    there, waiting = row(page, "p0"), row(page, "p4")
    absent = next(r for r in page._source.rows or () if not r.due)
    for one, day in ((there, set()), (waiting, {RowAct.AWAY}), (absent, {RowAct.EXTRA})):
        acts = offered(one, page)
        assert always <= acts
        assert acts & days == day
    assert RowAct.CAPTURE_PRE in offered(waiting, page)
    assert RowAct.CAPTURE_PRE not in offered(waiting, page, is_today=False)
    assert [phase_of(a) for a in (RowAct.CLIP_PRE, RowAct.WEIGHT_POST)] == [Phase.PRE, Phase.POST]


@pytest.mark.parametrize("act", list(RowAct))
def test_everything_in_the_menu_leads_somewhere(page: TodayPage, qtbot: QtBot, act: RowAct) -> None:
    heard: list[str] = []
    for name in (
        *("patient_wanted", "capture_wanted", "weight_wanted", "clip_wanted"),
        *("day_plan_wanted", "schedule_wanted"),
    ):
        getattr(page, name).connect(lambda *_, name=name: heard.append(name))
    page._on_more(row(page, "p0"), act)
    kind = act.value.split("_")[0]
    plan = {"away", "extra", "as"}
    wanted = {"open": "patient"}.get(kind, "day_plan" if kind in plan else kind)
    assert heard == [f"{wanted}_wanted"]


def test_dots_right_click_and_menu_key_open_the_menu(page: TodayPage, qtbot: QtBot) -> None:
    table, heard = page.table, []
    table.menu_wanted.disconnect(page._offer_more)
    table.menu_wanted.connect(lambda row, place: heard.append(row.patient.patient_id))
    index = table.rows.index(1, Column.MORE)
    place = table.visualRect(index).center()
    with qtbot.assertNotEmitted(table.opened):
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert heard == [ids(page)[1]]
    table.selectRow(0)
    table._ask_menu(table.rows.index(0, Column.MORE))
    assert heard[-1] == ids(page)[0]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_stands_at_its_row_and_goes_when_chosen(page: TodayPage, qtbot: QtBot) -> None:
    page._offer_more(row(page, "p0"), QPoint(10, 10))
    menus = page.findChildren(RowMenu)
    assert len(menus) == 1
    with qtbot.waitSignal(page.clip_wanted), qtbot.waitSignal(menus[0].destroyed):
        next(a for a in menus[0].actions() if a.data() == RowAct.CLIP_POST.value).trigger()
        menus[0].close()


# scans


@pytest.fixture
def window(page: TodayPage, qtbot: QtBot) -> QWindow:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page.windowHandle()


@pytest.mark.parametrize("focus", ["search", "table", "button", "nothing"])
def test_a_scan_does_the_next_step_wherever_the_cursor_is(
    page: TodayPage, window: QWindow, qtbot: QtBot, focus: str
) -> None:
    if focus == "search":
        field(page).setFocus()
    elif focus == "table":
        page.table.setFocus()
        page.table.selectRow(1)
    elif focus == "button":
        page._add.setFocus()
    else:
        page.setFocus()
    names = ("opened", "next_wanted")
    heard: list[str] = []
    for name in names:
        getattr(page.table, name).connect(lambda *_, name=name: heard.append(name))
    page.new_patient_wanted.connect(lambda: heard.append("new patient"))
    with qtbot.waitSignal(page.capture_wanted) as wished:
        keys(window, "103-255")
    assert wished.args == ["p2", f"p2-{TODAY}", Phase.PRE]
    assert heard == []  # its Enter pressed nothing
    assert field(page).text() == ""


def test_typing_at_a_persons_pace_is_no_scan(
    page: TodayPage, window: QWindow, qtbot: QtBot
) -> None:
    field(page).setFocus()
    with (
        qtbot.assertNotEmitted(page.capture_wanted),
        qtbot.waitSignal(page.patient_wanted) as opened,
    ):
        keys(window, "103-255", pause_ms=SLOWEST_KEY_MS + 25)
    assert opened.args == ["p2"]


def test_a_scan_into_another_field_stays_there(
    page: TodayPage, window: QWindow, qtbot: QtBot
) -> None:
    other = QLineEdit(page)
    other.show()
    other.setFocus()
    with qtbot.assertNotEmitted(page._scans.scanned):
        keys(window, "103-255")
    assert other.text() == "103-255"


def test_an_unknown_number_is_said(page: TodayPage, window: QWindow, qtbot: QtBot) -> None:
    page.table.setFocus()
    with (
        qtbot.assertNotEmitted(page.capture_wanted),
        qtbot.assertNotEmitted(page.patient_wanted),
    ):
        keys(window, "999-9")
    assert "999-9" in page.unknown.text.text()
    assert page.unknown.isVisible()
    with qtbot.waitSignal(page.new_patient_wanted):
        page.unknown.act.click()
    keys(window, "103-255")
    assert not page.unknown.isVisible()


def test_a_part_of_a_number_is_nobodys(page: TodayPage) -> None:
    rows = page._source.rows or ()
    assert of_number(rows, "103-25") is None
    found = of_number(rows, "１０３２５５")
    assert found is not None
    assert found.patient.patient_id == "p2"


def test_a_scan_before_the_rows_came_counts_when_they_do(
    jobs: DeskJobs, theme: Theme, source: WorklistSource, clock: Clock, qtbot: QtBot
) -> None:
    made = TodayPage(jobs, theme, source, Settings(), lambda: TODAY, clock)
    qtbot.addWidget(made)
    made._on_scan("103-255")
    with qtbot.waitSignal(made.capture_wanted) as wished:
        made.refresh()
    assert wished.args[0] == "p2"


def test_a_hidden_page_hears_no_scan(page: TodayPage, window: QWindow, qtbot: QtBot) -> None:
    page.hide()
    page.show()
    page.setFocus()
    with qtbot.waitSignal(page.capture_wanted):  # and watches again when shown
        keys(window, "103-255")
    page.hide()
    with qtbot.assertNotEmitted(page._scans.scanned):
        keys(window, "103-255")


@pytest.mark.parametrize(
    ("gaps_ms", "wanted"),
    [
        ([0, 5, 5, 5], "123"),
        ([0, SLOWEST_KEY_MS, SLOWEST_KEY_MS, SLOWEST_KEY_MS], "123"),
        ([0, 5, 5, SLOWEST_KEY_MS + 1], None),  # somebody presses Enter afterwards
        ([0, 5, SLOWEST_KEY_MS + 1, 5], None),  # what came fast is too short
    ],
)
def test_a_code_is_told_by_its_pace(gaps_ms: list[int], wanted: str | None) -> None:
    reader, t_ms = ScanReader(), 1_000
    for letter, gap_ms in zip("123", gaps_ms, strict=False):
        t_ms += gap_ms
        reader.key(letter, t_ms)
    assert reader.end(t_ms + gaps_ms[3]) == wanted
    assert reader.end(t_ms + gaps_ms[3]) is None  # an Enter of its own


def test_what_was_typed_slowly_before_a_scan_is_not_part_of_it() -> None:
    reader = ScanReader()
    reader.key("x", 0)
    for at, letter in enumerate("777"):
        reader.key(letter, 500 + 4 * at)
    assert reader.end(512) == "777"


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
