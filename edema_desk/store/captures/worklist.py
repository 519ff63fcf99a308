"""The question behind the page Today: who is due, and what is there of each."""

from dataclasses import dataclass
from datetime import date

from edema_desk.domain.course.worklist import WorklistRow, sort_rows
from edema_desk.domain.terms.schedule import PlannedDay, is_due
from edema_desk.store.base.database import Store
from edema_desk.store.base.rows import schedule_of, session_of
from edema_desk.store.courses.course import session_entries
from edema_desk.store.people.patients import find_patients
from edema_desk.store.people.schedules import planned_days


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the database holds."""

    patients: int
    sessions: int
    captures: int
    estimates: int


def worklist(store: Store, day: date, query: str = "") -> tuple[WorklistRow, ...]:
    """Every patient that matches `query`, those due on `day` first, with the day's session.

    Of several sessions on a day the last counts. Reads that day's sessions, the last ones before
    them and the patients; how long the clinic has been at work does not matter.
    """
    with store.reading() as db:
        schedules = {r["patient_id"]: schedule_of(r) for r in db.query("select * from schedule")}
        found = db.query("select * from session where day = ? order by opened_utc_ms", [str(day)])
        last_of = {row["patient_id"]: session_of(row) for row in found}
        people = find_patients(db, query)
        shown = [last_of[p.patient_id] for p in people if p.patient_id in last_of]
        entries = session_entries(db, shown)
        plans = planned_days(db, day)
    rows = []
    for person in people:
        schedule = schedules[person.patient_id]
        session = last_of.get(person.patient_id)
        planned = plans.get(person.patient_id, PlannedDay(day))
        rows.append(
            WorklistRow(
                person,
                schedule,
                entries[session.session_id] if session else None,
                session is not None or is_due(schedule, day, planned.plan),
                planned.plan,
                planned.reason,
            )
        )
    return sort_rows(rows)


def counts(store: Store) -> Counts:
    """How many patients, sessions, captures and estimates there are."""
    with store.reading() as db:
        return Counts(*(db.table(t).count for t in ("patient", "session", "capture", "estimate")))
