"""The course over the hours of one day: every capture named beside its point."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget

from edema_desk.plots.axes import DateAxis
from edema_desk.plots.day_axis import HOUR_S, HourAxis
from edema_desk.plots.day_labels import PointLabel, PointLabels
from edema_desk.plots.event_words import event_text
from edema_desk.plots.items import EndLabel
from edema_desk.plots.signs import Sign
from edema_desk.plots.style import CAPTION_PX, Tokens, text_font
from edema_desk.plots.trend_canvas import Span
from edema_desk.plots.trend_series import Reading, TrendSeries
from edema_desk.ui.parts.phrases import excess, phase_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.trend_plot import TrendPlot

LEAST_H = 6.0
"""A day with one capture still shows so many hours."""
_EDGE_H = 0.75
_LONGEST_NAME_PX = 124.0


class DayPlot(TrendPlot):
    """Shows a `series_of_day`. `picked(Reading)` follows a click on a point or a key that reads
    one out."""

    picked = Signal(object)
    shortest_s = HOUR_S

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.labels = PointLabels()
        super().__init__(theme, parent)
        self.view.addItem(self.labels, ignoreBounds=True)
        self.dress(theme.tokens)

    def date_axis(self) -> DateAxis:
        """Hours."""
        return HourAxis()

    def set_series(self, series: TrendSeries, *, keep_view: bool) -> None:
        """Show a day, all of it unless `keep_view`."""
        super().set_series(series, keep_view=keep_view)
        self._name_points()

    def ends_s(self) -> tuple[float, float]:
        """The hours of the captures and a little around them."""
        first, last = float(self.series.at_s[0]), float(self.series.at_s[-1])
        spare = max(LEAST_H * HOUR_S - (last - first), 0.0) / 2 + _EDGE_H * HOUR_S
        return first - spare, last + spare

    def move_to(self, span: Span) -> None:
        """There is only the whole day."""
        self.show_range(*self.ends_s())

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        super().dress(tokens)
        bold, plain = text_font(CAPTION_PX, bold=True), text_font(CAPTION_PX)
        self.labels.set_look(bold, plain, QColor(tokens.muted))
        self._name_points()

    def retranslate(self) -> None:
        """Write everything again."""
        super().retranslate()
        self.setAccessibleName(self.tr("Excess fluid above dry weight, over the hours of a day"))
        self._name_points()

    def end_labels(self) -> Iterator[EndLabel]:
        """Measured and estimated; points are named themselves."""
        series, ink = self.series, QColor(self.tokens.ink)
        top = self.view.geometry().top()
        line = QFontMetricsF(text_font(CAPTION_PX)).height()
        if np.isfinite(series.scale_kg).any():
            yield EndLabel(top, self.tr("scale"), ink, sign=Sign.DOT)
        if np.isfinite(series.estimate_kg).any():
            yield EndLabel(top + line, self.ring_text(), ink, sign=Sign.DOT, hollow=True)
        yield from self.noted_labels()
        dry_g = series.dry_weight_at(self.view.viewRange()[0][1])
        if dry_g is not None:
            yield EndLabel(self.y_px(0.0), self.dry_text(dry_g), QColor(self.tokens.muted))

    def _name_points(self) -> None:
        self.labels.setData([self._label(r) for r in self.series.readings if _drawn(r)])

    def _label(self, reading: Reading) -> PointLabel:
        spread = reading.spread_kg or 0.0
        known = [v for v in (reading.scale_kg, reading.estimate_kg) if v is not None]
        if reading.estimate_kg is not None:
            known += [reading.estimate_kg - spread, reading.estimate_kg + spread]
        return PointLabel(
            reading.at_s,
            min(known),
            max(known),
            self._name(reading),
            self._second(reading),
            QColor(self.tokens.of_phase(reading.phase)),
        )

    def _second(self, reading: Reading) -> str:
        """The change since the first estimate of the day; that one itself says so."""
        if reading.change_kg is not None:
            changed: str = self.tr("{change} kg")
            return changed.format(change=excess(reading.change_kg))
        return "" if reading.estimate_kg is None else self.tr("first of the day")

    @staticmethod
    def _name(reading: Reading) -> str:
        """Free words that are too long end in dots; pointing at them shows all."""
        words = event_text(reading.event) or phase_text(reading.phase)
        metrics = QFontMetricsF(text_font(CAPTION_PX, bold=True))
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, _LONGEST_NAME_PX)

    def _open(self, index: int) -> None:
        self.picked.emit(self.series.readings[index])

    def _step(self, by: int) -> None:
        super()._step(by)
        if self.current is not None:
            self.picked.emit(self.series.readings[self.current])


def _drawn(reading: Reading) -> bool:
    """Whether there is a value to stand beside; refused ones lie in their row."""
    return reading.scale_kg is not None or reading.estimate_kg is not None
