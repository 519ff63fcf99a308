"""One message on a stream: a length, a JSON header, and the bytes that belong to it.

    4 bytes   length of the header, little-endian
    header    {"version", "kind", "number", "fields", "blobs": [length, ...]}
    blobs     one after the other

Nothing is unpickled, and nothing is allocated before its length was checked. Who reads believes
nothing: whatever is not a message ends in `ProtocolError`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

VERSION = 1
LARGEST_HEADER_BYTES = 4_000_000
LARGEST_BLOBS_BYTES = 512_000_000
MOST_BLOBS = 8192
_LENGTH_BYTES = 4
_PIECE_BYTES = 1 << 23
"""A picture of 1080p in one piece: no time goes into putting it together."""


class ProtocolError(Exception):
    """What was read is not a message of this version. Never leaves `worker`."""


@dataclass(frozen=True, slots=True)
class Message:
    """`number` is that of the request it belongs to. `fields` hold what JSON can."""

    kind: str
    number: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    blobs: tuple[bytes, ...] = ()


def write_message(stream: BinaryIO, message: Message) -> None:
    """Write and flush one message. Raises ProtocolError where it would be refused."""
    header = {
        "version": VERSION,
        "kind": message.kind,
        "number": message.number,
        "fields": message.fields,
        "blobs": [len(blob) for blob in message.blobs],
    }
    try:
        text = json.dumps(header, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ProtocolError("a field that JSON does not hold") from error
    if len(text) > LARGEST_HEADER_BYTES:
        raise ProtocolError("the header is too large")
    _check_blobs(header["blobs"])
    stream.write(len(text).to_bytes(_LENGTH_BYTES, "little") + text)
    for blob in message.blobs:
        stream.write(blob)
    stream.flush()


def read_message(stream: BinaryIO) -> Message | None:
    """The next message; None where the stream ends between two. Raises ProtocolError."""
    first = stream.read(_LENGTH_BYTES)
    if not first:
        return None
    size = int.from_bytes(first, "little")
    if len(first) < _LENGTH_BYTES or not 0 < size <= LARGEST_HEADER_BYTES:
        raise ProtocolError("not the length of a header")
    header = _parse_header(_read(stream, size))
    blobs = tuple(_read(stream, length) for length in header["blobs"])
    return Message(header["kind"], header["number"], header["fields"], blobs)


def _parse_header(text: bytes) -> Mapping[str, Any]:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header is not JSON") from error
    if not isinstance(header, dict) or header.get("version") != VERSION:
        raise ProtocolError("not a header of this version")
    if not isinstance(header.get("kind"), str) or not isinstance(header.get("fields"), dict):
        raise ProtocolError("a header without kind or fields")
    if type(header.get("number")) is not int:
        raise ProtocolError("a header without a number")
    _check_blobs(header.get("blobs"))
    return header


def _check_blobs(lengths: object) -> None:
    if not isinstance(lengths, list) or len(lengths) > MOST_BLOBS:
        raise ProtocolError("not a list of lengths")
    if any(type(length) is not int or length < 0 for length in lengths):
        raise ProtocolError("not a length")
    if sum(lengths) > LARGEST_BLOBS_BYTES:
        raise ProtocolError("more bytes than a message may carry")


def _read(stream: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes, asked for in pieces: a length alone reserves little memory."""
    first = stream.read(min(size, _PIECE_BYTES))
    if len(first) == size:
        return first
    data = bytearray(first)
    while len(data) < size:
        piece = stream.read(min(size - len(data), _PIECE_BYTES)) if data else b""
        if not piece:
            raise ProtocolError("the stream ended within a message")
        data += piece
    return bytes(data)
