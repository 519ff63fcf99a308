"""The table of the worklist: whole rows, keys, and a button in each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from edema_desk.domain.worklist import WorklistRow
from edema_desk.ui.photos import PhotoShelf
from edema_desk.ui.theme import ROW_PX, Theme
from edema_desk.ui.worklist_delegate import WorklistDelegate
from edema_desk.ui.worklist_model import Column, WorklistModel

_WIDTHS_PX = {
    Column.BED: 72,
    Column.PHOTO: 48,
    Column.CHART: 112,
    Column.BORN: 150,
    Column.EXCESS: 112,
    Column.ESTIMATE: 136,
    Column.ACTION: 166,
}
_SHARES = {Column.PATIENT: 0.85, Column.PRE: 1.25, Column.POST: 1.1, Column.SCHEDULE: 2.4}
"""How the columns that hold words share what room is left."""
_PATIENT_PX = 174


class WorklistTable(QTableView):
    """`opened(row)` by Enter or a click on a row, `next_wanted(row)` by its button or Ctrl+Enter,
    `left_upwards()` by the up key in the first row. Rows are `WorklistRow`s."""

    opened = Signal(object)
    next_wanted = Signal(object)
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
        self._hover(index.row(), self._is_on_button(index, event))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse any more."""
        self._hover(-1, False)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the button does the next act, elsewhere it opens the patient."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            on_button = self._is_on_button(index, event)
            (self.next_wanted if on_button else self.opened).emit(self.rows.row_at(index))

    def _is_on_button(self, index: QModelIndex, event: QMouseEvent) -> bool:
        if not index.isValid() or index.column() != Column.ACTION:
            return False
        box = self._delegate.button_rect(self.visualRect(index), str(index.data()))
        return box.contains(event.position().toPoint())

    def _hover(self, row: int, on_button: bool) -> None:
        if (row, on_button) != (self._delegate.hovered_row, self._delegate.hovered_button):
            self._delegate.hovered_row, self._delegate.hovered_button = row, on_button
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
