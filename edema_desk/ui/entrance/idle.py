"""How long nobody has touched the computer's keys, mouse or screen within this program."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

LOOK_EVERY_MS = 1000

_TOUCHED = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress),
        *(QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel),
        *(QEvent.Type.MouseMove, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate),
        *(QEvent.Type.TouchEnd, QEvent.Type.TabletPress, QEvent.Type.TabletMove),
        *(QEvent.Type.InputMethod, QEvent.Type.Drop, QEvent.Type.DragMove),
    }
)
"""A barcode scanner's signs are keys."""


def clocks() -> tuple[float, float]:
    """Seconds of a clock that nobody sets, and of one that goes on while the computer sleeps."""
    return time.monotonic(), time.time()


class IdleWatch(QObject):
    """`passed()` once nothing was touched for `limit_s`, by either clock: a computer that slept
    is not awake for whoever opens it. Watches between `start` and `stop`."""

    passed = Signal()

    def __init__(self, parent: QObject, now: Callable[[], tuple[float, float]] = clocks) -> None:
        super().__init__(parent)
        self._now = now
        self._touched = now()
        self.limit_s = 300.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether it watches."""
        return self._timer.isActive()

    def start(self) -> None:
        """Watch from now on."""
        self._touched = self._now()
        app = QCoreApplication.instance()
        if not self.watching and app is not None:
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        if self.watching:
            self._timer.stop()
            app = QCoreApplication.instance()
            if app is not None:
                app.removeEventFilter(self)

    @property
    def idle_s(self) -> float:
        """For how long nothing was touched. A clock that was set back counts for nothing."""
        return max(now - then for now, then in zip(self._now(), self._touched, strict=True))

    def look(self) -> None:
        """Tell, if it is time."""
        if self.watching and self.idle_s >= self.limit_s:
            self._touched = self._now()
            self.passed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that something was touched; never keeps it."""
        if event.type() in _TOUCHED:
            self._touched = self._now()
        return False
