"""How long work tells where it stands, and how it is told to stop."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from edema_desk.errors import ErrorCode, ExpectedError


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of `what` (`analyse`, `import` ...). `left_s` is None at first."""

    what: str
    done: float
    total: float
    left_s: float | None = None


Listener = Callable[[Progress], None]


class Cancel:
    """Set from any thread; the work asks at its next step."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    @property
    def asked(self) -> bool:
        """Whether someone asked."""
        return self._event.is_set()

    def rest(self, at_most_s: float) -> None:
        """Do nothing so long, or until someone asks."""
        self._event.wait(at_most_s)

    def check(self) -> None:
        """Raise ExpectedError(CANCELLED) when someone asked."""
        if self.asked:
            raise ExpectedError(ErrorCode.CANCELLED)


class Stopwatch:
    """Turns steps done into progress with a time to go, from the pace so far."""

    def __init__(self, what: str, total: float, listener: Listener) -> None:
        self._what, self._total, self._listener = what, total, listener
        self._start_s = time.monotonic()

    def report(self, done: float) -> None:
        """Tell the listener that `done` of the total is done."""
        passed_s = time.monotonic() - self._start_s
        left_s = None
        if done > 0 and passed_s > 0.5:
            left_s = passed_s * max(self._total - done, 0.0) / done
        self._listener(Progress(self._what, done, self._total, left_s))


def unheard(progress: Progress) -> None:
    """A listener for work that nobody watches."""
    del progress
