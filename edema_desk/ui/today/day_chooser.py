"""The day before, today, the day after."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconButton, button, row


class DayChooser(QWidget):
    """`chosen(date)` when another day is asked for. Hidden until the header takes it in."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._today = today
        self._day = today()
        self._back = IconButton(theme, "previous", "muted")
        self._on = IconButton(theme, "next", "muted")
        self._now = button("chip")
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._now.clicked.connect(self._go_to_today)
        self.setLayout(row(self._back, self._on, self._now, gap=0))
        self._retranslate()

    def show_day(self, day: date) -> None:
        """The day that is shown now."""
        self._day = day
        self._now.setVisible(day != self._today())

    def _go_back(self) -> None:
        self.chosen.emit(self._day - timedelta(days=1))

    def _go_on(self) -> None:
        self.chosen.emit(self._day + timedelta(days=1))

    def _go_to_today(self) -> None:
        self.chosen.emit(self._today())

    def _retranslate(self) -> None:
        self._back.say(self.tr("The day before"))
        self._on.say(self.tr("The day after"))
        self._now.setText(self.tr("Back to today"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
