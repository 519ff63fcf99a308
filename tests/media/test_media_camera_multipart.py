"""The parts of a stream, however it is cut and whatever liberties a camera takes."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.media.cameras import multipart
from edema_desk.media.cameras.multipart import BadStreamError, PartReader
from tests.media.made_up_servers import packet, part

PICTURES = [packet(n) for n in range(4)]


def read(stream: bytes, cuts: list[int] | None = None, boundary: bytes = b"cut") -> list[bytes]:
    reader = PartReader(boundary)
    found: list[bytes] = []
    places = sorted({0, len(stream), *(c % (len(stream) + 1) for c in cuts or [])})
    for start, end in pairwise(places):
        found += reader.feed(stream[start:end])
    return found


@given(st.lists(st.booleans(), min_size=4, max_size=4), st.lists(st.integers(0, 10**6)))
def test_all_pictures_come_however_the_stream_is_cut(lengths: list[bool], cuts: list[int]) -> None:
    stream = b"".join(part(p, length=k) for p, k in zip(PICTURES, lengths, strict=True))
    assert read(stream + b"--cut--\r\n", cuts) == PICTURES


def test_byte_by_byte() -> None:
    stream = part(PICTURES[0]) + part(PICTURES[1], length=False)
    assert read(stream, list(range(len(stream)))) == PICTURES[:2]


def test_a_picture_without_a_length_does_not_wait_for_the_next() -> None:
    reader = PartReader(b"cut")
    stream = part(PICTURES[0], length=False)
    assert list(reader.feed(stream)) == [PICTURES[0]]
    assert list(reader.feed(stream)) == [PICTURES[0]]
    assert reader.damaged == 0


@pytest.mark.parametrize("boundary", [b"cut", b"--cut"])
@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
def test_the_liberties_cameras_take(boundary: bytes, newline: bytes) -> None:
    stream = b""
    for each in PICTURES:
        head = b"--cut" + newline + b"content-LENGTH : %d" % len(each) + newline + newline
        stream += head + each + newline
    assert read(b"preamble" + newline + stream, [5, 700, 9000], boundary) == PICTURES


def test_a_wrong_length_costs_one_picture() -> None:
    short = part(PICTURES[0]).replace(b"%d" % len(PICTURES[0]), b"%d" % (len(PICTURES[0]) - 9))
    reader = PartReader(b"cut")
    assert list(reader.feed(short + part(PICTURES[1]) + part(PICTURES[2]))) == PICTURES[1:3]
    assert reader.damaged == 1


def test_broken_pictures_are_counted_and_texts_are_not() -> None:
    reader = PartReader(b"cut")
    text = b"--cut\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello\r\n"
    stream = part(PICTURES[0][:-100]) + text + part(b"", length=False) + part(PICTURES[1])
    assert list(reader.feed(stream)) == [PICTURES[1]]
    assert reader.damaged == 1


@pytest.mark.parametrize(
    "stream",
    [
        b"x" * (multipart.BETWEEN_BYTES + 1),
        b"--cut\r\n" + b"A: b\r\n" * 2000,
        b"--cut\r\nContent-Length: 999999999\r\n\r\n",
    ],
)
def test_what_never_ends_is_ended(stream: bytes) -> None:
    with pytest.raises(BadStreamError):
        list(PartReader(b"cut").feed(stream))


def test_a_part_without_length_and_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "MAX_PACKET_BYTES", 50_000)
    reader = PartReader(b"cut")
    list(reader.feed(b"--cut\r\n\r\n"))
    with pytest.raises(BadStreamError):
        [list(reader.feed(b"y" * 10_000)) for _ in range(10)]


def test_garbage_gives_pictures_or_a_bad_stream_and_nothing_else() -> None:
    rng = random.Random(4)
    whole = b"".join(part(p, length=n % 2 == 0) for n, p in enumerate(PICTURES))
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(rng.randrange(1, 30)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        reader = PartReader(b"cut")
        try:
            for found in reader.feed(bytes(broken)):
                assert found.startswith(b"\xff\xd8")
        except BadStreamError:
            continue
