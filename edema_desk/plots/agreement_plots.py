"""Estimates beside the scale: one against the other, and their difference (Bland and Altman)."""

from collections.abc import Sequence
from math import ceil, floor, isfinite

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.plots.agreement_canvas import AgreementCanvas
from edema_desk.plots.agreement_cloud import CELL_KG, Cloud, Points, Values
from edema_desk.plots.agreement_words import kg_between, number_text
from edema_desk.plots.style import Tokens

_MARGIN_KG = 0.25
_LEAST_KG = 1.0
_REACH = 1.12
_LEAST_REACH_KG = 0.5
_BAND_ALPHA = 60


def _span(*values: Values) -> tuple[float, float]:
    """Room for all of them and for nothing to one kilogram, between two steps of a scale."""
    low = min((float(v.min(initial=0.0)) for v in values), default=0.0)
    high = max((float(v.max(initial=_LEAST_KG)) for v in values), default=_LEAST_KG)
    first = floor((low - _MARGIN_KG) / CELL_KG) - 0.5
    last = ceil((high + _MARGIN_KG) / CELL_KG) + 0.5
    return first * CELL_KG, last * CELL_KG


class ScatterPlot(AgreementCanvas):
    """Estimate upwards, scale across; on the line they are the same."""

    def make_layers(self, tokens: Tokens) -> Cloud:
        """The line lies behind the captures."""
        self._same = pg.PlotCurveItem()
        self.view.addItem(self._same, ignoreBounds=True)
        return super().make_layers(tokens)

    def names(self) -> tuple[str, str]:
        """Scale and estimate."""
        return self.tr("Excess by the scale, kg"), self.tr("Estimate, kg")

    def end_labels(self) -> Sequence[tuple[float, str, bool]]:
        """What the line is."""
        if self.shown is None or not self.shown.captures:
            return ()
        return ((self.view.viewRange()[1][1], self.tr("equal"), False),)

    def show_view(self, shown: AgreementView) -> None:
        """Draw another state."""
        low, high = _span(shown.scale_kg, shown.estimate_kg)
        points = Points(shown.scale_kg, shown.estimate_kg, shown.pre)
        self.show_points(points, QRectF(low, low, high - low, high - low))
        self._same.setData(x=[low, high], y=[low, high])
        super().show_view(shown)

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        self._same.setPen(pg.mkPen(QColor(tokens.muted), width=1))
        super().dress(tokens)

    def retranslate(self) -> None:
        """Write everything again."""
        self.setAccessibleName(self.tr("Estimate against scale"))
        super().retranslate()


class DifferencePlot(AgreementCanvas):
    """Estimate less scale upwards, their mean across, with bias, limits and how sure these are."""

    def make_layers(self, tokens: Tokens) -> Cloud:
        """Soft bands of the intervals behind, lines before the captures."""
        self._bands = [
            pg.LinearRegionItem(orientation="horizontal", movable=False) for _ in range(3)
        ]
        self._zero = pg.InfiniteLine(pos=0.0, angle=0)
        for item in (*self._bands, self._zero):
            self.view.addItem(item, ignoreBounds=True)
        cloud = super().make_layers(tokens)
        self._lines = [pg.InfiniteLine(pos=0.0, angle=0) for _ in range(3)]
        for line in self._lines:
            self.view.addItem(line, ignoreBounds=True)
        return cloud

    def names(self) -> tuple[str, str]:
        """Mean and difference."""
        return self.tr("Mean of estimate and scale, kg"), self.tr("Estimate less scale, kg")

    def end_labels(self) -> Sequence[tuple[float, str, bool]]:
        """Bias and limits with their intervals, each in two lines."""
        if self.shown is None or not isfinite(self.shown.limits.bias_kg):
            return ()
        limits = self.shown.limits
        line = 17.0 * self._kg_a_pixel()
        labels: list[tuple[float, str, bool]] = []
        for value, between, said in (
            (limits.high_kg, limits.high_between, self.tr("upper limit {value}")),
            (limits.bias_kg, limits.bias_between, self.tr("on average {value}")),
            (limits.low_kg, limits.low_between, self.tr("lower limit {value}")),
        ):
            labels.append((value, said.format(value=number_text(value, signed=True)), True))
            sure = kg_between(between, signed=True)
            if sure:
                labels.append((value - line, sure, False))
        return labels

    def show_view(self, shown: AgreementView) -> None:
        """Draw another state."""
        mean, off, limits = shown.mean_kg, shown.difference_kg, shown.limits
        low, high = _span(mean)
        ends = (*limits.low_between, *limits.high_between, limits.low_kg, limits.high_kg)
        known = [abs(end) for end in ends if isfinite(end)]
        reach = _REACH * max(float(np.abs(off).max(initial=_LEAST_REACH_KG)), *known, 0.0)
        self.show_points(Points(mean, off, shown.pre), QRectF(low, -reach, high - low, 2 * reach))
        places = (
            (limits.low_kg, limits.low_between),
            (limits.bias_kg, limits.bias_between),
            (limits.high_kg, limits.high_between),
        )
        for line, band, (value, between) in zip(self._lines, self._bands, places, strict=True):
            line.setVisible(isfinite(value))
            band.setVisible(isfinite(between[0]))
            if isfinite(value):
                line.setPos(value)
            if isfinite(between[0]):
                band.setRegion(between)
        super().show_view(shown)

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        soft = QColor(tokens.muted)
        soft.setAlpha(_BAND_ALPHA)
        for band in self._bands:
            band.setBrush(soft)
            for edge in band.lines:
                edge.setPen(pg.mkPen(None))
        self._zero.setPen(pg.mkPen(QColor(tokens.muted), width=1))
        for line, style in zip(
            self._lines,
            (Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine),
            strict=True,
        ):
            line.setPen(pg.mkPen(QColor(tokens.ink), width=1.5, style=style))
        super().dress(tokens)

    def retranslate(self) -> None:
        """Write everything again."""
        self.setAccessibleName(self.tr("Difference of estimate and scale (Bland-Altman)"))
        super().retranslate()

    def _kg_a_pixel(self) -> float:
        low, high = self.view.viewRange()[1]
        return float((high - low) / max(self.view.height(), 1.0))
