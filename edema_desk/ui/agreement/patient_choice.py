"""One patient of many, found by name, kana or chart number, or all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from edema_desk.domain.terms.records import Patient
from edema_desk.domain.terms.search import search_key

_KEY_ROLE = Qt.ItemDataRole.UserRole + 1


class _Completer(QCompleter):
    """Folds what is typed as names are folded, and writes the name of what was found."""

    def splitPath(self, path: str) -> list[str]:
        """What to look for."""
        return [search_key(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What to write."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class PatientChoice(QComboBox):
    """`patient_chosen(patient_id or "")` when another is chosen; "" is everybody."""

    patient_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chosen = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        finder = _Completer(self)
        finder.setModel(self.model())
        finder.setCompletionRole(_KEY_ROLE)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(finder)
        self._finder = finder
        self.addItem("", "")
        self.activated.connect(self._on_activated)
        self._line.editingFinished.connect(self._on_left)
        self._retranslate()

    @property
    def _line(self) -> QLineEdit:
        line = self.lineEdit()
        if line is None:
            raise RuntimeError("an editable box has a line")
        return line

    @property
    def patient_id(self) -> str:
        """Whom; "" is everybody."""
        return self._chosen

    def offer(self, patients: Sequence[Patient]) -> None:
        """Whom there is. One who is gone is chosen no more, without a word."""
        by_kana = sorted(patients, key=lambda one: one.kana or one.name)
        while self.count() > 1:
            self.removeItem(1)
        for one in by_kana:
            self.addItem(f"{one.name}  {one.chart_number}", one.patient_id)
            found = search_key(f"{one.name}{one.kana}{one.chart_number}")
            self.setItemData(self.count() - 1, found, _KEY_ROLE)
        self.choose(self._chosen)

    def choose(self, patient_id: str) -> None:
        """Show somebody, or everybody with "", and tell nobody."""
        place = max(self.findData(patient_id), 0)
        self._chosen = str(self.itemData(place))
        self.setCurrentIndex(place)
        self._line.setText(self.itemText(place))
        self._line.setCursorPosition(0)

    def begin_typing(self) -> None:
        """Put the cursor here; what is typed takes the place of the name."""
        self.setFocus()
        self._line.selectAll()

    def _on_activated(self, place: int) -> None:
        self._take(str(self.itemData(place)))

    def _on_left(self) -> None:
        """What was typed: nothing is everybody, a name found is that one, else as before."""
        typed = self._line.text().strip()
        if typed == self.itemText(self.currentIndex()).strip() or not typed:
            self._take(str(self.itemData(self.currentIndex())) if typed else "")
            return
        self._finder.setCompletionPrefix(search_key(typed))
        found = self._finder.completionModel().index(0, 0)
        there = found.isValid() and self._finder.completionCount() > 0
        self._take(str(found.data(Qt.ItemDataRole.UserRole)) if there else self._chosen)

    def _take(self, patient_id: str) -> None:
        before = self._chosen
        self.choose(patient_id)
        if self._chosen != before:
            self.patient_chosen.emit(self._chosen)

    def _retranslate(self) -> None:
        self.setItemText(0, self.tr("All patients"))
        self.setItemData(0, search_key(self.tr("All patients")), _KEY_ROLE)
        self.setAccessibleName(self.tr("Patient: name, kana or chart number"))
        self._line.setPlaceholderText(self.tr("Name, kana or chart number"))
        if not self._chosen:
            self._line.setText(self.itemText(0))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
