"""What is used of `cv2.VideoCapture`, and how its frames become shots."""

import time
from collections.abc import Callable
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.jpeg import PacketDecoder, packet_size, small_picture, whole_packet

_ROWS = 90
_CHECK_S = 0.01


class VideoSource(Protocol):
    """The part of `cv2.VideoCapture` that is used. Every call may block in the driver."""

    def isOpened(self) -> bool: ...
    def grab(self) -> bool: ...
    def retrieve(self) -> tuple[bool, Any]: ...
    def get(self, prop: int, /) -> float: ...
    def set(self, prop: int, value: float, /) -> bool: ...
    def getBackendName(self) -> str: ...
    def release(self) -> None: ...


OpenSource = Callable[[int, int], VideoSource]
"""A camera's number and OpenCV's back end -> the source, opened or not."""


class SourceReader:
    """Takes shots from a source. `damaged` counts frames that were no picture. Once `stopped`
    says so, nothing is waited for any more."""

    def __init__(self, source: VideoSource, stopped: Callable[[], bool]) -> None:
        self.source = source
        self.stopped = stopped
        self.damaged = 0
        self._small = PacketDecoder(8)

    def next(self) -> Shot | None:
        """The next shot, stamped when it came; None when the driver gave none or a broken one."""
        try:
            if not self.source.grab():
                return None
            t_ns = time.monotonic_ns()
            held, frame = self.source.retrieve()
        except cv2.error:
            return None
        shot = _shot(t_ns, frame) if held else None
        if shot is None:
            self.damaged += 1
        return shot

    def wait(self, seconds: float) -> Shot | None:
        """The next good shot within `seconds`, or None."""
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s and not self.stopped():
            shot = self.next()
            if shot is not None:
                return shot
            time.sleep(_CHECK_S)
        return None

    def colours(self, frames: int, seconds: float) -> NDArray[np.float64] | None:
        """Mean red, green and blue (3,) over the next frames; None when none came in time."""
        until_s = time.monotonic() + seconds
        means: list[NDArray[np.float64]] = []
        while len(means) < frames and time.monotonic() < until_s:
            shot = self.wait(until_s - time.monotonic())
            if shot is None:
                break
            small = self._small_picture(shot)
            if small is not None:
                means.append(small.mean(axis=(0, 1)))
        return np.mean(means, axis=0) if means else None

    def _small_picture(self, shot: Shot) -> Image | None:
        if shot.image is not None:
            return small_picture(shot.image, _ROWS)
        try:
            return self._small.decode(shot.packet or b"")
        except ExpectedError:
            return None


def size_of(shot: Shot) -> tuple[int, int]:
    """Width and height of a shot; 0, 0 where its packet does not say."""
    if shot.image is not None:
        return shot.image.shape[1], shot.image.shape[0]
    return packet_size(shot.packet or b"") or (0, 0)


def _shot(t_ns: int, frame: Any) -> Shot | None:
    """OpenCV gives a picture as (height, width, 3) in BGR. With conversion off a packet of
    MJPEG comes as one row of bytes, as long as the driver's buffer or the packet."""
    if not isinstance(frame, np.ndarray) or frame.dtype != np.uint8 or frame.size == 0:
        return None
    if frame.ndim == 3 and frame.shape[2] == 3:
        return Shot(t_ns, image=np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8))
    if frame.size != max(frame.shape):
        return None  # raw samples of a format nobody asked for
    packet = whole_packet(frame.tobytes())
    return None if packet is None else Shot(t_ns, packet=packet)
