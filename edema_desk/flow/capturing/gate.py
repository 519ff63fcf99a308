"""While a capture runs, work that can wait does."""

import threading
from collections.abc import Callable

from edema_desk.flow.progress import Cancel

_LOOK_S = 0.2


class Gate:
    """Shut while a live capture runs: two cores are for it alone.

    `on_shut` and `on_open` are called by whoever shuts and opens it, on that thread.
    """

    def __init__(
        self,
        on_shut: Callable[[], None] = lambda: None,
        on_open: Callable[[], None] = lambda: None,
    ) -> None:
        self._open = threading.Event()
        self._open.set()
        self._on_shut, self._on_open = on_shut, on_open

    @property
    def busy(self) -> bool:
        """Whether a capture runs."""
        return not self._open.is_set()

    def shut(self) -> None:
        """A capture begins."""
        self._open.clear()
        self._on_shut()

    def open(self) -> None:
        """It is over. Does nothing when it was."""
        if self.busy:
            try:
                self._on_open()
            finally:
                self._open.set()

    def wait(self, cancel: Cancel) -> None:
        """Until no capture runs. Raises CANCELLED."""
        while not self._open.wait(_LOOK_S):
            cancel.check()
        cancel.check()  # asked while the gate opened: at the end of the program both come at once
