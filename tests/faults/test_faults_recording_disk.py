"""V3, V6: the disk is full while recording; clips are altered, missing or exchanged."""

import contextlib
import os
import random
import time
from pathlib import Path

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.decode import open_clip
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder
from tests.faults.disks import needs_mounts, small_disk
from tests.faults.endless_recording import SIZE, library_in, noisy_pictures

FPS = 30
DISK_KB = 4096
MUTATED = 100


@pytest.fixture(scope="module")
def packets() -> list[bytes]:
    return [encode_packet(image) for image in noisy_pictures(8)]


def times_ms(library: ClipLibrary, capture_id: str) -> list[float]:
    with open_clip(library.clip(capture_id), EVERY_FRAME) as clip:
        return [frame.t_ms for frame in clip.frames]


def record_until_full(recorder: ClipRecorder, packets: list[bytes]) -> tuple[float, float]:
    """The time of the last picture given, and how long it took to be told and to stop."""
    last_ms = began_s = 0.0

    def record() -> None:
        nonlocal last_ms, began_s
        for number in range(100_000):
            last_ms, began_s = float(round(number * 1000 / FPS)), time.monotonic()
            recorder.write_packet(last_ms, packets[number % len(packets)])
            if number % FPS == FPS - 1:
                recorder.sync()

    with pytest.raises(ExpectedError) as caught:
        record()
    assert caught.value.code is ErrorCode.DISK_FULL
    recorder.cut()
    return last_ms, time.monotonic() - began_s


def fill(file: Path) -> None:
    """Until nothing more goes in."""
    with file.open("wb", buffering=0) as others, contextlib.suppress(OSError):
        while True:
            others.write(bytes(4096))


@needs_mounts
@pytest.mark.parametrize("filled_kb", [0, 3000, 3700, 3999])
def test_a_full_disk(tmp_path: Path, packets: list[bytes], filled_kb: int) -> None:
    """It is told at once, and what was recorded is recovered while the disk is still full."""
    with small_disk(tmp_path / "disk", DISK_KB) as disk:
        library = library_in(disk)
        recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
        (disk / "others").write_bytes(bytes(filled_kb * 1024))
        last_ms, took_s = record_until_full(recorder, packets)
        assert took_s < 1.0
        left = os.statvfs(disk)
        assert left.f_bavail * left.f_frsize < 256 * 1024
        found = library.recover_clip("c1")
        if found is None:
            assert last_ms < 250.0  # full before the first piece was handed over
            return
        shown = times_ms(library, "c1")
        assert len(shown) == found.frames
        assert last_ms - shown[-1] <= 1000.0
        library.verify_clip("c1", found.sha256)


@needs_mounts
def test_others_fill_the_disk_meanwhile(tmp_path: Path, packets: list[bytes]) -> None:
    with small_disk(tmp_path / "disk", DISK_KB) as disk:
        library = library_in(disk)
        recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
        for number in range(20):
            recorder.write_packet(33.0 * number, packets[number % len(packets)])
        fill(disk / "others")
        with pytest.raises(ExpectedError) as caught:
            recorder.sync()
        assert caught.value.code is ErrorCode.DISK_FULL
        recorder.cut()
        found = library.recover_clip("c1")
        assert found is not None
        assert found.frames >= 13  # handed over before


@pytest.fixture(scope="module")
def recorded(
    tmp_path_factory: pytest.TempPathFactory, packets: list[bytes]
) -> tuple[Path, ClipLibrary, dict[str, str]]:
    """Two clips of two seconds and their hashes."""
    folder = tmp_path_factory.mktemp("altered")
    library = library_in(folder)
    hashes = {}
    for capture_id, offset in (("c1", 0), ("c2", 3)):
        recorder = ClipRecorder(library.record(capture_id), *SIZE, packets=True)
        for number in range(60):
            recorder.write_packet(33.0 * number, packets[(number + offset) % len(packets)])
            if number % FPS == FPS - 1:
                recorder.sync()
        hashes[capture_id] = recorder.finish().sha256
    return folder / "clips", library, hashes


def noticed(library: ClipLibrary, capture_id: str, sha256: str) -> set[ErrorCode]:
    """What both the check of a whole clip and its decoding say; a miss fails the test."""
    said = set()
    with pytest.raises(ExpectedError) as caught:
        library.verify_clip(capture_id, sha256)
    said.add(caught.value.code)
    with pytest.raises(ExpectedError) as caught:
        times_ms(library, capture_id)
    said.add(caught.value.code)
    return said


def mutated(whole: bytes, rng: random.Random) -> bytes:
    """The same file, one thing changed."""
    at = rng.randrange(len(whole))
    size = rng.randint(1, min(200, len(whole) - at))
    kind = rng.randrange(6)
    if kind <= 1:
        return whole[:at] + bytes([whole[at] ^ rng.randint(1, 255)]) + whole[at + 1 :]
    if kind == 2:
        return whole[:at]
    if kind == 3:
        return whole[:at] + whole[at + size :]
    if kind == 4:
        return whole[:at] + whole[at : at + size] + whole[at:]
    return whole + rng.randbytes(size)


def test_every_altered_clip_is_noticed(
    recorded: tuple[Path, ClipLibrary, dict[str, str]],
) -> None:
    folder, library, hashes = recorded
    path = folder / "c1.clip"
    whole = path.read_bytes()
    rng = random.Random(100)
    try:
        for number in range(MUTATED):
            changed = mutated(whole, rng)
            assert changed != whole
            path.write_bytes(changed)
            said = noticed(library, "c1", hashes["c1"])
            assert said == {ErrorCode.SEALED_ALTERED}, number
    finally:
        path.write_bytes(whole)
    library.verify_clip("c1", hashes["c1"])


def test_a_missing_clip_and_two_exchanged_are_noticed(
    recorded: tuple[Path, ClipLibrary, dict[str, str]],
) -> None:
    folder, library, hashes = recorded
    one, two, aside = folder / "c1.clip", folder / "c2.clip", folder / "aside"
    one.rename(aside)
    assert noticed(library, "c1", hashes["c1"]) == {ErrorCode.CLIP_GONE}
    two.rename(one)
    aside.rename(two)
    for capture_id, sha256 in hashes.items():
        assert noticed(library, capture_id, sha256) == {ErrorCode.SEALED_ALTERED}
    one.rename(aside)
    two.rename(one)
    aside.rename(two)
    with pytest.raises(ExpectedError):
        library.verify_clip("c1", hashes["c2"])
    for capture_id, sha256 in hashes.items():
        library.verify_clip(capture_id, sha256)
