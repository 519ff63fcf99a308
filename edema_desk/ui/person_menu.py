"""The button of who is signed in, at the foot of the rail, and what it offers."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from edema_desk.domain.terms.people import NOBODY, Actor
from edema_desk.ui.rail import Rail


class PersonMenu(QMenu):
    """`lock` and `switch` are its acts. The button hides while nobody has to sign in."""

    def __init__(self, rail: Rail, parent: QWidget) -> None:
        super().__init__(parent)
        self._rail, self._person = rail, NOBODY
        self.lock, self.switch = QAction(self), QAction(self)
        self.addActions([self.lock, self.switch])
        rail.person.setMenu(self)
        self._retranslate()

    def show_person(self, person: Actor) -> None:
        """Who is signed in."""
        self._person = person
        self._retranslate()

    def _retranslate(self) -> None:
        name = self._person.name if self._person.known else ""
        said = self.tr("{name} is signed in").format(name=name)
        self._rail.show_person(name, said)
        self.lock.setText(self.tr("Lock (Ctrl+L)"))
        self.switch.setText(self.tr("Sign in as somebody else…"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
