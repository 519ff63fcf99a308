"""Where a name, a kana or a chart number is typed or scanned."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from edema_desk.ui.parts.theme import Theme

PAUSE_MS = 120
"""A pause in typing this long lets the search run."""


class SearchField(QLineEdit):
    """`searched(query)` after a pause in typing, `entered(query)` by Enter (a barcode scanner
    ends with it), `left_downwards()` by the down key. Escape empties the field."""

    searched = Signal(str)
    entered = Signal(str)
    left_downwards = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "search")
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._on_return)
        theme.changed.connect(self._recolor)
        self._recolor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves for the table, Escape empties."""
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        self._pause.start()

    def _on_return(self) -> None:
        self._search()
        self.entered.emit(self.text().strip())

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def _recolor(self) -> None:
        self._glass.setIcon(self._theme.icon("search", "muted", 20))
