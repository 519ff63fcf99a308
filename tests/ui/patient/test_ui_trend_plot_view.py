"""What of a course the plot shows: spans, zooming, moving, and nobody gets lost."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.trend import Trend
from edema_desk.plots.axes import DAY_S
from edema_desk.plots.trend_canvas import Span
from edema_desk.plots.trend_series import make_series
from edema_desk.ui.patient.trend_plot import TrendPlot
from tests.ui.patient.plot_kit import series_of


def test_spans_show_the_last_days_before_the_newest_reading(plot: TrendPlot) -> None:
    newest = plot.series.at_s[-1]
    for span in (Span.MONTH, Span.QUARTER):
        plot.set_span(span)
        start, end = plot.view.viewRange()[0]
        days = int(span.value)
        assert start == pytest.approx(newest - days * DAY_S, abs=0.02 * days * DAY_S)
        assert newest < end < newest + 0.02 * days * DAY_S
    plot.set_span(Span.ALL)
    assert plot.view.viewRange()[0][0] < plot.series.at_s[0]


def test_the_height_follows_what_is_in_view(plot: TrendPlot) -> None:
    for span in Span:
        plot.set_span(span)
        (start, end), (low, high) = plot.view.viewRange()
        lowest, highest = plot.series.height_kg(start, end)
        assert low < lowest <= 0.0
        assert highest < high < highest + 1.0


def test_zooming_by_hand_lets_go_of_the_span_and_keeps_its_place(
    plot: TrendPlot, qtbot: QtBot
) -> None:
    plot.view.scaleBy(x=0.5)
    with qtbot.waitSignal(plot.span_changed) as told:
        plot.view.sigRangeChangedManually.emit([True, False])
    assert told.args == [None]
    before = plot.view.viewRange()[0]
    plot.set_series(series_of(37), keep_view=True)
    assert plot.view.viewRange()[0] == pytest.approx(before)
    assert plot.span is None


def test_a_chosen_span_follows_a_new_session(plot: TrendPlot) -> None:
    before = plot.view.viewRange()[0]
    plot.set_series(series_of(37), keep_view=True)
    assert plot.span is Span.QUARTER
    assert plot.view.viewRange()[0][1] > before[1]


def test_nobody_gets_lost_in_time(plot: TrendPlot) -> None:
    plot.view.translateBy(x=-4000 * DAY_S)
    start, end = plot.view.viewRange()[0]
    assert end > plot.series.at_s[0]
    plot.view.scaleBy(x=1e-6)
    start, end = plot.view.viewRange()[0]
    assert end - start >= 6.9 * DAY_S


def test_a_range_moved_by_hand_is_forgotten_with_the_patient(plot: TrendPlot) -> None:
    plot.view.setXRange(plot.series.at_s[0], plot.series.at_s[9], padding=0)
    plot.let_go()
    plot.set_series(make_series(Trend((), (), ())), keep_view=False)
    plot.set_series(series_of(40), keep_view=True)
    start, end = plot.view.viewRange()[0]
    assert plot.span is Span.QUARTER
    assert start < plot.series.at_s[-1] <= end


def test_keys_zoom_and_move_within_what_there_is(plot: TrendPlot) -> None:
    plot.set_span(Span.QUARTER)

    def after(key: Qt.Key, shifted: bool = False) -> tuple[float, float]:
        held = Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(plot, key, held)
        start, end = plot.view.viewRange()[0]
        return start, end

    start, end = plot.view.viewRange()[0]
    near = after(Qt.Key.Key_Plus)
    assert near[1] - near[0] == pytest.approx((end - start) / 2)
    assert sum(near) == pytest.approx(start + end)  # around the middle
    assert plot.span is None
    moved = after(Qt.Key.Key_Left, shifted=True)
    assert moved[0] == pytest.approx(near[0] - (near[1] - near[0]) / 4)
    assert after(Qt.Key.Key_Right, shifted=True) == pytest.approx(near)
    first = after(Qt.Key.Key_Home)
    assert first[0] < plot.series.at_s[0] < first[1]
    assert after(Qt.Key.Key_Left, shifted=True) == pytest.approx(first)  # no further
    assert after(Qt.Key.Key_End)[1] >= plot.series.at_s[-1]
    for _ in range(12):
        start, end = after(Qt.Key.Key_Plus)
    assert end - start == pytest.approx(7 * DAY_S)
    for _ in range(12):
        start, end = after(Qt.Key.Key_Minus)
    assert start < plot.series.at_s[0] < plot.series.at_s[-1] <= end
    plot.set_span(Span.MONTH)
    assert after(Qt.Key.Key_0)[0] < plot.series.at_s[0]
    assert plot.span is Span.ALL


def test_zooming_keeps_the_point_that_is_read_out_where_it_is(plot: TrendPlot) -> None:
    plot.set_span(Span.QUARTER)
    for _ in range(20):
        QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.current is not None
    at_s = plot.series.readings[plot.current].at_s
    before = plot.view.mapViewToScene(QPointF(at_s, 0)).x()
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.view.mapViewToScene(QPointF(at_s, 0)).x() == pytest.approx(before, abs=1)
