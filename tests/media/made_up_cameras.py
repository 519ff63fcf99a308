"""A camera that is not there: what `cv2.VideoCapture` does, with the faults of real drivers."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode
from edema_desk.media.cameras.local import LocalCamera, Machine
from tests.media.media_clips import picture

MJPG = float(cv2.VideoWriter.fourcc(*"MJPG"))
YUYV = float(cv2.VideoWriter.fourcc(*"YUYV"))
HD = CameraMode(1280, 720, 30.0, "MJPG")
SMALL = CameraMode(640, 480, 30.0, "YUYV")


@dataclass
class Driver:
    """What a made-up camera does. Light comes out as the room's times the exposure.

    `remembers`: exposure read in automatic mode is what was last set by hand, as many webcams
    have it. `drifts`: colours jump when automatic white balance is switched off.
    """

    paces: Mapping[tuple[int, int], float] = field(
        default_factory=lambda: {(1920, 1080): 10.0, (1280, 720): 60.0, (640, 480): 60.0}
    )
    opens: bool = True
    silent: bool = False
    says_mjpg: bool = True
    sends_packets: bool = True
    padding: int = 0
    remembers: float | None = None
    drifts: bool = False
    locks: bool = True
    ideal_exposure: float = 200.0
    unplugged: threading.Event = field(default_factory=threading.Event)
    hangs: threading.Event = field(default_factory=threading.Event)
    freed: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    log: list[tuple[int, float]] = field(default_factory=list)
    broken_every: int = 0


class MadeUpVideo:
    """The `VideoSource` of a driver."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._number = 0
        self._due_s = time.monotonic()
        self._props: dict[int, float] = {
            cv2.CAP_PROP_FRAME_WIDTH: 640.0,
            cv2.CAP_PROP_FRAME_HEIGHT: 480.0,
            cv2.CAP_PROP_FOURCC: YUYV,
            cv2.CAP_PROP_CONVERT_RGB: 1.0,
            cv2.CAP_PROP_AUTO_EXPOSURE: 3.0,
            cv2.CAP_PROP_EXPOSURE: driver.remembers or driver.ideal_exposure,
            cv2.CAP_PROP_AUTO_WB: 1.0,
            cv2.CAP_PROP_WB_TEMPERATURE: 4200.0,
            cv2.CAP_PROP_GAIN: 12.0,
        }

    def isOpened(self) -> bool:
        return self.driver.opens

    def getBackendName(self) -> str:
        return "MADEUP"

    def release(self) -> None:
        self.driver.released.set()

    def get(self, prop: int, /) -> float:
        return self._props.get(prop, -1.0)

    def set(self, prop: int, value: float, /) -> bool:
        self.driver.log.append((prop, value))
        if prop not in self._props:
            return False
        if prop == cv2.CAP_PROP_FOURCC and not (self.driver.says_mjpg or value != MJPG):
            return False
        if not self.driver.locks and prop in (cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_AUTO_WB):
            return False
        sides = (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
        if prop in sides:
            offered = {size[sides.index(prop)] for size in self.driver.paces}
            if value not in offered:
                return False
        self._props[prop] = value
        return True

    def grab(self) -> bool:
        driver = self.driver
        if driver.hangs.is_set():
            driver.freed.wait(30.0)
            return False
        if driver.silent or driver.unplugged.is_set():
            return False
        self._due_s += 1.0 / driver.paces.get(self._size(), 30.0)
        time.sleep(max(self._due_s - time.monotonic(), 0.0))
        self._due_s = max(self._due_s, time.monotonic() - 0.1)
        self._number += 1
        return True

    def retrieve(self) -> tuple[bool, NDArray[np.uint8]]:
        driver = self.driver
        size, gains = self._size(), self._gains()
        if self._props[cv2.CAP_PROP_CONVERT_RGB]:
            return True, seen(size, self._number % 5, gains).copy()
        if not driver.sends_packets:
            return True, np.zeros((480, 640, 2), np.uint8)
        packet = sent(size, self._number % 5, gains) + bytes(driver.padding)
        if driver.broken_every and self._number % driver.broken_every == 0:
            packet = packet[: len(packet) // 2]
        return True, np.frombuffer(packet, np.uint8).reshape(1, -1).copy()

    def _size(self) -> tuple[int, int]:
        return (
            int(self._props[cv2.CAP_PROP_FRAME_WIDTH]),
            int(self._props[cv2.CAP_PROP_FRAME_HEIGHT]),
        )

    def _gains(self) -> tuple[float, float, float]:
        driver = self.driver
        automatic = self._props[cv2.CAP_PROP_AUTO_EXPOSURE] != 1.0
        exposure = driver.ideal_exposure if automatic else self._props[cv2.CAP_PROP_EXPOSURE]
        gain = 0.5 * (exposure / driver.ideal_exposure) ** (1 / 2.2)
        if driver.drifts and self._props[cv2.CAP_PROP_AUTO_WB] == 0.0:
            return 1.3 * gain, gain, 0.8 * gain
        return gain, gain, gain


@lru_cache(maxsize=64)
def seen(
    size: tuple[int, int], number: int, gains: tuple[float, float, float]
) -> NDArray[np.uint8]:
    """The picture a camera takes, in BGR."""
    lit = np.clip(picture(*size, number) * np.array(gains), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(lit, cv2.COLOR_RGB2BGR), np.uint8)


@lru_cache(maxsize=64)
def sent(size: tuple[int, int], number: int, gains: tuple[float, float, float]) -> bytes:
    """The same as a packet."""
    return cv2.imencode(".jpg", seen(size, number, gains))[1].tobytes()


def machine(
    *drivers: Driver,
    modes: Sequence[CameraMode] = (HD, SMALL),
    backends: Sequence[int] = (cv2.CAP_V4L2,),
    present: bool = True,
    allowed: bool = True,
) -> Machine:
    """A computer with these cameras, the first for the first back end and so on."""
    by_backend = dict(zip(backends, drivers, strict=True))
    return Machine(
        lambda index, backend: MadeUpVideo(by_backend[backend]),
        find=lambda locator, backend: 0,
        modes=lambda device: modes,
        mains=lambda device: 1.0,
        backends=backends,
        present=lambda device: present and not drivers[0].unplugged.is_set(),
        allowed=lambda device: allowed,
    )


def local_camera(where: Machine, *, lock: bool = False) -> LocalCamera:
    """A camera of that computer, not open yet."""
    return LocalCamera(CameraAddress(CameraKind.LOCAL, "0", "made up"), lock=lock, machine=where)
