"""Whether a disk has room for a recording."""

import shutil
from enum import StrEnum
from pathlib import Path

from edema_desk.media.durable import disk_failure_told

_GB = 10**9
LOW_BYTES = 5 * _GB
LEAST_BYTES = 1 * _GB
_BYTES_PER_PIXEL_OF_PACKETS = 0.12
"""What cameras take for a JPEG pixel in a bright room; 0.25 MB for a picture of 1080p."""
_BYTES_PER_PIXEL_ENCODED = 0.08
"""Measured with grain in the picture: decision 0017."""


class RoomVerdict(StrEnum):
    """NONE: a recording may not start. LOW: it may, and somebody should make room."""

    OK = "ok"
    LOW = "low"
    NONE = "none"


def room_bytes(folder: Path) -> int:
    """What this user may still write where `folder` lies. Raises ExpectedError(DISK_FAILED)."""
    with disk_failure_told():
        return shutil.disk_usage(folder).free


def expected_bytes(width: int, height: int, fps: float, longest_ms: float, *, packets: bool) -> int:
    """About how large a recording of this length grows."""
    rate = _BYTES_PER_PIXEL_OF_PACKETS if packets else _BYTES_PER_PIXEL_ENCODED
    return round(width * height * rate * fps * longest_ms / 1000.0)


def judge_room(free_bytes: int, expected_bytes: int) -> RoomVerdict:
    """NONE below 1 GB or twice what is expected, LOW below 5 GB."""
    if free_bytes < max(LEAST_BYTES, 2 * expected_bytes):
        return RoomVerdict.NONE
    return RoomVerdict.LOW if free_bytes < LOW_BYTES else RoomVerdict.OK
