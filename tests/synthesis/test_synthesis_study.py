"""A made-up study is whole or not there, and the same seed gives the same bytes."""

import csv
import errno
import hashlib
import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.domain.terms.geometry import Points
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import read_study
from edema_desk.media.decode import open_clip
from edema_desk.media.writer import ClipWriter
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.synthesis.sitting import FilmStyle
from edema_desk.synthesis.sources import PeopleSplit, list_people, split_people
from edema_desk.synthesis.study import MadeUpStudy, synthesise

SHORT = FilmStyle(seconds=0.25)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file by its place in the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, Points]]:
    """A folder of drawn pictures of three people, one of them twice, and their five points."""
    folder = tmp_path_factory.mktemp("album")
    five: dict[int, Points] = {}
    for k, name in enumerate(("ann_1.png", "ann_2.png", "bob_1.png", "cid.png")):
        portrait = draw_portrait(np.random.default_rng(k))
        image = portrait.image.copy()
        image[0, 0] = k
        frame = portrait.frame
        five[k] = portrait.layout.five() @ frame[:, :2].T + frame[:, 2]
        cv2.imwrite(str(folder / name), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
    (folder / "notes.txt").write_text("not a picture")
    (folder / "broken_1.jpg").write_bytes(b"not a picture either")
    (folder / "empty_1.jpg").write_bytes(b"")
    return folder, five


@pytest.fixture
def find_points(album: tuple[Path, dict[int, Points]]) -> Callable[[Image], Points | None]:
    """A detector that knows the album."""
    return lambda image: album[1].get(int(image[0, 0, 0]))


@pytest.fixture
def make(
    album: tuple[Path, dict[int, Points]], find_points: Callable[[Image], Points | None]
) -> Callable[..., MadeUpStudy]:
    """Makes short studies of the people in the album."""
    return partial(synthesise, seed=1, faces=album[0], find_points=find_points, style=SHORT)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> MadeUpStudy:
    """A small study of drawn portraits."""
    out = tmp_path_factory.mktemp("drawn") / "study"
    return synthesise(out, patients=2, days=1, seed=21, style=SHORT)


def test_the_same_seed_gives_the_same_bytes_however_many_threads(
    drawn: MadeUpStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    again = synthesise(tmp_path / "again", patients=2, days=1, seed=21, style=SHORT)
    assert digests(again.folder) == digests(drawn.folder)
    assert len(digests(drawn.folder)) == 1 + 2 * 2


def test_another_seed_gives_other_bytes(drawn: MadeUpStudy, tmp_path: Path) -> None:
    other = synthesise(tmp_path / "other", patients=2, days=1, seed=22, style=SHORT)
    assert not set(digests(other.folder).values()) & set(digests(drawn.folder).values())


def test_the_study_reads_as_the_format_says(drawn: MadeUpStudy) -> None:
    study = read_study(drawn.folder)
    assert not study.refused
    assert len(study.rows) == drawn.captures == 4
    assert study.extra_columns == ("source",)
    assert [row.extra["source"] for row in study.rows[::2]] == list(drawn.sources)
    for row in study.rows:
        assert row.at is not None
        assert row.weight_g is not None
        assert row.planted_truth_kg is not None
        excess_kg = (row.weight_g - row.dry_weight_g) / 1000
        assert excess_kg == pytest.approx(row.planted_truth_kg, abs=0.5)


def test_clips_last_as_asked(drawn: MadeUpStudy) -> None:
    path = next((drawn.folder / "clips").iterdir())
    with open_clip(ClipSource(path)) as clip:
        times = [frame.t_ms for frame in clip.frames]
    assert np.diff(times) == pytest.approx(1000 / 12, abs=0.1)
    assert len(times) == 3


def test_a_study_can_end_today(make: Callable[..., MadeUpStudy], tmp_path: Path) -> None:
    make(tmp_path / "s", patients=1, days=2, last_day=date(2027, 5, 2))
    days = {row.day for row in read_study(tmp_path / "s").rows}
    assert max(days) == date(2027, 5, 2)


def test_pictures_of_one_person_make_one_patient(
    make: Callable[..., MadeUpStudy], tmp_path: Path
) -> None:
    study = make(tmp_path / "s", patients=3, days=1)
    assert sorted(study.sources) == ["ann", "bob", "cid"]


def test_people_can_be_chosen_and_left_out(album: tuple[Path, dict[int, Points]]) -> None:
    folder = album[0]
    names = [person.name for person in list_people(folder)]
    assert names == ["ann", "bob", "broken", "cid", "empty"]
    assert [p.name for p in list_people(folder, only=["bob", "ann"])] == ["ann", "bob"]
    assert [p.name for p in list_people(folder, skip=["ann", "broken"])] == ["bob", "cid", "empty"]
    assert len(list_people(folder)[0].pictures) == 2


def test_a_name_that_nobody_has_is_no_choice(album: tuple[Path, dict[int, Points]]) -> None:
    for named in ({"only": ["ann", "bop"]}, {"skip": ["bop"]}):
        with pytest.raises(ExpectedError) as caught:
            list_people(album[0], **named)
        assert caught.value.code is ErrorCode.FACES_UNKNOWN
        assert caught.value.params["names"] == "bop"


def test_too_few_people_are_told_with_their_number(
    make: Callable[..., MadeUpStudy], tmp_path: Path
) -> None:
    with pytest.raises(ExpectedError) as caught:
        make(tmp_path / "s", patients=4, days=1)
    assert caught.value.code is ErrorCode.FACES_TOO_FEW
    assert (caught.value.params["found"], caught.value.params["limit"]) == (3, 4)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("only", [(), ("broken", "empty")])
def test_no_people_at_all(
    album: tuple[Path, dict[int, Points]], tmp_path: Path, only: tuple[str, ...]
) -> None:
    faces = album[0] if only else tmp_path / "nowhere"
    with pytest.raises(ExpectedError) as caught:
        synthesise(tmp_path / "s", patients=1, days=1, seed=4, faces=faces, only=only)
    assert caught.value.code is ErrorCode.FACES_NONE
    assert not (tmp_path / "s").exists()


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.doc").write_text("mine")
    for place in (out, out / "thesis.doc"):
        with pytest.raises(ExpectedError) as caught:
            synthesise(place, patients=1, days=1, seed=1, style=SHORT)
        assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert (out / "thesis.doc").read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExpectedError) as caught:
        synthesise(tmp_path / "file" / "out", patients=1, days=1, seed=1, style=SHORT)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_an_empty_folder_is_filled_and_progress_is_told(
    make: Callable[..., MadeUpStudy], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    told: list[tuple[int, int]] = []
    make(
        tmp_path / "out",
        patients=2,
        days=1,
        report=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert (tmp_path / "out" / "study.csv").is_file()


def test_stopping_leaves_nothing(make: Callable[..., MadeUpStudy], tmp_path: Path) -> None:
    done: list[int] = []
    with pytest.raises(ExpectedError) as caught:
        make(
            tmp_path / "out",
            patients=2,
            days=2,
            report=lambda count, total: done.append(count),
            cancelled=lambda: bool(done),
        )
    assert caught.value.code is ErrorCode.CANCELLED
    assert 0 < len(done) < 8
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fault", [ExpectedError(ErrorCode.DISK_FULL), OSError(errno.ENOSPC, "full")]
)
def test_a_full_disk_leaves_nothing(
    make: Callable[..., MadeUpStudy],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    def write(self: ClipWriter, frame: Frame) -> None:
        del self, frame
        raise fault

    monkeypatch.setattr(ClipWriter, "write", write)
    with pytest.raises(ExpectedError) as caught:
        make(tmp_path / "out", patients=1, days=1)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert list(tmp_path.iterdir()) == []


@pytest.mark.media
def test_photographs_with_marked_points_need_no_detector(media_dir: Path, tmp_path: Path) -> None:
    study = synthesise(
        tmp_path / "s",
        patients=2,
        days=1,
        seed=6,
        faces=media_dir / "faces",
        style=SHORT,
        skip=["london_101"],
    )
    with (study.folder / "study.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["source"] for row in rows} == set(study.sources)
    assert all(source.startswith(("london_", "canada_")) for source in study.sources)
    assert "london_101" not in study.sources
    assert len(list_people(media_dir / "faces")) == 103


def test_without_swelling_the_scale_shows_its_own_error_alone(tmp_path: Path) -> None:
    style = FilmStyle(seconds=0.25, swollen=False)
    synthesise(tmp_path / "bare", patients=2, days=3, seed=4, style=style)
    rows = read_study(tmp_path / "bare").rows
    off_g = [abs(row.weight_g - row.dry_weight_g) for row in rows if row.weight_g is not None]
    assert len(off_g) == 12
    assert 0 < max(off_g) < 500
    assert {row.planted_truth_kg for row in rows} == {0.0}


def test_varied_people_differ_in_how_fluid_looks_and_not_in_how_much(
    drawn: MadeUpStudy, tmp_path: Path
) -> None:
    style = FilmStyle(seconds=0.25, varied=True)
    varied = synthesise(tmp_path / "varied", patients=2, days=1, seed=21, style=style)
    ours, theirs = digests(varied.folder), digests(drawn.folder)
    assert ours.pop("study.csv") == theirs.pop("study.csv")
    assert not set(ours.values()) & set(theirs.values())


def test_a_split_cuts_the_people_of_a_folder_in_parts(
    album: tuple[Path, dict[int, Points]],
) -> None:
    folder, _ = album
    everyone = {person.name for person in list_people(folder)}
    parts = [split_people(folder, PeopleSplit(5, *ends)) for ends in ((1, 2), (3, 5))]
    assert [len(part) for part in parts] == [2, 3]
    assert {name for part in parts for name in part} == everyone
    assert split_people(folder, PeopleSplit.parse("5/1-2")) == parts[0]
    with pytest.raises(ExpectedError) as caught:
        split_people(folder, PeopleSplit(5, 1, 6))
    assert caught.value.code is ErrorCode.FACES_TOO_FEW


@pytest.mark.parametrize("text", ["7", "7/1", "7/0-4", "7/5-4", "a/1-2", "7/1-2x", ""])
def test_a_split_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="7/1-64"):
        PeopleSplit.parse(text)
