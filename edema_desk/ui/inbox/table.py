"""The files of the inbox in rows: a face, two lines a cell, a sign for the state."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from edema_desk.domain.inbox.filing import InboxEntry
from edema_desk.plots.style import CAPTION_PX, text_font
from edema_desk.ui.inbox.faces import InboxFaces
from edema_desk.ui.inbox.model import InboxColumn, InboxModel, Index
from edema_desk.ui.inbox.words import mark_of
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import paint_photo
from edema_desk.ui.worklist.delegate import MARK_COLORS, paint_mark

_ROW_PX = 60
_PAD = 14
_FACE_PX = 42
_MARK_PX = 18
_FACE_COLUMN_PX, _WHEN_PX = 62, 172
_SHARES = {InboxColumn.FILE: 1.0, InboxColumn.STATE: 1.2, InboxColumn.PATIENT: 0.62}
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


class InboxTable(QTableView):
    """`selected()` after the rows that are selected changed."""

    selected = Signal()

    def __init__(self, theme: Theme, faces: InboxFaces) -> None:
        super().__init__()
        self.rows = InboxModel(self)
        self.setItemDelegate(_Delegate(theme, faces, self.rows, self))
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().selectionChanged.connect(self.selected)
        faces.arrived.connect(self._on_face)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: Sequence[InboxEntry]) -> None:
        """Show other rows; what is selected stays so while it is among them."""
        chosen = [entry.item.item_id for entry in self.chosen]
        self.rows.show_entries(entries)
        if not self.chosen:
            for item_id in chosen:
                self._select(item_id)

    @property
    def chosen(self) -> tuple[InboxEntry, ...]:
        """The rows that are selected, from the top."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self.rows.entry_at(place) for place in places)

    def choose(self, item_id: str) -> None:
        """Select one row."""
        self.clearSelection()
        self._select(item_id)

    def _select(self, item_id: str) -> None:
        place = self.rows.row_of(item_id)
        if place >= 0:
            model = self.selectionModel()
            flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
            model.setCurrentIndex(self.rows.index(place, 0), flags)

    def _on_face(self, item_id: str) -> None:
        place = self.rows.row_of(item_id)
        if place >= 0:
            self.update(self.rows.index(place, InboxColumn.FACE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns that hold words."""
        super().resizeEvent(event)
        self.setColumnWidth(InboxColumn.FACE, _FACE_COLUMN_PX)
        self.setColumnWidth(InboxColumn.WHEN, _WHEN_PX)
        room = self.viewport().width() - _FACE_COLUMN_PX - _WHEN_PX
        for column, share in _SHARES.items():
            self.setColumnWidth(column, max(90, int(room * share / sum(_SHARES.values()))))


class _Delegate(QStyledItemDelegate):
    """Paints a cell: a face, or up to two lines, with a sign before the state."""

    def __init__(self, theme: Theme, faces: InboxFaces, rows: InboxModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._faces, self._rows = theme, faces, rows
        self._font, self._bold = text_font(), text_font(bold=True)
        self._caption = text_font(CAPTION_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(80, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        entry, column = self._rows.entry_at(index.row()), InboxColumn(index.column())
        cell: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, cell)
        inner = cell.adjusted(_PAD, 8, -_PAD // 2, -8)
        if column is InboxColumn.FACE:
            square = QRectF(0, 0, _FACE_PX, _FACE_PX)
            square.moveCenter(QRectF(cell).center() + QPointF(4, 0))
            paint_photo(painter, square, self._faces.image(entry.item), self._theme)
        elif column is InboxColumn.STATE:
            mark = mark_of(entry)
            spot = QRectF(inner.left(), inner.center().y() - _MARK_PX / 2 + 1, _MARK_PX, _MARK_PX)
            color = self._theme.color(MARK_COLORS[mark])
            paint_mark(painter, spot, mark, color, self._theme.color("card"))
            inner.setLeft(inner.left() + _MARK_PX + 10)
        if column is not InboxColumn.FACE:
            first = self._bold if column is InboxColumn.PATIENT else self._font
            self._paint_lines(painter, inner, str(index.data() or ""), first is self._bold)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, self._theme.color("accent_ground"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        y = cell.bottom() + 0.5
        painter.drawLine(QPointF(cell.left(), y), QPointF(cell.right() + 1, y))

    def _paint_lines(self, painter: QPainter, box: QRect, text: str, bold: bool) -> None:
        first, _, second = text.partition("\n")
        top = QRect(box)
        if second:
            top.setHeight(box.height() // 2)
            below = QRect(box.left(), top.bottom() + 1, box.width(), box.height() - top.height())
            painter.setFont(self._caption)
            painter.setPen(self._theme.color("muted"))
            painter.drawText(below, _MIDDLE, _elided(painter, second, below))
        painter.setFont(self._bold if bold and first != "–" else self._font)
        painter.setPen(self._theme.color("muted" if first == "–" else "ink"))
        painter.drawText(top, _MIDDLE, _elided(painter, first, top))


def _elided(painter: QPainter, text: str, box: QRect) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
