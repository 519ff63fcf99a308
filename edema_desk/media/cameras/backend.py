"""What every camera gives, whatever stands behind it."""

from dataclasses import dataclass
from typing import Protocol

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.clips import Image


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture as it came: `image` in RGB, or `packet`, a JPEG file as the camera sent it.

    `t_ns` is the time it came, by `time.monotonic_ns`. A `foreign` packet came by the network:
    it is decoded in the decoder process and in the worker, never in the window's own. For those
    who only show the picture, some foreign packets bear a small RGB `preview`, made where they
    came in.
    """

    t_ns: int
    image: Image | None = None
    packet: bytes | None = None
    preview: Image | None = None
    foreign: bool = False


class CameraBackend(Protocol):
    """An open camera. One thread reads; any thread may close it, more than once."""

    @property
    def report(self) -> CameraReport:
        """What was asked of it and what it says; the address bears no password."""
        ...

    @property
    def dropped(self) -> int:
        """How many shots found no room because nobody read them in time."""
        ...

    @property
    def damaged(self) -> int:
        """How many packets came that are no whole picture; they are left out."""
        ...

    def read(self, timeout_s: float) -> Shot | None:
        """The next shot, in the order they came; None when none came in time.

        Raises ExpectedError CAMERA_GONE, every time, once the camera is gone or closed and all
        that came was read.
        """
        ...

    def close(self) -> None:
        """Let the camera go."""
        ...
