"""What the kernel tells of a camera, and which camera a path means."""

import struct
from pathlib import Path
from typing import TypeVar

import pytest

from edema_desk.domain.capture.camera import CameraMode, choose_mode
from edema_desk.media.cameras import listing, v4l2
from edema_desk.media.cameras.listing import device_index, device_part, local_cameras
from edema_desk.media.cameras.v4l2 import list_modes, power_line_frequency

T = TypeVar("T")

SIZES = {
    b"MJPG": {(1920, 1080): [(1, 30), (1, 15)], (1280, 720): [(1, 60)]},
    b"YUYV": {(1920, 1080): [(1, 5)], (640, 480): [(1001, 30000)]},
    b"H264": {(1920, 1080): [(1, 30)]},
}


class Kernel:
    """Answers as a UVC driver does."""

    def __init__(self, *, stepwise: bool = False, endless: bool = False) -> None:
        self.stepwise, self.endless = stepwise, endless

    def __call__(self, file: int, request: int, argument: bytes) -> bytes:
        index = struct.unpack_from("=I", argument)[0]
        formats = list(SIZES)
        if request == v4l2.ENUM_FORMATS:
            assert len(argument) == 64
            code = formats[0] if self.endless else self._nth(formats, index)
            return struct.pack("=3I32s4s16x", index, 1, 0, b"what it is called", code)
        if request == v4l2.ENUM_SIZES:
            assert len(argument) == 44
            sizes = SIZES[argument[4:8]]
            if self.stepwise:
                return argument[:8] + struct.pack("=7I8x", 3, 160, 1280, 2, 120, 1024, 2)
            width, height = self._nth(list(sizes), index)
            return argument[:8] + struct.pack("=7I8x", 1, width, height, 0, 0, 0, 0)
        if request == v4l2.ENUM_INTERVALS:
            assert len(argument) == 52
            if self.stepwise:
                return argument[:16] + struct.pack("=3I16x8x4x", 3, 1, 30)[:36]
            width, height = struct.unpack_from("=8x2I", argument)
            over, under = self._nth(SIZES[argument[4:8]][width, height], index)
            return argument[:16] + struct.pack("=3I24x", 1, over, under)
        if request == v4l2.GET_CONTROL:
            assert struct.unpack_from("=I", argument)[0] == v4l2.POWER_LINE_FREQUENCY
            return argument[:4] + struct.pack("=i", 2)
        raise OSError(25, "no such request")

    @staticmethod
    def _nth(values: list[T], index: int) -> T:
        if index >= len(values):
            raise OSError(22, "no more")
        return values[index]


@pytest.fixture
def device(tmp_path: Path) -> str:
    path = tmp_path / "video0"
    path.touch()
    return str(path)


def test_modes_are_listed_and_only_those_that_can_be_used(device: str) -> None:
    modes = list_modes(device, Kernel())
    assert CameraMode(1920, 1080, 30.0, "MJPG") in modes
    assert CameraMode(640, 480, 30000 / 1001, "YUYV") in modes
    assert not [m for m in modes if m.fourcc == "H264"]
    assert choose_mode(modes) == CameraMode(1920, 1080, 30.0, "MJPG")


def test_ranges_of_sizes_give_the_usual_ones(device: str) -> None:
    modes = list_modes(device, Kernel(stepwise=True))
    assert {(m.width, m.height) for m in modes} == {(1280, 720), (640, 480)}
    assert {m.fps for m in modes} == {30.0}


def test_a_kernel_that_never_ends_is_stopped(device: str) -> None:
    assert len(list_modes(device, Kernel(endless=True))) <= 64 * 64


def test_what_is_no_camera_has_no_modes(device: str) -> None:
    assert list_modes(device) == ()
    assert power_line_frequency(device) is None
    assert list_modes(device + "9") == ()


def test_mains_frequency(device: str) -> None:
    assert power_line_frequency(device, Kernel()) == 2.0


def test_numbers_stand_for_themselves_and_strangers_for_nothing(tmp_path: Path) -> None:
    assert device_index("3", listing.BACKENDS[0]) == 3
    assert device_index(str(tmp_path), listing.BACKENDS[0]) is None
    assert device_index("/dev/video9999", listing.BACKENDS[0]) is None


def test_both_windows_interfaces_name_the_same_device() -> None:
    msmf = "\\\\?\\usb#vid_046d&pid_0825#7&1#{e5323777-f976-4f5b-9b55-b94699c46e44}\\global"
    dshow = "\\\\?\\USB#VID_046D&PID_0825#7&1#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\\global"
    assert device_part(msmf) == device_part(dshow)
    assert device_part(msmf) != device_part(msmf.replace("7&1", "7&2"))


def test_the_list_is_made_without_opening_anything() -> None:
    assert isinstance(local_cameras(), tuple)
