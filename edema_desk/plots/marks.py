"""Thousands of signs in one item: what is in view is handed to Qt at once."""

from math import cos, pi, sin

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from edema_desk.plots.signs import SQUARE_SHARE, Sign, paint_sign

Values = NDArray[np.float64]
_NONE: Values = np.empty(0)
MOST_SINGLE = 400
"""Up to this many hollow signs in view are drawn one by one, so that those that overlap stay
whole; more of them run together anyway."""
_TURNED = pi / 4
_TINY_PX = 3.0


class Marks(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """One sign at each point, as large at every zoom. `lift_px` moves all of them upwards."""

    def __init__(self, sign: Sign, *, lift_px: float = 0.0) -> None:
        super().__init__()
        self.sign = sign
        self.size_px = 7.0
        self.pen = QPen()
        self.fill = QColor(0, 0, 0, 0)
        self._lift_px = lift_px
        self._x = self._y = _NONE

    def setData(self, x: Values, y: Values) -> None:
        """Replace all points."""
        self.prepareGeometryChange()
        self._x, self._y = x, y
        self.update()

    def getData(self) -> tuple[Values, Values]:
        """All points: seconds and kilograms."""
        return self._x, self._y

    def set_look(self, size_px: float, pen: QPen, fill: QColor) -> None:
        """Size without the pen, outline, and what is within."""
        self.prepareGeometryChange()
        self.size_px, self.pen, self.fill = size_px, pen, fill
        self.update()

    def boundingRect(self) -> QRectF:
        """Of all points, wide enough for a sign at each end."""
        if len(self._x) == 0:
            return QRectF()
        reach = self.size_px + self.pen.widthF() + abs(self._lift_px)
        wide, high = (reach * (one or 0.0) for one in (self.pixelWidth(), self.pixelHeight()))
        left, right = self._x.min() - wide, self._x.max() + wide
        bottom, top = self._y.min() - high, self._y.max() + high
        return QRectF(left, bottom, right - left, top - bottom)

    def viewTransformChanged(self) -> None:
        """Signs keep their size in pixels, so their extent changes."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def dataBounds(self, *args: object, **kwargs: object) -> None:
        """The plot sets its own range."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Only what is in view."""
        view = self.viewRect()
        seen = (self._x >= view.left()) & (self._x <= view.right())
        if not seen.any():
            return
        to_px = painter.transform()
        x = self._x[seen] * to_px.m11() + to_px.dx()
        y = self._y[seen] * to_px.m22() + to_px.dy() - self._lift_px
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self.pen.color() == self.fill
        if self.sign in _AT_ONCE and (filled or len(x) > MOST_SINGLE):
            self._paint_at_once(painter, x, y)
        else:
            painter.setPen(self.pen)
            painter.setBrush(self.fill)
            for a, b in zip(x.tolist(), y.tolist(), strict=True):
                paint_sign(painter, self.sign, QPointF(a, b), self.size_px)

    def _paint_at_once(self, painter: QPainter, x: Values, y: Values) -> None:
        """As points of a thick pen: the outline, and for hollow ones what is within, over it."""
        size = self.size_px
        if self.sign is Sign.DIAMOND:  # a square in a painter that is turned
            painter.rotate(45)
            x, y = cos(_TURNED) * x + sin(_TURNED) * y, cos(_TURNED) * y - sin(_TURNED) * x
            size /= 2**0.5
        elif self.sign is Sign.SQUARE:
            size *= SQUARE_SHARE
        points, cap = _polygon(x, y), _AT_ONCE[self.sign]
        if size <= _TINY_PX:
            cap = Qt.PenCapStyle.SquareCap  # round ones take four times as long and look the same
        outline = self.pen.widthF()
        painter.setPen(QPen(self.pen.color(), size + outline, Qt.PenStyle.SolidLine, cap))
        painter.drawPoints(points)
        if self.fill != self.pen.color():
            painter.setPen(QPen(self.fill, max(size - outline, 0.5), Qt.PenStyle.SolidLine, cap))
            painter.drawPoints(points)


_AT_ONCE = {
    Sign.DOT: Qt.PenCapStyle.RoundCap,
    Sign.SQUARE: Qt.PenCapStyle.SquareCap,
    Sign.DIAMOND: Qt.PenCapStyle.SquareCap,
}


def _polygon(x: Values, y: Values) -> QPolygonF:
    points: QPolygonF = pg.functions.create_qpolygonf(len(x))
    held = pg.functions.ndarray_from_qpolygonf(points)
    held[:, 0], held[:, 1] = x, y
    return points
