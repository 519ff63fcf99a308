"""A watch over the clock that hears of a step when a test says so."""

from edema_desk.domain.keeping.clock_step import ClockStep
from edema_desk.flow.records.clock_watch import ClockWatch


class FakeClock(ClockWatch):
    """Nobody sets it but a test."""

    def __init__(self) -> None:
        self._step: ClockStep | None = None

    def set(self, step: ClockStep | None) -> None:
        self._step = step
