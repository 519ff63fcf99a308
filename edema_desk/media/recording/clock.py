"""When the pictures of one recording were taken, in the ticks a clip file has."""

_NS_PER_MS = 1_000_000


class TakeClock:
    """Turns the camera thread's monotonic times into the whole milliseconds of a clip.

    The first picture is at 0 and the times always grow: of pictures that came in one burst, each
    is a millisecond after the one before it.
    """

    def __init__(self) -> None:
        self._origin_ns: int | None = None
        self._last_ms = 0

    def stamp(self, t_ns: int) -> float:
        """The time of the next picture. To be asked once for each that is recorded."""
        if self._origin_ns is None:
            self._origin_ns = t_ns
            return 0.0
        t_ms = round((t_ns - self._origin_ns) / _NS_PER_MS)
        self._last_ms = max(t_ms, self._last_ms + 1)
        return float(self._last_ms)
