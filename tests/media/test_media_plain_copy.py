"""A sealed clip becomes an ordinary file again: its own bytes, under the ending of its kind."""

from pathlib import Path

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plain_copy import copy_plain

HEADS = {
    ".mp4": b"\x00\x00\x00\x18ftypqt  ",
    ".mkv": b"\x1a\x45\xdf\xa3 matroska",
    ".mpg": b"\x00\x00\x01\xba mpeg",
    ".avi": b"RIFF\x00\x00\x00\x00AVI ",
}


@pytest.fixture
def library(tmp_path: Path) -> ClipLibrary:
    (tmp_path / "clips").mkdir()
    return ClipLibrary(tmp_path / "clips", CaptureKeys(tmp_path / "keys", b"k" * 32))


def kept(library: ClipLibrary, folder: Path, data: bytes, name: str = "c1") -> None:
    path = folder / "in.bin"
    path.write_bytes(data)
    library.store_clip(name, path)


@pytest.mark.parametrize("ending", HEADS)
def test_the_bytes_are_its_own_and_the_ending_is_that_of_its_kind(
    library: ClipLibrary, tmp_path: Path, ending: str
) -> None:
    data = HEADS[ending] + bytes(range(256)) * 9000
    kept(library, tmp_path, data)
    steps: list[int] = []
    path = copy_plain(library.clip("c1"), tmp_path, "P1_pre", steps.append)
    assert path.name == f"P1_pre{ending}"
    assert path.read_bytes() == data
    assert sum(steps) == len(data)
    assert len(steps) > 1


def test_what_is_stopped_altered_or_no_film_leaves_no_file(
    library: ClipLibrary, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def stop(size: int) -> None:
        raise ExpectedError(ErrorCode.CANCELLED)

    kept(library, tmp_path, HEADS[".mp4"] + bytes(3_000_000))
    kept(library, tmp_path, b"no film at all", "c2")
    with pytest.raises(ExpectedError) as caught:
        copy_plain(library.clip("c1"), out, "x", stop)
    assert caught.value.code is ErrorCode.CANCELLED
    with pytest.raises(ExpectedError) as caught:
        copy_plain(library.clip("c2"), out, "x", lambda _: None)
    assert caught.value.code is ErrorCode.NOT_A_VIDEO
    sealed = library.clip("c1").path
    data = bytearray(sealed.read_bytes())
    data[2_000_000] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(ExpectedError) as caught:
        copy_plain(library.clip("c1"), out, "x", lambda _: None)
    assert caught.value.code is ErrorCode.SEALED_ALTERED
    assert not list(out.iterdir())


def test_nothing_is_written_over(library: ClipLibrary, tmp_path: Path) -> None:
    kept(library, tmp_path, HEADS[".mp4"])
    (tmp_path / "x.mp4").write_text("mine")
    with pytest.raises(FileExistsError):
        copy_plain(library.clip("c1"), tmp_path, "x", lambda _: None)
    assert (tmp_path / "x.mp4").read_text() == "mine"


def test_clips_that_can_be_opened_have_a_file_and_a_key(
    library: ClipLibrary, tmp_path: Path
) -> None:
    for name in ("c1", "c2", "c3"):
        kept(library, tmp_path, HEADS[".mp4"], name)
    library.delete_clip("c2")
    library.erase("c3")
    assert library.clips() == {"c1"}
