"""Cameras: where one is found, what it is asked for, and what it says it does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

LARGEST_HEIGHT_PX = 1080
LEAST_FPS = 25.0
"""Modes slower than this blur a moving face; the largest picture above it is taken."""


class CameraKind(StrEnum):
    """What stands behind a camera."""

    LOCAL = "local"
    NETWORK = "network"
    FILE = "file"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """Where a camera is found: `locator` is a device path or number, a URL, a clip's path, or
    the seed of a made-up face. `name` is what people call it.

    A URL may hold a password; `public` is the same address without it, to be kept and shown.
    """

    kind: CameraKind
    locator: str
    name: str = ""

    def __repr__(self) -> str:  # neither a password nor a person's file name may reach a log
        return f"CameraAddress({self.kind.value})"

    @property
    def made_up(self) -> bool:
        """Whether it shows no one who sits before it: for people of a study or the demo only."""
        return self.kind in (CameraKind.FILE, CameraKind.SYNTHETIC)

    @property
    def public(self) -> "CameraAddress":
        """Without user, password and query of a URL; such an address may not open any more."""
        if self.kind is not CameraKind.NETWORK:
            return self
        parts = urlsplit(self.locator)
        host = parts.netloc.rpartition("@")[2]
        return replace(self, locator=parts._replace(netloc=host, query="", fragment="").geturl())


@dataclass(frozen=True, slots=True)
class CameraMode:
    """A size and pace a camera offers. `fourcc` is how it packs pictures, "" if unknown."""

    width: int
    height: int
    fps: float
    fourcc: str = ""

    @property
    def packets(self) -> bool:
        """Whether its pictures come as JPEG files that can be kept unchanged."""
        return self.fourcc.upper() in ("MJPG", "JPEG")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a camera: what it was asked for and what the driver reports; None where
    nothing was asked, or nothing is reported."""

    name: str
    asked: float | None
    reported: float | None

    @property
    def held(self) -> bool:
        """Whether the driver reports what was asked."""
        if self.asked is None or self.reported is None:
            return False
        return abs(self.asked - self.reported) <= 1e-3 * max(1.0, abs(self.asked))


@dataclass(frozen=True, slots=True)
class CameraReport:
    """What is kept of a camera with each capture made by it."""

    address: CameraAddress
    mode: CameraMode
    backend: str
    settings: tuple[Setting, ...] = ()


def choose_mode(modes: Sequence[CameraMode]) -> CameraMode:
    """The largest up to 1080p that makes 25 pictures a second or more; JPEG packets before
    others, then the slower one of equals. Where none is so fast, the fastest. Raises ValueError
    without modes."""
    if not modes:
        raise ValueError("a camera without modes")
    fit = [m for m in modes if m.height <= LARGEST_HEIGHT_PX] or list(modes)
    fast = [m for m in fit if m.fps >= LEAST_FPS - 0.1]
    if fast:
        return max(fast, key=lambda m: (m.width * m.height, m.packets, -m.fps))
    return max(fit, key=lambda m: (m.fps, m.width * m.height, m.packets))
