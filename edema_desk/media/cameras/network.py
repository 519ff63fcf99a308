"""A camera on the network, spoken to by the decoder process.

The parent opens no connection and decodes nothing: it starts the child, tells it the address in
a message, and checks every word that comes back.
"""

import contextlib
import io
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from edema_desk.domain.capture.camera import CameraAddress, CameraMode, CameraReport
from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media import wire
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.feed import ShotFeed
from edema_desk.media.cameras.jpeg import MAX_PACKET_BYTES, packet_size, whole_packet
from edema_desk.media.children import child_command, child_environment, widen
from edema_desk.media.containers import CODECS
from edema_desk.media.decode import MAX_PIXELS, MAX_SIDE_PX

OPEN_LIMIT_S = 40.0
"""Start of the child, connection and answer, on a busy computer."""
FIRST_SHOT_S = 8.0
"""From the answer to the first picture."""
SILENT_S = 2.0
"""A camera that sends no picture for so long is gone."""
_MEASURED_S = 0.8
_SLICE_S = 0.1
_CLOCK_SLACK_NS = 50_000_000
_TOLD = frozenset(
    {
        ErrorCode.CAMERA_MISSING,
        ErrorCode.CAMERA_REFUSED,
        ErrorCode.CAMERA_BUSY,
        ErrorCode.CAMERA_GONE,
    }
)
"""What the child may report; anything else it says is CAMERA_REFUSED."""


@dataclass(slots=True)
class _Seen:
    """What came so far."""

    codec: str = ""
    size: tuple[int, int] = (0, 0)
    count: int = 0
    first_ns: int = 0
    last_ns: int = 0

    def add(self, shot: Shot) -> None:
        """Note a shot."""
        if shot.image is not None:
            self.size = (shot.image.shape[1], shot.image.shape[0])
        else:
            self.size = packet_size(shot.packet or b"") or self.size
        self.first_ns = self.first_ns or shot.t_ns
        self.last_ns = shot.t_ns
        self.count += 1

    @property
    def fps(self) -> float:
        """Pictures a second so far."""
        if self.count < 2 or self.last_ns == self.first_ns:
            return 0.0
        return round((self.count - 1) * 1e9 / (self.last_ns - self.first_ns), 1)


