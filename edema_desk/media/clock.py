"""Presentation times as files bear them, made into times that start at zero and only grow."""

_LEAST_STEP_MS = 1.0
_JUMP_MS = 1000.0
"""A step back by this much begins a new count; less is disorder within one count."""


class FrameClock:
    """Turns the presentation times of one clip, in the order of display, into `t_ms`.

    The first frame is at 0. A missing time follows its predecessor by the last known step, a
    repeated or slightly earlier one by a millisecond, and where the count starts anew the time
    goes on from where it was.
    """

    def __init__(self) -> None:
        self._origin_ms: float | None = None
        self._last_ms = 0.0
        self._step_ms = 0.0

    def read(self, time_ms: float | None, duration_ms: float = 0.0) -> float:
        """The time of the next frame, of which the file says `time_ms` and `duration_ms`."""
        if self._origin_ms is None:
            self._origin_ms = time_ms or 0.0
            self._step_ms = duration_ms
            return 0.0
        step_ms = max(duration_ms or self._step_ms, _LEAST_STEP_MS)
        if time_ms is None:
            t_ms = self._last_ms + step_ms
        else:
            t_ms = time_ms - self._origin_ms
            if t_ms <= self._last_ms - _JUMP_MS:
                self._origin_ms += t_ms - self._last_ms - step_ms
                t_ms = self._last_ms + step_ms
            elif t_ms <= self._last_ms:
                t_ms = self._last_ms + _LEAST_STEP_MS
            else:
                self._step_ms = t_ms - self._last_ms
        self._last_ms = t_ms
        return t_ms
