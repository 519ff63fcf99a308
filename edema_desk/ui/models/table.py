"""A plain table of people: a line each, opened by a click, Return or a double click."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from edema_desk.ui.parts.theme import Theme

LINE_PX = 44


@dataclass(frozen=True, slots=True)
class TableLine:
    """Whom a line is of, its cells, and the token of each cell's colour ("" for ink)."""

    key: str
    cells: tuple[str, ...]
    colors: tuple[str, ...] = ()


class PeopleTable(QTableWidget):
    """`chosen(key)` when another line is in front, `opened(key)` by Return or a double click.
    The first column is text, the others are figures."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, columns: int) -> None:
        super().__init__(0, columns)
        self._theme = theme
        self.shown: tuple[TableLine, ...] = ()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE_PX)
        self.horizontalHeader().setHighlightSections(False)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(_RIGHT)
        self.currentCellChanged.connect(self._on_current)
        self.cellDoubleClicked.connect(self._on_open)
        theme.changed.connect(self._recolor)

    def say(self, heads: Sequence[str]) -> None:
        """Name the columns."""
        self.setHorizontalHeaderLabels(list(heads))
        first = self.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(_LEFT)

    def show_lines(self, lines: Sequence[TableLine]) -> None:
        """Replace all lines; who was chosen stays chosen."""
        before = self.key
        self.blockSignals(True)
        self.shown = tuple(lines)
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for number, cell in enumerate(line.cells):
                item = QTableWidgetItem(cell)
                item.setTextAlignment(_LEFT if number == 0 else _RIGHT)
                self.setItem(place, number, item)
        self._recolor()
        keys = [line.key for line in self.shown]
        if keys:
            self.setCurrentCell(keys.index(before) if before in keys else 0, 0)
        self.blockSignals(False)
        self.chosen.emit(self.key)

    @property
    def key(self) -> str:
        """Whose line is in front; empty without one."""
        place = self.currentRow()
        return self.shown[place].key if 0 <= place < len(self.shown) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit(self.key)
            return
        super().keyPressEvent(event)

    def _on_current(self) -> None:
        self.chosen.emit(self.key)

    def _on_open(self) -> None:
        if self.key:
            self.opened.emit(self.key)

    def _recolor(self) -> None:
        for place, line in enumerate(self.shown):
            for number, color in enumerate(line.colors):
                item = self.item(place, number)
                if item is not None:
                    item.setForeground(self._theme.color(color or "ink"))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
