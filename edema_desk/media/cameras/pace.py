"""When pictures that were made before are due, as if they were taken now."""

import time

LATEST_NS = 500_000_000
"""Who is later than this does not hurry to catch up: the rest comes later by as much."""


class Pace:
    """Turns times of a clip into times of `time.monotonic_ns`; the first picture is due at once."""

    def __init__(self) -> None:
        self._origin_ns: int | None = None

    def due_ns(self, t_ms: float) -> int:
        """When the picture at `t_ms` is due. Times must grow from call to call."""
        now_ns, t_ns = time.monotonic_ns(), round(t_ms * 1e6)
        if self._origin_ns is None:
            self._origin_ns = now_ns - t_ns
        late_ns = now_ns - (self._origin_ns + t_ns)
        if late_ns > LATEST_NS:
            self._origin_ns += late_ns
        return self._origin_ns + t_ns