class NetworkCamera:
    """A `CameraBackend` over a URL. Silence of two seconds is CAMERA_GONE; open anew then."""

    def __init__(self, address: CameraAddress) -> None:
        self._address = address
        self._feed = ShotFeed()
        self._started = threading.Event()
        self._seen = _Seen()
        self._counts = self._before = (0, 0)
        self._failure = ErrorCode.CAMERA_REFUSED
        self._report: CameraReport | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._listen, name="network camera", daemon=True)
        self._closing = threading.Lock()

    def open(self, limit_s: float = OPEN_LIMIT_S) -> None:
        """Connect and wait for the first pictures.

        Raises ExpectedError: CAMERA_MISSING when nobody answers there, CAMERA_REFUSED for a
        wrong password or what is no video, CAMERA_BUSY.
        """
        self._child = subprocess.Popen(
            child_command("_decoder"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=child_environment(MALLOC_ARENA_MAX="2", OPENBLAS_NUM_THREADS="1"),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        widen(self._child.stdout)
        request = {"version": wire.VERSION, "camera": self._address.locator}
        with contextlib.suppress(OSError):  # a child that is gone already says so below
            wire.send(_raw(self._child.stdin).fileno(), request)
        self._thread.start()
        self._await_first(time.monotonic() + limit_s)
        if not self._seen.count:
            self.close()
            gone = self._failure is ErrorCode.CAMERA_GONE  # before it ever was there
            raise ExpectedError(ErrorCode.CAMERA_REFUSED if gone else self._failure)
        self._measure()

    def _await_first(self, until_s: float) -> None:
        answered = False
        while not self._started.wait(_SLICE_S):
            if not answered and self._seen.codec:
                answered, until_s = True, time.monotonic() + FIRST_SHOT_S
            if time.monotonic() > until_s:
                self._failure = ErrorCode.CAMERA_REFUSED if answered else ErrorCode.CAMERA_MISSING
                return

    def _measure(self) -> None:
        """Watch the pace for a moment, then begin with what is new."""
        time.sleep(_MEASURED_S)
        width, height = self._seen.size
        fourcc = "MJPG" if self._seen.codec == "mjpeg" else ""
        mode = CameraMode(width, height, self._seen.fps, fourcc)
        self._report = CameraReport(self._address.public, mode, f"network/{self._seen.codec}")
        self._feed.forget()
        self._before = self._counts

    @property
    def report(self) -> CameraReport:
        """Size and pace as they were found; settings of such cameras are made in the camera."""
        if self._report is None:
            raise RuntimeError("the camera is not open")
        return self._report

    @property
    def dropped(self) -> int:
        """How many shots found no room, in the child or here."""
        return self._feed.dropped + self._counts[0] - self._before[0]

    @property
    def damaged(self) -> int:
        """How many packets were no whole picture."""
        return self._counts[1] - self._before[1]

    def read(self, timeout_s: float) -> Shot | None:
        """As `CameraBackend.read`."""
        until_s = time.monotonic() + timeout_s
        while True:
            left_s = until_s - time.monotonic()
            shot = self._feed.take(min(max(left_s, 0.0), _SLICE_S))
            if shot is not None:
                return shot
            if time.monotonic_ns() - self._seen.last_ns > SILENT_S * 1e9:
                self._feed.end()
            elif left_s <= _SLICE_S:
                return None

    def close(self) -> None:
        """End the child, and with it the connection."""
        self._feed.end()
        with self._closing:
            child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def _listen(self) -> None:
        child = self._child
        if child is None:
            return
        stdout = _raw(child.stdout)
        try:
            self._seen.codec = _codec(wire.receive(stdout))
            while True:
                header = wire.receive(stdout)
                shot = _shot(header, stdout, self._seen.last_ns)
                self._counts = (_count(header, "dropped"), _count(header, "damaged"))
                self._seen.add(shot)
                self._feed.put(shot)
                self._started.set()
        except ExpectedError as error:
            self._failure = error.code
        except (wire.BadMessageError, OSError, ValueError):
            pass  # the child is gone or talks nonsense: CAMERA_REFUSED, or CAMERA_GONE later
        finally:
            self._feed.end()
            self._started.set()


def _raw(pipe: object) -> io.RawIOBase:
    if not isinstance(pipe, io.RawIOBase):
        raise TypeError("the child was started without raw pipes")
    return pipe


def _reported(header: dict[str, Any]) -> None:
    if header.get("kind") == "error":
        code = header.get("code")
        if not isinstance(code, str) or code not in _TOLD:
            raise ExpectedError(ErrorCode.CAMERA_REFUSED)
        raise ExpectedError(ErrorCode(code))


def _codec(header: dict[str, Any]) -> str:
    _reported(header)
    codec = header.get("codec")
    if header.get("kind") != "camera" or header.get("version") != wire.VERSION:
        raise wire.BadMessageError("no camera")
    if not isinstance(codec, str) or codec not in CODECS:
        raise wire.BadMessageError("codec")
    return codec


def _shot(header: dict[str, Any], pipe: io.RawIOBase, last_ns: int) -> Shot:
    """The shot a header announces, with its bytes. Raises BadMessageError."""
    _reported(header)
    t_ns = header.get("t_ns")
    latest_ns = time.monotonic_ns() + _CLOCK_SLACK_NS
    if header.get("kind") != "shot" or type(t_ns) is not int or not last_ns < t_ns <= latest_ns:
        raise wire.BadMessageError("no shot, or at no time")
    size = header.get("packet")
    if type(size) is not int or not 0 <= size <= MAX_PACKET_BYTES:
        raise wire.BadMessageError("packet")
    packet = None
    if size:
        held = np.empty(size, np.uint8)
        wire.receive_into(pipe, held)
        packet = held.tobytes()
        if whole_packet(packet) != packet:
            raise wire.BadMessageError("a packet that is none")
    preview = _picture(header.get("preview"), pipe)
    image = _picture(header.get("image"), pipe)
    if (packet is None) == (image is None):
        raise wire.BadMessageError("a shot is a packet or a picture")
    return Shot(t_ns, image, packet, preview, foreign=packet is not None)


def _picture(shape: Any, pipe: io.RawIOBase) -> Image | None:
    if shape is None:
        return None
    if not isinstance(shape, list) or len(shape) != 2:
        raise wire.BadMessageError("shape")
    width, height = shape
    if type(width) is not int or type(height) is not int:
        raise wire.BadMessageError("shape")
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise wire.BadMessageError("shape")
    if width * height > MAX_PIXELS:
        raise wire.BadMessageError("shape")
    image = np.empty((height, width, 3), np.uint8)
    wire.receive_into(pipe, image)
    return image


def _count(header: dict[str, Any], name: str) -> int:
    value = header.get(name)
    if type(value) is not int or not 0 <= value < 2**53:
        raise wire.BadMessageError(name)
    return value
