"""Noticing that the computer slept."""

import sys
import time

_LEAST_S = 1.0


def with_sleep_s() -> float:
    """A clock that goes on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:  # noqa: RET505  on Windows this one does go on
        return time.monotonic()


class SleepWatch:
    """Compares a clock that sleeps with one that does not."""

    def __init__(self) -> None:
        self._apart_s = self._now_apart_s()

    def slept(self) -> bool:
        """Whether the computer slept since this was asked last."""
        before_s, self._apart_s = self._apart_s, self._now_apart_s()
        return self._apart_s - before_s > _LEAST_S

    @staticmethod
    def _now_apart_s() -> float:
        return with_sleep_s() - time.monotonic()
