"""Which frames of a clip are asked for."""

from dataclasses import dataclass

LONG_CLIP_MS = 60_000.0
"""Below this every frame counts."""

LONG_CLIP_GAP_MS = 300.0
"""Distance of the frames asked for in longer clips: 100 chosen at two a second need no more."""

_ROUNDING_MS = 0.5
"""Presentation times are whole numbers of some time base: 9 frames of 1/30 s count as 300 ms."""


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """Frames at least `gap_ms` apart in clips of `from_ms` and more, every one in shorter clips."""

    gap_ms: float = LONG_CLIP_GAP_MS
    from_ms: float = LONG_CLIP_MS

    def gap_for(self, duration_ms: float) -> float:
        """The distance that holds for a clip of this length; 0 asks for every frame."""
        return self.gap_ms if duration_ms >= self.from_ms else 0.0


EVERY_FRAME = SamplePlan(gap_ms=0.0)
FOR_ANALYSIS = SamplePlan()


class Sampler:
    """Says of times that only grow which of them are due."""

    def __init__(self, gap_ms: float) -> None:
        self._gap_ms = gap_ms
        self._due_ms = 0.0

    def takes(self, t_ms: float) -> bool:
        """Whether the frame at `t_ms` is due; if so, the next one is due a gap later."""
        if t_ms < self._due_ms - _ROUNDING_MS:
            return False
        self._due_ms = t_ms + self._gap_ms
        return True
