"""A barcode scanner types as a keyboard does, only faster than any person."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

SLOWEST_KEY_MS = 40
"""Scanners send a key each 1 to 20 ms; people need 60 and more, also where they are quick."""
SHORTEST = 3
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScanReader:
    """Tells a scanned code from typing by the pace of its keys, times in ms."""

    def __init__(self) -> None:
        self._typed = ""
        self._last_ms = 0

    def key(self, text: str, t_ms: int) -> None:
        """A key that writes `text`."""
        if t_ms - self._last_ms > SLOWEST_KEY_MS:
            self._typed = ""
        self._typed += text
        self._last_ms = t_ms

    def end(self, t_ms: int) -> str | None:
        """The Enter key: the code, where a scanner sent it."""
        in_time = t_ms - self._last_ms <= SLOWEST_KEY_MS
        code, self._typed = self._typed.strip(), ""
        return code if in_time and len(code) >= SHORTEST else None


class ScanWatch(QObject):
    """Watches the keys of a page's window while the page shows: `scanned(code)`.

    Keys go where they would go; only the Enter that ends a code goes nowhere. Into an editor
    other than `field`, which is the page's search, a scanner types as into any other program.
    """

    scanned = Signal(str)

    def __init__(self, page: QWidget, field: QLineEdit) -> None:
        super().__init__(page)
        self._page, self._field = page, field
        self._reader = ScanReader()
        self._window: QWindow | None = None

    def start(self) -> None:
        """Watch the window the page stands in now."""
        self.stop()
        self._window = self._page.window().windowHandle()
        if self._window is not None:
            self._window.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keys; True for the Enter that ended a code."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not self._listens():
            return False
        if event.key() in _ENDS:
            code = self._reader.end(event.timestamp())
            if code is not None:
                self.scanned.emit(code)
            return code is not None
        if event.text():
            self._reader.key(event.text(), event.timestamp())
        return False

    def _listens(self) -> bool:
        if not self._page.isVisible() or QApplication.activeModalWidget() is not None:
            return False
        focus = QApplication.focusWidget()
        editors = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
        return focus is self._field or not isinstance(focus, editors)
