"""Sealed files give back what was put in, and whatever else is done to them is noticed."""

import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.children import child_environment
from edema_desk.media.decode import open_clip
from edema_desk.media.sealed import CHUNK_BYTES, HEADER, TAG_BYTES, WORD, SealedKind, SealedWriter
from edema_desk.media.unsealing import SealedReader
from edema_desk.media.writer import ClipWriter
from tests.media.media_clips import frames_of, write_clip

KEY = bytes(range(32))
PLAIN = bytes(range(256)) * 3000  # just under three chunks
in_one_folder = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def seal(path: Path, plain: bytes, capture_id: str = "c1", key: bytes = KEY) -> SealedWriter:
    with SealedWriter(path, key, capture_id, SealedKind.CLIP) as writer:
        writer.write(plain)
    return writer


def read(path: Path, capture_id: str = "c1", key: bytes = KEY) -> bytes:
    with SealedReader(path, key, capture_id, SealedKind.CLIP) as reader:
        return reader.read()


def refused(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        act()
    return caught.value.code


@in_one_folder
@given(st.lists(st.integers(0, 2 * CHUNK_BYTES + 7), max_size=5), st.integers(0, 5))
def test_what_was_written_is_read(tmp_path: Path, sizes: list[int], sync_after: int) -> None:
    pieces = [bytes([i % 251]) * size for i, size in enumerate(sizes)]
    with SealedWriter(tmp_path / "sealed", KEY, "c1", SealedKind.CLIP) as writer:
        for i, piece in enumerate(pieces):
            assert writer.write(piece) == len(piece)
            if i == sync_after:
                writer.sync()
    plain = b"".join(pieces)
    assert read(tmp_path / "sealed") == plain
    assert writer.sha256 == hashlib.sha256(plain).hexdigest()
    assert writer.size == len(plain)
    assert [path.name for path in tmp_path.iterdir()] == ["sealed"]


@in_one_folder
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) + 100), st.integers(0, 5000)), max_size=20))
def test_any_place_can_be_read(tmp_path: Path, places: list[tuple[int, int]]) -> None:
    path = tmp_path / "sealed"
    if not path.exists():
        seal(path, PLAIN)
    wanted = io.BytesIO(PLAIN)
    with SealedReader(path, KEY, "c1", SealedKind.CLIP) as reader:
        for start, length in places:
            assert reader.seek(start) == wanted.seek(start)
            assert reader.read(length) == wanted.read(length)
            assert reader.tell() == wanted.tell()
        assert reader.seek(-10, io.SEEK_END) == len(PLAIN) - 10
        assert reader.seek(4, io.SEEK_CUR) == len(PLAIN) - 6
        assert reader.read() == PLAIN[-6:]


