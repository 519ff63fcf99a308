"""Two models' mean errors beside each other: all captures with their intervals, then patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from edema_desk.plots.style import CAPTION_PX, Tokens, text_font

ROW_PX, HEAD_PX, FOOT_PX = 28, 26, 30
NAME_PX, FIGURES_PX, GAP_PX = 150, 110, 14
_SIGN_PX, _BAR_PX = 11.0, 6.0


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One line: what it is of, both mean errors in kg, and their intervals where they are told."""

    name: str
    first_kg: float
    second_kg: float
    first_span_kg: tuple[float, float] | None = None
    second_span_kg: tuple[float, float] | None = None

    @property
    def largest_kg(self) -> float:
        """The outermost value of the line."""
        spans = [s for s in (self.first_span_kg, self.second_span_kg) if s is not None]
        ends = [end for span in spans for end in span if isfinite(end)]
        return max([self.first_kg, self.second_kg, *ends])


class ComparisonPicture(QWidget):
    """A filled dot is the second model, a hollow diamond the first: told apart in grey print."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self.rows: tuple[ErrorRow, ...] = ()
        self.names = ("", "")
        self._axis = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, tokens: Tokens) -> None:
        """Paint it in other colours."""
        self._tokens = tokens
        self.update()

    def show_rows(self, rows: Sequence[ErrorRow], first: str, second: str, axis: str) -> None:
        """Replace all lines. `axis` says what is measured, with its unit."""
        self.rows, self.names, self._axis = tuple(rows), (first, second), axis
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the lines need."""
        return QSize(480, HEAD_PX + ROW_PX * len(self.rows) + FOOT_PX + CAPTION_PX)

    def minimumSizeHint(self) -> QSize:
        """Never less than all lines."""
        return QSize(320, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, the scale below, and what the signs mean above."""
        del event
        painter = QPainter(self)
        self.paint(painter, QRectF(self.rect()))
        painter.end()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Into any device."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(CAPTION_PX))
        room = QRectF(
            box.left() + NAME_PX + GAP_PX,
            box.top() + HEAD_PX,
            box.width() - NAME_PX - FIGURES_PX - 2 * GAP_PX,
            ROW_PX * len(self.rows),
        )
        end_kg, step_kg = _scale(max((row.largest_kg for row in self.rows), default=0.0))
        self._paint_scale(painter, room, end_kg, step_kg)
        self._paint_legend(painter, room)
        for place, row in enumerate(self.rows):
            self._paint_row(painter, room, place, row, end_kg)

    def _paint_scale(self, painter: QPainter, room: QRectF, end_kg: float, step_kg: float) -> None:
        for number in range(round(end_kg / step_kg) + 1):
            x = room.left() + room.width() * number * step_kg / end_kg
            painter.setPen(QPen(QColor(self._tokens.line), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            painter.setPen(QColor(self._tokens.muted))
            under = QRectF(x - 30, room.bottom() + 2, 60, CAPTION_PX + 6)
            painter.drawText(under, _CENTRE, f"{number * step_kg:g}")
        foot = room.bottom() + CAPTION_PX + 6
        below = QRectF(room.left() - 60, foot, room.width() + 120, CAPTION_PX + 8)
        painter.drawText(below, _CENTRE, self._axis)

    def _paint_legend(self, painter: QPainter, room: QRectF) -> None:
        x, y = room.left(), room.top() - HEAD_PX / 2
        for is_second, name in enumerate(self.names):
            self._paint_sign(painter, QPointF(x + _SIGN_PX / 2, y), bool(is_second))
            painter.setPen(QColor(self._tokens.ink))
            wide = painter.fontMetrics().horizontalAdvance(name)
            beside = QRectF(x + _SIGN_PX + 6, y - 10, wide + 4, 20)
            painter.drawText(beside, _LEFT, name)
            x = beside.right() + 22

    def _paint_row(
        self, painter: QPainter, room: QRectF, place: int, row: ErrorRow, end_kg: float
    ) -> None:
        y = room.top() + ROW_PX * (place + 0.5)
        painter.setFont(text_font(CAPTION_PX, bold=place == 0))
        painter.setPen(QColor(self._tokens.ink))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, NAME_PX)
        painter.drawText(QRectF(room.left() - GAP_PX - NAME_PX, y - 12, NAME_PX, 24), _RIGHT, name)
        figures = f"{row.first_kg:.2f} → {row.second_kg:.2f}"
        painter.drawText(QRectF(room.right() + GAP_PX, y - 12, FIGURES_PX, 24), _LEFT, figures)

        def at(kg: float) -> float:
            return room.left() + room.width() * min(max(kg, 0.0), end_kg) / end_kg

        lift = 5.0 if row.first_span_kg or row.second_span_kg else 0.0
        spans = ((row.first_span_kg, -lift, False), (row.second_span_kg, lift, True))
        for span, down, is_second in spans:
            if span is not None and all(isfinite(end) for end in span):
                color = QColor(self._tokens.accent if is_second else self._tokens.muted)
                color.setAlphaF(0.35)
                painter.setPen(QPen(color, _BAR_PX, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(QPointF(at(span[0]), y + down), QPointF(at(span[1]), y + down))
        if not lift:
            painter.setPen(QPen(QColor(self._tokens.muted), 1.2))
            painter.drawLine(QPointF(at(row.first_kg), y), QPointF(at(row.second_kg), y))
        self._paint_sign(painter, QPointF(at(row.first_kg), y - lift), second=False)
        self._paint_sign(painter, QPointF(at(row.second_kg), y + lift), second=True)

    def _paint_sign(self, painter: QPainter, at: QPointF, second: bool) -> None:
        half = _SIGN_PX / 2
        if second:
            painter.setPen(QPen(QColor(self._tokens.card), 1))
            painter.setBrush(QColor(self._tokens.accent))
            painter.drawEllipse(at, half, half)
            return
        painter.setPen(QPen(QColor(self._tokens.ink), 1.5))
        painter.setBrush(QColor(self._tokens.card))
        corners = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
        painter.drawPolygon([at + corner for corner in corners])


_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _scale(largest_kg: float) -> tuple[float, float]:
    """Where the scale ends, and its step: at most six steps that hold the largest value."""
    largest = max(largest_kg, 0.1)
    step = next((s for s in (0.1, 0.2, 0.5, 1.0, 2.0) if largest / s <= 6), 5.0)
    return step * ceil(largest / step - 1e-9), step
