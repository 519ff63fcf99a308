"""The head of an HTTP camera's answer: passwords, refusals, and answers that never end."""

import socket
import time
from collections.abc import Callable
from itertools import islice
from urllib.parse import urlsplit

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras import http_stream
from edema_desk.media.cameras.http_stream import HttpStream, open_http
from edema_desk.media.cameras.multipart import PartReader
from tests.media.made_up_servers import (
    HEAD,
    Camera,
    Talk,
    chunked,
    mjpeg,
    packet,
    serving,
    with_password,
)


def says(*pieces: bytes, pause_s: float = 0.0) -> Talk:
    def talk(connection: socket.socket, request: str) -> None:
        del request
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause_s)

    return talk


def first_pictures(stream: HttpStream, count: int) -> list[bytes]:
    reader = PartReader(stream.boundary)
    return list(islice((p for piece in stream.pieces for p in reader.feed(piece)), count))


def refusal(camera: Camera, who: str = "") -> ErrorCode:
    with pytest.raises(ExpectedError) as caught, open_http(urlsplit(camera.url(who=who))):
        pass
    return caught.value.code


@pytest.mark.parametrize("talk", [mjpeg(), mjpeg(length=False), chunked])
def test_pictures_come(talk: Talk) -> None:
    with serving(talk) as camera, open_http(urlsplit(camera.url("/v?a=1&b=2"))) as stream:
        assert first_pictures(stream, 5) == [packet(n) for n in range(5)]
        assert camera.requests[0].startswith("GET /v?a=1&b=2 HTTP/1.0\r\n")
        assert f"Host: 127.0.0.1:{camera.port}" in camera.requests[0]


@pytest.mark.parametrize("scheme", ["basic", "digest", "old digest", "sha digest"])
def test_passwords(scheme: str) -> None:
    with serving(with_password(scheme, "nurse", "s3 cret")) as camera:
        with open_http(urlsplit(camera.url("/v?a=1", who="nurse:s3%20cret@"))) as stream:
            assert first_pictures(stream, 1)
        assert "Authorization" not in camera.requests[0]  # not before it is asked for
        assert refusal(camera, "nurse:wrong@") is ErrorCode.CAMERA_REFUSED
        assert refusal(camera) is ErrorCode.CAMERA_REFUSED


def status(line: bytes) -> Callable[[], Talk]:
    return lambda: says(HEAD.replace(b"HTTP/1.0 200 OK", line))


@pytest.mark.parametrize(
    ("talk", "code"),
    [
        (status(b"HTTP/1.1 404 Not Found")(), ErrorCode.CAMERA_REFUSED),
        (status(b"HTTP/1.1 302 Elsewhere")(), ErrorCode.CAMERA_REFUSED),
        (status(b"HTTP/1.1 503 Busy")(), ErrorCode.CAMERA_BUSY),
        (status(b"RTSP/1.0 200 OK")(), ErrorCode.CAMERA_REFUSED),
        (says(HEAD.replace(b"multipart/x-mixed-replace", b"text/html")), ErrorCode.CAMERA_REFUSED),
        (says(HEAD.replace(b"boundary", b"nothing")), ErrorCode.CAMERA_REFUSED),
        (says(b"\x00\xff" * 4000 + b"\r\n\r\n"), ErrorCode.CAMERA_REFUSED),
        (says(b"HTTP/1.0 200 OK\r\n", b"A: b\r\n" * 20_000), ErrorCode.CAMERA_REFUSED),
        (says(b"HTTP/1.0 200 OK\r\n"), ErrorCode.CAMERA_REFUSED),
        (says(), ErrorCode.CAMERA_REFUSED),
    ],
)
def test_refusals(talk: Talk, code: ErrorCode) -> None:
    with serving(talk) as camera:
        assert refusal(camera) is code


def test_a_head_that_drips_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_stream, "HEAD_S", 0.4)
    with serving(says(*[b"A"] * 200, pause_s=0.05)) as camera:
        began_s = time.monotonic()
        assert refusal(camera) in (ErrorCode.CAMERA_REFUSED, ErrorCode.CAMERA_MISSING)
        assert time.monotonic() - began_s < 3.0


def test_nobody_there() -> None:
    with serving(mjpeg()) as camera:
        url = camera.url()
    for address in (url, "http://name.invalid/video"):
        with pytest.raises(ExpectedError) as caught, open_http(urlsplit(address)):
            pass
        assert caught.value.code is ErrorCode.CAMERA_MISSING
