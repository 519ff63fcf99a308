"""The table is the plot's twin: same readings, sortable by value, copied as they stand."""

import csv
import io
from datetime import timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.belief import difference_kg
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.trend_series import Reading, TrendSeries, make_series
from edema_desk.ui.parts.spreadsheet import tsv_line
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.trend_table import (
    READING_ROLE,
    SORT_ROLE,
    TREND_COLUMNS,
    Column,
    TrendTable,
)
from edema_desk.ui.pieces.trend_words import point_words
from tests.ui.trend_data import FIRST_DAY, Course, make_course

DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> TrendTable:
    """30 sessions."""
    made = TrendTable()
    qtbot.addWidget(made)
    made.resize(1200, 500)
    made.set_readings(make_series(make_course(30).trend()).readings)
    made.show()
    qtbot.waitExposed(made)
    return made


def readings(table: TrendTable) -> list[Reading]:
    """In the order shown."""
    model = table.rows
    return [model.index(row, 0).data(READING_ROLE) for row in range(model.rowCount())]


def column(table: TrendTable, which: Column) -> list[object]:
    """Native values in the order shown."""
    return [table.rows.index(row, which).data(SORT_ROLE) for row in range(table.rows.rowCount())]


def select(table: TrendTable, *numbers: int) -> None:
    """Select whole rows."""
    table.clearSelection()
    whole = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
    for number in numbers:
        table.selectionModel().select(table.rows.index(number, 0), whole)


def test_the_model_keeps_qts_rules(table: TrendTable) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning  # a warning fails the test
    tester = QAbstractItemModelTester(table.rows, mode)
    table.sortByColumn(Column.SCALE, UP)
    table.set_readings(make_series(make_course(3).trend()).readings)
    assert tester.model() is table.rows


def test_it_holds_every_reading_of_the_plot_newest_first(table: TrendTable) -> None:
    of_plot = make_series(make_course(30).trend()).readings
    shown = readings(table)
    assert [(r.at_s, r.phase, r.scale_kg, r.estimate_kg) for r in reversed(shown)] == [
        (r.at_s, r.phase, r.scale_kg, r.estimate_kg) for r in of_plot
    ]


def test_cells_say_what_the_reading_holds(table: TrendTable) -> None:
    model = table.rows
    for row, reading in enumerate(readings(table)):
        said = {c: str(model.index(row, c).data()) for c in TREND_COLUMNS}
        if reading.session is None or reading.scale_kg is None or reading.estimate_kg is None:
            continue
        difference = difference_kg(reading.entry)
        assert difference is not None
        assert float(said[Column.SCALE].replace("−", "-")) == pytest.approx(reading.scale_kg)
        assert abs(float(said[Column.DIFFERENCE].replace("−", "-")) - difference) <= 0.0506
        assert reading.entry.net_g is not None
        assert float(said[Column.WEIGHT]) * 1000 == pytest.approx(reading.entry.net_g)
        assert said[Column.SPREAD].startswith("±")
        has_gain = reading.phase is Phase.PRE and reading.session.gain_g is not None
        assert bool(said[Column.GAIN]) is has_gain
        assert bool(said[Column.UF_RATE]) is (reading.phase is Phase.POST)
        has_gap = reading.phase is Phase.PRE and reading.session.days_since_last is not None
        assert bool(said[Column.GAP]) is has_gap


def test_a_refused_capture_has_its_reason_and_no_number(table: TrendTable) -> None:
    row = next(
        i for i, r in enumerate(readings(table)) if r.refusal and r.refusal.value == "turned_away"
    )
    assert table.rows.index(row, Column.ESTIMATE).data() == ""
    note = str(table.rows.index(row, Column.NOTE).data())
    assert note == (
        "The face is turned away from the camera."
        " Record again with the patient looking at the lens."
    )


@pytest.mark.parametrize("which", [Column.SCALE, Column.ESTIMATE, Column.GAIN, Column.WEIGHT])
def test_sorting_goes_by_value_and_leaves_what_is_missing_at_the_end(
    table: TrendTable, which: Column
) -> None:
    for order in (UP, DOWN):
        table.sortByColumn(which, order)
        values = column(table, which)
        there = [v for v in values if isinstance(v, (int, float))]
        assert there == sorted(there, reverse=order is DOWN)
        assert 0 < len(there) < len(values)
        assert values[len(there) :] == [None] * (len(values) - len(there))


def test_sorting_keeps_the_selected_reading_selected(table: TrendTable) -> None:
    select(table, 5)
    chosen = readings(table)[5]
    table.sortByColumn(Column.SCALE, UP)
    rows = [i.row() for i in table.selectionModel().selectedRows()]
    assert [readings(table)[row] for row in rows] == [chosen]
    assert rows != [5]


def test_a_new_trend_keeps_order_and_scroll_position(table: TrendTable) -> None:
    table.sortByColumn(Column.SCALE, UP)
    table.verticalScrollBar().setValue(12)
    table.set_readings(make_series(make_course(31).trend()).readings)
    values = [v for v in column(table, Column.SCALE) if isinstance(v, float)]
    assert values == sorted(values)
    assert table.verticalScrollBar().value() == 12


