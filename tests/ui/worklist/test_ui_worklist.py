"""The worklist: what is missing, what comes next, and finding people."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.worklist import NextAct, NextStep, WorklistRow, next_act
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Patient, Phase, Schedule
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.phrases import refusal_words
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.list_page import PatientsPage
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.model import Column, WorklistModel
from edema_desk.ui.worklist.source import (
    DUE,
    EVERYONE,
    WorklistSource,
    found,
    of_group,
    one_meant,
)
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import Clinic, made_up_clinic

NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def source(jobs: DeskJobs) -> WorklistSource:
    return WorklistSource(jobs, TODAY, jobs)


@pytest.fixture
def page(
    jobs: DeskJobs,
    theme: Theme,
    source: WorklistSource,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> TodayPage:
    made = TodayPage(jobs, theme, source, Settings(), lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.refresh()
    settled()
    return made


def rows_of(clinic: Clinic, desk: FakeDesk) -> tuple[WorklistRow, ...]:
    return desk.worklist(TODAY).result(5)


def names(page: TodayPage) -> list[str]:
    model = page.table.rows
    return [str(model.index(i, Column.PATIENT).data()) for i in range(model.rowCount())]


def search_field(page: TodayPage) -> SearchField:
    field = page.findChild(SearchField)
    assert isinstance(field, SearchField)
    return field


def test_the_next_act_is_the_first_thing_missing(desk: FakeDesk) -> None:
    acts = [next_act(r) for r in rows_of(desk.clinic, desk)]
    assert acts[0] == NextAct(NextStep.CAPTURE, Phase.POST)  # pre is complete
    assert acts[1] == NextAct(NextStep.WEIGHT, Phase.PRE)  # there is a clip and no weight
    assert acts[2] == NextAct(NextStep.AGAIN, Phase.PRE)  # no frame of the clip was usable
    assert acts[3] == NextAct(NextStep.CAPTURE, Phase.PRE)  # there is a weight and no clip
    assert acts[4] == NextAct(NextStep.CAPTURE, Phase.PRE)  # nothing yet
    yesterday = [next_act(r) for r in desk.worklist(TODAY - timedelta(days=3)).result(5)]
    assert NextAct(NextStep.OPEN, Phase.POST) in yesterday  # complete


def test_who_is_not_due_asks_for_nothing() -> None:
    row = WorklistRow(Patient("x", "1", "A"), Schedule(), None, due=False)
    assert next_act(row).step is NextStep.OPEN


def test_marks_are_said_in_words(page: TodayPage) -> None:
    model = page.table.rows
    said = [str(model.index(i, Column.PRE).data()) for i in range(5)]
    assert said[0].startswith("Done ")
    assert said[1:] == ["Weight missing", "No estimate: poor light", "Clip missing", "Not yet"]
    assert str(model.index(0, Column.EXCESS).data()).endswith(" kg")
    assert "±0.4" in str(model.index(0, Column.ESTIMATE).data())


def test_every_reason_for_no_estimate_has_few_words_of_its_own(qapp: QApplication) -> None:
    said = [refusal_words(refusal) for refusal in Refusal]
    assert len(set(said)) == len(said)
    assert all(len(words) <= len("no earlier session") for words in said)


def test_a_screen_reader_hears_column_and_words(page: TodayPage) -> None:
    model = page.table.rows
    heard = model.index(1, Column.PRE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Before dialysis Weight missing"


@pytest.mark.parametrize(
    "query",
    [
        "たかはし",
        "タカハシ",
        "ﾀｶﾊｼ",
        "高橋",
        "102-238",
        "102238",
        "１０２‐２３８",
        "タカハシ ケンジ",
    ],
)
def test_people_are_found_however_it_is_typed(desk: FakeDesk, query: str) -> None:
    rows = rows_of(desk.clinic, desk)
    assert [r.patient.name for r in found(rows, query)] == ["高橋 健二"]


def test_search_runs_after_a_pause_and_finds_who_is_not_due(page: TodayPage, qtbot: QtBot) -> None:
    due = names(page)
    away = next(r for r in page._source.rows or () if not r.due)
    assert away.patient.name not in due
    QTest.keyClicks(search_field(page), away.patient.chart_number)
    assert names(page) == due  # not at each key
    qtbot.waitUntil(lambda: names(page) == [away.patient.name])


def test_a_number_and_enter_open_the_patient(page: TodayPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.patient_wanted) as opened:
        QTest.keyClicks(search_field(page), "103-255")
        QTest.keyClick(search_field(page), Qt.Key.Key_Return)
    assert opened.args == ["p2"]
    assert search_field(page).text() == ""


def test_a_number_entered_before_the_rows_came_opens_when_they_do(
    jobs: DeskJobs, theme: Theme, source: WorklistSource, qtbot: QtBot
) -> None:
    page = TodayPage(jobs, theme, source, Settings(), lambda: TODAY)
    qtbot.addWidget(page)
    QTest.keyClicks(search_field(page), "103-255")
    QTest.keyClick(search_field(page), Qt.Key.Key_Return)
    with qtbot.waitSignal(page.patient_wanted) as opened:
        page.refresh()
    assert opened.args == ["p2"]


def test_an_exact_number_beats_numbers_that_contain_it() -> None:
    rows = tuple(
        WorklistRow(Patient(n, n, "A"), Schedule(), None, due=True) for n in ("12", "123", "412")
    )
    meant = one_meant(found(rows, "12"), "12")
    assert meant is not None
    assert meant.patient.chart_number == "12"
    assert one_meant(found(rows, "1"), "1") is None


def test_groups(desk: FakeDesk) -> None:
    rows = rows_of(desk.clinic, desk)
    assert of_group(rows, EVERYONE) == rows
    assert all(r.due for r in of_group(rows, DUE))
    assert {r.schedule.shift for r in of_group(rows, "2")} == {2}
    parts = [of_group(rows, s) for s in ("1", "2", "3")]
    assert sum(len(p) for p in parts) == len(of_group(rows, DUE))


def test_keys_move_between_search_and_table_and_open(page: TodayPage, qtbot: QtBot) -> None:
    page.activateWindow()
    search_field(page).setFocus()
    QTest.keyClick(search_field(page), Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 0
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.patient_wanted) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == ["p1"]
    with qtbot.waitSignal(page.weight_wanted) as wished:
        QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wished.args == ["p1", f"p1-{TODAY}", Phase.PRE]


def test_a_click_on_the_button_acts_and_beside_it_opens(page: TodayPage, qtbot: QtBot) -> None:
    table = page.table
    index = table.rows.index(3, Column.ACTION)
    cell = table.visualRect(index)
    box = table._delegate.button_rect(cell, str(index.data()))
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(page.capture_wanted) as wished:
        QTest.mouseClick(table.viewport(), left, NO_KEYS, box.center())
    assert wished.args == ["p3", f"p3-{TODAY}", Phase.PRE]
    name = table.visualRect(table.rows.index(3, Column.PATIENT)).center()
    with qtbot.waitSignal(page.patient_wanted) as opened:
        QTest.mouseClick(table.viewport(), left, NO_KEYS, name)
    assert opened.args == ["p3"]


def test_the_selection_stays_with_its_patient(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page.table.selectRow(2)
    desk.clinic.schedules["p0"] = Schedule((), 1, "Z9")  # leaves the first place
    with qtbot.waitSignal(page._source.arrived):
        page.refresh()
    assert page.table.selected is not None
    assert page.table.selected.patient.patient_id == "p2"


def test_a_change_elsewhere_shows_without_being_asked(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    model: WorklistModel = page.table.rows
    assert model.index(4, Column.PRE).data() == "Not yet"
    opened = desk.open_session("s", "p4", desk.clinic.sessions["p0"][-1].opened_at).result(5)
    desk.enter_weight("w", opened, Phase.PRE, 60_000, 0, desk.clinic.sessions["p0"][-1].opened_at)
    qtbot.waitUntil(lambda: model.index(4, Column.PRE).data() == "Clip missing")


def test_many_changes_ask_again_only_once_more(
    page: TodayPage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    before = desk.asked["worklist"]
    for _ in range(50):
        page.refresh()
    settled()
    assert desk.asked["worklist"] == before + 2


def test_past_midnight_the_page_follows(
    jobs: DeskJobs, theme: Theme, source: WorklistSource, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    now = [TODAY]
    page = TodayPage(jobs, theme, source, Settings(), lambda: now[0])
    qtbot.addWidget(page)
    now[0] = date(2026, 3, 3)
    page._on_tick()
    settled()
    assert source.day == now[0]
    page.go_to(date(2026, 2, 27))  # someone looks at another day
    now[0] = date(2026, 3, 4)
    page._on_tick()
    assert source.day == date(2026, 2, 27)


def test_empty_states_say_what_to_do(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    search_field(page).setText("nobody of that name")
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert page.empty.headline.text() == "No match"
    page.empty.act.click()
    qtbot.waitUntil(lambda: page.table.isVisible())
    page.go_to(date(2026, 3, 1))  # a Sunday
    settled()
    assert page.empty.headline.text() == "Nobody is due"
    page.empty.act.click()
    assert len(names(page)) == len(desk.clinic.patients)


def test_without_patients_the_first_can_be_added(
    jobs: DeskJobs,
    theme: Theme,
    desk: FakeDesk,
    source: WorklistSource,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    desk.clinic = made_up_clinic(0, 1, TODAY)
    page = TodayPage(jobs, theme, source, Settings(), lambda: TODAY)
    qtbot.addWidget(page)
    page.refresh()
    settled()
    assert page.empty.headline.text() == "No patients yet"
    assert "edema-desk demo" in page.empty.text.text()
    with qtbot.waitSignal(page.new_patient_wanted):
        page.empty.act.click()


def test_a_failure_is_said_in_place_and_can_be_tried_again(
    page: TodayPage, desk: FakeDesk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    desk.faults.errors["worklist"] = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.refresh()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert "another command" in page.empty.text.text()
    del desk.faults.errors["worklist"]
    page.empty.act.click()
    qtbot.waitUntil(lambda: page.table.isVisible())


def test_photos_come_one_after_another(
    page: TodayPage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    page.table.viewport().repaint()
    settled()
    shown = {p for p in desk.clinic.patients.values() if p.has_photo}
    assert 0 < desk.asked["photo"] <= len(shown)
    again = desk.asked["photo"]
    page.table.viewport().repaint()
    settled()
    assert desk.asked["photo"] == again


def test_patients_page_hides_nobody(
    jobs: DeskJobs,
    theme: Theme,
    desk: FakeDesk,
    source: WorklistSource,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    page = PatientsPage(jobs, theme, source)
    qtbot.addWidget(page)
    page.refresh()
    settled()
    assert page.table.rows.rowCount() == len(desk.clinic.patients)
    assert page.subtitle() == "8 in all"
    kana = [page.table.rows.row_at(page.table.rows.index(i, 0)).patient.kana for i in range(8)]
    assert kana == sorted(kana)
    field = page.findChild(SearchField)
    assert isinstance(field, QLineEdit)
    field.setText("いとう")  # QTest cannot type kana
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
