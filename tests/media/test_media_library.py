"""Clips and crops of a profile: sealed on the way in, whole on the way out, gone when erased."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media import library as library_module
from edema_desk.media.decode import open_clip
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from tests.media.media_clips import write_clip


@pytest.fixture
def library(tmp_path: Path) -> ClipLibrary:
    (tmp_path / "clips").mkdir()
    return ClipLibrary(tmp_path / "clips", CaptureKeys(tmp_path / "keys", bytes(32)))


def names(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "clips").iterdir())


def code_of(error: pytest.ExceptionInfo[ExpectedError]) -> ErrorCode:
    return error.value.code


def test_a_clip_is_stored_and_opened(tmp_path: Path, library: ClipLibrary) -> None:
    path = write_clip(tmp_path / "clip.mp4")
    stored = library.store_clip("c1", path)
    assert stored.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stored.size_bytes == path.stat().st_size
    with open_clip(library.clip("c1")) as clip:
        assert len(list(clip.frames)) == 30
    assert library.has_clip("c1")
    assert not library.has_crops("c1")


def test_progress_is_told_and_ends_at_the_size(tmp_path: Path, library: ClipLibrary) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(os.urandom(2_500_000))
    heard: list[tuple[int, int]] = []
    library.store_clip("c1", path, lambda done, total: heard.append((done, total)))
    assert heard == [(1048576, 2500000), (2097152, 2500000), (2500000, 2500000)]


def test_stopping_on_the_way_keeps_nothing(tmp_path: Path, library: ClipLibrary) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(bytes(2_500_000))
    asked = iter([False, True])

    def check() -> None:
        if next(asked):
            raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError) as caught:
        library.store_clip("c1", path, check=check)
    assert code_of(caught) is ErrorCode.CANCELLED
    assert names(tmp_path) == []


def test_what_cannot_be_read_is_not_stored(
    tmp_path: Path, library: ClipLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExpectedError) as caught:
        library.store_clip("c1", tmp_path / "absent.mp4")
    assert code_of(caught) is ErrorCode.FILE_MISSING
    monkeypatch.setattr(library_module, "MAX_CLIP_BYTES", 100)
    (tmp_path / "clip.mp4").write_bytes(bytes(101))
    with pytest.raises(ExpectedError) as caught:
        library.store_clip("c1", tmp_path / "clip.mp4")
    assert code_of(caught) is ErrorCode.CLIP_TOO_LARGE
    assert names(tmp_path) == []


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.binary(max_size=2000), max_size=12))
def test_crops_come_back_in_order(library: ClipLibrary, crops: list[bytes]) -> None:
    library.store_crops("c1", crops)
    assert library.crops("c1") == tuple(crops)


def test_clip_and_crops_share_a_key_and_an_end(tmp_path: Path, library: ClipLibrary) -> None:
    library.store_clip("c1", write_clip(tmp_path / "clip.mp4"))
    library.store_crops("c1", [b"one", b"two"])
    assert library.clip("c1").key is not None
    copy = (tmp_path / "clips" / "c1.crops").read_bytes()
    library.delete_clip("c1")
    assert library.crops("c1") == (b"one", b"two")
    with pytest.raises(ExpectedError) as caught:
        library.clip("c1")
    assert code_of(caught) is ErrorCode.CLIP_GONE
    library.erase("c1")
    assert names(tmp_path) == []
    (tmp_path / "clips" / "c1.crops").write_bytes(copy)
    with pytest.raises(ExpectedError) as caught:
        library.crops("c1")
    assert code_of(caught) is ErrorCode.CLIP_KEY_MISSING


def test_swapped_crops_are_noticed(tmp_path: Path, library: ClipLibrary) -> None:
    library.store_crops("c1", [b"one"])
    library.store_crops("c2", [b"two"])
    (tmp_path / "clips" / "c2.crops").replace(tmp_path / "clips" / "c1.crops")
    with pytest.raises(ExpectedError) as caught:
        library.crops("c1")
    assert code_of(caught) is ErrorCode.SEALED_ALTERED


def test_orphans(tmp_path: Path, library: ClipLibrary) -> None:
    library.store_crops("known", [])
    library.store_crops("stray", [])
    (tmp_path / "clips" / "known.clip.part").touch()
    (tmp_path / "clips" / "other.clip.part").touch()
    assert [path.name for path in library.orphans({"known"})] == ["other.clip.part", "stray.crops"]
    assert library.orphans({"known", "stray", "other"}) == ()


@pytest.mark.parametrize("capture_id", ["../c1", "a/b", "", "a" * 65, "c.1", "患者"])
def test_a_capture_id_is_no_path(library: ClipLibrary, capture_id: str) -> None:
    with pytest.raises(ValueError, match="capture id"):
        library.store_crops(capture_id, [])
