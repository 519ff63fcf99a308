"""What a report about patients is made of, and that it was made."""

from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.course.course_rows import CourseRows
from edema_desk.domain.course.trend import Trend
from edema_desk.domain.reporting import ReportMade, ReportWish
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.records import Patient
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.notes import notes_of
from edema_desk.store.courses.clinic_rows import rows_in
from edema_desk.store.courses.whole_course import whole_course
from edema_desk.store.people.patients import require_patient


@dataclass(frozen=True, slots=True, eq=False)
class ReportGround:
    """Everything about one patient that a page may tell."""

    patient: Patient
    trend: Trend
    rows: CourseRows
    notes: tuple[Note, ...]


def note_report(store: Store, act_id: str, made: ReportMade) -> None:
    """Put on record that a report goes out, just before it does. Raises ExpectedError
    NOT_ALLOWED, UNKNOWN_PATIENT."""

    def work(db: Database) -> Done:
        for patient_id in made.patient_ids:
            require_patient(db, patient_id)
        whom = made.patient_ids[0] if len(made.patient_ids) == 1 else None
        period = made.wish.period
        details: dict[str, AuditValue] = {
            "what": made.wish.kind.value,
            "patient_ids": made.patient_ids if whom is None else None,
            "pages": made.pages,
            "way": made.way.value,
            "language": made.language,
            "pseudonymous": made.wish.pseudonymous,
            "first": str(period.first) if period.first else None,
            "last": str(period.last) if period.last else None,
        }
        return Done("", whom, details)

    store.act(act_id, made.wish.act, work)


def report_ground(store: Store, wish: ReportWish, patient_id: str) -> ReportGround:
    """What a page about a patient is made of. Raises ExpectedError NOT_ALLOWED,
    UNKNOWN_PATIENT."""
    store.require(wish.act)
    with store.reading() as db:
        person = require_patient(db, patient_id)
        trend = whole_course(db, store.courses, patient_id)
        rows = rows_in(db, patient_id, trend)
    return ReportGround(person, trend, rows, notes_of(store, patient_id))


def patients_who_come(store: Store, shift: int | None) -> tuple[str, ...]:
    """Ids of who comes in a shift, or at all, in the order of beds."""
    sql = """
        select patient_id from patient join schedule using (patient_id)
        where coalesce(:shift, shift) = shift and weekdays != '' order by shift, bed, chart_number
    """
    with store.reading() as db:
        return tuple(row[0] for row in db.execute(sql, {"shift": shift}))
