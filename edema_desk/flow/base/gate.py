"""While a capture runs, work that can wait does."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from edema_desk.flow.base.progress import Cancel

_LOOK_S = 0.2


class Halt(Protocol):
    """What can stand still, as a worker's process."""

    def suspend(self) -> None:
        """Stand still from now on."""

    def resume(self) -> None:
        """Go on."""


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
        self._turn = threading.Lock()
        self._halted: list[Halt] = []

    @property
    def busy(self) -> bool:
        """Whether a capture runs."""
        return not self._open.is_set()

    def shut(self) -> None:
        """A capture begins."""
        with self._turn:
            self._open.clear()
            halted = tuple(self._halted)
        self._on_shut()
        for one in halted:
            one.suspend()

    def open(self) -> None:
        """It is over. Does nothing when it was."""
        if self.busy:
            try:
                self._on_open()
            finally:
                with self._turn:
                    self._open.set()
                    halted = tuple(self._halted)
                for one in halted:
                    one.resume()

    @contextmanager
    def halting(self, one: Halt) -> Iterator[None]:
        """Within the block something of its own stands still while a capture runs; at once, where
        one does already."""
        with self._turn:
            self._halted.append(one)
            if self.busy:
                one.suspend()
        try:
            yield
        finally:
            with self._turn:
                self._halted.remove(one)
            one.resume()

    def wait(self, cancel: Cancel) -> None:
        """Until no capture runs. Raises CANCELLED."""
        while not self._open.wait(_LOOK_S):
            cancel.check()
        cancel.check()  # asked while the gate opened: at the end of the program both come at once
