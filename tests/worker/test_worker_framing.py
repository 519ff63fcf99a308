"""Messages: what is written is read, and nothing else is taken for one."""

import io
import json
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.worker.protocol import framing
from edema_desk.worker.protocol.framing import (
    Message,
    ProtocolError,
    read_message,
    write_message,
)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
messages = st.builds(
    Message,
    kind=st.text(),
    number=st.integers(0, 2**40),
    fields=st.dictionaries(st.text(), json_values, max_size=5),
    blobs=st.lists(st.binary(max_size=300), max_size=5).map(tuple),
)


def written(*several: Message) -> bytes:
    stream = io.BytesIO()
    for message in several:
        write_message(stream, message)
    return stream.getvalue()


class Trickle(io.RawIOBase):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._source = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._source.read(min(size, 3) if size > 4 else size)


@given(st.lists(messages, max_size=4))
def test_what_is_written_is_read(several: list[Message]) -> None:
    stream = cast(BinaryIO, Trickle(written(*several)))
    assert [read_message(stream) for _ in several] == several
    assert read_message(stream) is None


@given(messages, st.data())
def test_cut_anywhere_it_is_no_message(message: Message, data: st.DataObject) -> None:
    whole = written(message)
    end = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(ProtocolError):
        read_message(io.BytesIO(whole[:end]))


@given(st.binary(min_size=1, max_size=400))
def test_anything_else_is_refused(noise: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_message(io.BytesIO(noise))


@given(messages, st.data())
def test_a_changed_byte_is_a_message_or_refused_but_never_a_bug(
    message: Message, data: st.DataObject
) -> None:
    whole = bytearray(written(message))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    stream = io.BytesIO(bytes(whole))
    try:
        while read_message(stream) is not None:
            pass
    except ProtocolError:
        pass


def header(**changes: Any) -> bytes:
    whole = {"version": framing.VERSION, "kind": "k", "number": 1, "fields": {}, "blobs": []}
    text = json.dumps(whole | changes).encode()
    return len(text).to_bytes(4, "little") + text


@pytest.mark.parametrize(
    "changes",
    [
        {"version": framing.VERSION + 1},
        {"version": None},
        {"kind": 3},
        {"number": "1"},
        {"number": True},
        {"fields": []},
        {"blobs": {}},
        {"blobs": [-1]},
        {"blobs": [1.0]},
        {"blobs": [True]},
        {"blobs": [framing.LARGEST_BLOBS_BYTES + 1]},
        {"blobs": [2**62]},
        {"blobs": [0] * (framing.MOST_BLOBS + 1)},
    ],
)
def test_a_header_that_is_none(changes: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        read_message(io.BytesIO(header(**changes)))


def test_the_header_before_changes_is_one() -> None:
    assert read_message(io.BytesIO(header())) == Message("k", 1)


def test_an_announced_length_alone_reserves_no_memory() -> None:
    """The stream ends long before 500 MB: asked for in pieces, it is refused at once."""
    largest = 0

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal largest
            largest = max(largest, size or 0)
            return super().read(size)

    with pytest.raises(ProtocolError):
        read_message(Watched(header(blobs=[500_000_000]) + b"few"))
    assert largest <= 10_000_000


def test_a_deep_header_is_refused() -> None:
    text = b'{"fields": ' + b"[" * 100_000
    with pytest.raises(ProtocolError):
        read_message(io.BytesIO(len(text).to_bytes(4, "little") + text))


@pytest.mark.parametrize(
    "message",
    [
        Message("k", 1, {"value": float("nan")}),
        Message("k", 1, {"value": b"bytes"}),
        Message("k", 1, {"value": "x" * (framing.LARGEST_HEADER_BYTES + 1)}),
        Message("k", 1, {}, (b"",) * (framing.MOST_BLOBS + 1)),
    ],
    ids=["not a number", "bytes", "too large", "too many"],
)
def test_nothing_is_written_that_would_be_refused(message: Message) -> None:
    stream = io.BytesIO()
    with pytest.raises(ProtocolError):
        write_message(stream, message)
    assert stream.getvalue() == b""
