"""What went before a spot capture: a few things to choose from, or a few words."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.terms.spot_event import LONGEST, SpotEvent, tidy_event
from edema_desk.ui.parts.widgets import Chips, column, label, row

NOTHING, OTHER = "nothing", "other"
_KEYS = (NOTHING, *(event.value for event in SpotEvent), OTHER)


class EventChoice(QWidget):
    """`changed()` when another thing was chosen; words in the field count only with "Other"."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.word, self.chips = label("caption"), Chips(_KEYS)
        self.text = QLineEdit()
        self.text.setMaxLength(LONGEST)
        self.setLayout(column(self.word, row(self.chips, None), self.text, gap=8))
        self.chips.chosen.connect(self._on_chip)
        self.choose("")
        self._retranslate()

    def choose(self, said: str) -> None:
        """Show what was said before."""
        key = NOTHING if not said else said if said in _KEYS else OTHER
        self.chips.choose(key)
        self.text.setText(said if key == OTHER else "")
        self.text.setVisible(key == OTHER)

    @property
    def said(self) -> str:
        """As it is kept; "" where it was nothing."""
        key = self.chips.choice or NOTHING
        return {NOTHING: "", OTHER: tidy_event(self.text.text())}.get(key, key)

    def _on_chip(self, key: str) -> None:
        self.text.setVisible(key == OTHER)
        if key == OTHER:
            self.text.setFocus()
        self.changed.emit()

    def _retranslate(self) -> None:
        self.word.setText(self.tr("What was before"))
        self.text.setPlaceholderText(self.tr("A few words"))
        self.text.setAccessibleName(self.word.text())
        for key, words in (
            (NOTHING, self.tr("Nothing special")),
            (SpotEvent.MEAL, self.tr("A meal")),
            (SpotEvent.TOILET, self.tr("Toilet")),
            (SpotEvent.RISING, self.tr("Getting up")),
            (OTHER, self.tr("Other…")),
        ):
            self.chips.set_text(key, words)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
