"""The table of the record of acts: pages of it are asked for as they come on the screen."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from edema_desk.domain.keeping.record_of_acts import ActEntry
from edema_desk.ui.pieces.audit_words import act_text, moment_text, who_text

Index = QModelIndex | QPersistentModelIndex


class AuditColumn(IntEnum):
    """From left to right."""

    WHEN = 0
    WHO = 1
    WHAT = 2
    PATIENT = 3


class AuditModel(QAbstractTableModel):
    """Acts, newest first. `more` is called for the page behind the last row, and answers by
    `add`; an empty page is the end."""

    def __init__(self, more: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._more = more
        self._entries: list[ActEntry] = []
        self._names: Mapping[str, str] = {}
        self._headings: tuple[str, ...] = ("",) * len(AuditColumn)
        self._whole = True

    def begin(self) -> None:
        """Show nothing, and begin with the newest page."""
        self.beginResetModel()
        self._entries, self._whole = [], False
        self.endResetModel()

    def add(self, page: Sequence[ActEntry]) -> None:
        """The next page came."""
        if not page:
            self._whole = True
            return
        first = len(self._entries)
        self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
        self._entries.extend(page)
        self.endInsertRows()

    def name(self, names: Mapping[str, str]) -> None:
        """What people are called."""
        self._names = names
        self._repaint()

    def head(self, headings: Sequence[str]) -> None:
        """The words over the columns."""
        self._headings = tuple(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(AuditColumn) - 1)
        self._repaint()

    def _repaint(self) -> None:
        if self._entries:
            end = self.index(len(self._entries) - 1, len(AuditColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    @property
    def last_row(self) -> int | None:
        """The oldest row of the record that is shown."""
        return self._entries[-1].row if self._entries else None

    def entry_at(self, row: int) -> ActEntry:
        """One act."""
        return self._entries[row]

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be older acts."""
        return not parent.isValid() and not self._whole

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        if not parent.isValid():
            self._more()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many acts came so far."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index | None = None) -> int:
        """Four columns."""
        return 0 if parent is not None and parent.isValid() else len(AuditColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; the whole of it as a tip, where it does not fit."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        entry, column = self._entries[index.row()], AuditColumn(index.column())
        if column is AuditColumn.WHEN:
            return moment_text(entry.at)
        if column is AuditColumn.WHO:
            return who_text(entry.actor_id, self._names)
        return act_text(entry) if column is AuditColumn.WHAT else entry.patient
