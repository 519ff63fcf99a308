"""The one connection to a camera that sends MJPEG over HTTP, up to its first part.

Written in Python throughout, so that no byte of a stranger meets code that could be led astray
before this process has given up its rights.
"""

import base64
import hashlib
import re
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote

from edema_desk.errors import ErrorCode, ExpectedError

CONNECT_S = 5.0
HEAD_S = 8.0
"""For the whole answer up to its body, however slowly it drips."""
HEAD_BYTES = 32 * 1024
_PIECE_BYTES = 64 * 1024
_CHUNK_LINE_BYTES = 256
_REFUSED = {401: ErrorCode.CAMERA_REFUSED, 503: ErrorCode.CAMERA_BUSY}
_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer: its status and its headers in small letters; the first counts."""

    status: int
    headers: dict[str, str]
    challenges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HttpStream:
    """An open stream: the boundary of its parts, and its bytes as they come."""

    boundary: bytes
    pieces: Iterator[bytes]


@contextmanager
def open_http(url: SplitResult) -> Iterator[HttpStream]:
    """Connect and ask for the stream, with user and password of the URL where they are wanted.

    Raises ExpectedError: CAMERA_MISSING when nobody answers, CAMERA_REFUSED for a wrong
    password or anything but a stream of JPEG parts, CAMERA_BUSY when the camera says so.
    """
    connection, answer, rest = _asked(url, "")
    if answer.status == 401 and url.username is not None:
        connection.close()
        connection, answer, rest = _asked(url, _authorization(url, answer.challenges))
    with connection:
        if answer.status != 200:
            raise ExpectedError(_REFUSED.get(answer.status, ErrorCode.CAMERA_REFUSED))
        boundary = _boundary(answer.headers.get("content-type", ""))
        connection.settimeout(None)  # the parent judges silence, and ends this process
        pieces = _pieces(connection, rest)
        if answer.headers.get("transfer-encoding", "").lower() == "chunked":
            pieces = _unchunked(pieces)
        yield HttpStream(boundary, pieces)


def _asked(url: SplitResult, authorization: str) -> tuple[socket.socket, Answer, bytes]:
    host = url.hostname or ""
    try:
        connection = socket.create_connection((host, url.port or 80), CONNECT_S)
    except (OSError, UnicodeError) as error:
        raise ExpectedError(ErrorCode.CAMERA_MISSING) from error
    try:
        connection.sendall(_request(url, host, authorization))
        answer, rest = _head(connection)
    except OSError as error:
        connection.close()
        raise ExpectedError(ErrorCode.CAMERA_MISSING) from error
    except ExpectedError:
        connection.close()
        raise
    return connection, answer, rest


def _target(url: SplitResult) -> str:
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


def _request(url: SplitResult, host: str, authorization: str) -> bytes:
    named = f"[{host}]" if ":" in host else host
    lines = [
        f"GET {_target(url)} HTTP/1.0",
        f"Host: {named}:{url.port or 80}",
        "User-Agent: EdemaDesk",
        "Accept: multipart/x-mixed-replace",
        "Connection: close",
    ]
    if authorization:
        lines.append(f"Authorization: {authorization}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _head(connection: socket.socket) -> tuple[Answer, bytes]:
    until_s = time.monotonic() + HEAD_S
    got = b""
    while (found := re.search(rb"\r?\n\r?\n", got)) is None:
        left_s = until_s - time.monotonic()
        if left_s <= 0 or len(got) > HEAD_BYTES:
            raise ExpectedError(ErrorCode.CAMERA_REFUSED)
        connection.settimeout(left_s)
        piece = connection.recv(_PIECE_BYTES)
        if not piece:
            raise ExpectedError(ErrorCode.CAMERA_REFUSED)
        got += piece
    return _parsed(got[: found.start()].decode("latin-1")), got[found.end() :]


def _parsed(head: str) -> Answer:
    first, *lines = head.splitlines()
    status = re.match(r"(?:HTTP/1\.[01]|ICY) ([0-9]{3})(?: |$)", first)
    if status is None:
        raise ExpectedError(ErrorCode.CAMERA_REFUSED)
    headers: dict[str, str] = {}
    challenges = []
    for line in lines:
        name, _, value = line.partition(":")
        name = name.strip().lower()
        if name == "www-authenticate":
            challenges.append(value.strip())
        headers.setdefault(name, value.strip())
    return Answer(int(status[1]), headers, tuple(challenges))


def _boundary(content_type: str) -> bytes:
    kind, _, rest = content_type.partition(";")
    found = re.search(r'boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))', rest, re.IGNORECASE)
    if not kind.strip().lower().startswith("multipart/") or found is None:
        raise ExpectedError(ErrorCode.CAMERA_REFUSED)
    return (found[1] or found[2]).encode("latin-1", "replace")


def _pieces(connection: socket.socket, rest: bytes) -> Iterator[bytes]:
    if rest:
        yield rest
    while piece := connection.recv(_PIECE_BYTES):
        yield piece


def _unchunked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What is in the chunks. A chunk of size 0, or a line that is no size, ends it."""
    held, left = b"", 0
    for piece in pieces:
        held += piece
        while held:
            if left:
                yield held[:left]
                took = min(left, len(held))
                held, left = held[took:], left - took
                continue
            line = re.match(rb"(?:\r\n)?([0-9a-fA-F]{1,7})[^\r\n]{0,200}\r\n", held)
            if line is None:
                if len(held) >= _CHUNK_LINE_BYTES:
                    return
                break  # the rest of the line is on its way
            held, left = held[line.end() :], int(line[1], 16)
            if left == 0:
                return


