"""Room on the disk, judged before a recording."""

from pathlib import Path

import pytest

from edema_desk.media.room import RoomVerdict, expected_bytes, judge_room, room_bytes

GB = 10**9


@pytest.mark.parametrize(
    ("free_gb", "expected_gb", "verdict"),
    [
        (100.0, 0.5, RoomVerdict.OK),
        (5.0, 0.5, RoomVerdict.OK),
        (4.99, 0.5, RoomVerdict.LOW),
        (1.0, 0.5, RoomVerdict.LOW),
        (0.99, 0.1, RoomVerdict.NONE),
        (3.0, 1.5, RoomVerdict.LOW),
        (2.99, 1.5, RoomVerdict.NONE),
        (11.0, 6.0, RoomVerdict.NONE),
    ],
)
def test_room(free_gb: float, expected_gb: float, verdict: RoomVerdict) -> None:
    assert judge_room(round(free_gb * GB), round(expected_gb * GB)) is verdict


def test_what_is_expected_grows_with_everything() -> None:
    usual = expected_bytes(1920, 1080, 30.0, 180_000.0, packets=True)
    assert 0.5 * GB < usual < 2 * GB
    assert expected_bytes(1920, 1080, 30.0, 90_000.0, packets=True) == pytest.approx(usual / 2)
    assert expected_bytes(960, 540, 60.0, 180_000.0, packets=True) == pytest.approx(usual / 2)
    assert expected_bytes(1920, 1080, 30.0, 180_000.0, packets=False) < usual


def test_room_of_a_real_disk(tmp_path: Path) -> None:
    assert room_bytes(tmp_path) > 0
