"""Which frames of a clip are asked for."""

from dataclasses import dataclass
from typing import Protocol

from edema_desk.domain.capture.choice import LONG_CLIP_GAP_MS, LONG_CLIP_MS

_ROUNDING_MS = 0.5
"""Presentation times are whole numbers of some time base: 15 frames of 1/30 s count as 500 ms."""


class FrameChoice(Protocol):
    """Says of times that only grow which of them are due."""

    def takes(self, t_ms: float) -> bool:
        """Whether the frame at `t_ms` is due."""
        ...


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """Frames at least `gap_ms` apart in clips of `from_ms` and more, every one in shorter clips.

    If not told otherwise, as far apart as chosen frames have to be: all may be chosen then, where
    of nearer ones every second is in the way of its neighbours.
    With `times_ms`, which only grow, those of just these times; a time without a frame is passed
    over.
    """

    gap_ms: float = LONG_CLIP_GAP_MS
    from_ms: float = LONG_CLIP_MS
    times_ms: tuple[float, ...] | None = None

    def gap_for(self, duration_ms: float) -> float:
        """The distance that holds for a clip of this length; 0 may ask for any frame."""
        return self.gap_ms if duration_ms >= self.from_ms and self.times_ms is None else 0.0

    def choice(self, duration_ms: float) -> FrameChoice:
        """Which frames of a clip of this length are due."""
        if self.times_ms is not None:
            return TimesChoice(self.times_ms)
        return Sampler(self.gap_for(duration_ms))


EVERY_FRAME = SamplePlan(gap_ms=0.0)
FOR_ANALYSIS = SamplePlan()


class Sampler:
    """Frames a distance apart."""

    def __init__(self, gap_ms: float) -> None:
        self._gap_ms = gap_ms
        self._due_ms = 0.0

    def takes(self, t_ms: float) -> bool:
        """Whether the frame at `t_ms` is due; if so, the next one is due a gap later."""
        if t_ms < self._due_ms - _ROUNDING_MS:
            return False
        self._due_ms = t_ms + self._gap_ms
        return True


class TimesChoice:
    """The frames of certain times, each once."""

    def __init__(self, times_ms: tuple[float, ...]) -> None:
        self._times_ms = times_ms
        self._next = 0

    def takes(self, t_ms: float) -> bool:
        """Whether the next of the times is that of the frame at `t_ms`; earlier ones are over."""
        while self._next < len(self._times_ms) and self._times_ms[self._next] < t_ms - _ROUNDING_MS:
            self._next += 1
        due = self._next < len(self._times_ms) and self._times_ms[self._next] <= t_ms + _ROUNDING_MS
        self._next += due
        return due
