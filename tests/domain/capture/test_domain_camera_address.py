"""What people type for a camera, and that no password of it is told to anyone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode, CameraReport
from edema_desk.domain.capture.camera_address import MadeUpFace, made_up_face, parse_camera
from edema_desk.errors import ErrorCode, ExpectedError

SECRET = "rtsp://nurse:s3cret@10.0.0.7:554/stream?token=abc#x"


@pytest.mark.parametrize(
    ("text", "kind", "locator"),
    [
        ("0", CameraKind.LOCAL, "0"),
        (" /dev/video2 ", CameraKind.LOCAL, "/dev/video2"),
        ("\\\\?\\usb#vid_046d&pid_0825", CameraKind.LOCAL, "\\\\?\\usb#vid_046d&pid_0825"),
        ("local:0x1420000005ac", CameraKind.LOCAL, "0x1420000005ac"),
        (SECRET, CameraKind.NETWORK, SECRET),
        ("HTTP://[fe80::1]:8080/video", CameraKind.NETWORK, "HTTP://[fe80::1]:8080/video"),
        ("file:/clips/a b.mkv", CameraKind.FILE, "/clips/a b.mkv"),
        ("file:C:\\clips\\a.mkv", CameraKind.FILE, "C:\\clips\\a.mkv"),
        ("synthetic:7", CameraKind.SYNTHETIC, "7"),
        ("synthetic:7/3@-0.25kg", CameraKind.SYNTHETIC, "7/3@-0.250kg"),
    ],
)
def test_what_is_understood(text: str, kind: CameraKind, locator: str) -> None:
    address = CameraAddress(kind, locator)
    assert parse_camera(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "camera",
        "100",
        "-1",
        "file:",
        "local:",
        "https://10.0.0.7/",
        "ftp://host/",
        "rtsp://",
        "http:///video",
        "http://host:99999/",
        "http://host:0/",
        "http://host/a b",
        "http://host/\r\nX: y",
        "http://host/\x7f",
        "http://[::1/",
        "http://h/" + "a" * 2000,
        "synthetic:",
        "synthetic:x",
        "synthetic:7/0",
        "synthetic:7@2",
        "concat:/etc/passwd",
    ],
)
def test_what_is_not(text: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        parse_camera(text)
    assert caught.value.code is ErrorCode.CAMERA_ADDRESS
    assert caught.value.params == {}


@given(st.integers(0, 999_999_999), st.integers(1, 999), st.none() | st.integers(-99_000, 99_000))
def test_a_made_up_face_is_written_as_it_is_read(seed: int, person: int, grams: int | None) -> None:
    face = MadeUpFace(seed, person, None if grams is None else grams / 1000)
    assert made_up_face(face.locator) == face


def test_the_password_stays_within() -> None:
    address = parse_camera(SECRET)
    assert address.public.locator == "rtsp://10.0.0.7:554/stream"
    report = CameraReport(address, CameraMode(1, 1, 1.0), "test")
    for text in (repr(address), str(report), repr(address.public)):
        assert [secret for secret in ("s3cret", "nurse", "abc") if secret in text] == []


@pytest.mark.parametrize("text", ["0", "file:/clips/u:p@h", "synthetic:7"])
def test_what_holds_no_password_stays_as_it_is(text: str) -> None:
    assert parse_camera(text).public == parse_camera(text)
