"""Captures as points: a mark each while they can be told apart, shades where they are many."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from edema_desk.plots.style import Tokens

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Shades = NDArray[np.uint8]

MOST_MARKS = 3_000
"""With more captures than these, shades are drawn."""
CELL_KG = 0.1
"""How wide a cell is: the step of scales, so that no stripes come of it."""
ROWS = 90
_SIZES = ((300, 8.0), (1_200, 6.0), (MOST_MARKS, 4.5))
_FAINTEST, _STRONGEST = 40, 235
_MEDIAN_PX = 15.0


@dataclass(frozen=True, slots=True)
class Points:
    """Where captures lie, (n,) each, before or after dialysis."""

    x: Values
    y: Values
    pre: Flags

    @property
    def crowded(self) -> bool:
        """Whether they are too many for a mark each."""
        return len(self.x) > MOST_MARKS


def no_points() -> Points:
    """Nothing to show."""
    return Points(np.zeros(0), np.zeros(0), np.zeros(0, np.bool_))


def counts_in(points: Points, area: QRectF) -> tuple[Values, Values]:
    """How many captures before and after dialysis lie in each cell of the area, (x, y)."""
    wide, high = max(round(area.width() / CELL_KG), 1), ROWS
    column = ((points.x - area.left()) * (wide / area.width())).astype(np.int32)
    row = ((points.y - area.top()) * (high / area.height())).astype(np.int32)
    np.clip(column, 0, wide - 1, out=column)
    np.clip(row, 0, high - 1, out=row)
    place = (column * high + row) * 2 + points.pre
    counts = np.bincount(place, minlength=2 * wide * high).astype(np.float64)
    both = counts.reshape(wide, high, 2)
    return both[..., 1], both[..., 0]


def shades(before: Values, after: Values, tokens: Tokens) -> Shades:
    """RGBA of each cell: the colours of the phases mixed by their counts, stronger with more."""
    whole = before + after
    share = np.divide(before, whole, out=np.zeros_like(whole), where=whole > 0)[..., None]
    first, second = (_rgb(color) for color in (tokens.pre, tokens.post))
    strength = np.log1p(whole) / max(np.log1p(whole.max(initial=0.0)), 1e-9)
    alpha = np.where(whole > 0, _FAINTEST + (_STRONGEST - _FAINTEST) * strength, 0.0)
    mixed = np.concatenate([share * first + (1 - share) * second, alpha[..., None]], axis=2)
    return mixed.astype(np.uint8)


def _rgb(color: str) -> Values:
    made = QColor(color)
    return np.array([made.red(), made.green(), made.blue()], np.float64)


class Cloud:
    """The items of one plot's captures: before filled dots, after open squares."""

    def __init__(self, view: pg.ViewBox, tokens: Tokens) -> None:
        self._points, self._area, self._tokens = no_points(), QRectF(0, 0, 1, 1), tokens
        self.shades = pg.ImageItem(axisOrder="col-major")
        self.after = pg.ScatterPlotItem(antialias=True, symbol="s")
        self.before = pg.ScatterPlotItem(antialias=True, symbol="o")
        self.mark = pg.ScatterPlotItem(antialias=True, symbol="o")
        for item in (self.shades, self.after, self.before, self.mark):
            view.addItem(item, ignoreBounds=True)
        self.dress(tokens)

    def show(self, points: Points, area: QRectF) -> None:
        """Replace all; `area` is what the plot shows, its top the smaller y."""
        self._points, self._area = points, area
        self.shades.setVisible(points.crowded)
        if points.crowded:
            self._show_shades()
        else:
            self.before.setData(x=points.x[points.pre], y=points.y[points.pre])
            self.after.setData(x=points.x[~points.pre], y=points.y[~points.pre])
        self.dress(self._tokens)
        self.place_mark(None)

    def place_mark(self, at: tuple[float, float] | None) -> None:
        """Put a ring around one point, or nowhere."""
        self.mark.setData(x=[at[0]] if at else [], y=[at[1]] if at else [])

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        again = tokens is not self._tokens
        self._tokens = tokens
        size = self._size()
        card = QColor(tokens.card)
        rim = 2.4 if self._points.crowded else 0.8
        self.before.setSize(size, update=False)
        self.before.setPen(pg.mkPen(card, width=rim), update=False)
        self.before.setBrush(QColor(tokens.pre))
        self.after.setSize(size, update=False)
        self.after.setPen(pg.mkPen(QColor(tokens.post), width=1.3), update=False)
        self.after.setBrush(card)
        self.mark.setSize(20.0, update=False)
        self.mark.setPen(pg.mkPen(QColor(tokens.accent), width=2), update=False)
        self.mark.setBrush(QColor(0, 0, 0, 0))
        if again and self._points.crowded:
            self._show_shades()

    def _size(self) -> float:
        if self._points.crowded:
            return _MEDIAN_PX
        return next(size for most, size in _SIZES if len(self._points.x) <= most)

    def _show_shades(self) -> None:
        points = self._points
        before, after = counts_in(points, self._area)
        self.shades.setImage(shades(before, after, self._tokens), autoLevels=False)
        self.shades.setRect(self._area)
        for item, own in ((self.before, points.pre), (self.after, ~points.pre)):
            there = bool(own.any())
            item.setData(
                x=[float(np.median(points.x[own]))] if there else [],
                y=[float(np.median(points.y[own]))] if there else [],
            )