def _authorization(url: SplitResult, challenges: tuple[str, ...]) -> str:
    """What to answer to a server that asks who is there: Digest before Basic."""
    user, password = unquote(url.username or ""), unquote(url.password or "")
    for challenge in challenges:
        scheme, _, rest = challenge.partition(" ")
        if scheme.lower() == "digest":
            answer = _digest(url, user, password, _fields(rest))
            if answer:
                return answer
    for challenge in challenges:
        if challenge.lower().startswith("basic"):
            pair = f"{user}:{password}".encode()
            return "Basic " + base64.b64encode(pair).decode("ascii")
    raise ExpectedError(ErrorCode.CAMERA_REFUSED)


def _fields(text: str) -> dict[str, str]:
    found = re.findall(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', text)
    return {name.lower(): quoted or plain for name, quoted, plain in found}


def _digest(url: SplitResult, user: str, password: str, asked: dict[str, str]) -> str:
    """RFC 7616 for one request; "" for what is not understood."""
    algorithm = asked.get("algorithm", "MD5").upper()
    make = _HASHES.get(algorithm)
    offered = [q.strip() for q in asked.get("qop", "").split(",") if q.strip()]
    if make is None or "nonce" not in asked or (offered and "auth" not in offered):
        return ""

    def hashed(*parts: str) -> str:
        return make(":".join(parts).encode()).hexdigest()

    realm, nonce, target = asked.get("realm", ""), asked["nonce"], _target(url)
    who, what = hashed(user, realm, password), hashed("GET", target)
    fields = {"username": user, "realm": realm, "nonce": nonce, "uri": target}
    bare = {"algorithm": algorithm}
    if offered:
        client = secrets.token_hex(8)
        bare |= {"qop": "auth", "nc": "00000001"}
        fields |= {"cnonce": client}
        fields["response"] = hashed(who, nonce, "00000001", client, "auth", what)
    else:
        fields["response"] = hashed(who, nonce, what)
    if "opaque" in asked:
        fields["opaque"] = asked["opaque"]
    quoted = [f'{name}="{value}"' for name, value in fields.items()]
    return "Digest " + ", ".join([*quoted, *(f"{name}={value}" for name, value in bare.items())])
