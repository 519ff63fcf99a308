"""The table of the worklist: whole rows, keys, and a button in each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.ui.parts.photos import PhotoShelf
from edema_desk.ui.parts.theme import ROW_PX, Theme
from edema_desk.ui.worklist.delegate import WorklistDelegate
from edema_desk.ui.worklist.model import Column, WorklistModel

_WIDTHS_PX = {
    Column.BED: 64,
    Column.PHOTO: 48,
    Column.CHART: 102,
    Column.BORN: 150,
    Column.EXCESS: 106,
    Column.ESTIMATE: 104,
    Column.ACTION: 160,
    Column.MORE: 40,
}
_SHARES = {Column.PATIENT: 0.85, Column.PRE: 1.15, Column.POST: 1.1, Column.SCHEDULE: 2.4}
"""How the columns that hold words share what room is left."""
_PATIENT_PX = 174


class WorklistTable(QTableView):
    """`opened(row)` by Enter or a click on a row, `next_wanted(row)` by its button or Ctrl+Enter,
    `menu_wanted(row, place on the screen)` by its dots, a right click or the menu key,
    `left_upwards()` by the up key in the first row. Rows are `WorklistRow`s."""

    opened = Signal(object)
    next_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    left_upwards = Signal()

    def __init__(self, theme: Theme, shelf: PhotoShelf, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.rows = WorklistModel(self)
        self._delegate = WorklistDelegate(theme, shelf, self)
        self.setItemDelegate(self._delegate)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self._set_header()
        shelf.arrived.connect(self._on_photo)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[WorklistRow, ...]) -> None:
        """Show other rows; the selected patient stays selected while among them."""
        chosen = self.selected
        self.rows.show_rows(rows)
        if chosen is not None:
            place = self.rows.row_of(chosen.patient.patient_id)
            if place >= 0:
                self.selectRow(place)

    @property
    def selected(self) -> WorklistRow | None:
        """The selected row."""
        index = self.currentIndex()
        return self.rows.row_at(index) if index.isValid() else None

    def select_first(self) -> None:
        """Put the cursor into the first row, if no other has it."""
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+Enter does the next act, up from the first row leaves."""
        row = self.selected
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.next_wanted if ctrl else self.opened).emit(row)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the mouse."""
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row(), self._button_at(index, event))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse any more."""
        self._hover(-1, None)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the button does the next act, elsewhere it opens the patient."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            row, pressed = self.rows.row_at(index), self._button_at(index, event)
            if pressed is Column.MORE:
                self._ask_menu(index)
            elif pressed is Column.ACTION:
                self.next_wanted.emit(row)
            else:
                self.opened.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or of the selected one by the menu key."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid() and by_mouse:
            self.menu_wanted.emit(self.rows.row_at(index), event.globalPos())
        elif index.isValid():
            self._ask_menu(self.rows.index(index.row(), Column.MORE))

    def keyboardSearch(self, search: str) -> None:
        """Letters do not move the cursor: they may be those of a scanner."""

    def _ask_menu(self, index: QModelIndex) -> None:
        corner = self.visualRect(index).bottomLeft()
        self.menu_wanted.emit(self.rows.row_at(index), self.viewport().mapToGlobal(corner))

    def _button_at(self, index: QModelIndex, event: QMouseEvent) -> Column | None:
        if not index.isValid() or index.column() not in (Column.ACTION, Column.MORE):
            return None
        if index.column() == Column.MORE:
            return Column.MORE
        text = str(index.data() or "")
        box = self._delegate.button_rect(self.visualRect(index), text)
        return Column.ACTION if text and box.contains(event.position().toPoint()) else None

    def _hover(self, row: int, column: Column | None) -> None:
        if (row, column) != (self._delegate.hovered_row, self._delegate.hovered_column):
            self._delegate.hovered_row, self._delegate.hovered_column = row, column
            hand = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()

    def _on_photo(self, patient_id: str) -> None:
        place = self.rows.row_of(patient_id)
        if place >= 0:
            self.update(self.rows.index(place, Column.PHOTO))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns that hold words."""
        super().resizeEvent(event)
        flexible = [c for c in self._columns if c in _SHARES]
        room = self.viewport().width() - sum(_WIDTHS_PX.get(c, 0) for c in self._columns)
        shares = sum(_SHARES[c] for c in flexible)
        wide = max(_PATIENT_PX, int(room * _SHARES[Column.PATIENT] / shares))
        self.setColumnWidth(Column.PATIENT, wide)
        rest, room = shares - _SHARES[Column.PATIENT], room - wide
        for column in flexible:
            if column is not Column.PATIENT:
                self.setColumnWidth(column, max(80, int(room * _SHARES[column] / rest)))

    def _set_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in Column:
            self.setColumnHidden(column, column not in self._columns)
        for column, width_px in _WIDTHS_PX.items():
            self.setColumnWidth(column, width_px)
