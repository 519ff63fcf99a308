"""A patient's whole course, from what is kept of it or worked out now and then kept."""

from sqlite_utils import Database

from edema_desk.domain.course.course_rows import CourseRows
from edema_desk.domain.course.trend import Trend
from edema_desk.store.base.database import Store
from edema_desk.store.base.kept_courses import KeptCourses
from edema_desk.store.courses.clinic_rows import rows_in
from edema_desk.store.courses.course import patient_trend
from edema_desk.store.people.patients import find_patients, require_patient

# questions


def course_rows(store: Store, patient_id: str) -> CourseRows:
    """What Agreement counts of a patient. Raises ExpectedError UNKNOWN_PATIENT."""
    with store.reading() as db:
        require_patient(db, patient_id)
        stamp = _stamp(db, patient_id)
        kept = store.courses.rows(patient_id, stamp) if stamp else None
        return kept or _made(db, store.courses, patient_id, stamp)[1]


def kept_rows(store: Store) -> dict[str, CourseRows]:
    """The same of everybody whose course is kept, by their ids."""
    with store.reading() as db:
        stamps = _stamps(db)
    found = {one: store.courses.rows(one, stamp) for one, stamp in stamps.items()}
    return {one: rows for one, rows in found.items() if rows is not None}


def keep_one(store: Store) -> bool:
    """Work out the course of one patient whose course is not kept, and keep it; False when there
    is none, or no room."""
    with store.reading() as db:
        for patient_id, stamp in _stamps(db).items():
            if not store.courses.has(patient_id, stamp):
                _made(db, store.courses, patient_id, stamp)
                return store.courses.has(patient_id, stamp)
    return False


def sweep_courses(store: Store) -> None:
    """Keep nothing of whom the clinic does not keep."""
    with store.reading() as db:
        store.courses.sweep(_stamps(db))


# within a transaction


def whole_course(db: Database, courses: KeptCourses, patient_id: str) -> Trend:
    """As `course.patient_trend` says it."""
    stamp = _stamp(db, patient_id)
    kept = courses.trend(patient_id, stamp) if stamp else None
    return kept or _made(db, courses, patient_id, stamp)[0]


def _made(
    db: Database, courses: KeptCourses, patient_id: str, stamp: bytes | None
) -> tuple[Trend, CourseRows]:
    trend = patient_trend(db, patient_id)
    rows = rows_in(db, patient_id, trend)
    if stamp:
        courses.keep(patient_id, stamp, trend, rows)
    return trend, rows


def _stamp(db: Database, patient_id: str) -> bytes | None:
    found = db.execute("select stamp from course_stamp where patient_id = ?", [patient_id])
    row = found.fetchone()
    return row[0] if row else None


def _stamps(db: Database) -> dict[str, bytes]:
    """Of everybody the clinic keeps."""
    known = {patient.patient_id for patient in find_patients(db)}
    found = db.execute("select patient_id, stamp from course_stamp").fetchall()
    return {patient_id: stamp for patient_id, stamp in found if patient_id in known}
