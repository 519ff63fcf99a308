"""Messages between the decoder process and its parent: a JSON header, then raw bytes.

A header is preceded by its length in four bytes, little-endian. How many bytes follow it is
said by the header itself and checked by who reads. Nothing is unpickled.
"""

import io
import json
import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

VERSION = 1
HEADER_LIMIT_BYTES = 64 * 1024
_LENGTH_BYTES = 4


class BadMessageError(Exception):
    """The other side ended within a message or sent what is none."""


def send(descriptor: int, header: dict[str, Any], body: memoryview | None = None) -> None:
    """Write one message, waiting as long as the other side needs."""
    text = json.dumps(header).encode()
    _write(descriptor, memoryview(len(text).to_bytes(_LENGTH_BYTES, "little") + text))
    if body is not None:
        _write(descriptor, body)


def receive(pipe: io.RawIOBase) -> dict[str, Any]:
    """Read one header. Raises BadMessageError."""
    length = int.from_bytes(_read(pipe, _LENGTH_BYTES), "little")
    if not 0 < length <= HEADER_LIMIT_BYTES:
        raise BadMessageError(f"a header of {length} bytes")
    try:
        header = json.loads(_read(pipe, length))
    except ValueError as error:
        raise BadMessageError("a header that is not JSON") from error
    if not isinstance(header, dict):
        raise BadMessageError("a header that is not an object")
    return header


def receive_into(pipe: io.RawIOBase, array: NDArray[np.uint8]) -> None:
    """Fill a contiguous array with the bytes that follow a header. Raises BadMessageError."""
    _fill(pipe, array.reshape(-1).data)


def _read(pipe: io.RawIOBase, size: int) -> bytes:
    data = bytearray(size)
    _fill(pipe, memoryview(data))
    return bytes(data)


def _fill(pipe: io.RawIOBase, view: memoryview) -> None:
    while view:
        count = pipe.readinto(view)
        if not count:
            raise BadMessageError("the other side ended")
        view = view[count:]


def _write(descriptor: int, data: memoryview) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
