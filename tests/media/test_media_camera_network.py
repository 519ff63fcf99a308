"""Network cameras through the decoder process, over the loopback; a camera that lies, drips,
hangs up or comes back; and a decoder that talks nonsense."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media import wire
from edema_desk.media.cameras import network
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.network import NetworkCamera
from edema_desk.media.cameras.opening import open_camera
from tests.media.child_processes import children
from tests.media.made_up_servers import (
    HEAD,
    Talk,
    mjpeg,
    packet,
    part,
    rtsp,
    serving,
    with_password,
)
from tests.media.media_clips import corners

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_MEASURED_S", 0.2)
    monkeypatch.setattr(network, "FIRST_SHOT_S", 1.5)


@contextmanager
def opened(url: str) -> Iterator[NetworkCamera]:
    camera = open_camera(parse_camera(url))
    assert isinstance(camera, NetworkCamera)
    try:
        yield camera
    finally:
        camera.close()


def shots(camera: NetworkCamera, count: int) -> list[Shot]:
    found = [camera.read(2.0) for _ in range(count)]
    return [shot for shot in found if shot is not None]


def code_of(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        act()
    return caught.value.code


def read_on(camera: NetworkCamera) -> None:
    while True:
        camera.read(0.2)


def gone(camera: NetworkCamera) -> bool:
    return code_of(lambda: read_on(camera)) is ErrorCode.CAMERA_GONE


def test_packets_come_unchanged_with_times_of_their_own() -> None:
    with serving(mjpeg(fps=40)) as server, opened(server.url()) as camera:
        mode = camera.report.mode
        assert (mode.width, mode.height, mode.packets) == (320, 240, True)
        assert camera.report.backend == "network/mjpeg"
        assert 5 < mode.fps < 60
        got = shots(camera, 30)
        now_ns = time.monotonic_ns()
        known = [packet(n) for n in range(25)]
        places = [known.index(shot.packet or b"") for shot in got]
        assert all((b - a) % 25 == 1 for a, b in pairwise(places))
        assert all(a.t_ns < b.t_ns < now_ns for a, b in pairwise(got))
        assert now_ns - got[-1].t_ns < 1e9
        assert camera.dropped == camera.damaged == 0
        assert all(shot.foreign for shot in got)
        previews = [shot.preview for shot in got if shot.preview is not None]
        assert 3 <= len(previews) <= 20
        assert {corners(p) for p in previews} == {"RGBW"}


@linux
def test_the_password_is_in_no_place_where_others_look() -> None:
    talk = with_password("digest", "nurse", "s3 cret")
    before = children()
    with serving(talk) as server, opened(server.url(who="nurse:s3%20cret@")) as camera:
        assert shots(camera, 1)
        (child,) = children() - before
        for place in ("cmdline", "environ"):
            assert b"cret" not in Path(f"/proc/{child}/{place}").read_bytes()
        assert "cret" not in repr(camera.report) + camera.report.address.locator
        limits = Path(f"/proc/{child}/limits").read_text()
        assert [line.split()[3] for line in limits.splitlines() if "open files" in line] == ["0"]


def test_cut_off_and_back_again() -> None:
    with serving(mjpeg()) as server:
        with opened(server.url()) as camera:
            assert shots(camera, 3)
            began_s = time.monotonic()
            server.cut()
            assert gone(camera)
            assert time.monotonic() - began_s < 2.0
            assert code_of(lambda: camera.read(0.0)) is ErrorCode.CAMERA_GONE
        with opened(server.url()) as camera:
            assert shots(camera, 3)
        assert server.connections == 2


def test_silence_is_noticed_although_nobody_hung_up() -> None:
    quiet = threading.Event()

    def talk(connection: socket.socket, request: str) -> None:
        mjpeg(count=40)(connection, request)
        quiet.wait(20.0)

    with serving(talk) as server, opened(server.url()) as camera:
        shots(camera, 3)
        began_s = time.monotonic()
        assert code_of(lambda: read_on(camera)) is ErrorCode.CAMERA_GONE
        assert 0.5 < time.monotonic() - began_s < 4.0
        quiet.set()


@linux
def test_a_child_that_is_killed_or_halted_is_a_camera_that_is_gone() -> None:
    before = children()
    with serving(mjpeg()) as server:
        for way in (signal.SIGKILL, signal.SIGSTOP):
            with opened(server.url()) as camera:
                (child,) = children() - before
                os.kill(child, way)
                began_s = time.monotonic()
                assert gone(camera)
                assert time.monotonic() - began_s < 4.0
            assert children() <= before


def slow(connection: socket.socket, request: str) -> None:
    """A picture drips in, byte by byte."""
    del request
    connection.sendall(HEAD)
    for byte in part(packet(0)):
        connection.sendall(bytes([byte]))
        time.sleep(0.02)


def garbage(connection: socket.socket, request: str) -> None:
    del request
    connection.sendall(HEAD)
    for seed in range(100):
        connection.sendall(np.random.default_rng(seed).bytes(10_000))


@pytest.mark.parametrize("talk", [slow, garbage])
def test_a_stream_without_pictures_is_refused(talk: Talk) -> None:
    with serving(talk) as server:
        assert code_of(lambda: open_camera(parse_camera(server.url()))) is ErrorCode.CAMERA_REFUSED


def test_why_it_does_not_open() -> None:
    with serving(with_password("basic", "nurse", "x")) as server:
        url = server.url()
        assert code_of(lambda: open_camera(parse_camera(url))) is ErrorCode.CAMERA_REFUSED
    assert code_of(lambda: open_camera(parse_camera(url))) is ErrorCode.CAMERA_MISSING


def test_pictures_that_show_nothing_are_counted() -> None:
    def talk(connection: socket.socket, request: str) -> None:
        del request
        connection.sendall(HEAD)
        for number in range(10**6):
            whole = packet(number % 25)
            broken = number % 4 == 1
            connection.sendall(part(whole[: len(whole) // 2] if broken else whole))
            time.sleep(0.02)

    with serving(talk) as server, opened(server.url()) as camera:
        got = shots(camera, 20)
        assert camera.damaged >= 4
        assert all(shot.packet in [packet(n) for n in range(25)] for shot in got)


@pytest.mark.parametrize(("kind", "as_packets"), [("mjpeg", True), ("h264", False)])
def test_rtsp(kind: str, *, as_packets: bool) -> None:
    with serving(rtsp(kind), reads_request=False) as server:
        url = server.url("/stream", scheme="rtsp")
        with opened(url) as camera:
            assert camera.report.backend == f"network/{kind}"
            assert (camera.report.mode.width, camera.report.mode.height) == (320, 240)
            assert camera.report.mode.packets == as_packets
            got = shots(camera, 10)
            assert len(got) == 10
            assert all((shot.packet is not None) == as_packets for shot in got)
            seen = got[0].image if got[0].image is not None else got[0].preview
            if seen is not None:
                assert corners(seen) == "RGBW"
            server.cut()
            assert code_of(lambda: read_on(camera)) is ErrorCode.CAMERA_GONE


@pytest.mark.parametrize(
    "status", ['401 No\r\nWWW-Authenticate: Digest realm="x", nonce="y"', "404 Not Found"]
)
def test_rtsp_that_refuses(status: str) -> None:
    with serving(rtsp("mjpeg", status=status), reads_request=False) as server:
        url = server.url(who="nurse:x@", scheme="rtsp")
        assert code_of(lambda: open_camera(parse_camera(url))) is ErrorCode.CAMERA_REFUSED


def message(header: object, body: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + body


CAMERA = {"kind": "camera", "version": wire.VERSION, "codec": "mjpeg"}


def shot(**other: object) -> bytes:
    """A message about a shot that came just now."""
    header = {
        "kind": "shot",
        "t_ns": time.monotonic_ns(),
        "packet": len(packet(0)),
        "preview": None,
        "image": None,
        "dropped": 0,
        "damaged": 0,
    }
    return message(header | other, packet(0))


class Impostor:
    """Stands in for the decoder: a program that says whatever it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, raw: bytes, stay_s: float = 0.0) -> None:
        code = (
            f"import sys,time; sys.stdout.buffer.write({raw!r}); sys.stdout.flush();"
            f"time.sleep({stay_s})"
        )
        monkeypatch.setattr(network, "child_command", lambda kind: [sys.executable, "-c", code])


