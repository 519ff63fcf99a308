"""The table of the inbox: one row for each file, the newest first."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from edema_desk.domain.inbox.filing import InboxEntry
from edema_desk.ui.inbox.words import phase_word, seen_text, state_text, when_text, why_text

Index = QModelIndex | QPersistentModelIndex


class InboxColumn(IntEnum):
    """From left to right."""

    FACE = 0
    FILE = 1
    STATE = 2
    PATIENT = 3
    WHEN = 4


class InboxModel(QAbstractTableModel):
    """Holds `InboxEntry`s; words for the screen and for screen readers, no look."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[InboxEntry, ...] = ()

    def show_entries(self, entries: Sequence[InboxEntry]) -> None:
        """Show other rows, or the same ones as they are now, which keeps what is selected."""
        before = [entry.item.item_id for entry in self._entries]
        now = [entry.item.item_id for entry in entries]
        if before == now:
            self._entries = tuple(entries)
            if now:
                end = self.index(len(now) - 1, len(InboxColumn) - 1)
                self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry_at(self, row: int) -> InboxEntry:
        """One row."""
        return self._entries[row]

    def row_of(self, item_id: str) -> int:
        """Where an item stands, or -1."""
        places = (i for i, e in enumerate(self._entries) if e.item.item_id == item_id)
        return next(places, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many files are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(InboxColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; two lines are told apart by a line break."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        entry, column = self._entries[index.row()], InboxColumn(index.column())
        item, patient = entry.item, entry.patient
        lines = {
            InboxColumn.FACE: ("", ""),
            InboxColumn.FILE: (item.shown_name, seen_text(item)),
            InboxColumn.STATE: (state_text(item), why_text(entry)),
            InboxColumn.PATIENT: ((patient.name, patient.chart_number) if patient else ("–", "")),
            InboxColumn.WHEN: (when_text(item), phase_word(item)),
        }[column]
        return "\n".join(line for line in lines if line)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            InboxColumn.FACE: "",
            InboxColumn.FILE: self.tr("File"),
            InboxColumn.STATE: self.tr("State"),
            InboxColumn.PATIENT: self.tr("Patient"),
            InboxColumn.WHEN: self.tr("Recorded"),
        }[InboxColumn(section)]

    def retranslate(self) -> None:
        """Say everything in the new language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(InboxColumn) - 1)
        self.show_entries(self._entries)
