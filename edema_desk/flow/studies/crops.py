"""The face crops of a study, prepared once and kept sealed beside the profile's own clips."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import StudyReading, read_study
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.base.clinic import analyse_clip
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.sources import sha256_of
from edema_desk.store.base.entered import Where, entered
from edema_desk.worker.client import WorkerClient

CROPS_VERSION = 3
"""To be raised when vision chooses or cuts differently, so that old crops are not used."""


class StoredCrops:
    """Crops that are read whenever somebody goes through them and held by nobody else: those of
    a large study are more than a PC's memory. There are some."""

    def __init__(self, load: Callable[[], tuple[bytes, ...]]) -> None:
        self._load = load

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._load())


Crops = tuple[bytes, ...] | StoredCrops


@dataclass(frozen=True, slots=True)
class StudyFace:
    """One row of a study with its crops, or the reason for none."""

    row: StudyRow
    crops_id: str
    crops: Crops
    refusal: Refusal | None

    @property
    def excess_kg(self) -> float:
        """By the scale, not by what was put into a made-up study."""
        if self.row.weight_g is None:
            raise ValueError("a capture without weight has no excess")
        return (self.row.weight_g - self.row.dry_weight_g) / 1000

    @property
    def drawn_on(self) -> str | None:
        """Whom a made-up patient was drawn on, where the table says so. What a study of patients
        calls its source, a camera or a ward, is no person."""
        if self.row.planted_truth_kg is None:
            return None
        return self.row.extra.get("source") or None


@dataclass(frozen=True, slots=True)
class PreparedStudy:
    """A study's pre and post captures. `made_up`: its table tells what was put in."""

    reading: StudyReading
    faces: tuple[StudyFace, ...]
    sha256: str

    @property
    def made_up(self) -> bool:
        """Whether swelling was drawn by a program."""
        return any(face.row.planted_truth_kg is not None for face in self.faces)


def prepare_study(
    where: Where,
    folder: Path,
    worker: WorkerClient,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> PreparedStudy:
    """Read a study and bring the crops of its pre and post captures together.

    Clips are decoded once: crops, or why there are none, are kept in the profile's cache under
    the hash of the clip.
    A clip that cannot be read counts as refused. Raises ExpectedError STUDY_*, CANCELLED.
    """
    cancel = cancel or Cancel()
    reading = read_study(folder)
    rows = [row for row in reading.rows if row.phase is not Phase.SPOT]
    if not rows:
        raise ExpectedError(ErrorCode.STUDY_NO_ROWS)
    library = study_cache(where)
    watch = Stopwatch("prepare", len(rows), listener)
    faces = []
    for done, row in enumerate(rows):
        cancel.check()
        faces.append(_face(row, library, worker, cancel))
        watch.report(done + 1)
    return PreparedStudy(reading, tuple(faces), _study_hash(faces))


def study_cache(where: Where) -> ClipLibrary:
    """Where crops of studies are kept sealed, apart from those of the patients."""
    into = entered(where)
    profile = into.profile
    profile.create()
    folder = profile.root / "cache"
    folder.mkdir(mode=0o700, exist_ok=True)
    return ClipLibrary(folder, CaptureKeys(folder / "keys", into.data_key))


def _face(row: StudyRow, library: ClipLibrary, worker: WorkerClient, cancel: Cancel) -> StudyFace:
    crops_id = f"{sha256_of(row.clip)[:40]}-{CROPS_VERSION}"
    if library.has_crops(crops_id):
        return StudyFace(row, crops_id, _stored(library, crops_id), None)
    refused_id = f"{crops_id}-refused"
    if library.has_crops(refused_id):
        (reason,) = library.crops(refused_id)
        return StudyFace(row, crops_id, (), Refusal(reason.decode()))
    try:
        analysis = analyse_clip(worker, None, row.clip, unheard, cancel)
    except ExpectedError as error:
        if error.code in (ErrorCode.CANCELLED, ErrorCode.WORKER_FAILED, ErrorCode.WORKER_TIMEOUT):
            raise
        return StudyFace(row, crops_id, (), Refusal.CLIP_DAMAGED)
    if analysis.refusal is not None:
        library.store_crops(refused_id, (analysis.refusal.value.encode(),))
        return StudyFace(row, crops_id, (), analysis.refusal)
    library.store_crops(crops_id, analysis.crops)
    return StudyFace(row, crops_id, _stored(library, crops_id), None)


def _stored(library: ClipLibrary, crops_id: str) -> StoredCrops:
    return StoredCrops(lambda: library.crops(crops_id))


def _study_hash(faces: Sequence[StudyFace]) -> str:
    """Of the clips and the excess they bear: what a card says a model was trained on."""
    lines = sorted(f"{f.crops_id} {f.row.patient_id} {f.excess_kg:.3f}" for f in faces)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