NONSENSE = (
    b"",
    b"\xff\xff\xff\xff",
    message([]),
    message(CAMERA | {"version": 99}),
    message(CAMERA | {"codec": "magicyuv"}),
    message(CAMERA),
    message(CAMERA) + message({"kind": "end"}),
    message(CAMERA) + shot(t_ns=2**62),
    message(CAMERA) + shot(t_ns=-1),
    message(CAMERA) + shot(t_ns="0"),
    message(CAMERA) + shot(packet=10**9),
    message(CAMERA) + shot(packet=True),
    message(CAMERA) + shot(packet=len(packet(0)) - 1),
    message(CAMERA) + shot(image=[10**6, 10**6]),
    message(CAMERA) + shot(image=[-4, 4]),
    message(CAMERA) + shot(preview="x"),
    message(CAMERA) + shot(packet=0),
    message(CAMERA) + shot(dropped=None),
    message({"kind": "error", "code": "wrong_key", "params": {}}),
    message({"kind": "error", "code": ["camera_busy"]}),
)


@pytest.mark.parametrize("number", range(len(NONSENSE)))
def test_nonsense_is_one_typed_error(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    Impostor(monkeypatch, NONSENSE[number])
    assert code_of(NetworkCamera(parse_camera("http://h/")).open) is ErrorCode.CAMERA_REFUSED


def test_what_an_impostor_would_have_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    Impostor(monkeypatch, message(CAMERA) + shot(), 5.0)
    camera = NetworkCamera(parse_camera("http://h/"))
    camera.open()
    assert camera.report.mode.width == 320
    camera.close()


def test_a_child_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    Impostor(monkeypatch, b"", 30.0)
    camera = NetworkCamera(parse_camera("http://h/"))
    assert code_of(lambda: camera.open(0.3)) is ErrorCode.CAMERA_MISSING
    assert camera._thread.is_alive() is False


def test_closing_twice_and_from_another_thread() -> None:
    with serving(mjpeg()) as server, opened(server.url()) as camera:
        closer = threading.Thread(target=camera.close)
        closer.start()
        camera.close()
        closer.join()
        assert code_of(lambda: read_on(camera)) is ErrorCode.CAMERA_GONE


def test_the_child_loads_no_decoder_of_the_window() -> None:
    code = (
        "import sys, edema_desk.media.decoder as d\n"
        "print(sorted({'cv2', 'torch', 'PIL', 'PySide6', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
