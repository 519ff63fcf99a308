"""What is recorded is what is read back: packets to the byte, times to the millisecond."""

import hashlib
import io
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.jpeg import decode_packet
from edema_desk.media.decode import open_clip
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.recording.clock import TakeClock
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder, RecordedClip
from edema_desk.media.sealed import SealedWriter
from edema_desk.media.sources import open_source
from tests.media.media_clips import UNEVEN, corners, picture

SIZE = (96, 64)


@pytest.fixture
def library(tmp_path: Path) -> ClipLibrary:
    return library_in(tmp_path)


def library_in(folder: Path) -> ClipLibrary:
    (folder / "clips").mkdir(exist_ok=True)
    return ClipLibrary(folder / "clips", CaptureKeys(folder / "keys", bytes(32)))


def packets(count: int) -> list[bytes]:
    return [encode_packet(picture(*SIZE, number)) for number in range(count)]


def record(library: ClipLibrary, times_ms: Sequence[float], made: Sequence[bytes]) -> RecordedClip:
    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
    for t_ms, packet in zip(times_ms, made, strict=True):
        recorder.write_packet(t_ms, packet)
    return recorder.finish()


def plain_bytes(source: ClipSource) -> bytes:
    with open_source(source) as file:
        return file.read() or b""


def frames(source: ClipSource) -> list[Frame]:
    with open_clip(source, EVERY_FRAME) as clip:
        return list(clip.frames)


@settings(max_examples=12)
@given(st.lists(st.integers(1, 4000), min_size=1, max_size=12))
def test_packets_and_times_come_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, gaps: list[int]
) -> None:
    library = library_in(tmp_path_factory.mktemp("take"))
    times_ms = [float(sum(gaps[:n])) for n in range(len(gaps))]
    made = packets(len(gaps))
    recorded = record(library, times_ms, made)
    plain = plain_bytes(library.clip("c1"))
    with av.open(io.BytesIO(plain), "r") as container:
        kept = [bytes(packet) for packet in container.demux(video=0) if packet.size]
    assert kept == made
    assert [frame.t_ms for frame in frames(library.clip("c1"))] == times_ms
    assert recorded == RecordedClip(
        hashlib.sha256(plain).hexdigest(), len(plain), times_ms[-1], len(made)
    )


def test_a_packet_read_back_shows_the_pixels_it_showed_on_its_way(library: ClipLibrary) -> None:
    made = packets(len(UNEVEN))
    record(library, UNEVEN, made)
    for frame, packet in zip(frames(library.clip("c1")), made, strict=True):
        assert np.array_equal(frame.image, decode_packet(packet))


@pytest.mark.parametrize("sampling", [0x111111, 0x211111, 0x221111, 0x411111])
def test_cameras_pack_colour_in_several_ways(library: ClipLibrary, sampling: int) -> None:
    options = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling)
    bgr = np.ascontiguousarray(picture(*SIZE, 3)[..., ::-1])
    packet = cv2.imencode(".jpg", bgr, options)[1].tobytes()
    record(library, [0.0, 33.0], [packet, packet])
    assert [corners(frame.image) for frame in frames(library.clip("c1"))] == ["RGBW"] * 2


def test_pictures_are_encoded_and_keep_their_times(library: ClipLibrary) -> None:
    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=False)
    pictures = [smooth(number) for number in range(len(UNEVEN))]
    for t_ms, image in zip(UNEVEN, pictures, strict=True):
        recorder.write_image(t_ms, image)
    assert recorder.frames == len(UNEVEN)
    recorder.finish()
    got = frames(library.clip("c1"))
    assert tuple(frame.t_ms for frame in got) == UNEVEN
    for frame, image in zip(got, pictures, strict=True):
        assert np.abs(frame.image.astype(int) - image.astype(int)).mean() < 2.0
    with open_clip(library.clip("c1")) as clip:
        assert (clip.facts.container, clip.facts.codec) == ("matroska", "mjpeg")
        assert abs(clip.facts.duration_ms - UNEVEN[-1]) <= 1.0


