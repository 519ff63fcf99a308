"""A place for the newest of something: what nobody took in time is overwritten."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Put from one thread, taken from another. Nobody waits for who takes."""

    def __init__(self) -> None:
        self._held: T | None = None
        self._fresh = threading.Condition()

    def put(self, value: T) -> None:
        """Hold this in place of what was held."""
        with self._fresh:
            self._held = value
            self._fresh.notify()

    def take(self, timeout_s: float) -> T | None:
        """The newest since the last take, once there is one; None when none came in time."""
        with self._fresh:
            if self._held is None:
                self._fresh.wait(timeout_s)
            held, self._held = self._held, None
            return held

    def clear(self) -> None:
        """Hold nothing."""
        with self._fresh:
            self._held = None
