"""How a recording went: frames, drops and gaps."""

from dataclasses import dataclass

NOTED_GAP_MS = 200.0
"""A longer time between two recorded frames is kept with the capture."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without frames. `asked` is one the Pause button made."""

    from_ms: float
    to_ms: float
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """A recording as it was made. `frames` were written, `dropped` came from the camera but
    found no room. `packets`: the camera's own JPEG files, unchanged. `looked_ms` are the times
    of the frames that were looked at while it was recorded. `whole` is False where it was cut
    short by a failure."""

    frames: int
    dropped: int
    gaps: tuple[Gap, ...]
    duration_ms: float
    packets: bool
    whole: bool = True
    looked_ms: tuple[float, ...] = ()
