"""A camera over a made-up room: textured, noisy, and faulty in one way at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np

from edema_desk.domain.capture.camera import (
    CameraAddress,
    CameraKind,
    CameraMode,
    CameraReport,
    Setting,
)
from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot

HEIGHT, WIDTH = 640, 960
LOCKED = (Setting("exposure", 120.0, 120.0), Setting("white_balance_k", 4600.0, 4600.0))
Gain = Callable[[float, bool], tuple[float, float, float]]


def steady(t_s: float, paper: bool) -> tuple[float, float, float]:
    """What a locked camera does with its colours, whatever is before it."""
    return (1.0, 1.0, 1.0)


def room(*, blur: bool = False) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
    """Frames and shelves on a wall; `blur` makes every edge ten pixels wide."""
    x = np.arange(WIDTH)
    stripes = np.where((x // 48) % 2 == 0, 70.0, 150.0)
    if blur:
        stripes = np.convolve(np.pad(stripes, 6, mode="edge"), np.ones(13) / 13, "valid")
    return np.repeat(np.tile(stripes, (HEIGHT, 1))[:, :, None], 3, axis=2).astype(np.float32)


@lru_cache
def pictures(*, noise: float, blur: bool) -> tuple[list[Image], list[Image]]:
    """Four grainy pictures of the room, and four with paper before it."""
    rng = np.random.default_rng(5)
    empty = room(blur=blur)
    papered = empty.copy()
    papered[HEIGHT // 5 :, WIDTH // 4 : -WIDTH // 4] = 235.0

    def grainy(picture: np.ndarray[tuple[int, int, int], np.dtype[np.float32]]) -> Image:
        grain = rng.normal(0.0, noise, (HEIGHT, WIDTH, 1)).astype(np.float32)
        return np.clip(np.round(picture + grain), 0, 255).astype(np.uint8)

    return [grainy(empty) for _ in range(4)], [grainy(papered) for _ in range(4)]


@dataclass
class RoomCamera:
    """Gives shots as fast as they are read; their times are those of a camera of `fps`."""

    fps: float = 25.0
    noise: float = 1.5
    gain: Gain = steady
    paper_s: tuple[float, float] = (41.0, 50.0)
    blur: bool = False
    settings: tuple[Setting, ...] = LOCKED
    gap_s: float = 0.0
    gone_after_s: float = np.inf
    preview_only: bool = False
    silent: bool = False
    closed: bool = False
    dropped: int = 0
    damaged: int = 0
    read_count: int = 0
    _t_s: float = 0.0
    _lit_at: tuple[int, bool] | None = None
    _lit: Image | None = None
    _room: list[Image] = field(default_factory=list)
    _papered: list[Image] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._room, self._papered = pictures(noise=self.noise, blur=self.blur)

    @property
    def report(self) -> CameraReport:
        address = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Room camera")
        return CameraReport(address, CameraMode(WIDTH, HEIGHT, self.fps), "fake", self.settings)

    def read(self, timeout_s: float) -> Shot | None:
        if self.silent:
            return None
        if self._t_s >= self.gone_after_s:
            raise ExpectedError(ErrorCode.CAMERA_GONE)
        self.read_count += 1
        t_s, self._t_s = self._t_s, self._t_s + 1 / self.fps
        if self.gap_s and t_s < 10.0 <= self._t_s:
            self._t_s += self.gap_s
        paper = self.paper_s[0] <= t_s < self.paper_s[1]
        picture = (self._papered if paper else self._room)[self.read_count % 4]
        gain = self.gain(t_s, paper)
        if gain != (1.0, 1.0, 1.0):
            # a few times between two looks is enough
            tenth = (round(10 * t_s), paper)
            if tenth == self._lit_at and not self.preview_only:
                return Shot(round(1e9 * (3.0 + t_s)), image=self._lit)
            self._lit_at = tenth
            table = np.clip(np.arange(256)[:, None] * np.array(gain), 0, 255)
            picture = cv2.LUT(picture, table[None].astype(np.uint8)).astype(np.uint8, copy=False)
            self._lit = picture
        t_ns = round(1e9 * (3.0 + t_s))
        if self.preview_only:
            return Shot(t_ns, packet=b"not to be opened here", preview=picture[::2, ::2])
        return Shot(t_ns, image=picture)

    def close(self) -> None:
        self.closed = True
