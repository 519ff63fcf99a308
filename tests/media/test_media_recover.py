"""A recording that broke off becomes a whole clip of what reached the disk."""

import errno
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.decode import open_clip
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.recording import recovery
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder, RecordedClip
from edema_desk.media.sealed import ADDED_LATER, HEADER, LAST, TAG_BYTES, WORD
from edema_desk.media.sources import sha256_of
from tests.media.media_clips import picture

SIZE = (96, 64)
GAP_MS = 50.0


def library_in(folder: Path) -> ClipLibrary:
    (folder / "clips").mkdir(exist_ok=True)
    return ClipLibrary(folder / "clips", CaptureKeys(folder / "keys", bytes(32)))


@pytest.fixture
def library(tmp_path: Path) -> ClipLibrary:
    return library_in(tmp_path)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "clips" / "c1.clip.part"


def broken_off(library: ClipLibrary, count: int = 40) -> None:
    """A recording that somebody cut after `count` pictures, GAP_MS apart."""
    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
    grain = np.random.default_rng(1).integers(0, 256, (count, SIZE[1], SIZE[0], 3), np.uint8)
    for number, image in enumerate(grain):
        recorder.write_packet(GAP_MS * number, encode_packet(image))
    recorder.cut()


def recovered(library: ClipLibrary) -> RecordedClip:
    found = library.recover_clip("c1")
    assert found is not None
    return found


def times_ms(source: ClipSource) -> list[float]:
    with open_clip(source, EVERY_FRAME) as clip:
        return [frame.t_ms for frame in clip.frames]


def chunk_ends(part: Path) -> list[int]:
    """Where chunks end, the header's end first."""
    data = part.read_bytes()
    ends = [HEADER.size]
    while ends[-1] < len(data):
        plain = WORD.unpack_from(data, ends[-1])[0] & ~(LAST | ADDED_LATER)
        ends.append(ends[-1] + WORD.size + plain + TAG_BYTES)
    assert ends[-1] == len(data)
    return ends


def test_what_was_cut_is_whole_again(tmp_path: Path, library: ClipLibrary, part: Path) -> None:
    broken_off(library)
    before = part.read_bytes()
    assert library.unfinished() == ("c1",)
    assert not library.has_clip("c1")
    found = recovered(library)
    assert library.unfinished() == ()
    assert [path.name for path in (tmp_path / "clips").iterdir()] == ["c1.clip"]
    assert (tmp_path / "clips" / "c1.clip").read_bytes()[: len(before)] == before
    assert times_ms(library.clip("c1")) == [GAP_MS * n for n in range(40)]
    assert found.frames == 40
    assert found.duration_ms == pytest.approx(GAP_MS * 39, abs=1.0)
    assert found.sha256 == sha256_of(library.clip("c1"))
    library.verify_clip("c1", found.sha256)


def test_one_that_has_its_place_is_found_there(library: ClipLibrary) -> None:
    """The program ended after the clip was whole, before anybody wrote that down."""
    broken_off(library)
    first = recovered(library)
    assert recovered(library) == first
    assert library.recover_clip("c2") is None


