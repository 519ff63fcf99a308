"""What can be done with a capture that was taken in."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu

from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconButton


class CaptureMenuButton(IconButton):
    """A small button with a menu: `move_asked()`, `removal_asked()`."""

    move_asked = Signal()
    removal_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "edit", "muted")
        self._menu = QMenu(self)
        self.move_act = self._menu.addAction("")
        self.removal_act = self._menu.addAction("")
        self.move_act.triggered.connect(self._on_move)
        self.removal_act.triggered.connect(self._on_removal)
        self.setMenu(self._menu)
        self._retranslate()

    def _on_move(self) -> None:
        self.move_asked.emit()

    def _on_removal(self) -> None:
        self.removal_asked.emit()

    def _retranslate(self) -> None:
        self.say(self.tr("Correct this capture"))
        self.move_act.setText(self.tr("Move to another patient or session…"))
        self.removal_act.setText(self.tr("Delete this capture…"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
