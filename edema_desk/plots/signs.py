"""The signs of a plot: each series has a shape of its own, so that grey print tells them apart."""

from enum import StrEnum

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from edema_desk.domain.terms.records import Phase


class Sign(StrEnum):
    """A filled sign is measured, a hollow one is estimated."""

    DOT = "dot"
    SQUARE = "square"
    DIAMOND = "diamond"
    CROSS = "cross"
    UP = "up"
    DOWN = "down"


SIGN_OF = {Phase.PRE: Sign.DOT, Phase.POST: Sign.SQUARE, Phase.SPOT: Sign.DIAMOND}
"""Before, after and in between dialysis."""
SQUARE_SHARE = 0.86
"""A square as wide as a dot would look larger."""


def paint_sign(painter: QPainter, sign: Sign, at: QPointF, size_px: float) -> None:
    """One sign around `at`, in the painter's pen and brush."""
    half = size_px / 2
    if sign is Sign.DOT:
        painter.drawEllipse(at, half, half)
    elif sign is Sign.SQUARE:
        half *= SQUARE_SHARE
        painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    elif sign is Sign.CROSS:
        left, top, right, bottom = at.x() - half, at.y() - half, at.x() + half, at.y() + half
        painter.drawLine(QLineF(left, top, right, bottom))
        painter.drawLine(QLineF(left, bottom, right, top))
    else:
        painter.drawPolygon(_polygon(sign, at, half))


def _polygon(sign: Sign, at: QPointF, half: float) -> QPolygonF:
    shapes = {
        Sign.DIAMOND: ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)),
        Sign.UP: ((0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)),
        Sign.DOWN: ((0.0, 1.0), (1.0, -0.8), (-1.0, -0.8)),
    }
    return QPolygonF([QPointF(at.x() + half * x, at.y() + half * y) for x, y in shapes[sign]])