def test_nothing_is_in_clear(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4").read_bytes()
    seal(tmp_path / "sealed", clip)
    sealed = (tmp_path / "sealed").read_bytes()
    assert b"ftyp" in clip
    assert not any(clip[at : at + 16] in sealed for at in range(0, len(clip) - 16, 16))


def test_a_sealed_clip_decodes_like_the_plain_one(tmp_path: Path) -> None:
    plain = write_clip(tmp_path / "clip.mkv")
    seal(tmp_path / "sealed", plain.read_bytes())
    with open_clip(ClipSource(tmp_path / "sealed", KEY, "c1")) as clip:
        assert [f.t_ms for f in clip.frames] == [f.t_ms for f in frames_of(plain)]


@pytest.mark.parametrize("chunk", [0, 1, 2])
def test_a_decoder_that_meets_an_altered_chunk_says_so(tmp_path: Path, chunk: int) -> None:
    path = tmp_path / "sealed"
    noise = np.random.default_rng(1).integers(0, 256, (6, 400, 400, 3), np.uint8)
    with ClipWriter(tmp_path / "clip.mkv", 400, 400, "ffv1") as writer:
        for number, image in enumerate(noise):
            writer.write(Frame(40.0 * number, image))
    seal(path, (tmp_path / "clip.mkv").read_bytes())
    changed = bytearray(path.read_bytes())
    changed[HEADER.size + chunk * (WORD.size + CHUNK_BYTES + TAG_BYTES) + 1000] ^= 1
    path.write_bytes(changed)

    def decode() -> None:
        with open_clip(ClipSource(path, KEY, "c1")) as clip:
            list(clip.frames)

    assert refused(decode) is ErrorCode.SEALED_ALTERED


@in_one_folder
@given(st.data())
def test_a_flipped_bit_is_noticed(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "sealed"
    seal(path, PLAIN)
    changed = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(changed)
    assert refused(lambda: read(path)) is ErrorCode.SEALED_ALTERED


@in_one_folder
@given(st.data())
def test_a_cut_tail_is_noticed(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "sealed"
    seal(path, PLAIN)
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    assert refused(lambda: read(path)) is ErrorCode.SEALED_ALTERED


def chunks(path: Path) -> tuple[bytes, list[bytes]]:
    data = path.read_bytes()
    step = WORD.size + CHUNK_BYTES + TAG_BYTES
    body = data[HEADER.size :]
    return data[: HEADER.size], [body[at : at + step] for at in range(0, len(body), step)]


def test_chunks_cannot_be_moved(tmp_path: Path) -> None:
    path = tmp_path / "sealed"
    seal(path, PLAIN)
    header, parts = chunks(path)
    assert len(parts) == 3
    for order in ((1, 0, 2), (0, 2), (0, 1), (0, 0, 1, 2), (0, 1, 2, 2), (2,), ()):
        path.write_bytes(header + b"".join(parts[i] for i in order))
        assert refused(lambda: read(path)) is ErrorCode.SEALED_ALTERED, order


def test_files_cannot_stand_in_for_each_other(tmp_path: Path) -> None:
    seal(tmp_path / "one", PLAIN, "one")
    seal(tmp_path / "two", PLAIN, "two")
    assert refused(lambda: read(tmp_path / "two", "one")) is ErrorCode.SEALED_ALTERED
    header, _ = chunks(tmp_path / "one")
    _, parts = chunks(tmp_path / "two")
    (tmp_path / "one").write_bytes(header + b"".join(parts))
    assert refused(lambda: read(tmp_path / "one", "one")) is ErrorCode.SEALED_ALTERED


def test_crops_are_no_clip_and_another_key_opens_nothing(tmp_path: Path) -> None:
    with SealedWriter(tmp_path / "crops", KEY, "c1", SealedKind.CROPS) as writer:
        writer.write(PLAIN)
    assert refused(lambda: read(tmp_path / "crops")) is ErrorCode.SEALED_ALTERED
    seal(tmp_path / "clip", PLAIN)
    assert refused(lambda: read(tmp_path / "clip", key=bytes(32))) is ErrorCode.SEALED_ALTERED


def test_equal_clips_look_different(tmp_path: Path) -> None:
    seal(tmp_path / "one", PLAIN)
    seal(tmp_path / "two", PLAIN)
    assert (tmp_path / "one").read_bytes()[HEADER.size :] != (
        (tmp_path / "two").read_bytes()[HEADER.size :]
    )


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(lambda: read(tmp_path / "absent")) is ErrorCode.CLIP_GONE


def test_an_unfinished_file_is_refused(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path / "sealed", KEY, "c1", SealedKind.CLIP)
    writer.write(PLAIN[:CHUNK_BYTES])
    writer.sync()
    part = tmp_path / "sealed.part"
    assert refused(lambda: read(part)) is ErrorCode.SEALED_ALTERED
    writer.abandon()
    assert not part.exists()


def test_an_exception_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with SealedWriter(tmp_path / "sealed", KEY, "c1", SealedKind.CLIP) as writer:
            writer.write(PLAIN)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("when", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    seal(tmp_path / "sealed", b"the first version")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    writer = SealedWriter(tmp_path / "sealed", KEY, "c1", SealedKind.CLIP)
    if when == "replace":
        monkeypatch.setattr(Path, "replace", full)
    elif when == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        writer._file.close()
        monkeypatch.setattr(writer, "_file", FullFile())

    def write() -> None:
        with writer:
            writer.write(PLAIN)

    assert refused(write) is ErrorCode.DISK_FULL
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["sealed"]
    assert read(tmp_path / "sealed") == b"the first version"


class FullFile(io.RawIOBase):
    """Takes a little, then nothing."""

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file size there")
def test_a_real_limit_on_the_file(tmp_path: Path) -> None:
    script = f"""
        import resource, signal, sys
        from pathlib import Path
        from edema_desk.errors import ExpectedError
        from edema_desk.media.sealed import SealedKind, SealedWriter
        signal.signal(signal.{signal.SIGXFSZ.name}, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
        try:
            with SealedWriter(Path({str(tmp_path / "sealed")!r}), bytes(32), "c1",
                              SealedKind.CLIP) as writer:
                for _ in range(100):
                    writer.write(bytes(100_000))
        except ExpectedError as error:
            sys.exit(error.code.value)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env=child_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip() == "disk_full"
    assert list(tmp_path.iterdir()) == []