def test_copying_puts_selected_rows_under_their_heads(table: TrendTable) -> None:
    select(table, 3, 1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    lines = list(csv.reader(io.StringIO(copied), delimiter="\t"))
    assert lines[0] == [
        *("Time", "Phase", "Scale excess (kg)", "Estimate (kg)", "± (kg)"),
        *("Difference (kg)", "Weight (kg)", "Dry weight (kg)", "Gain (kg)"),
        *("Gain (% of dry weight)", "Gap (days)", "UF rate (mL/kg/h)", "Note"),
    ]
    expected = [[str(table.rows.index(r, c).data()) for c in TREND_COLUMNS] for r in (1, 3)]
    assert lines[1:] == [[cell.replace("−", "-") for cell in line] for line in expected]
    assert "−" not in copied


def test_copying_without_a_selection_takes_all(table: TrendTable) -> None:
    table.clearSelection()
    lines = table.selection_tsv().splitlines()
    assert len(lines) == 1 + table.rows.rowCount()
    assert {line.count("\t") for line in lines} == {len(TREND_COLUMNS) - 1}


def test_opening_a_row_opens_its_session(table: TrendTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.session_opened) as opened:
        table.activated.emit(table.rows.index(0, Column.SCALE))
    assert opened.args == ["s29"]
    spot = next(i for i, r in enumerate(readings(table)) if r.session is None)
    with qtbot.assertNotEmitted(table.session_opened):
        table.activated.emit(table.rows.index(spot, 0))


def hand_computed() -> TrendSeries:
    """Dry weight 50.0 kg; Monday 52.5 and 50.2 kg, Wednesday 52.1 and 50.0 kg, at 9 and at 13
    o'clock, four hours planned; a spot capture on Tuesday."""
    course = Course()
    course.add_dry_weight(FIRST_DAY, 50_000)
    for i, (pre_g, post_g) in enumerate(((52_500, 50_200), (52_100, 50_000))):
        day = FIRST_DAY + timedelta(days=2 * i)
        course.add_session(day, f"s{i}")
        course.add_weight(f"s{i}", day, Phase.PRE, pre_g)
        course.add_weight(f"s{i}", day, Phase.POST, post_g)
    course.add_capture(None, FIRST_DAY + timedelta(days=1), Phase.SPOT, 0.7)
    spot = course.captures[-1].capture_id
    return make_series(course.trend(), {spot: "meal"})


def test_every_figure_is_that_of_a_case_worked_out_by_hand(qtbot: QtBot) -> None:
    """Gain 52.1 - 50.2 = 1.9 kg, 3.8 % of 50.0 kg; from Monday 13:00 to Wednesday 9:00 are 44 h,
    1.8 days; 2300 mL / 50.2 kg / 4 h = 11.5 and 2100 / 50.0 / 4 = 10.5 mL/kg/h."""
    made = TrendTable()
    qtbot.addWidget(made)
    made.set_readings(hand_computed().readings)
    rows = ["|".join(str(made.rows.index(r, c).data()) for c in TREND_COLUMNS) for r in range(5)]
    assert rows == [
        "3 Dec 2025 13:00|After dialysis|0.0||||50.0|50.0||||10.5|",
        "3 Dec 2025 09:00|Before dialysis|+2.1||||52.1|50.0|+1.9|3.8|1.8||",
        "2 Dec 2025 18:05|In between · after a meal||+0.7|±0.5|||50.0|||||",
        "1 Dec 2025 13:00|After dialysis|+0.2||||50.2|50.0||||11.5|",
        "1 Dec 2025 09:00|Before dialysis|+2.5||||52.5|50.0|||||",
    ]


def test_pointing_tells_gain_gap_and_uf_rate_of_the_same_case() -> None:
    readings = hand_computed().readings
    assert (
        "Gain +1.9 kg (3.8 %)\n1.8 days since the session before"
        in point_words(readings[3]).plain()
    )
    assert "UF rate 10.5 mL/kg/h in 4 h" in point_words(readings[4]).plain()
    assert point_words(readings[2]).title == "In between · after a meal"
    assert "Gain" not in point_words(readings[0]).plain()


def test_long_words_of_what_went_before_leave_the_figures_their_room(table: TrendTable) -> None:
    course = make_course(3)
    course.add_capture(None, course.sessions[-1].day, Phase.SPOT, 1.2, None, 0.45)
    spot = course.captures[-1].capture_id
    said = "after a long walk with the dog along the river and back"
    table.set_readings(make_series(course.trend(), {spot: said}).readings)
    QTest.qWait(0)
    assert table.columnWidth(Column.PHASE) <= 200
    cell = next(
        table.rows.index(row, Column.PHASE)
        for row in range(table.rows.rowCount())
        if said in str(table.rows.index(row, Column.PHASE).data())
    )
    assert said in str(cell.data(Qt.ItemDataRole.ToolTipRole))


def test_a_copied_word_is_never_run_as_a_formula() -> None:
    assert (
        tsv_line(["=cmd|' /C calc'!A0", "＋1+1", "@x"]) == "(=cmd|' /C calc'!A0)\t(＋1+1)\t(@x)\n"
    )
    assert tsv_line(["−2.1", "+0.4", "a\tb\nc", ""]) == "-2.1\t+0.4\ta b c\t\n"
