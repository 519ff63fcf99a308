"""How a recording went: frames, drops and gaps."""

from dataclasses import dataclass

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.sight import LightReading

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


@dataclass(frozen=True, slots=True)
class Recording:
    """What is kept of a recording beside its clip. `camera` is None for none that is known,
    `light` where no face was seen. `person_confirmed`: somebody was asked who this is, and said
    the patient. `event` is what went before a spot capture, in words."""

    capture_id: str
    camera: CameraReport | None
    take: Take
    light: LightReading | None = None
    recovered: bool = False
    person_confirmed: bool = False
    event: str = ""
