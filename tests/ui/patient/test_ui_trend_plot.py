"""The plot shows exactly the data, names it at its edge, and stays quick."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.records import Phase
from edema_desk.plots import marks
from edema_desk.plots.signs import Sign
from edema_desk.plots.style import DARK, LIGHT
from edema_desk.plots.trend_canvas import Span
from edema_desk.plots.trend_series import TrendSeries, make_series
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.trend_plot import TrendPlot
from edema_desk.ui.pieces.trend_words import point_words
from tests.ui.patient.plot_kit import place_of, series_of
from tests.ui.trend_data import make_course


@pytest.fixture
def dark(theme: Theme) -> Iterator[Theme]:
    """The theme, which a test may darken."""
    yield theme
    theme.choose("light")


def test_dots_are_the_scale_weights_in_the_colour_of_their_phase(plot: TrendPlot) -> None:
    trend = make_course(36).trend()
    for phase, color in ((Phase.PRE, LIGHT.pre), (Phase.POST, LIGHT.post)):
        entries = [s.pre if phase is Phase.PRE else s.post for s in trend.sessions]
        known = [e for e in entries if e and e.scale_excess_kg is not None]
        x, y = plot.layers.dots[phase].getData()
        assert x.tolist() == [e.at.utc_ms / 1000 for e in known]
        assert y.tolist() == [e.scale_excess_kg for e in known]
        line_x, line_y = plot.layers.lines[phase].getData()
        assert (line_x.tolist(), line_y.tolist()) == (x.tolist(), y.tolist())
        assert plot.layers.dots[phase].fill == QColor(color)
        assert plot.layers.lines[phase].opts["pen"].color() == QColor(color)
        assert plot.layers.lines[phase].opts["pen"].width() == 1


def test_rings_are_the_estimates_in_ink_with_their_spread_as_a_bar(plot: TrendPlot) -> None:
    readings = [r for r in plot.series.readings if r.estimate_kg is not None]
    for phase, bars in plot.layers.bars.items():
        own = [r for r in readings if r.phase is phase]
        rings = plot.layers.rings[phase]
        x, y = rings.getData()
        assert x.tolist() == [r.at_s for r in own]
        assert y.tolist() == [r.estimate_kg for r in own]
        assert (rings.pen.color(), rings.fill) == (QColor(LIGHT.ink), QColor(LIGHT.card))
        assert bars._at.tolist() == [r.at_s for r in own]
        spreads = [r.spread_kg for r in own]
        assert (bars._high - bars._low) / 2 == pytest.approx(spreads)
        assert bars._color.rgb() == QColor(LIGHT.of_phase(phase)).rgb()
        assert bars._color.alpha() < 255


def test_refused_captures_are_marked_below_everything_else(plot: TrendPlot) -> None:
    x, y = plot.layers.refused.getData()
    refused = [r for r in plot.series.readings if r.refusal is not None]
    assert x.tolist() == [r.at_s for r in refused]
    low = plot.view.viewRange()[1][0]
    assert set(y.tolist()) == {y[0]}
    assert low < y[0] < np.nanmin(plot.series.estimate_kg - plot.series.spread_kg)


def test_the_points_are_painted_where_the_data_says(plot: TrendPlot) -> None:
    picture = plot.grab().toImage()
    ratio = picture.devicePixelRatio()
    for session in (30, 33):
        x, y = place_of(plot, Phase.PRE, session)
        seen = picture.pixelColor(round(x * ratio), round(y * ratio)).name()
        assert seen in (LIGHT.pre, LIGHT.card, LIGHT.ink)  # a dot, or the ring over it
        assert picture.pixelColor(round(x * ratio), 3).name() not in (LIGHT.pre, LIGHT.ink)


def test_labels_at_the_right_name_what_is_in_view(plot: TrendPlot) -> None:
    texts = {label.text: label for label in plot.end_labels()}
    assert set(texts) == {
        "Scale, before",
        "Scale, after",
        "In between",
        "estimate ± spread",
        "no estimate",
        "Dry weight 51.5 kg",
    }
    assert texts["Scale, before"].color == QColor(LIGHT.pre)
    assert texts["estimate ± spread"].hollow
    signs = {text: label.sign for text, label in texts.items()}
    assert signs["Scale, before"] is signs["estimate ± spread"] is Sign.DOT
    assert signs["Scale, after"] is Sign.SQUARE
    assert signs["In between"] is Sign.DIAMOND
    assert signs["no estimate"] is Sign.CROSS
    plot.view.setXRange(plot.series.at_s[0], plot.series.at_s[10], padding=0)
    assert "Dry weight 52.0 kg" in {label.text for label in plot.end_labels()}


def test_changes_of_the_dry_weight_are_labelled_steps(plot: TrendPlot) -> None:
    steps = plot.layers.steps._steps
    assert [s.text for s in steps] == ["Dry weight 52.0 → 51.5 kg"]
    assert [s.at_s for s in steps] == [plot.series.dry_steps[1].at_s]


def test_the_dark_dress_recolours_every_layer(plot: TrendPlot, dark: Theme) -> None:
    dark.choose("dark")
    plot.restyle()
    assert plot.layers.dots[Phase.PRE].fill == QColor(DARK.pre)
    assert plot.layers.rings[Phase.PRE].pen.color() == QColor(DARK.ink)
    assert plot.layers.bars[Phase.POST]._color.rgb() == QColor(DARK.post).rgb()
    assert plot.kilograms.textPen().color() == QColor(DARK.muted)


def test_the_more_there_is_the_smaller_the_marks(plot: TrendPlot) -> None:
    full = plot.layers.dots[Phase.PRE].size_px
    plot.set_series(series_of(1560), keep_view=False)
    assert plot.layers.dots[Phase.PRE].size_px == full
    plot.set_span(Span.ALL)
    assert plot.layers.dots[Phase.PRE].size_px < full / 2
    plot.set_span(Span.MONTH)
    assert plot.layers.dots[Phase.PRE].size_px == full


def test_nothing_to_show_is_no_error(theme: Theme, qtbot: QtBot) -> None:
    plot = TrendPlot(theme)
    qtbot.addWidget(plot)
    plot.set_series(make_series(Trend((), (), ())), keep_view=False)
    plot.set_span(Span.YEAR)
    plot._on_pointer(QPointF(50, 50))
    QTest.keyClick(plot, Qt.Key.Key_Left)
    plot.grab()
    assert plot.current is None


def test_showing_another_trend_makes_no_new_items(plot: TrendPlot) -> None:
    series = series_of(40)
    plot.set_series(series, keep_view=True)
    before = set(map(id, plot.scene().items()))
    for _ in range(5):
        plot.set_series(series, keep_view=True)
    assert set(map(id, plot.scene().items())) == before


def test_ten_years_are_redrawn_about_as_fast_as_their_numbers_are_read(plot: TrendPlot) -> None:
    """Measured against reading the same records four times in the same run, so that a slow or busy
    machine makes both slow. Rebuilding items instead of replacing data costs many times that."""
    trend = make_course(1560).trend()
    plot.set_series(make_series(trend), keep_view=False)
    plot.set_span(Span.ALL)

    def redraw() -> None:
        plot.set_series(make_series(trend), keep_view=True)
        plot.grab()

    def read() -> None:
        for _ in range(4):
            make_series(trend)

    def fastest(work: object) -> float:
        assert callable(work)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return min(times)

    assert fastest(redraw) < 6 * fastest(read)


def noted_course() -> TrendSeries:
    """A weight put right, a clip cut short that has an estimate, and one that has none."""
    trend = make_course(36).trend()
    sessions = list(trend.sessions)
    for i, phase in ((30, "pre"), (31, "post"), (9, "pre")):
        entry = getattr(sessions[i], phase)
        assert entry.capture is not None
        if i == 30:
            entry = replace(entry, corrected=True)
        else:
            entry = replace(entry, capture=replace(entry.capture, whole=False))
        sessions[i] = replace(sessions[i], **{phase: entry})
    return make_series(replace(trend, sessions=tuple(sessions)))


def test_corrected_and_incomplete_ones_have_a_sign_and_words_only_where_they_occur(
    plot: TrendPlot,
) -> None:
    series = noted_course()
    plot.set_series(series, keep_view=False)
    corrected, incomplete = series.readings[series.corrected[0]], series.incomplete
    x, y = plot.layers.corrected.getData()
    above = (corrected.estimate_kg or 0.0) + (corrected.spread_kg or 0.0)
    assert (x.tolist(), y.tolist()) == (
        [corrected.at_s],
        [pytest.approx(max(corrected.scale_kg or 0.0, above))],
    )
    x, y = plot.layers.incomplete.getData()
    refused_kg = plot.layers.refused_kg()[0]
    assert x.tolist() == series.at_s[incomplete].tolist()
    cut = series.readings[incomplete[1]]
    below = (cut.estimate_kg or 0.0) - (cut.spread_kg or 0.0)
    assert y.tolist() == [refused_kg, pytest.approx(min(cut.scale_kg or 0.0, below))]
    texts = {label.text: label.sign for label in plot.end_labels()}
    assert texts["weight corrected"] is Sign.UP
    assert texts["clip incomplete"] is Sign.DOWN
    plot.view.setXRange(series.at_s[-3], series.at_s[-1], padding=0)
    texts = {label.text: label.sign for label in plot.end_labels()}
    assert not {"weight corrected", "clip incomplete", "no estimate"} & set(texts)


def test_what_was_corrected_or_cut_short_is_read_out(plot: TrendPlot) -> None:
    series = noted_course()
    assert "weight was corrected" in point_words(series.readings[series.corrected[0]]).plain()
    assert "recording was cut short" in point_words(series.readings[series.incomplete[0]]).plain()
    others = [r for i, r in enumerate(series.readings) if i not in series.corrected]
    assert not any("corrected" in point_words(r).plain() for r in others)


def test_ten_years_of_signs_are_handed_to_qt_at_once_and_lie_where_single_ones_do(
    plot: TrendPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = []
    for most in (10_000, 0):
        monkeypatch.setattr(marks, "MOST_SINGLE", most)
        plot.layers.rings[Phase.PRE].update()
        pictures.append(plot.grab().toImage())
    single, at_once = pictures
    differ = sum(
        single.pixelColor(x, y) != at_once.pixelColor(x, y)
        for x in range(0, single.width(), 3)
        for y in range(0, single.height(), 3)
    )
    assert differ < 0.02 * single.width() * single.height() / 9
