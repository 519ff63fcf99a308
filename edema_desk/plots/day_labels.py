"""Words beside the few points of one day, placed so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from edema_desk.plots.items import OverView

GAP_PX = 10.0
_TRIES = 7
_SIDES = (0.5, 0.0, 1.0)
"""Over the middle of a point, beginning there, or ending there."""


@dataclass(frozen=True, slots=True)
class PointLabel:
    """What stands beside the point at `at_s`: over `high_kg` or under `low_kg`, the ends of what is
    drawn there. The second line is muted and may be empty."""

    at_s: float
    low_kg: float
    high_kg: float
    first: str
    second: str
    color: QColor


def place_boxes(
    anchors: Sequence[tuple[float, float, float]], sizes: Sequence[QSizeF], frame: QRectF
) -> list[QRectF]:
    """A box for each anchor (x, top, bottom) in pixels: over it or under it, further away where
    another box or anchor is in the way, always inside the frame."""
    taken = [QRectF(x - 5, top, 10, bottom - top) for x, top, bottom in anchors]
    placed: list[QRectF] = []
    for (x, top, bottom), size in zip(anchors, sizes, strict=True):
        tries = [
            QRectF(QPointF(_inside(x - side * size.width(), size, frame), y), size)
            for n in range(_TRIES)
            for side in _SIDES
            for y in _ways(top, bottom, size.height(), n)
        ]
        inside = [box for box in tries if _within(box, frame)] or tries[:1]
        others = (*taken, *placed)
        placed.append(min(inside, key=lambda box: sum(_shared(box, other) for other in others)))
    return placed


def _ways(top: float, bottom: float, height: float, n: int) -> tuple[float, float]:
    away = GAP_PX + n * height / 2
    return top - away - height, bottom + away


def _inside(left: float, size: QSizeF, frame: QRectF) -> float:
    return min(max(left, frame.left()), frame.right() - size.width())


def _within(box: QRectF, frame: QRectF) -> bool:
    return box.top() >= frame.top() and box.bottom() <= frame.bottom()


def _shared(box: QRectF, other: QRectF) -> float:
    """How much of each other they cover, in square pixels; of those that are as good the first
    try is taken."""
    both = box.intersected(other)
    return both.width() * both.height()


class PointLabels(OverView):
    """The labels of all points, painted in pixels."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self.labels: tuple[PointLabel, ...] = ()
        self._bold, self._plain, self._muted = QFont(), QFont(), QColor()

    def setData(self, labels: Sequence[PointLabel]) -> None:
        """Replace all."""
        self.labels = tuple(labels)
        self.update()

    def set_look(self, bold: QFont, plain: QFont, muted: QColor) -> None:
        """Fonts of both lines, and the colour of the second."""
        self._bold, self._plain, self._muted = bold, plain, muted
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Two lines each."""
        to_px = painter.transform()
        frame = to_px.mapRect(QRectF(self.viewRect())).adjusted(2, 2, -2, -2)
        painter.resetTransform()
        bold, plain = QFontMetricsF(self._bold), QFontMetricsF(self._plain)
        anchors = [
            (
                one.at_s * to_px.m11() + to_px.dx(),
                one.high_kg * to_px.m22() + to_px.dy(),
                one.low_kg * to_px.m22() + to_px.dy(),
            )
            for one in self.labels
        ]
        sizes = [self._size(one, bold, plain) for one in self.labels]
        for one, box in zip(self.labels, place_boxes(anchors, sizes, frame), strict=True):
            painter.setFont(self._bold)
            painter.setPen(one.color)
            painter.drawText(QPointF(box.left(), box.top() + bold.ascent()), one.first)
            painter.setFont(self._plain)
            painter.setPen(self._muted)
            second = QPointF(box.left(), box.top() + bold.height() + plain.ascent())
            painter.drawText(second, one.second)

    def _size(self, one: PointLabel, bold: QFontMetricsF, plain: QFontMetricsF) -> QSizeF:
        width = max(bold.horizontalAdvance(one.first), plain.horizontalAdvance(one.second))
        return QSizeF(width, bold.height() + (plain.height() if one.second else 0.0))
