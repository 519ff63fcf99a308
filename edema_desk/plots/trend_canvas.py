"""The picture of a trend: axes, layers, labels at the right, and how much of the past it shows."""

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QWidget

from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.estimate import IntervalKind
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import kg_text
from edema_desk.plots.axes import DAY_S, DateAxis, KgAxis
from edema_desk.plots.items import SIGN_ROOM_PX, EndLabel, EndLabels
from edema_desk.plots.marks import Marks
from edema_desk.plots.signs import SIGN_OF
from edema_desk.plots.style import CAPTION_PX, Tokens, text_font
from edema_desk.plots.trend_layers import TrendLayers
from edema_desk.plots.trend_series import TrendSeries, make_series

SHORTEST_S = 7 * DAY_S
MARGIN = 0.015
"""Room at either end, as a share of the time in view."""
_EMPTY = make_series(Trend((), (), ()))


class Span(StrEnum):
    """How much of the past is in view."""

    MONTH = "30"
    QUARTER = "90"
    YEAR = "365"
    ALL = "all"


class TrendCanvas(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Wheel and drag move through time; the height follows what is in view.

    `span_changed(Span or None)` tells which span is shown, None after zooming by hand;
    `moved()` follows every other view.
    """

    span_changed = Signal(object)
    moved = Signal()
    shortest_s = SHORTEST_S

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.series: TrendSeries = _EMPTY
        self.span: Span | None = Span.QUARTER
        self._fitting = False
        self.tokens = tokens
        self.view = pg.ViewBox(enableMenu=False)
        self.view.setMouseEnabled(x=True, y=False)
        self.days, self.kilograms = self.date_axis(), KgAxis()
        self._frame = pg.GraphicsLayout()
        self._frame.addItem(self.kilograms, 0, 0)
        self._frame.addItem(self.view, 0, 1)
        self._frame.addItem(self.days, 1, 1)
        self._frame.layout.setSpacing(0)
        self.setCentralItem(self._frame)
        self.layers = TrendLayers(self.view, self)
        self._ends = EndLabels(self._frame)
        self._unit = QGraphicsSimpleTextItem(self._frame)
        self._set_up_axes()
        self.view.sigRangeChangedManually.connect(self.let_go)
        self.view.sigXRangeChanged.connect(self._on_range)
        self.view.sigResized.connect(self._on_range)
        self._colour()
        self.retranslate()

    def date_axis(self) -> DateAxis:
        """The axis of time."""
        return DateAxis()

    def _set_up_axes(self) -> None:
        for axis in (self.days, self.kilograms):
            axis.linkToView(self.view)
            axis.setStyle(tickLength=0, tickAlpha=255, tickFont=text_font(CAPTION_PX))
            axis.setZValue(self.view.zValue() - 1)  # its grid lies behind the data
        self.kilograms.setGrid(255)
        self.kilograms.setWidth(40)
        self.days.setHeight(30)
        self.days.setStyle(tickAlpha=0)

    def set_series(self, series: TrendSeries, *, keep_view: bool) -> None:
        """Show another state of the trend; with `keep_view` the range chosen stays."""
        self.series = series
        if not keep_view:
            self.span = Span.QUARTER
        self.days.set_clinic(self.series.offset_s)
        self.layers.set_series(self.series)
        self.moved.emit()
        if len(self.series.at_s) == 0:
            return
        first, last = self.ends_s()
        shortest_s = min(self.shortest_s, last - first)
        self.view.setLimits(xMin=first, xMax=last, minXRange=shortest_s, maxXRange=last - first)
        if self.span is not None:
            self.set_span(self.span)
        else:
            self._on_range()
        self._describe()

    def set_span(self, span: Span) -> None:
        """Show the last days up to the newest reading."""
        self.span = span
        if len(self.series.at_s):
            self.move_to(span)
        self.span_changed.emit(span)

    def move_to(self, span: Span) -> None:
        """Bring the last days into view."""
        first, last = self.ends_s()
        newest = float(self.series.at_s[-1])
        start = first if span is Span.ALL else max(first, newest - int(span.value) * DAY_S)
        margin = MARGIN * (newest - start)
        start = first if span is Span.ALL else max(first, start - margin)
        self.show_range(start, min(last, newest + margin))

    def show_range(self, start_s: float, end_s: float) -> None:
        """Fit to it once, also where it is in view already."""
        self._fitting = True
        self.view.setXRange(start_s, end_s, padding=0)
        self._fitting = False
        self._on_range()

    def zoom(self, factor: float, at_s: float | None = None) -> None:
        """Show `factor` as much time, around `at_s` or the middle."""
        if len(self.series.at_s) == 0:
            return
        start, end = self.view.viewRange()[0]
        first, last = self.ends_s()
        width = min(max((end - start) * factor, min(self.shortest_s, last - first)), last - first)
        fixed = (start + end) / 2 if at_s is None else at_s
        self._go(fixed - width * (fixed - start) / (end - start), width)

    def pan(self, share: float) -> None:
        """Move by a share of the time in view."""
        start, end = self.view.viewRange()[0]
        self._go(start + share * (end - start), end - start)

    def go_to(self, *, newest: bool) -> None:
        """Move to the newest reading or the first one."""
        if len(self.series.at_s):
            start, end = self.view.viewRange()[0]
            first, last = self.ends_s()
            self._go(last - (end - start) if newest else first, end - start)

    def _go(self, start_s: float, width_s: float) -> None:
        if len(self.series.at_s):
            first, last = self.ends_s()
            start_s = min(max(start_s, first), last - width_s)
            self.let_go()
            self.show_range(start_s, start_s + width_s)

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        self.tokens = tokens
        self._colour()

    def _colour(self) -> None:
        tokens = self.tokens
        self.layers.restyle(tokens)
        for axis in (self.days, self.kilograms):
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(pg.mkPen(tokens.muted))
        self.kilograms.setTickPen(pg.mkPen(tokens.line))
        self._unit.setBrush(QColor(tokens.muted))
        self._unit.setFont(text_font(CAPTION_PX))
        plain, bold = text_font(CAPTION_PX), text_font(CAPTION_PX, bold=True)
        self._ends.set_fonts(plain, bold, QColor(tokens.ink))
        self._place_labels()

    def retranslate(self) -> None:
        """Write everything again; language or data changed."""
        self._unit.setText(self.tr("kg"))
        self.days.set_clinic(self.series.offset_s)
        self.layers.label_steps(self.series)
        self.setAccessibleName(self.tr("Excess fluid above dry weight, over time"))
        self._describe()

    def _describe(self) -> None:
        """What there is, for a screen reader, and as much room at the right as the labels want,
        wherever the view goes."""
        said = self.tr(
            "{count} points. Left and Right read them out; plus and minus zoom, Shift with Left"
            " and Right, Home and End move, 0 shows all; T shows a table, D the day."
        )
        self.setAccessibleDescription(said.format(count=len(self.series.readings)))
        noted = [text for marks, text in self._noted() if len(marks.getData()[0])]
        steps = [self.dry_text(step.weight_g) for step in self.series.dry_steps[-1:]]
        texts = (*self._names().values(), self.ring_text(), *noted, *steps)
        metrics = QFontMetricsF(text_font(CAPTION_PX, bold=True))
        room = max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 18
        self._frame.layout.setContentsMargins(0, 26, max(room + SIGN_ROOM_PX, 60.0), 0)
        self._place_labels()

    def ends_s(self) -> tuple[float, float]:
        """First and last time that can come into view: at least a fortnight."""
        at_s = self.series.at_s
        first, last = float(at_s[0]), float(at_s[-1])
        first = min(first, last - 14 * DAY_S)
        return first - 2 * DAY_S, last + MARGIN * (last - first)

    def close(self) -> bool:
        """Close like any widget. pyqtgraph's own way takes the scene from under Qt's feet."""
        return QWidget.close(self)

    def let_go(self) -> None:
        """The view was moved by hand: no span is chosen any more."""
        if self.span is not None:
            self.span = None
            self.span_changed.emit(None)

    def _on_range(self) -> None:
        """Fit the height to what is in view, in steps of half a kilogram."""
        if len(self.series.at_s) == 0 or self._fitting:
            return
        start, end = self.view.viewRange()[0]
        low, high = self.series.height_kg(start, end)
        low, high = np.floor(low * 2 - 0.3) / 2, np.ceil(high * 2 + 0.3) / 2
        self.view.setYRange(low, max(high, low + 2.0), padding=0)
        seen = np.count_nonzero((self.series.at_s >= start) & (self.series.at_s <= end))
        self.layers.set_density(seen / 2 / max(self.view.width(), 1.0))
        self.layers.place_refused(self.series, low + 0.04 * (max(high, low + 2.0) - low))
        self._place_labels()
        self.moved.emit()

    def _place_labels(self) -> None:
        box = self.view.geometry()
        area = QRectF(box.right() + 12, box.top(), self._frame.rect().right() - box.right(), 0)
        area.setBottom(box.bottom())
        self._ends.set_labels(tuple(self.end_labels()), area)
        width = self._unit.boundingRect().width()
        self._unit.setPos(box.left() - width - 6, 2)

    def end_labels(self) -> Iterator[EndLabel]:
        """What to write at the right, beside the newest values in view."""
        series, tokens = self.series, self.tokens
        start, end = self.view.viewRange()[0]
        line = QFontMetricsF(text_font(CAPTION_PX)).height()
        ring_told = not np.isfinite(series.estimate_kg).any()
        for phase, name in self._names().items():
            for values in (series.scale_kg, series.estimate_kg):
                own = series.indices(values, phase)
                own = own[(series.at_s[own] >= start) & (series.at_s[own] <= end)][-4:]
                if len(own):
                    break
            else:
                continue
            y = self.y_px(float(values[own].mean()))
            color, sign = QColor(tokens.of_phase(phase)), SIGN_OF[phase]
            yield EndLabel(y, name, color, bold=True, sign=sign, hollow=phase is Phase.SPOT)
            if not ring_told:
                ring_told = True
                text = self.ring_text()
                yield EndLabel(y + line, text, QColor(tokens.ink), sign=sign, hollow=True)
        yield from self.noted_labels()
        dry_g = series.dry_weight_at(end)
        if dry_g is not None:
            yield EndLabel(self.y_px(0.0), self.dry_text(dry_g), QColor(tokens.muted))

    def dry_text(self, weight_g: int) -> str:
        """What the line at zero is called."""
        text: str = self.tr("Dry weight {weight} kg")
        return text.format(weight=kg_text(weight_g))

    def noted_labels(self) -> Iterator[EndLabel]:
        """Of signs that are not always there: near where they lie, and only while in view."""
        start, end = self.view.viewRange()[0]
        attention, muted = QColor(self.tokens.attention), QColor(self.tokens.muted)
        for marks, text in self._noted():
            x, y = marks.getData()
            seen = np.flatnonzero((x >= start) & (x <= end))
            if len(seen):
                hollow = marks is not self.layers.refused
                at_px = self.y_px(float(y[seen[-1]]))
                color = muted if hollow else attention
                yield EndLabel(at_px, text, color, sign=marks.sign, hollow=hollow)

    def _noted(self) -> tuple[tuple[Marks, str], ...]:
        return (
            (self.layers.refused, self.tr("no estimate")),
            (self.layers.corrected, self.tr("weight corrected")),
            (self.layers.incomplete, self.tr("clip incomplete")),
        )

    def ring_text(self) -> str:
        """What a hollow sign and its bar are called."""
        kinds = self.series.interval_kinds
        text: str = self.tr("estimate ±")
        if kinds == {IntervalKind.SPREAD}:
            text = self.tr("estimate ± spread")
        elif IntervalKind.SPREAD not in kinds:
            text = self.tr("estimate ± interval")
        return text

    def _names(self) -> dict[Phase, str]:
        return {
            Phase.PRE: self.tr("Scale, before"),
            Phase.POST: self.tr("Scale, after"),
            Phase.SPOT: self.tr("In between"),
        }

    def y_px(self, y_kg: float) -> float:
        """How far down a value lies, in the pixels of the frame."""
        return float(
            self._frame.mapFromItem(self.view, self.view.mapFromView(QPointF(0, y_kg))).y()
        )
