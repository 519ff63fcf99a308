"""What pyqtgraph has no fast item for: soft bars of spreads, steps of the dry weight, labels
beside the plot. All are painted in pixels, so that zooming never makes them fat."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from edema_desk.plots.signs import Sign, paint_sign

Values = NDArray[np.float64]
_NONE: Values = np.empty(0)
SIGN_PX, SIGN_ROOM_PX = 8.0, 15.0
_SIGN_PEN = 1.4
MOST_ROUND = 500
"""Up to this many bars in view get round ends."""


class SpreadBars(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """A soft upright bar for each spread."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._at = self._low = self._high = _NONE
        self._color = QColor(0, 0, 0)
        self._width_px = 4.0

    def setData(self, at_s: Values, low: Values, high: Values) -> None:
        """Replace all bars."""
        self.prepareGeometryChange()
        self._at, self._low, self._high = at_s, low, high
        self.update()

    def set_look(self, color: QColor, width_px: float) -> None:
        """Colour (with its own transparency) and width."""
        self._color, self._width_px = color, width_px
        self.update()

    def boundingRect(self) -> QRectF:
        """In seconds and kilograms; wide enough for a bar at each end."""
        if len(self._at) == 0:
            return QRectF()
        half = self._width_px * (self.pixelWidth() or 0.0)
        left, right = self._at.min() - half, self._at.max() + half
        bottom, top = self._low.min(), self._high.max()
        return QRectF(left, bottom, right - left, max(top - bottom, 1e-9))

    def viewTransformChanged(self) -> None:
        """The bars keep their width in pixels, so their extent in seconds changes."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def dataBounds(self, *args: object, **kwargs: object) -> None:
        """The plot sets its own range."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Only what is in view."""
        view = self.viewRect()
        seen = np.flatnonzero((self._at >= view.left()) & (self._at <= view.right()))
        if len(seen) == 0:
            return
        to_px = painter.transform()
        painter.resetTransform()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        rects = self._rects(to_px, seen)
        if len(rects) <= MOST_ROUND:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for rect in rects:
                painter.drawRoundedRect(rect, self._width_px / 2, self._width_px / 2)
        else:  # whole pixels in a frame of whole pixels: anything softer takes ten times as long
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setClipRect(to_px.mapRect(QRectF(view)).toRect())
            painter.drawRects([rect.toRect() for rect in rects])
            painter.restore()

    def _rects(self, to_px: QTransform, seen: NDArray[np.intp]) -> list[QRectF]:
        x = self._at[seen] * to_px.m11() + to_px.dx()
        y1 = self._high[seen] * to_px.m22() + to_px.dy()
        y2 = self._low[seen] * to_px.m22() + to_px.dy()
        left = x - self._width_px / 2
        return [
            QRectF(a, b, self._width_px, c)
            for a, b, c in zip(left.tolist(), y1.tolist(), (y2 - y1).tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class StepLabel:
    """A change of the dry weight: when, and what to write beside its line."""

    at_s: float
    text: str


class OverView(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Base of what is painted in pixels over the whole view."""

    def boundingRect(self) -> QRectF:
        """The whole view: words have no extent in seconds."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view is the extent."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def dataBounds(self, *args: object, **kwargs: object) -> None:
        """The plot sets its own range."""


class DryWeightSteps(OverView):
    """An upright line where the dry weight changes, its words at the top where there is room."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StepLabel, ...] = ()
        self._pen = QPen()
        self._words = QColor()
        self._font = QFont()

    def setData(self, steps: tuple[StepLabel, ...]) -> None:
        """Replace all steps, which must be in time order."""
        self._steps = steps
        self.update()

    def set_look(self, line: QColor, words: QColor, font: QFont) -> None:
        """Colours and font."""
        self._pen = QPen(line, 1, Qt.PenStyle.DotLine)
        self._pen.setCosmetic(True)
        self._words, self._font = words, font
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Lines always, words while they do not run into each other or out of the plot."""
        view = self.viewRect()
        to_px = painter.transform()
        painter.resetTransform()
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        frame = to_px.mapRect(QRectF(view))
        free_from = frame.left()
        for step in self._steps:
            if not view.left() <= step.at_s <= view.right():
                continue
            x = round(step.at_s * to_px.m11() + to_px.dx()) + 0.5
            painter.setPen(self._pen)
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            width = metrics.horizontalAdvance(step.text)
            left = x + 5 if x + 5 + width <= frame.right() else x - 5 - width
            if left >= free_from:
                painter.setPen(self._words)
                painter.drawText(QPointF(left, frame.top() + metrics.ascent() + 2), step.text)
                free_from = left + width + 10


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words at the right of the plot, beside the value they name, with the sign of their series
    before them: filled in their colour, or `hollow` in ink."""

    y_px: float
    text: str
    color: QColor
    bold: bool = False
    sign: Sign | None = None
    hollow: bool = False


def spread_apart(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Positions near the wanted ones (sorted) that keep `height` apart, between top and bottom."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, top if not placed else placed[-1] + height))
    limit = bottom
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - height
    return placed


class EndLabels(QGraphicsItem):
    """Direct labels at the right of the plot instead of a legend."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._labels: tuple[EndLabel, ...] = ()
        self._area = QRectF()
        self._fonts = (QFont(), QFont())
        self._ring = QPen()

    def set_fonts(self, plain: QFont, bold: QFont, ring: QColor) -> None:
        """In which to write, and the colour of rings."""
        self._fonts = (plain, bold)
        self._ring = QPen(ring, _SIGN_PEN)
        self.update()

    def set_labels(self, labels: Sequence[EndLabel], area: QRectF) -> None:
        """Replace all; `area` is the room at the right in the parent's pixels."""
        self.prepareGeometryChange()
        self._labels = tuple(sorted(labels, key=lambda one: one.y_px))
        self._area = area
        self.update()

    def boundingRect(self) -> QRectF:
        """The room given."""
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """From top to bottom, pushed apart."""
        metrics = QFontMetricsF(self._fonts[0])
        height = metrics.height() * 1.05
        ys = spread_apart(
            [one.y_px for one in self._labels],
            height,
            self._area.top() + height / 2,
            self._area.bottom() - height / 2,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one, y in zip(self._labels, ys, strict=True):
            x = self._area.left()
            if one.sign is not None:
                painter.setPen(self._ring if one.hollow else QPen(one.color, _SIGN_PEN))
                painter.setBrush(Qt.BrushStyle.NoBrush if one.hollow else one.color)
                paint_sign(painter, one.sign, QPointF(x + 5, y + 1), SIGN_PX)
                x += SIGN_ROOM_PX
            painter.setFont(self._fonts[one.bold])
            painter.setPen(one.color)
            painter.drawText(QPointF(x, y + metrics.ascent() / 2 - 1), one.text)
