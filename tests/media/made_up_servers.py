"""Network cameras that are not there: MJPEG over HTTP and RTSP, spoken from this process."""

import contextlib
import hashlib
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import cv2

from tests.media.media_clips import picture, write_foreign

Talk = Callable[[socket.socket, str], None]
"""One connection and the request that came on it."""


class Camera:
    """A server on the loopback; `connections` counts who came."""

    def __init__(self, talk: Talk, *, reads_request: bool = True) -> None:
        self._talk, self._reads_request = talk, reads_request
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self.requests: list[str] = []
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def url(self, path: str = "/video", who: str = "", scheme: str = "http") -> str:
        return f"{scheme}://{who}127.0.0.1:{self.port}{path}"

    def cut(self) -> None:
        """End every connection there is; new ones are welcome."""
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self._open.clear()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(5.0)

    def _start(self, run: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=run, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            request = self._request(connection) if self._reads_request else ""
            self.requests.append(request)
            self._talk(connection, request)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    @staticmethod
    def _request(connection: socket.socket) -> str:
        got = b""
        while b"\r\n\r\n" not in got:
            piece = connection.recv(4096)
            if not piece:
                raise ValueError("hung up")
            got += piece
        return got.decode()


@contextmanager
def serving(talk: Talk, *, reads_request: bool = True) -> Iterator[Camera]:
    """A camera for the time of a test."""
    camera = Camera(talk, reads_request=reads_request)
    try:
        yield camera
    finally:
        camera.close()


@lru_cache(maxsize=64)
def packet(number: int, size: tuple[int, int] = (320, 240)) -> bytes:
    """JPEG file number `number`."""
    image = cv2.cvtColor(picture(*size, number), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", image)[1].tobytes()


HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=--cut\r\n\r\n"


def part(body: bytes, *, length: bool = True) -> bytes:
    """One part of the stream."""
    head = b"--cut\r\nContent-Type: image/jpeg\r\n"
    if length:
        head += f"Content-Length: {len(body)}\r\n".encode()
    return head + b"\r\n" + body + b"\r\n"


def mjpeg(
    fps: float = 50.0,
    *,
    length: bool = True,
    count: int = 10**6,
    size: tuple[int, int] = (320, 240),
) -> Talk:
    """A well-behaved stream; packet n is `packet(n % 25)`."""

    def talk(connection: socket.socket, request: str) -> None:
        del request
        connection.sendall(HEAD)
        due_s = time.monotonic()
        for number in range(count):
            connection.sendall(part(packet(number % 25, size), length=length))
            due_s += 1.0 / fps
            time.sleep(max(due_s - time.monotonic(), 0.0))

    return talk


def chunked(connection: socket.socket, request: str) -> None:
    """The same in the chunks of HTTP/1.1, cut where it hurts."""
    del request
    connection.sendall(HEAD.replace(b"1.0", b"1.1")[:-2] + b"Transfer-Encoding: chunked\r\n\r\n")
    for number in range(10**6):
        data = part(packet(number % 25))
        for start in range(0, len(data), 1000):
            piece = data[start : start + 1000]
            connection.sendall(f"{len(piece):X};x=1\r\n".encode() + piece + b"\r\n")
        time.sleep(0.02)


def with_password(scheme: str, user: str, password: str) -> Talk:
    """Lets in who answers a challenge rightly."""
    stream = mjpeg()

    def talk(connection: socket.socket, request: str) -> None:
        if not _rightly(request, scheme, user, password):
            challenge = {
                "basic": 'Basic realm="cam"',
                "digest": 'Digest realm="c, am", nonce="n0", qop="auth,auth-int", opaque="o"',
                "old digest": 'Digest realm="c, am", nonce="n0"',
                "sha digest": 'Digest realm="c, am", nonce="n0", qop="auth", algorithm=SHA-256',
            }[scheme]
            connection.sendall(
                f"HTTP/1.1 401 No\r\nWWW-Authenticate: {challenge}\r\n"
                "WWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n".encode()
            )
            return
        stream(connection, request)

    return talk


def _rightly(request: str, scheme: str, user: str, password: str) -> bool:
    found = re.search(r"^Authorization: (.*)$", request, re.MULTILINE)
    if found is None:
        return False
    said = found[1].strip()
    if scheme == "basic":
        return said == "Basic bnVyc2U6czMgY3JldA=="  # nurse:s3 cret
    make = hashlib.sha256 if scheme == "sha digest" else hashlib.md5
    fields = {k: a or b for k, a, b in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', said)}

    def h(*parts: str) -> str:
        return make(":".join(parts).encode()).hexdigest()

    uri = request.split(" ")[1]
    who, what = h(user, "c, am", password), h("GET", uri)
    if "qop" in fields:
        wanted = h(who, "n0", fields["nc"], fields["cnonce"], "auth", what)
    else:
        wanted = h(who, "n0", what)
    return bool(fields["response"] == wanted and fields["uri"] == uri)


def rtsp(kind: str, fps: float = 25.0, *, status: str = "200 OK") -> Talk:
    """An RTSP camera over TCP that sends "h264" or "mjpeg"; a stream begins with PLAY. `status`
    is what it answers when it is asked what it has."""
    packets = _h264_packets() if kind == "h264" else _jpeg_packets()
    fmt = 96 if kind == "h264" else 26
    sdp = (
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n"
        f"m=video 0 RTP/AVP {fmt}\r\na=control:track0\r\n"
        + ("a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n" if fmt == 96 else "")
    )

    def talk(connection: socket.socket, request: str) -> None:
        got = b""
        while True:
            while b"\r\n\r\n" not in got:
                piece = connection.recv(4096)
                if not piece:
                    return
                got += piece
            head, _, got = got.partition(b"\r\n\r\n")
            text = head.decode()
            number = re.search(r"CSeq: (\d+)", text)
            answer = f"RTSP/1.0 200 OK\r\nCSeq: {number[1] if number else 0}\r\nSession: 1\r\n"
            body = ""
            if text.startswith("DESCRIBE") and status != "200 OK":
                answer = answer.replace("200 OK", status)
            elif text.startswith("DESCRIBE"):
                body = sdp
                answer += f"Content-Type: application/sdp\r\nContent-Length: {len(sdp)}\r\n"
            elif text.startswith("SETUP"):
                answer += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
            elif text.startswith("OPTIONS"):
                answer += "Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n"
            connection.sendall((answer + "\r\n" + body).encode())
            if text.startswith("PLAY"):
                break
        _play(connection, packets, fmt, fps)

    return talk


def _play(
    connection: socket.socket, pictures: Sequence[Sequence[bytes]], fmt: int, fps: float
) -> None:
    sequence = 0
    for number in range(10**6):
        payloads = pictures[number % len(pictures)]
        for place, payload in enumerate(payloads):
            last = 0x80 if place == len(payloads) - 1 else 0
            head = struct.pack(
                "!BBHII", 0x80, fmt | last, sequence & 0xFFFF, int(number * 90000 / fps), 7
            )
            data = head + payload
            connection.sendall(b"$\x00" + struct.pack("!H", len(data)) + data)
            sequence += 1
        time.sleep(1.0 / fps)


def _h264_packets() -> list[list[bytes]]:
    with TemporaryDirectory() as folder:
        options = {"preset": "ultrafast", "tune": "zerolatency", "g": "10", "slices": "1"}
        path = write_foreign(
            Path(folder) / "clip.h264",
            "libx264",
            size=(320, 240),
            container="h264",
            options=options,
        )
        with av.open(str(path)) as clip:
            units = [bytes(p) for p in clip.demux(video=0) if p.size]
    return [[n for n in re.split(rb"\x00?\x00\x00\x01", unit) if n] for unit in units]


def _jpeg_packets() -> list[list[bytes]]:
    """RFC 2435: the scan of the picture with its tables before it."""
    out = []
    for number in range(25):
        data, tables, at = packet(number), b"", 2
        while data[at + 1] != 0xDA:
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            if data[at + 1] == 0xDB:
                tables += b"".join(data[t + 1 : t + 65] for t in range(at + 4, at + 2 + length, 65))
            at += 2 + length
        scan = data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") : -2]
        head = struct.pack("!B3sBBBB", 0, bytes(3), 1, 255, 320 // 8, 240 // 8)
        out.append([head + struct.pack("!BBH", 0, 0, len(tables)) + tables + scan])
    return out
