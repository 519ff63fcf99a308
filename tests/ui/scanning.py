"""Keys as a keyboard or a scanner sends them to a window, at a pace no busy machine changes."""

import itertools

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow

_STARTS_MS = itertools.count(10_000, 10_000)


def keys(window: QWindow, text: str, pause_ms: int = 4) -> None:
    """`text` and Enter, each key `pause_ms` after the one before, by the events' own clock."""
    t_ms = next(_STARTS_MS)
    for letter in (*text, "\r"):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(t_ms)
            QCoreApplication.sendEvent(window, event)
        t_ms += pause_ms
