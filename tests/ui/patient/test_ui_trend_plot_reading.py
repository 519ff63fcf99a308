"""Pointing, clicks and keys read a point of the plot out, and open it."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.records import Phase
from edema_desk.plots.style import LIGHT
from edema_desk.plots.trend_canvas import Span
from edema_desk.ui.patient.trend_plot import TrendPlot
from edema_desk.words import CAPTURE_REFUSALS
from tests.ui.patient.plot_kit import UNTAKEN, click, place_of


def test_pointing_reads_out_the_nearest_point(plot: TrendPlot) -> None:
    x, y = place_of(plot, Phase.PRE, 33)
    QTest.mouseMove(plot.viewport(), QPoint(round(x) + 3, round(y) - 3))
    assert plot.current is not None
    reading = plot.series.readings[plot.current]
    assert reading.session is not None
    assert reading.session.session.session_id == "s33"
    entry = reading.entry
    assert entry.net_g is not None
    words = plot.card.text()
    assert plot.card.isVisible()
    assert words.startswith("Before dialysis\n2 Mar 2026 09:00\nScale +")
    assert f"({entry.net_g / 1000:.1f} kg, dry weight 51.5 kg)" in words
    assert "Estimate +" in words
    assert "±" in words
    assert "made-up swelling" in words
    assert plot.layers.mark.getData()[0].tolist() == [reading.at_s]


def test_a_refused_capture_reads_out_its_reason_and_what_to_do(plot: TrendPlot) -> None:
    index, xs, ys = plot.points_px()
    last = len(index) - 1  # refused ones come last
    plot._on_pointer(QPointF(xs[last], ys[last]))
    reading = plot.series.readings[int(index[last])]
    assert reading.refusal is not None
    said = CAPTURE_REFUSALS[reading.refusal.value]
    assert "No estimate" in plot.card.text()
    assert said.text in plot.card.text()
    assert said.hint in plot.card.text()


def test_pointing_at_nothing_reads_out_nothing(plot: TrendPlot) -> None:
    x, y = place_of(plot, Phase.PRE, 33)
    plot._on_pointer(QPointF(x, y))
    assert plot.card.isVisible()
    plot._on_pointer(QPointF(x, plot.view.sceneBoundingRect().top() + 1))
    assert not plot.card.isVisible()
    assert plot.current is None
    plot._on_pointer(QPointF(x, y))
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert not plot.card.isVisible()


@UNTAKEN
def test_a_click_opens_the_session(plot: TrendPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.session_opened) as opened:
        click(plot, place_of(plot, Phase.POST, 31))
    assert opened.args == ["s31"]


@UNTAKEN
def test_a_click_beside_the_points_opens_nothing(plot: TrendPlot, qtbot: QtBot) -> None:
    x, _ = place_of(plot, Phase.POST, 31)
    with qtbot.assertNotEmitted(plot.session_opened, wait=50):
        click(plot, (x, plot.view.sceneBoundingRect().top() + 2))


def test_keys_read_out_one_reading_after_another_and_open_it(plot: TrendPlot, qtbot: QtBot) -> None:
    QTest.keyClick(plot, Qt.Key.Key_Left)
    newest = len(plot.series.readings) - 1
    assert plot.current == newest
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.current == newest - 1
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.current == newest
    with qtbot.waitSignal(plot.session_opened) as opened:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert opened.args == ["s35"]
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.current is None


def test_keys_bring_what_they_read_into_view(plot: TrendPlot, qtbot: QtBot) -> None:
    plot.set_span(Span.MONTH)
    for _ in range(40):
        QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.current is not None
    start, end = plot.view.viewRange()[0]
    assert start <= plot.series.readings[plot.current].at_s <= end
    assert plot.span is None


def test_the_frame_of_the_keys_comes_with_tab_only(plot: TrendPlot) -> None:
    for reason, framed in (
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.TabFocusReason, True),
    ):
        plot.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, reason))
        corner = plot.grab().toImage().pixelColor(plot.width() // 2, 1).name()
        assert (corner == LIGHT.accent) is framed


@UNTAKEN
def test_a_click_on_a_spot_opens_its_day(plot: TrendPlot, qtbot: QtBot) -> None:
    spot = next(r for r in plot.series.readings if r.phase is Phase.SPOT)
    at = plot.view.mapViewToScene(QPointF(spot.at_s, spot.estimate_kg or 0.0))
    with qtbot.waitSignal(plot.day_opened) as opened:
        click(plot, (at.x(), at.y()))
    assert opened.args == [spot.entry.at.day]
