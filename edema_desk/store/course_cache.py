"""Courses as they were worked out once; triggers drop one when what it was made of changes."""

from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.clinic_rows import ClinicRows
from edema_desk.domain.trend import Trend
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.clinic_rows import gathered, pack_rows
from edema_desk.store.course import patient_trend
from edema_desk.store.course_packing import LAYOUT, pack_course, unpack_course
from edema_desk.store.database import Store
from edema_desk.store.patients import require_patient

_NOT_WRITTEN = frozenset(
    {ErrorCode.DISK_FULL, ErrorCode.PROFILE_NOT_WRITABLE, ErrorCode.DATABASE_BUSY}
)
"""Nobody waits for a course because it cannot be kept."""


@dataclass(frozen=True, slots=True)
class ClinicCourse:
    """All of a clinic's captures of known excess, and what its numbers stand for."""

    rows: ClinicRows
    patients: tuple[str, ...]
    models: tuple[str, ...]
    cameras: tuple[str, ...]


def course(store: Store, patient_id: str) -> Trend:
    """The whole course of a patient, from what is kept or made now and kept.

    Raises ExpectedError UNKNOWN_PATIENT.
    """
    with store.reading() as db:
        require_patient(db, patient_id)
        kept = _kept(db, patient_id)
    if kept is not None:
        return unpack_course(kept, patient_id)
    try:
        with store.copying() as db:
            return _keep(db, patient_id)
    except ExpectedError as error:
        if error.code not in _NOT_WRITTEN:
            raise
    with store.reading() as db:
        return patient_trend(db, patient_id)


def clinic_course(store: Store) -> ClinicCourse:
    """The rows of all patients. Courses that are not kept are made, which takes half a second
    for ten years of a patient: `keep_one` does that ahead of time."""
    while keep_one(store):
        pass
    with store.reading() as db:
        found = db.execute(
            "select patient_id, clinic_rows, names from course_cache where layout = ? "
            "order by patient_id",
            [LAYOUT],
        ).fetchall()
    rows, models, cameras = gathered([(body, names) for _, body, names in found])
    return ClinicCourse(rows, tuple(row[0] for row in found), models, cameras)


def keep_one(store: Store) -> bool:
    """Make the course of one patient that is not kept; False when all are."""
    with store.copying() as db:
        missing = db.execute(
            """
            select p.patient_id from patient p where not exists
                (select 1 from course_cache c where c.patient_id = p.patient_id and c.layout = ?)
            limit 1
            """,
            [LAYOUT],
        ).fetchone()
        if missing:
            _keep(db, missing[0])
    return missing is not None


def _kept(db: Database, patient_id: str) -> bytes | None:
    found = db.execute(
        "select course from course_cache where patient_id = ? and layout = ?", [patient_id, LAYOUT]
    ).fetchone()
    return found[0] if found else None


def _keep(db: Database, patient_id: str) -> Trend:
    trend = patient_trend(db, patient_id)
    body, names = pack_rows(db, patient_id, trend)
    row = {
        "patient_id": patient_id,
        "layout": LAYOUT,
        "course": pack_course(trend),
        "clinic_rows": body,
        "names": names,
    }
    db.table("course_cache").upsert(row, pk="patient_id")
    return trend
