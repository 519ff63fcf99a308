"""Courses as they are kept, as they are made anew, and the files and stamps between."""

from datetime import date, timedelta
from pathlib import Path

from edema_desk.domain.course.course_rows import CourseRows
from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.base.kept_courses import KeptCourses
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.courses.clinic_rows import rows_in
from edema_desk.store.courses.course import patient_trend
from edema_desk.store.courses.whole_course import whole_course
from tests.store.store_samples import (
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

FIRST = date(2026, 3, 2)


def course(store: Store, patient_id: str) -> Trend:
    with store.reading() as db:
        return whole_course(db, store.courses, patient_id)


def made_anew(store: Store, patient_id: str) -> Trend:
    with store.reading() as db:
        return patient_trend(db, patient_id)


def bare_rows(store: Store, patient_id: str) -> CourseRows:
    with store.reading() as db:
        return rows_in(db, patient_id, patient_trend(db, patient_id))


def same_rows(one: CourseRows, other: CourseRows) -> bool:
    names = (one.models, one.cameras) == (other.models, other.cameras)
    return names and one.table.tobytes() == other.table.tobytes()


def opened_anew(store: Store) -> KeptCourses:
    """What another start of the program would find."""
    return KeptCourses(store.profile.courses, enter_here(store.profile).data_key)


def stamp_of(store: Store, patient_id: str) -> bytes:
    with store.reading() as db:
        question = "select stamp from course_stamp where patient_id = ?"
        found: bytes = db.execute(question, [patient_id]).fetchone()[0]
    return found


def files(store: Store) -> list[Path]:
    return sorted(store.profile.courses.iterdir())


def one_course(store: Store) -> str:
    know_model(store)
    patient_id = some_patient(store)
    earlier = ""
    for number, kg in enumerate((1.25, 1.5)):
        day = FIRST + timedelta(2 * number)
        session = session_on(store, patient_id, day)
        weigh(store, session, Phase.PRE, 54_000, at(day))
        one = stored_capture(store, patient_id, session, Phase.PRE, at(day, 9, 5))
        said = estimate(one.capture_id, kg, references=(earlier,) if earlier else ())
        record_analysis(store, new_id(), one.capture_id, analysis(), said)
        earlier = one.capture_id
    return patient_id
