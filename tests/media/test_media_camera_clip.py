"""A clip that plays as a camera, at its own pace, and ends or begins again."""

import time
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.clip_camera import ClipCamera
from edema_desk.media.cameras.opening import open_camera
from edema_desk.media.cameras.pace import Pace
from tests.media.media_clips import UNEVEN, frames_of, write_clip


def address(path: Path) -> CameraAddress:
    return CameraAddress(CameraKind.FILE, str(path))


def all_shots(camera: ClipCamera) -> list[Shot]:
    found = []
    try:
        while True:
            shot = camera.read(2.0)
            assert shot is not None
            found.append(shot)
    except ExpectedError as error:
        assert error.code is ErrorCode.CAMERA_GONE  # noqa: PT017 - the clip has ended
    return found


def test_it_plays_at_its_own_pace_and_is_gone_at_the_end(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", UNEVEN, codec="ffv1")
    camera = open_camera(address(path))
    assert isinstance(camera, ClipCamera)
    began_s = time.monotonic()
    got = all_shots(camera)
    took_s = time.monotonic() - began_s
    camera.close()
    assert (camera.report.mode.width, camera.report.mode.height) == (96, 64)
    assert camera.report.address.made_up
    frames = frames_of(path)
    assert len(got) == len(frames)
    for shot, frame in zip(got, frames, strict=True):
        assert shot.image is not None
        assert np.array_equal(shot.image, frame.image)
    assert (np.diff([s.t_ns for s in got]) / 1e6) == pytest.approx(np.diff(UNEVEN), abs=0.001)
    assert 0.8 < took_s < 4.0


def test_it_begins_again(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", [0.0, 20.0, 40.0], codec="ffv1")
    camera = ClipCamera(address(path), loop=True)
    camera.open()
    got = [shot for shot in (camera.read(5.0) for _ in range(7)) if shot is not None]
    camera.close()
    assert len(got) == 7
    assert all(a.t_ns < b.t_ns for a, b in zip(got, islice(got, 1, None), strict=False))


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, ErrorCode.FILE_MISSING), (b"hello" * 100, ErrorCode.NOT_A_VIDEO)],
)
def test_what_does_not_open(tmp_path: Path, content: bytes | None, code: ErrorCode) -> None:
    path = tmp_path / "clip.mkv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExpectedError) as caught:
        open_camera(address(path))
    assert caught.value.code is code


def test_closing_while_it_plays(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", [0.0, 30_000.0], codec="ffv1")
    camera = open_camera(address(path))
    assert camera.read(2.0) is not None
    began_s = time.monotonic()
    camera.close()
    assert time.monotonic() - began_s < 2.0


def test_who_is_late_does_not_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0]
    monkeypatch.setattr("edema_desk.media.cameras.pace.time.monotonic_ns", lambda: clock[0])
    ours = Pace()
    clock[0] = 1_000
    assert ours.due_ns(100.0) == 1_000
    clock[0] += 300_000_000
    assert ours.due_ns(140.0) == 1_000 + 40_000_000  # a little late: the clip's own times stay
    clock[0] += 10 * 10**9
    assert ours.due_ns(180.0) == clock[0]
    assert ours.due_ns(220.0) == clock[0] + 40_000_000


def test_a_made_up_face_is_not_opened_here() -> None:
    with pytest.raises(ValueError, match="flow"):
        open_camera(CameraAddress(CameraKind.SYNTHETIC, "7"))