def test_wherever_it_broke_all_before_is_shown(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Torn at any byte, with any tail of zeros or noise behind it, as a power cut leaves it."""
    monkeypatch.setattr(recovery, "open_clip_from_outside", open_clip)  # a process less each time
    folder = tmp_path_factory.mktemp("torn")
    broken_off(library_in(folder))
    whole = (folder / "clips" / "c1.clip.part").read_bytes()
    ends = chunk_ends(folder / "clips" / "c1.clip.part")
    keys = (folder / "keys").read_bytes()

    @settings(max_examples=60)
    @given(
        st.integers(0, len(whole)),
        st.one_of(st.just(b""), st.binary(max_size=64), st.integers(1, 9000).map(bytes)),
    )
    def torn(place: int, tail: bytes) -> None:
        library = library_in(folder)
        (folder / "keys").write_bytes(keys)
        (folder / "clips" / "c1.clip").unlink(missing_ok=True)
        part = folder / "clips" / "c1.clip.part"
        part.write_bytes(whole[:place] + tail)
        chunks = sum(end <= place for end in ends) - 1
        found = library.recover_clip("c1")
        if found is None:
            assert chunks < 1
            assert part.exists()
            return
        shown = times_ms(library.clip("c1"))
        assert shown == [GAP_MS * n for n in range(found.frames)]
        handed_over_ms = 200.0 * chunks  # each chunk is handed over at a multiple of 200 ms
        assert found.frames == 40 or handed_over_ms - shown[-1] <= GAP_MS
        library.verify_clip("c1", found.sha256)

    torn()


def test_recovery_may_itself_be_interrupted(
    library: ClipLibrary, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(library)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for where in ("open_clip_from_outside", "sha256_of", "put_in_place"):
        with monkeypatch.context() as patch:
            patch.setattr(recovery, where, killed)
            with pytest.raises(KeyboardInterrupt):
                library.recover_clip("c1")
        assert library.unfinished() == ("c1",)
    ended = part.read_bytes()
    part.write_bytes(ended[:-7])  # killed while the end was written
    first = recovered(library)
    assert first.frames == 40
    assert recovered(library) == first


def test_an_end_that_was_written_but_not_named(library: ClipLibrary, part: Path) -> None:
    """Killed between the last byte and the name."""
    recorder = ClipRecorder(library.record("c1"), *SIZE, packets=True)
    for number in range(5):
        recorder.write_packet(GAP_MS * number, encode_packet(picture(*SIZE, number)))
    recorded = recorder.finish()
    part.with_name("c1.clip").rename(part)
    found = recovered(library)
    assert (found.sha256, found.frames) == (recorded.sha256, 5)


def test_the_added_end_shares_no_nonce_with_what_was_lost(library: ClipLibrary, part: Path) -> None:
    broken_off(library)
    data = part.read_bytes()
    ends = chunk_ends(part)
    part.write_bytes(data[: ends[-1] - 3])  # the last chunk lost its last bytes
    recovered(library)
    with part.with_name("c1.clip").open("rb") as file:
        file.seek(ends[-2])
        assert WORD.unpack(file.read(WORD.size))[0] == LAST | ADDED_LATER
        tag = file.read()
    assert len(tag) == TAG_BYTES
    for forged in (LAST, ADDED_LATER):
        path = part.with_name("c1.clip")
        path.write_bytes(data[: ends[-2]] + WORD.pack(forged) + tag)
        with pytest.raises(ExpectedError) as caught:
            times_ms(library.clip("c1"))
        assert caught.value.code is ErrorCode.SEALED_ALTERED


def test_nothing_to_see(library: ClipLibrary, part: Path) -> None:
    assert library.recover_clip("c1") is None
    library.record("c1").cut()
    for content in (part.read_bytes(), part.read_bytes()[:10], b""):
        part.write_bytes(content)
        assert library.recover_clip("c1") is None
        assert library.unfinished() == ("c1",)
    library.erase("c1")
    assert library.unfinished() == ()


def test_another_captures_file_is_not_recovered(library: ClipLibrary, part: Path) -> None:
    broken_off(library)
    library.record("c2").cut()
    part.replace(part.with_name("c2.clip.part"))
    assert library.recover_clip("c2") is None
    part.with_name("c2.clip.part").replace(part)
    assert recovered(library).frames == 40


def test_without_room_for_an_end_it_waits(
    library: ClipLibrary, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(library)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ExpectedError) as caught:
            library.recover_clip("c1")
    assert caught.value.code is ErrorCode.DISK_FULL
    assert recovered(library).frames == 40


def test_without_its_key_nothing_opens(tmp_path: Path, library: ClipLibrary) -> None:
    broken_off(library)
    (tmp_path / "keys").write_bytes(b"")
    with pytest.raises(ExpectedError) as caught:
        library_in(tmp_path).recover_clip("c1")
    assert caught.value.code is ErrorCode.CLIP_KEY_MISSING


def test_times_of_a_recovered_clip_grow(library: ClipLibrary) -> None:
    broken_off(library, 9)
    recovered(library)
    assert all(b - a == GAP_MS for a, b in pairwise(times_ms(library.clip("c1"))))
