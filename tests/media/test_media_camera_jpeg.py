"""Packets of cameras: which are whole, and that they show the same on their way and in a file."""

import random
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.jpeg import (
    MAX_PACKET_BYTES,
    PacketDecoder,
    decode_packet,
    packet_size,
    whole_packet,
)
from tests.media.media_clips import corners, frames_of, picture


def jpeg(width: int = 96, height: int = 64, number: int = 0, **flags: int) -> bytes:
    """A packet as a camera makes it."""
    options = [int(v) for k, value in flags.items() for v in (getattr(cv2, k), value)]
    image = cv2.cvtColor(picture(width, height, number), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", image, options)[1].tobytes()


def without_tables(packet: bytes) -> bytes:
    """As webcams leave it: no Huffman tables, since everybody knows the usual ones."""
    out, at = bytearray(packet[:2]), 2
    while packet[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(packet[at + 2 : at + 4], "big")
        if packet[at + 1] != 0xC4:
            out += packet[at:end]
        at = end
    return bytes(out + packet[at:])


def write_packets(path: Path, packets: list[bytes], size: tuple[int, int]) -> Path:
    """A Matroska file that holds the packets unchanged."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream("mjpeg", rate=25)
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p"
        stream.time_base = Fraction(1, 1000)
        for number, data in enumerate(packets):
            packet = av.Packet(data)
            packet.stream = stream
            packet.pts = packet.dts = 40 * number
            packet.time_base = Fraction(1, 1000)
            output.mux(packet)
    return path


@pytest.mark.parametrize("sampling", [cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420, 0x211111, 0x111111])
@pytest.mark.parametrize("size", [(96, 64), (98, 66), (1280, 720)])
def test_the_same_packet_gives_the_same_pixels_on_its_way_and_in_a_file(
    tmp_path: Path, size: tuple[int, int], sampling: int
) -> None:
    packets = [jpeg(*size, n, IMWRITE_JPEG_SAMPLING_FACTOR=sampling) for n in range(4)]
    packets[2] = without_tables(packets[2])
    decoder = PacketDecoder()
    live = [decoder.decode(packet) for packet in packets]
    kept = frames_of(write_packets(tmp_path / "clip.mkv", packets, size))
    assert len(kept) == 4
    for packet, ours, read in zip(packets, live, kept, strict=True):
        assert np.array_equal(ours, read.image)
        assert np.array_equal(decode_packet(packet), read.image)


def test_a_packet_without_huffman_tables_decodes() -> None:
    bare = without_tables(jpeg())
    assert len(bare) < len(jpeg()) - 300
    assert np.array_equal(decode_packet(bare), decode_packet(jpeg()))
    assert whole_packet(bare) == bare


@pytest.mark.parametrize("shrink", [2, 4, 8])
def test_a_shrunk_picture_shows_the_same(shrink: int) -> None:
    small = decode_packet(jpeg(320, 192), shrink=shrink)
    assert small.shape == (192 // shrink, 320 // shrink, 3)
    assert corners(small) == "RGBW"


def test_padding_of_the_driver_is_cut_off() -> None:
    packet = jpeg()
    assert whole_packet(packet) == packet
    assert whole_packet(packet + bytes(1000)) == packet
    assert whole_packet(packet[:-2]) is None
    assert whole_packet(packet[: len(packet) // 2] + bytes(500)) is None


def test_an_end_mark_before_the_picture_is_none_of_the_pictures() -> None:
    """A preview within the header ends with a mark of its own."""
    packet = jpeg()
    inner = b"\xff\xe1" + (2 + 4).to_bytes(2, "big") + b"\xff\xd8\xff\xd9"
    nested = packet[:2] + inner + packet[2:]
    assert whole_packet(nested) == nested
    assert whole_packet(nested[:-2]) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        b"hello" * 100,
        b"\xff\xd8" + b"\xff" * 1000,
        b"\xff\xd8\xff\xe0\x00\x00" * 50,
        b"\xff\xd8\xff\xda\x00\x08" + bytes(50) + b"\xff\xd9",
        jpeg(4097, 8),
    ],
)
def test_what_is_no_packet(data: bytes) -> None:
    assert whole_packet(data) is None
    assert packet_size(data) is None


def test_a_packet_beyond_every_size_is_not_looked_at() -> None:
    assert whole_packet(jpeg() + bytes(MAX_PACKET_BYTES)) is None


def test_the_size_is_told_by_the_header() -> None:
    assert packet_size(jpeg(130, 70)) == (130, 70)


def test_damaged_packets_are_refused_or_decoded_and_nothing_else() -> None:
    whole, rng = jpeg(320, 240), random.Random(1)
    codes = []
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(rng.randrange(1, 20)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        if rng.random() < 0.3:
            del broken[rng.randrange(len(broken)) :]
        whole_packet(bytes(broken))
        try:
            assert decode_packet(bytes(broken)).ndim == 3
        except ExpectedError as error:
            codes.append(error.code)
    assert set(codes) == {ErrorCode.PICTURE_REFUSED}
    assert len(codes) > 20
    assert np.array_equal(decode_packet(whole), PacketDecoder().decode(whole))
