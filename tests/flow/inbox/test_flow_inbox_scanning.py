"""Which files of a folder are clips, which rest, and what becomes of them afterwards."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from edema_desk.domain.inbox.filing import AfterTakingIn, InboxItem, InboxState
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.inbox.clearing import clear_source
from edema_desk.flow.inbox.noting import require_outside
from edema_desk.flow.inbox.scanning import FoundFile, RestWatch, scan
from edema_desk.paths import Profile


def names(folder: Path) -> list[str]:
    return [file.name for file in scan(folder)]


def put(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"clip")


def test_clips_of_all_folders_are_found_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, "a.mp4", "B.MOV", "透析前 104.webm", "ward/2/c.mkv", "wide\u3000space.mp4")
    put(tmp_path, "notes.txt", "a.json", "photo.jpg", "mp4", "desktop.ini")
    put(tmp_path, ".hidden.mp4", ".~a.mp4", "~$a.mp4", "a.mp4.part", "b.mp4.crdownload")
    put(tmp_path, "c.mp4.icloud", "d.mp4.tmp", "e.mp4~", ".sync/f.mp4", "@eaDir/g.mp4")
    put(tmp_path, "done/2026-03-02/h.mp4", "$RECYCLE.BIN/i.mp4", "ward/done/kept.mp4")
    clips = {"a.mp4", "B.MOV", "透析前 104.webm", "ward/2/c.mkv", "ward/done/kept.mp4"}
    assert names(tmp_path) == sorted({*clips, "wide\u3000space.mp4"})


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of another kind")
def test_links_pipes_and_undecodable_names_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside, "secret.mp4")
    inbox = tmp_path / "inbox"
    put(inbox, "own.mp4")
    (inbox / "link.mp4").symlink_to(outside / "secret.mp4")
    (inbox / "folder").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.mp4")
    (inbox / "folder.mp4").mkdir()
    Path(os.fsdecode(os.fsencode(str(inbox)) + b"/\xff\xfe.mp4")).write_bytes(b"clip")
    assert names(inbox) == ["own.mp4"]


def test_folders_too_deep_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, "/".join(["d"] * 8) + "/a.mp4", "/".join(["d"] * 9) + "/b.mp4")
    assert len(names(tmp_path)) == 1


def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        scan(tmp_path / "share")
    assert caught.value.code is ErrorCode.INBOX_FOLDER_GONE


def test_a_sidecar_that_comes_or_changes_is_noticed(tmp_path: Path) -> None:
    put(tmp_path, "a.mp4")
    (alone,) = scan(tmp_path)
    assert alone.sidecar == ""
    (tmp_path / "a.json").write_text("{}")
    (beside,) = scan(tmp_path)
    (tmp_path / "a.mp4.json").write_text("{ }")
    (other,) = scan(tmp_path)
    assert len({alone.sidecar, beside.sidecar, other.sidecar}) == 3


def looks(watch: RestWatch, *steps: tuple[float, int]) -> list[bool]:
    return ["a" in watch.rested([FoundFile("a", size, 7)], now_s) for now_s, size in steps]


def test_a_file_rests_after_two_looks_and_three_seconds_without_change() -> None:
    assert looks(RestWatch(), (0, 5), (1, 5), (2.9, 5), (3, 5)) == [False] * 3 + [True]
    assert looks(RestWatch(), (0, 5), (10, 5)) == [False, True]
    assert looks(RestWatch(), (0, 5), (10, 6), (12, 6), (13, 6)) == [False] * 3 + [True]
    assert looks(RestWatch(), (0, 0), (10, 0), (20, 0)) == [False] * 3  # a placeholder
    watch = RestWatch()
    assert looks(watch, (0, 5), (4, 5))[-1]
    watch.forget("a")
    assert looks(watch, (5, 5)) == [False]


def test_the_folder_may_not_be_the_profile(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    for folder in (profile.root, profile.clips, tmp_path):
        with pytest.raises(ExpectedError) as caught:
            require_outside(profile, folder)
        assert caught.value.code is ErrorCode.INBOX_FOLDER_INSIDE
    require_outside(profile, tmp_path / "inbox")


def taken(path: Path, after: AfterTakingIn) -> InboxItem:
    kept = path.stat()
    item = InboxItem(
        "i",
        str(path.parent),
        path.name,
        kept.st_size,
        kept.st_mtime_ns,
        InboxState.TAKEN_IN,
        Moment.now(),
    )
    return replace(item, after=after)


def test_the_source_stays_moves_or_goes_as_chosen(tmp_path: Path) -> None:
    clip = tmp_path / "a.mp4"
    day = Moment.now().day.isoformat()
    for _ in range(2):
        put(tmp_path, "a.mp4", "a.json")
        clear_source(taken(clip, AfterTakingIn.KEEP))
        clear_source(replace(taken(clip, AfterTakingIn.MOVE), state=InboxState.WAITING))
        assert clip.exists()
        clear_source(taken(clip, AfterTakingIn.MOVE))
        assert not clip.exists()
    assert sorted(p.name for p in (tmp_path / "done" / day).iterdir()) == [
        *("a (2).json", "a (2).mp4", "a.json", "a.mp4")
    ]
    assert names(tmp_path) == []
    put(tmp_path, "a.mp4", "a.mp4.json")
    clear_source(taken(clip, AfterTakingIn.DELETE))
    assert [p.name for p in tmp_path.iterdir()] == ["done"]
    clear_source(taken(tmp_path / "done", AfterTakingIn.DELETE))  # never a folder


def test_another_file_of_the_same_name_is_never_deleted(tmp_path: Path) -> None:
    put(tmp_path, "a.mp4")
    item = taken(tmp_path / "a.mp4", AfterTakingIn.DELETE)
    (tmp_path / "a.mp4").write_bytes(b"another clip")
    clear_source(item)
    assert (tmp_path / "a.mp4").read_bytes() == b"another clip"


def test_names_cannot_turn_what_is_shown() -> None:
    item = InboxItem("i", "/x", "a/b\u202e4pm.exe\n.mp4", 1, 1, InboxState.RESTING, Moment.now())
    assert item.shown_name == "b·4pm.exe·.mp4"
