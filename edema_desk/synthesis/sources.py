"""The people of a folder of face photographs and clips, and their portraits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.pictures import refuse_strange
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.footage import FindPoints
from edema_desk.synthesis.layout import (
    from_pixels,
    layout_from_detected,
    layout_from_marked,
    read_marked_points,
)

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
CLIP_SUFFIXES = frozenset({".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg"})
_LARGEST_PUPILS_PX = 128.0
_SMALLEST_PUPILS_PX = 30.0


@dataclass(frozen=True, slots=True)
class Person:
    """One identity and the files that show it."""

    name: str
    pictures: tuple[Path, ...] = field(default=())
    clip: Path | None = None


@dataclass(frozen=True, slots=True)
class PeopleSplit:
    """The places `first` to `last`, from 1 on and both included, in an order that `seed` draws."""

    seed: int
    first: int
    last: int

    @staticmethod
    def parse(text: str) -> "PeopleSplit":
        """`7/1-64` -> seed 7, the first 64 people. Raises ValueError for anything else."""
        found = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,6})-([0-9]{1,6})", text)
        if found is None or not 1 <= int(found[2]) <= int(found[3]):
            raise ValueError("a split is written SEED/FIRST-LAST, as 7/1-64")
        return PeopleSplit(int(found[1]), int(found[2]), int(found[3]))


def list_people(
    folder: Path, only: Sequence[str] = (), skip: Sequence[str] = ()
) -> tuple[Person, ...]:
    """The people of a folder by name. Of pictures, what stands before the last underscore of the
    name is the person; a clip is a person of its own. `only` and `skip` hold such names.

    Raises ExpectedError FACES_NONE, and FACES_UNKNOWN for a name that nobody there has: mistyped,
    it would leave in whom it was to leave out.
    """
    pictures: dict[str, list[Path]] = {}
    clips: dict[str, Path] = {}
    try:
        files = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        raise ExpectedError(ErrorCode.FACES_NONE, path=str(folder)) from error
    for path in files:
        if path.suffix.lower() in PICTURE_SUFFIXES:
            pictures.setdefault(path.stem.rpartition("_")[0] or path.stem, []).append(path)
        elif path.suffix.lower() in CLIP_SUFFIXES:
            clips[path.stem] = path
    people = [Person(name, tuple(shown)) for name, shown in pictures.items()]
    people += [Person(name, clip=path) for name, path in clips.items() if name not in pictures]
    unknown = sorted({*only, *skip} - {p.name for p in people})
    if people and unknown:
        raise ExpectedError(ErrorCode.FACES_UNKNOWN, path=str(folder), names=", ".join(unknown))
    wanted = [p for p in people if (not only or p.name in only) and p.name not in skip]
    if not wanted:
        raise ExpectedError(ErrorCode.FACES_NONE, path=str(folder))
    return tuple(sorted(wanted, key=lambda person: person.name))


def split_people(folder: Path, split: PeopleSplit) -> tuple[str, ...]:
    """The names of one part of a folder's people: the same split, always the same people.

    Raises ExpectedError: FACES_NONE, or FACES_TOO_FEW when the folder ends before the part does.
    """
    people = list_people(folder)
    if split.last > len(people):
        raise ExpectedError(
            ErrorCode.FACES_TOO_FEW, path=str(folder), found=len(people), limit=split.last
        )
    order = np.random.default_rng(split.seed).permutation(len(people))
    return tuple(people[int(i)].name for i in order[split.first - 1 : split.last])


def load_portraits(person: Person, find_points: FindPoints | None) -> tuple[Portrait, ...]:
    """The usable pictures of a person; empty when none shows one clear face."""
    loaded = (load_portrait(path, find_points) for path in person.pictures)
    return tuple(portrait for portrait in loaded if portrait is not None)


def load_portrait(path: Path, find_points: FindPoints | None) -> Portrait | None:
    """A picture with its face found: by the marked points beside it, or else by `find_points`."""
    image = read_picture(path)
    if image is None:
        return None
    marked = read_marked_points(path.with_suffix(".csv"))
    if marked is not None:
        frame, layout = layout_from_marked(marked)
    else:
        five = find_points(image) if find_points is not None else None
        if five is None:
            return None
        frame, layout = layout_from_detected(five)
    pupils_px = float(np.hypot(frame[0, 0], frame[1, 0]))
    if pupils_px < _SMALLEST_PUPILS_PX or not _inside(image, frame):
        return None
    scale = min(1.0, _LARGEST_PUPILS_PX / pupils_px)
    if scale < 1.0:
        image = np.asarray(
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
        # pixel centres: (x + 1/2) is what scales
        frame = frame * scale
        frame[:, 2] += (scale - 1) / 2
    return Portrait(image, frame, layout)


def read_picture(path: Path) -> Image | None:
    """A picture in RGB, turned as its file says; None when it cannot be read as one, or claims
    to be larger than a photograph."""
    try:
        coded = np.fromfile(path, np.uint8)
        refuse_strange(coded.tobytes(), path.name)
    except (OSError, ExpectedError):
        return None
    image = cv2.imdecode(coded, cv2.IMREAD_COLOR_RGB)
    return None if image is None else np.asarray(image, np.uint8)


def _inside(image: Image, frame: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    """Whether eyes and mouth lie in the picture."""
    height, width = image.shape[:2]
    corners = from_pixels(frame, np.array([[0.0, 0.0], [width - 1.0, height - 1.0]]))
    return bool((corners[0] < -0.7).all() and corners[1][0] > 0.7 and corners[1][1] > 1.3)
