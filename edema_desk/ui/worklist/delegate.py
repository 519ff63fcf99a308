"""How a row of the worklist is painted: photo, marks by shape and colour, the next act."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from edema_desk.domain.course.worklist import Mark, NextStep, WorklistRow, next_act
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase
from edema_desk.plots.style import CAPTION_PX, text_font
from edema_desk.ui.parts.photos import PhotoShelf
from edema_desk.ui.parts.phrases import origin_word
from edema_desk.ui.parts.theme import ROW_PX, Theme
from edema_desk.ui.parts.widgets import paint_photo
from edema_desk.ui.worklist.model import (
    RIGHT_ALIGNED,
    Column,
    Index,
    WorklistModel,
)

_PAD, _NARROW_PAD = 14, 4
_PHOTO_PX = 40
_BUTTON_HEIGHT_PX = 44
_MARK_PX = 18
_LINE = Qt.TextFlag.TextSingleLine
_MIDDLE = Qt.AlignmentFlag.AlignVCenter

MARK_COLORS = {
    Mark.DONE: "good",
    Mark.REFUSED: "bad",
    Mark.WEIGHT_MISSING: "attention",
    Mark.CLIP_MISSING: "attention",
    Mark.INCOMPLETE: "attention",
    Mark.WORKING: "accent",
    Mark.DUE: "attention",
    Mark.NOT_YET: "muted",
}


class WorklistDelegate(QStyledItemDelegate):
    """Paints every column of the worklist. What is hovered is set by the table."""

    def __init__(self, theme: Theme, shelf: PhotoShelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._shelf = theme, shelf
        self.hovered_row = -1
        self.hovered_column: Column | None = None
        self._font, self._bold = text_font(), text_font(bold=True)
        self._caption = text_font(CAPTION_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(80, ROW_PX)

    def button_rect(self, cell: QRect, text: str) -> QRect:
        """Where the button of a row lies in its cell."""
        width = QFontMetrics(self._bold).horizontalAdvance(text) + 36
        left = cell.right() - _PAD - width + 1
        return QRect(left, cell.center().y() - _BUTTON_HEIGHT_PX // 2 + 1, width, _BUTTON_HEIGHT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        assert isinstance(model, WorklistModel)  # the table has no other model
        row, column = model.row_at(index), Column(index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell: QRect = option.rect
        self._paint_ground(painter, option, cell, index)
        text = str(index.data() or "")
        if column is Column.PHOTO:
            self._paint_photo(painter, cell, row)
        elif column is Column.PATIENT:
            self._paint_patient(painter, cell, row)
        elif column is Column.BED:
            self._paint_bed(painter, cell, text, model.shift_note(row))
        elif column in (Column.PRE, Column.POST):
            pre = column is Column.PRE
            lines = model.two_lines(row, Phase.PRE if pre else Phase.POST)
            mark = row.pre_mark if pre else row.post_mark
            if text:
                self._paint_mark(painter, cell, mark, text, lines)
        elif column is Column.ACTION:
            first = index.row() == model.first_waiting
            if text:
                self._paint_button(painter, cell, text, index.row(), first, row)
        elif column is Column.MORE:
            self._paint_more(painter, cell, index.row())
        else:
            self._paint_text(painter, cell, text, column)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect, index: Index
    ) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, self._theme.color("accent_ground"))
        elif index.row() == self.hovered_row:
            painter.fillRect(cell, self._theme.color("hover"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        y = cell.bottom() + 0.5
        painter.drawLine(QPointF(cell.left(), y), QPointF(cell.right() + 1, y))

    def _paint_text(self, painter: QPainter, cell: QRect, text: str, column: Column) -> None:
        painter.setFont(self._font)
        dash = text in ("", "–")
        painter.setPen(self._theme.color("muted" if dash else "ink"))
        side = (
            Qt.AlignmentFlag.AlignRight if column in RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
        )
        inner = cell.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(inner, int(side | _MIDDLE) | int(_LINE), _elided(painter, text, inner))

    def _paint_bed(self, painter: QPainter, cell: QRect, bed: str, note: str) -> None:
        if not note:
            self._paint_text(painter, cell, bed, Column.BED)
            return
        half = QRect(cell.left(), cell.top() + 6, cell.width(), (cell.height() - 12) // 2)
        self._paint_text(painter, half, bed, Column.BED)
        below = half.translated(0, half.height()).adjusted(_PAD, 0, 0, 0)
        painter.setFont(self._caption)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(below, int(_MIDDLE) | int(_LINE), _elided(painter, note, below))

    def _paint_photo(self, painter: QPainter, cell: QRect, row: WorklistRow) -> None:
        square = QRectF(0, 0, _PHOTO_PX, _PHOTO_PX)
        square.moveCenter(QRectF(cell).center())
        paint_photo(painter, square, self._shelf.image(row.patient), self._theme)

    def _paint_patient(self, painter: QPainter, cell: QRect, row: WorklistRow) -> None:
        inner = cell.adjusted(_PAD, 7, -_PAD, -7)
        half = inner.height() // 2
        painter.setFont(self._caption)
        painter.setPen(self._theme.color("muted"))
        kana = row.patient.kana
        name_box = QRect(inner)
        if kana:
            top = QRect(inner.left(), inner.top(), inner.width(), half)
            painter.drawText(top, int(_MIDDLE) | int(_LINE), _elided(painter, kana, top))
            name_box.setTop(inner.top() + half)
        painter.setFont(self._bold)
        painter.setPen(self._theme.color("ink"))
        name = _elided(painter, row.patient.name, name_box)
        painter.drawText(name_box, int(_MIDDLE) | int(_LINE), name)
        if row.patient.origin != CLINIC_ORIGIN:
            left = name_box.left() + painter.fontMetrics().horizontalAdvance(name) + 8
            self._paint_origin(painter, left, name_box, row.patient.origin)

    def _paint_origin(self, painter: QPainter, left: int, box: QRect, origin: str) -> None:
        painter.setFont(self._caption)
        text = origin_word(origin)
        room = box.right() - left - 13
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(text) + 14
        chip = QRectF(left, box.center().y() - 9, width, 19)
        path = QPainterPath()
        path.addRoundedRect(chip, 9.5, 9.5)
        painter.fillPath(path, self._theme.color("accent_ground"))
        painter.setPen(self._theme.color("accent"))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_mark(
        self, painter: QPainter, cell: QRect, mark: Mark, text: str, lines: tuple[str, str]
    ) -> None:
        inner = cell.adjusted(_PAD, 0, -_NARROW_PAD, 0)
        color = self._theme.color(MARK_COLORS[mark])
        spot = QRectF(inner.left(), inner.center().y() - _MARK_PX / 2 + 1, _MARK_PX, _MARK_PX)
        paint_mark(painter, spot, mark, color, self._theme.color("card"))
        inner.setLeft(inner.left() + _MARK_PX + 8)
        painter.setFont(self._font)
        painter.setPen(self._theme.color("muted" if mark is Mark.NOT_YET else "ink"))
        if not lines[1] or painter.fontMetrics().horizontalAdvance(text) <= inner.width():
            painter.drawText(inner, int(_MIDDLE) | int(_LINE), _elided(painter, text, inner))
            return
        half = QRect(inner.left(), cell.top() + 7, inner.width(), (cell.height() - 14) // 2)
        painter.drawText(half, int(_MIDDLE) | int(_LINE), _elided(painter, lines[0], half))
        below = half.translated(0, half.height())
        painter.setFont(self._caption)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(below, int(_MIDDLE) | int(_LINE), _elided(painter, lines[1], below))

    def _paint_button(
        self,
        painter: QPainter,
        cell: QRect,
        text: str,
        row_number: int,
        first: bool,
        row: WorklistRow,
    ) -> None:
        box = QRectF(self.button_rect(cell, text)).adjusted(0.5, 0.5, -0.5, -0.5)
        over = self.hovered_column is Column.ACTION and row_number == self.hovered_row
        path = QPainterPath()
        path.addRoundedRect(box, 10, 10)
        if first:
            painter.fillPath(path, self._theme.color("accent_hover" if over else "accent"))
            painter.setPen(self._theme.color("on_accent"))
            painter.setFont(self._bold)
        else:
            painter.fillPath(path, self._theme.color("accent_ground" if over else "card"))
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawPath(path)
            quiet = next_act(row).step is NextStep.OPEN
            painter.setPen(self._theme.color("muted" if quiet else "ink"))
            painter.setFont(self._font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_more(self, painter: QPainter, cell: QRect, row_number: int) -> None:
        over = self.hovered_column is Column.MORE and row_number == self.hovered_row
        middle = QRectF(cell).center()
        if over:
            path = QPainterPath()
            path.addRoundedRect(QRectF(middle.x() - 17, middle.y() - 17, 34, 34), 10, 10)
            painter.fillPath(path, self._theme.color("accent_ground"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent" if over else "muted"))
        for step in (-6, 0, 6):
            painter.drawEllipse(QPointF(middle.x(), middle.y() + step), 1.8, 1.8)


def paint_mark(painter: QPainter, box: QRectF, mark: Mark, color: QColor, paper: QColor) -> None:
    """A sign for how a phase stands, told apart by shape as well as by colour.

    Done: disc with a tick. Missing: triangle. Refused: disc with a bar. Working: half a ring.
    Due: ring with the hands of a clock. Not yet: thin ring.
    """
    side = box.width()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    stroke = _round_pen(paper, side * 0.11)
    at = _Grid(box)
    if mark is Mark.DONE:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.setPen(stroke)
        painter.drawPolyline([at(0.30, 0.52), at(0.45, 0.67), at(0.71, 0.36)])
    elif mark is Mark.REFUSED:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.setPen(stroke)
        painter.drawLine(at(0.30, 0.5), at(0.70, 0.5))
    elif mark in (Mark.WEIGHT_MISSING, Mark.CLIP_MISSING, Mark.INCOMPLETE):
        painter.setPen(_round_pen(color, side * 0.1))
        painter.drawPolygon([at(0.5, 0.12), at(0.94, 0.88), at(0.06, 0.88)])
        painter.setPen(stroke)
        painter.drawLine(at(0.5, 0.42), at(0.5, 0.60))
        painter.drawPoint(at(0.5, 0.78))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 1.8))
        ring = box.adjusted(2.5, 2.5, -2.5, -2.5)
        if mark is Mark.WORKING:
            painter.drawArc(ring, 90 * 16, -250 * 16)
        else:
            painter.drawEllipse(ring)
        if mark is Mark.DUE:
            painter.drawPolyline([at(0.5, 0.32), at(0.5, 0.53), at(0.64, 0.6)])
    painter.setBrush(Qt.BrushStyle.NoBrush)


class _Grid:
    """Points of a box by their share of its sides."""

    def __init__(self, box: QRectF) -> None:
        self._box = box

    def __call__(self, x: float, y: float) -> QPointF:
        box = self._box
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _round_pen(color: QColor, width: float) -> QPen:
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(color, width, Qt.PenStyle.SolidLine, round_cap, round_join)


def _elided(painter: QPainter, text: str, box: QRect) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
