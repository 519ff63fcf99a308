"""Writing a made-up study: a cohort, filmed one capture at a time, as a study folder."""

import csv
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.writer import ClipWriter
from edema_desk.synthesis.cohort import (
    MadeUpCapture,
    capture_generator,
    draw_cohort,
    generator,
    without_fluid,
)
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.footage import FindPoints, load_footage
from edema_desk.synthesis.moving import MovingFace
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.synthesis.sitting import Face, FilmStyle, StillFace
from edema_desk.synthesis.sources import Person, list_people, load_portraits
from edema_desk.synthesis.swelling import draw_style

COLUMNS = (
    "patient_id",
    "date",
    "phase",
    "weight_kg",
    "dry_weight_kg",
    "clip",
    "time",
    "true_excess_kg",
    "source",
)
"""Of study.csv; `source` names the real person or drawn portrait a patient was made from."""
_PEOPLE_KEY, _PORTRAIT_KEY, _STRETCH_KEY, _STYLE_KEY = 3, 4, 5, 6
_MOST_THREADS = 4

Report = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class MadeUpStudy:
    """What was written."""

    folder: Path
    patients: int
    captures: int
    sources: tuple[str, ...]


def ignore_progress(done: int, total: int) -> None:
    """A report nobody reads."""
    del done, total


def never() -> bool:
    """Nobody cancels."""
    return False


def synthesise(
    out: Path,
    *,
    patients: int,
    days: int,
    seed: int,
    faces: Path | None = None,
    find_points: FindPoints | None = None,
    style: FilmStyle | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    last_day: date | None = None,
    report: Report = ignore_progress,
    cancelled: Cancelled = never,
) -> MadeUpStudy:
    """Write a study of `patients` people on `days` clinic days each to the new folder `out`.

    Of a folder of `faces`, each person is at most one patient; `only` and `skip` name people of
    it, and who shows no clear face is passed over. Without it, portraits are drawn. With
    `last_day` every patient's calendar ends on that day, whatever its weekday, instead of
    starting in a fixed week. The same arguments give the same bytes. `report` (clips done, clips
    in all) and `find_points` are called from this thread, `cancelled` from others too.

    Raises ExpectedError: OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE, DISK_FULL, FACES_NONE,
    FACES_TOO_FEW, CANCELLED; then nothing is left at `out`.
    """
    style = style or FilmStyle()
    captures = draw_cohort(patients, days, seed, last_day)
    if not style.swollen:
        captures = tuple(without_fluid(capture) for capture in captures)
    with _finished_at_once(out) as folder:
        if faces is None:
            people = _drawn_faces(patients, seed, style)
        else:
            chosen = _shuffled(list_people(faces, only, skip), seed)
            found = (
                _real_face(p, find_points, _style_of(i, style, seed), 2 * days, seed)
                for i, p in enumerate(chosen)
            )
            people = (face for face in found if face is not None)
        (folder / "clips").mkdir()
        sources: list[str] = []
        for face in islice(people, patients):
            own = [c for c in captures if c.patient.index == len(sources)]
            before = len(sources) * 2 * days
            for done, _ in enumerate(_film_all(face, own, folder, seed, cancelled), before + 1):
                report(done, len(captures))
            sources.append(face.source)
        if len(sources) < patients:
            _complain(faces, len(sources), patients)
        _write_table(folder / "study.csv", captures, sources)
    return MadeUpStudy(out, patients, len(captures), tuple(sources))


def _shuffled(people: Sequence[Person], seed: int) -> list[Person]:
    order = generator(seed, _PEOPLE_KEY).permutation(len(people))
    return [people[int(i)] for i in order]


def _drawn_faces(patients: int, seed: int, style: FilmStyle) -> Iterator[Face]:
    for index in range(patients):
        portrait = drawn_portrait(seed, index)
        yield StillFace(f"drawn_{seed}_{index + 1}", (portrait,), _style_of(index, style, seed))


def drawn_portrait(seed: int, index: int) -> Portrait:
    """Whom patient `index` of the drawn study of `seed` is filmed from."""
    return draw_portrait(generator(seed, _PORTRAIT_KEY, index))


def _style_of(index: int, style: FilmStyle, seed: int) -> FilmStyle:
    if not style.varied:
        return style
    return replace(style, swelling=draw_style(generator(seed, _STYLE_KEY, index)))


def _real_face(
    person: Person, find_points: FindPoints | None, style: FilmStyle, captures: int, seed: int
) -> Face | None:
    """A person of the folder in front of the camera; None when no clear face was found."""
    portraits = load_portraits(person, find_points)
    if portraits:
        return StillFace(person.name, portraits, style)
    if person.clip is None or find_points is None:
        return None
    try:
        footage = load_footage(ClipSource(person.clip), find_points, style.fps)
    except ExpectedError as error:
        if error.code is ErrorCode.CANCELLED:
            raise
        return None
    if footage is None:
        return None
    order = generator(seed, _STRETCH_KEY, *person.name.encode())
    return MovingFace(person.name, footage, captures, order, style)


def _complain(faces: Path | None, found: int, wanted: int) -> None:
    if found == 0:
        raise ExpectedError(ErrorCode.FACES_NONE, path=str(faces))
    raise ExpectedError(ErrorCode.FACES_TOO_FEW, path=str(faces), found=found, limit=wanted)


def _film_all(
    face: Face, captures: Sequence[MadeUpCapture], folder: Path, seed: int, cancelled: Cancelled
) -> Iterator[None]:
    def film_one(capture: MadeUpCapture) -> None:
        take = face.take(capture, capture_generator(seed, capture))
        path = folder / "clips" / f"{capture.name}.mp4"
        with ClipWriter(path, take.width, take.height, quality=take.crf) as writer:
            for frame in take.frames:
                if cancelled():
                    raise ExpectedError(ErrorCode.CANCELLED)
                writer.write(frame)

    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    with ThreadPoolExecutor(threads, "synthesis") as pool:
        yield from pool.map(film_one, captures)


def _write_table(path: Path, captures: Sequence[MadeUpCapture], sources: Sequence[str]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for capture in captures:
            table.writerow(
                (
                    capture.patient.patient_id,
                    capture.day.isoformat(),
                    capture.phase.value,
                    f"{capture.weight_kg:.2f}",
                    f"{capture.patient.dry_weight_kg:.1f}",
                    f"clips/{capture.name}.mp4",
                    capture.at.strftime("%H:%M"),
                    f"{capture.excess_kg:.4f}",
                    sources[capture.patient.index],
                )
            )


@contextmanager
def _finished_at_once(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when all is well and is gone otherwise."""
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(out))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(out)) from error
    try:
        yield folder
        folder.chmod(0o755)
        if out.is_dir():
            out.rmdir()
        folder.rename(out)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        code = ErrorCode.DISK_FULL if full else ErrorCode.OUTPUT_NOT_WRITABLE
        raise ExpectedError(code, path=str(out)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
