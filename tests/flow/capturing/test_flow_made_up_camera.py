"""The camera before which a made-up person sits."""

import numpy as np
import pytest

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import MadeUpFace, made_up_face, parse_camera
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.made_up_camera import made_up_frames, open_made_up_camera
from edema_desk.media.cameras.backend import CameraBackend, Shot
from edema_desk.media.cameras.jpeg import decode_packet

SMALL = (320, 180)


def camera(text: str, *, packets: bool = True) -> CameraBackend:
    fps = 25.0
    return open_made_up_camera(
        parse_camera(text), size=SMALL, fps=fps, packets=packets, seconds=4 / fps
    )


def shots(backend: CameraBackend, count: int) -> list[Shot]:
    found = [backend.read(5.0) for _ in range(count)]
    backend.close()
    assert all(found)
    return [shot for shot in found if shot is not None]


def test_it_plays_forth_and_back_at_its_pace() -> None:
    backend = camera("synthetic:7")
    report = backend.report
    got = shots(backend, 10)
    packets = [shot.packet for shot in got]
    assert packets[0] != packets[1] != packets[2] != packets[3]
    assert packets[4:6] == [packets[2], packets[1]]
    assert packets[6:10] == packets[0:4]
    assert set(np.diff([shot.t_ns for shot in got]).tolist()) == {40_000_000}
    assert (report.mode.width, report.mode.height, report.mode.fps) == (*SMALL, 25.0)
    assert report.mode.packets
    assert report.address.made_up
    with pytest.raises(ExpectedError) as caught:
        backend.read(0.0)
    assert caught.value.code is ErrorCode.CAMERA_GONE


def test_the_same_address_films_the_same() -> None:
    first, again = shots(camera("synthetic:7/2@1.5kg"), 4), shots(camera("synthetic:7/2@1.5kg"), 4)
    assert [s.packet for s in first] == [s.packet for s in again]


def test_pictures_instead_of_packets_show_the_same() -> None:
    packed, plain = shots(camera("synthetic:3"), 2), shots(camera("synthetic:3", packets=False), 2)
    for a, b in zip(packed, plain, strict=True):
        assert b.image is not None
        assert b.image.shape == (180, 320, 3)
        assert np.array_equal(decode_packet(a.packet or b""), b.image)


def test_people_and_their_fluid_differ() -> None:
    def seen(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        face = parse_camera(text)
        assert face.kind is CameraKind.SYNTHETIC
        frames = made_up_frames(made_up_face(face.locator), SMALL, 25.0, 0.08)
        return next(iter(frames)).astype(np.float64)

    same, other = seen("synthetic:7@0kg"), seen("synthetic:7/2@0kg")
    assert np.abs(same - other).mean() > 3
    assert np.abs(same - seen("synthetic:7@4kg")).mean() > 0.5


def test_a_wide_picture_shows_one_face_in_its_middle() -> None:
    """To the sides there are colours of its edges, and no second person."""
    image = next(made_up_frames(MadeUpFace(5), (640, 360), 25.0, 0.08))
    detail = np.abs(np.diff(image.astype(int), axis=1)).mean(axis=(0, 2))
    assert detail[: 640 // 6].mean() < 0.2 * detail[640 // 3 : -640 // 3].mean()
    assert detail[-640 // 6 :].mean() < 0.2 * detail[640 // 3 : -640 // 3].mean()


def test_an_address_that_names_nobody() -> None:
    with pytest.raises(ExpectedError) as caught:
        open_made_up_camera(CameraAddress(CameraKind.SYNTHETIC, "nobody"))
    assert caught.value.code is ErrorCode.CAMERA_ADDRESS
