"""Bringing a local camera to the mode that suits, and finding out what it really does."""

import time
from collections.abc import Sequence
from dataclasses import replace

import cv2

from edema_desk.domain.capture.camera import LEAST_FPS, CameraMode, choose_mode
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.video_source import SourceReader, VideoSource, size_of

FIRST_PICTURE_S = 10.0
"""A camera that is opened and gives no picture for so long is held by somebody else."""
_WARM_UP = 5
"""Frames that may have waited in the driver, and would come faster than they are made."""

_MEASURED, _MEASURED_S = 20, 1.2
_LADDER = (
    CameraMode(1920, 1080, 30.0, "MJPG"),
    CameraMode(1280, 720, 30.0, "MJPG"),
    CameraMode(640, 480, 30.0, ""),
)
_SLACK = 0.9
"""A pace that was measured over a second may fall short by so much and still be the nominal."""


def bring_to_mode(
    reader: SourceReader, listed: Sequence[CameraMode], *, packets: bool
) -> CameraMode:
    """Set the mode `choose_mode` picks and return the one the camera is in, its pace measured.

    Without `listed` modes, those of a short ladder are tried. With `packets`, JPEG packets are
    asked for unchanged where the camera sends them. Raises ExpectedError CAMERA_BUSY when no
    picture comes.
    """
    if listed:
        return _tried(reader, choose_mode(listed), packets)
    found: list[tuple[CameraMode, CameraMode]] = []
    for wanted in _LADDER:
        got = _tried(reader, wanted, packets)
        if got.fps >= LEAST_FPS * _SLACK and got.height >= wanted.height:
            return got
        found.append((wanted, got))
    best = choose_mode([got for _, got in found])
    return _tried(reader, next(wanted for wanted, got in found if got == best), packets)


def _tried(reader: SourceReader, wanted: CameraMode, packets: bool) -> CameraMode:
    source = reader.source
    if wanted.fourcc:
        source.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*wanted.fourcc)))
    source.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width)
    source.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height)
    source.set(cv2.CAP_PROP_FPS, wanted.fps)
    fourcc = read_fourcc(source)
    as_packets = packets and CameraMode(0, 0, 0.0, fourcc).packets
    source.set(cv2.CAP_PROP_CONVERT_RGB, 0.0 if as_packets else 1.0)
    shot = reader.wait(FIRST_PICTURE_S / 4 if as_packets else FIRST_PICTURE_S)
    if shot is None and as_packets:  # it says MJPEG and sends something else
        source.set(cv2.CAP_PROP_CONVERT_RGB, 1.0)
        shot = reader.wait(FIRST_PICTURE_S)
    if shot is None:
        raise ExpectedError(ErrorCode.CAMERA_BUSY)
    width, height = size_of(shot)
    mode = CameraMode(width, height, _pace(reader), fourcc)
    return mode if shot.packet is not None else _as_pictures(mode)


def _as_pictures(mode: CameraMode) -> CameraMode:
    """The mode of pictures that were unpacked before they came."""
    return replace(mode, fourcc="") if mode.packets else mode


def _pace(reader: SourceReader) -> float:
    """Pictures a second, over about a second."""
    for _ in range(_WARM_UP):
        reader.wait(_MEASURED_S)
    until_s = time.monotonic() + _MEASURED_S
    shots: list[Shot] = []
    while len(shots) < _MEASURED and time.monotonic() < until_s:
        shot = reader.wait(until_s - time.monotonic())
        if shot is not None:
            shots.append(shot)
    if len(shots) < 2 or shots[-1].t_ns == shots[0].t_ns:
        return 0.0
    return round((len(shots) - 1) * 1e9 / (shots[-1].t_ns - shots[0].t_ns), 1)


def read_fourcc(source: VideoSource) -> str:
    """How the camera packs pictures, as the driver says; "" where it does not."""
    code = source.get(cv2.CAP_PROP_FOURCC)
    if not 0 < code < 2**32:
        return ""
    letters = int(code).to_bytes(4, "little")
    return letters.decode("ascii") if letters.isalnum() else ""
