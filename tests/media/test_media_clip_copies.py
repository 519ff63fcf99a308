"""Copies of sealed clips: each once, proven, and what a crash leaves counts for nothing."""

import os
from pathlib import Path

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.clip_copies import SUMS, ClipCopies, read_sums


def uneased(count: int) -> None:
    del count


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backup" / "clips").mkdir(parents=True)
    return tmp_path / "backup"


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    made = tmp_path / "clips"
    made.mkdir()
    for number in range(3):
        (made / f"c{number}.clip").write_bytes(os.urandom(2_500_000 + number))
        (made / f"c{number}.crops").write_bytes(os.urandom(1000))
    (made / "c9.clip.part").write_bytes(b"being written")
    return made


def copy_all(clips: Path, folder: Path) -> int:
    copies = ClipCopies(clips, folder)
    return copies.copy([path for path, _ in copies.due()], uneased)


def same(clips: Path, folder: Path) -> bool:
    there = {p.name: p.read_bytes() for p in (folder / "clips").iterdir()}
    return there == {p.name: p.read_bytes() for p in clips.iterdir() if p.suffix != ".part"}


def test_each_file_is_copied_once(clips: Path, folder: Path) -> None:
    assert copy_all(clips, folder) == 6
    assert same(clips, folder)
    assert copy_all(clips, folder) == 0


def test_a_file_that_was_written_anew_is_copied_anew(clips: Path, folder: Path) -> None:
    copy_all(clips, folder)
    (clips / "c1.crops").write_bytes(os.urandom(1000))
    os.utime(clips / "c1.crops", ns=(1, 1))
    assert copy_all(clips, folder) == 1
    assert same(clips, folder)


def test_a_file_deleted_meanwhile_is_left_out(clips: Path, folder: Path) -> None:
    copies = ClipCopies(clips, folder)
    due = [path for path, _ in copies.due()]
    due[2].unlink()
    assert copies.copy(due, uneased) == 5
    assert same(clips, folder)


def test_what_stops_it_leaves_whole_copies_only(clips: Path, folder: Path) -> None:
    copies = ClipCopies(clips, folder)
    pieces = 0

    def stop(count: int) -> None:
        nonlocal pieces
        pieces += 1
        if pieces == 9:
            raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError):
        copies.copy([path for path, _ in copies.due()], stop)
    there = {path.name for path in (folder / "clips").iterdir()}
    assert there
    assert there == set(read_sums(folder / SUMS))
    assert not [name for name in there if name.endswith(".part")]
    copy_all(clips, folder)
    assert same(clips, folder)


def test_a_copy_that_did_not_arrive_is_no_copy(
    clips: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edema_desk.media.clip_copies.hash_read_back", lambda *_: "0" * 64)
    with pytest.raises(ExpectedError) as caught:
        copy_all(clips, folder)
    assert caught.value.code is ErrorCode.BACKUP_DAMAGED
    assert not list((folder / "clips").iterdir())
    assert not read_sums(folder / SUMS)


def test_half_a_line_of_a_power_cut_counts_for_nothing(clips: Path, folder: Path) -> None:
    copy_all(clips, folder)
    sums = folder / SUMS
    sums.write_bytes(sums.read_bytes()[:-5])
    assert len(read_sums(sums)) == 5
    assert copy_all(clips, folder) == 1
    assert set(read_sums(sums)) == {p.name for p in clips.iterdir() if p.suffix != ".part"}


def test_names_that_lead_elsewhere_count_for_nothing(folder: Path) -> None:
    line = f"{'a' * 64} 5 5 "
    (folder / SUMS).write_text("".join(line + n + "\n" for n in ("../x", "/etc/x", "..", "", "ok")))
    assert list(read_sums(folder / SUMS)) == ["ok"]


def test_dropped_copies_are_gone(clips: Path, folder: Path) -> None:
    copy_all(clips, folder)
    assert ClipCopies(clips, folder).drop(["c0.clip", "c0.crops", "unknown"]) == 2
    assert not list((folder / "clips").glob("c0.*"))
    assert len(read_sums(folder / SUMS)) == 4