def smooth(number: int) -> Image:
    """A picture that 4:2:0 can hold, another colour for each number."""
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    planes = [rows * 2 + number * 5, columns + 60, (rows + columns) // 2 + 40]
    return np.ascontiguousarray(np.stack(planes, axis=2), np.uint8)


def test_the_first_time_is_the_zero_of_the_file(library: ClipLibrary) -> None:
    recorded = record(library, [500.0, 540.0], packets(2))
    assert recorded.duration_ms == 40.0
    assert [frame.t_ms for frame in frames(library.clip("c1"))] == [0.0, 40.0]


def test_a_recording_without_a_picture_is_an_empty_clip(library: ClipLibrary) -> None:
    assert record(library, [], []).frames == 0
    with pytest.raises(ExpectedError) as caught:
        frames(library.clip("c1"))
    assert caught.value.code is ErrorCode.CLIP_EMPTY


def test_what_does_not_belong_in_the_clip_is_a_mistake(library: ClipLibrary) -> None:
    sink = library.record("c1")
    recorder = ClipRecorder(sink, *SIZE, packets=True)
    made = packets(1)[0]
    recorder.write_packet(0.0, made)
    for t_ms in (0.0, -1.0, 5.5):
        with pytest.raises(ValueError, match="times"):
            recorder.write_packet(t_ms, made)
    with pytest.raises(ValueError, match="pictures"):
        recorder.write_image(1.0, picture(*SIZE, 0))
    recorder.cut()
    other = ClipRecorder(library.record("c2"), *SIZE, packets=False)
    with pytest.raises(ValueError, match="pictures"):
        other.write_packet(0.0, made)
    with pytest.raises(ValueError, match="size"):
        other.write_image(0.0, picture(SIZE[1], SIZE[0], 0))
    other.cut()


def test_a_clip_is_recorded_once(library: ClipLibrary) -> None:
    record(library, [0.0], packets(1))
    with pytest.raises(ValueError, match="once"):
        library.record("c1")
    sink = library.record("c2")
    with pytest.raises(ValueError, match="once"):
        library.record("c2")
    sink.abandon()
    library.record("c2").abandon()


def test_a_discarded_recording_leaves_nothing(tmp_path: Path, library: ClipLibrary) -> None:
    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
    recorder.write_packet(0.0, packets(1)[0])
    recorder.sync()
    recorder.cut()
    assert library.unfinished() == ("c1",)
    library.erase("c1")
    assert list((tmp_path / "clips").iterdir()) == []
    assert library.unfinished() == ()


def test_the_key_is_on_the_disk_before_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: ClipLibrary
) -> None:
    told: list[str] = []
    really, opens = os.fsync, os.open

    def name_of(descriptor: int) -> str:
        found = os.fstat(descriptor).st_ino
        places = [tmp_path, tmp_path / "clips", *tmp_path.rglob("*")]
        return next((p.name for p in places if p.exists() and p.stat().st_ino == found), "?")

    def fsync(descriptor: int) -> None:
        told.append(f"fsync {name_of(descriptor)}")
        really(descriptor)

    def opened(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith(".part"):
            told.append("open part")
        return opens(path, flags, mode)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "open", opened)
    sink = library.record("c1")
    monkeypatch.undo()
    sink.abandon()
    begun = told.index("open part")
    assert "fsync keys" in told[:begun]
    assert f"fsync {tmp_path.name}" in told[:begun]
    assert told[begun + 1 :] == ["fsync c1.clip.part", "fsync clips"]


def test_bytes_reach_the_system_without_waiting_for_the_disk(
    tmp_path: Path, library: ClipLibrary
) -> None:
    """What a killed program leaves: everything but the last 200 ms and the picture held."""
    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
    part = tmp_path / "clips" / "c1.clip.part"
    sizes = []
    for number, packet in enumerate(packets(20)):
        recorder.write_packet(50.0 * number, packet)
        sizes.append(part.stat().st_size)
    recorder.cut()
    grew = [n for n in range(1, 20) if sizes[n] > sizes[n - 1]]
    assert grew == [4, 8, 12, 16]


def test_a_disk_that_fails_is_told(library: ClipLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, last: bool) -> int:
        raise OSError(5, "Input/output error")

    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
    made = packets(3)
    recorder.write_packet(0.0, made[0])
    monkeypatch.setattr(SealedWriter, "_put_chunk", gone)
    recorder.write_packet(100.0, made[1])
    with pytest.raises(ExpectedError) as caught:
        recorder.write_packet(300.0, made[2])
    assert caught.value.code is ErrorCode.DISK_FAILED
    recorder.cut()
    assert library.unfinished() == ("c1",)


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=30))
def test_stamps_are_whole_and_grow_and_stay_true(steps_ns: list[int]) -> None:
    clock = TakeClock()
    t_ns = 5_000_000_123
    stamps, truths = [], []
    for step_ns in steps_ns:
        truths.append(t_ns)
        stamps.append(clock.stamp(t_ns))
        t_ns += step_ns
    assert stamps[0] == 0.0
    assert all(stamp == round(stamp) for stamp in stamps)
    assert all(b > a for a, b in pairwise(stamps))
    for number, (stamp, truth) in enumerate(zip(stamps, truths, strict=True)):
        assert abs(stamp - (truth - truths[0]) / 1e6) <= 0.5 + number


def test_stamps_after_a_burst_are_true_again() -> None:
    clock = TakeClock()
    burst = [clock.stamp(t_ns) for t_ns in (0, 100_000, 200_000)]
    assert burst == [0.0, 1.0, 2.0]
    assert clock.stamp(40_400_000) == 40.0
