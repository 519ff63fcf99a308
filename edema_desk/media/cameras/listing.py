"""The local cameras there are, and by which number OpenCV opens one of them."""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import cv2
from cv2_enumerate_cameras import CameraInfo, enumerate_cameras

from edema_desk.domain.capture.camera import CameraAddress, CameraKind

if sys.platform == "win32":
    BACKENDS: tuple[int, ...] = (cv2.CAP_MSMF, cv2.CAP_DSHOW)
elif sys.platform == "darwin":
    BACKENDS = (cv2.CAP_AVFOUNDATION,)
else:
    BACKENDS = (cv2.CAP_V4L2,)
"""In the order they are tried."""


def local_cameras() -> tuple[CameraAddress, ...]:
    """The cameras of this computer, by name. Asks the system, opens none."""
    found = enumerate_cameras(BACKENDS[0])
    cameras = (
        CameraAddress(CameraKind.LOCAL, each.path or str(each.index), each.name) for each in found
    )
    return tuple(sorted(cameras, key=lambda camera: (camera.name, camera.locator)))


def device_index(locator: str, backend: int) -> int | None:
    """The number by which OpenCV opens a camera; None when there is no such camera.

    A number stands for itself. Device paths stay the same when another camera is plugged in,
    and numbers do not: so a path is looked up each time.
    """
    if locator.isdecimal():
        return int(locator)
    if sys.platform == "linux":
        found = re.fullmatch(r"/dev/video([0-9]+)", os.path.realpath(locator))
        return int(found[1]) if found and Path(locator).exists() else None
    else:  # noqa: RET505 - mypy follows the platform only through both branches
        return index_of(locator, enumerate_cameras(backend))


def index_of(locator: str, cameras: Iterable[CameraInfo]) -> int | None:
    """The number of the camera with that path."""
    wanted = device_part(locator)
    return next((c.index for c in cameras if c.path and device_part(c.path) == wanted), None)


def device_part(path: str) -> str:
    """What a Windows device path says of the device: Media Foundation and DirectShow name the
    same one by paths that differ in the interface behind it."""
    return path.partition("#{")[0].casefold()
