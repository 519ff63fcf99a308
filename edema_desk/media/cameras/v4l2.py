"""What OpenCV does not tell of a camera on Linux: its modes and its mains frequency setting.

Asked of the kernel by the requests of linux/videodev2.h, which do not disturb who uses the
camera.
"""

import os
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from edema_desk.domain.capture.camera import CameraMode

if sys.platform == "linux":
    import fcntl

Ask = Callable[[int, int, bytes], bytes]
"""An open file, a request and its argument -> the argument as the kernel filled it in. Raises
OSError."""

ENUM_FORMATS, ENUM_SIZES, ENUM_INTERVALS = 0xC0405602, 0xC02C564A, 0xC034564B
GET_CONTROL = 0xC008561B
POWER_LINE_FREQUENCY = 0x00980918
CAPTURE = 1
DISCRETE = 1

_MOST = 64
"""Of formats, sizes and paces each: no camera has more, a broken driver might go on for ever."""
_USUAL_SIZES = ((1920, 1080), (1280, 720), (640, 480))
_UNDERSTOOD = frozenset(
    {"MJPG", "JPEG", "YUYV", "UYVY", "NV12", "NV21", "YU12", "YV12", "BGR3", "RGB3"}
)
"""Formats that OpenCV turns into a picture, or that are packets."""


def list_modes(device: str, ask: Ask | None = None) -> tuple[CameraMode, ...]:
    """The modes of a device that can be used; empty where the kernel tells none."""
    ask = ask or _ioctl
    try:
        with _opened(device) as file:
            return tuple(_modes(file, ask))
    except OSError:
        return ()


def power_line_frequency(device: str, ask: Ask | None = None) -> float | None:
    """0 off, 1 50 Hz, 2 60 Hz, 3 by itself; None where the camera does not say."""
    ask = ask or _ioctl
    try:
        with _opened(device) as file:
            answer = ask(file, GET_CONTROL, struct.pack("=Ii", POWER_LINE_FREQUENCY, 0))
            return float(struct.unpack("=Ii", answer)[1])
    except OSError:
        return None


def _modes(file: int, ask: Ask) -> Iterator[CameraMode]:
    for fourcc in _formats(file, ask):
        code = fourcc.encode("latin-1")
        for width, height in _sizes(file, ask, code):
            for fps in _paces(file, ask, code, width, height):
                yield CameraMode(width, height, fps, fourcc)


def _formats(file: int, ask: Ask) -> Iterator[str]:
    for index in range(_MOST):
        try:
            answer = ask(file, ENUM_FORMATS, struct.pack("=2I56x", index, CAPTURE))
        except OSError:
            return
        fourcc = struct.unpack("=44x4s16x", answer)[0].decode("latin-1")
        if fourcc in _UNDERSTOOD:
            yield fourcc


def _sizes(file: int, ask: Ask, code: bytes) -> Iterator[tuple[int, int]]:
    for index in range(_MOST):
        try:
            answer = ask(file, ENUM_SIZES, struct.pack("=I4s36x", index, code))
        except OSError:
            return
        kind, *numbers = struct.unpack("=8xI6I8x", answer)
        if kind != DISCRETE:
            least_w, most_w, _, least_h, most_h, _ = numbers
            for width, height in _USUAL_SIZES:
                if least_w <= width <= most_w and least_h <= height <= most_h:
                    yield width, height
            return
        yield numbers[0], numbers[1]


def _paces(file: int, ask: Ask, code: bytes, width: int, height: int) -> Iterator[float]:
    for index in range(_MOST):
        try:
            asked = struct.pack("=I4s2I36x", index, code, width, height)
            answer = ask(file, ENUM_INTERVALS, asked)
        except OSError:
            return
        kind, over, under = struct.unpack("=16x3I24x", answer)
        if over and under:
            yield under / over
        if kind != DISCRETE:  # the first of a range is the shortest interval
            return


@contextmanager
def _opened(device: str) -> Iterator[int]:
    file = os.open(Path(device), os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
    try:
        yield file
    finally:
        os.close(file)


def _ioctl(file: int, request: int, argument: bytes) -> bytes:
    if sys.platform != "linux":
        raise OSError("only Linux answers")
    return fcntl.ioctl(file, request, argument)
