"""A camera of this computer, through OpenCV."""

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from edema_desk.domain.capture.camera import CameraAddress, CameraMode, CameraReport, Setting
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.log import LOGGER
from edema_desk.media.cameras.feed import FedCamera
from edema_desk.media.cameras.listing import BACKENDS, device_index
from edema_desk.media.cameras.mode_setting import bring_to_mode
from edema_desk.media.cameras.steadying import dialect_of, steady
from edema_desk.media.cameras.v4l2 import list_modes, power_line_frequency
from edema_desk.media.cameras.video_source import OpenSource, SourceReader, VideoSource

OPEN_LIMIT_S = 40.0
"""Media Foundation was seen to take 20 s to open some cameras."""
CLOSE_LIMIT_S = 2.0
GONE_S = 1.5
"""A driver that gives no picture for so long without waiting has lost its camera."""
_RETRY_S = 0.02

os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where local cameras come from; a test puts one of its own in its place."""

    open_source: OpenSource
    find: Callable[[str, int], int | None] = device_index
    modes: Callable[[str], Sequence[CameraMode]] = list_modes
    mains: Callable[[str], float | None] = power_line_frequency
    backends: Sequence[int] = BACKENDS
    present: Callable[[str], bool] = lambda device: Path(device).exists()
    allowed: Callable[[str], bool] = lambda device: os.access(device, os.R_OK | os.W_OK)


def this_machine() -> Machine:
    """The cameras that are really there."""
    return Machine(lambda index, backend: cv2.VideoCapture(index, backend))


class LocalCamera(FedCamera):
    """A `CameraBackend` over a driver that may hang.

    Every call into the driver is made by one thread, so that nobody waits for it longer than
    they said. Where the driver never returns, `close` leaves that thread behind: it ends, and
    lets the camera go, if the driver ever comes back.
    """

    def __init__(self, address: CameraAddress, *, lock: bool, machine: Machine) -> None:
        super().__init__()
        self._address = address
        self._lock = lock
        self._machine = machine
        self._ready = threading.Event()
        self._stop = threading.Event()
        self._failure: ErrorCode | None = None
        self._report: CameraReport | None = None
        self._reader: SourceReader | None = None
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)

    def open(self, limit_s: float = OPEN_LIMIT_S) -> None:
        """Open, choose the mode, settle and lock; then shots begin to come.

        Raises ExpectedError: CAMERA_MISSING, CAMERA_REFUSED, CAMERA_BUSY.
        """
        self._thread.start()
        if not self._ready.wait(limit_s):
            self._failure = ErrorCode.CAMERA_BUSY
        if self._failure is not None:
            self.close()
            raise ExpectedError(self._failure)

    @property
    def report(self) -> CameraReport:
        """What was asked and what the driver says."""
        if self._report is None:
            raise RuntimeError("the camera is not open")
        return self._report

    def close(self) -> None:
        """Let the camera go; waits two seconds for the driver, no longer."""
        self._stop.set()
        self._feed.end()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_LIMIT_S)
            if self._thread.is_alive():
                LOGGER.warning("a camera driver does not return; its thread is left behind")

    def _run(self) -> None:
        try:
            self._serve()
        except ExpectedError as error:
            self._failure = error.code
        finally:
            if self._report is None and self._failure is None:
                self._failure = ErrorCode.CAMERA_REFUSED
            self._ready.set()
            self._feed.end()

    def _serve(self) -> None:
        source, backend = self._opened()
        try:
            reader = SourceReader(source, self._stop.is_set)
            device = self._device()
            listed = self._machine.modes(device) if device else ()
            packets = backend == cv2.CAP_V4L2
            mode = bring_to_mode(reader, listed, packets=packets)
            settings = steady(reader, dialect_of(backend), lock=self._lock)
            mains = self._machine.mains(device) if device else None
            settings += (Setting("power_line_frequency", None, mains),)
            self._report = CameraReport(
                self._address.public, mode, source.getBackendName(), settings
            )
            reader.damaged = 0
            self._ready.set()
            self._hand_on(reader, device)
        finally:
            source.release()

    def _hand_on(self, reader: SourceReader, device: str) -> None:
        good_s = time.monotonic()
        while not self._stop.is_set():
            shot = reader.next()
            self._feed.damaged = reader.damaged
            if shot is not None:
                self._feed.put(shot)
                good_s = time.monotonic()
                continue
            gone = bool(device) and not self._machine.present(device)
            if gone or time.monotonic() - good_s >= GONE_S:
                return
            self._stop.wait(_RETRY_S)

    def _device(self) -> str:
        """The device's path on Linux, "" elsewhere."""
        if sys.platform != "linux":
            return ""
        locator = self._address.locator
        return f"/dev/video{int(locator)}" if locator.isdecimal() else os.path.realpath(locator)

    def _opened(self) -> tuple[VideoSource, int]:
        device = self._device()
        if device and not self._machine.present(device):
            raise ExpectedError(ErrorCode.CAMERA_MISSING)
        if device and not self._machine.allowed(device):
            raise ExpectedError(ErrorCode.CAMERA_REFUSED)
        found = False
        for backend in self._machine.backends:
            index = self._machine.find(self._address.locator, backend)
            if index is None:
                continue
            found = True
            source = self._machine.open_source(index, backend)
            if source.isOpened():
                return source, backend
            source.release()
        if not found:
            raise ExpectedError(ErrorCode.CAMERA_MISSING)
        useless = bool(device) and not self._machine.modes(device)
        raise ExpectedError(ErrorCode.CAMERA_REFUSED if useless else ErrorCode.CAMERA_BUSY)
