"""When patients come: their schedule, and the days that are unlike it."""

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Schedule
from edema_desk.domain.terms.schedule import DayPlan, PlannedDay
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import schedule_of, schedule_row
from edema_desk.store.people.patients import LONGEST_NAME, require_patient


def set_schedule(store: Store, act_id: str, patient_id: str, schedule: Schedule) -> None:
    """Put a patient's schedule in place of the one there is; the audit keeps both.

    Raises ExpectedError UNKNOWN_PATIENT, FIELD_TOO_LONG.
    """

    def work(db: Database) -> Done:
        require_patient(db, patient_id)
        if len(schedule.bed) > LONGEST_NAME:
            raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field="bed", limit=LONGEST_NAME)
        before = schedule_in(db, patient_id)
        new = {**schedule_row(schedule), "act_id": act_id}
        db.table("schedule").update(patient_id, new)
        return Done(patient_id, patient_id, _changes(before, schedule))

    store.act(act_id, ActKind.SET_SCHEDULE, work)


def plan_day(
    store: Store, act_id: str, patient_id: str, day: date, plan: DayPlan, reason: str = ""
) -> None:
    """Say that a patient is away on a day, comes for once, or is due as scheduled after all.

    Raises ExpectedError UNKNOWN_PATIENT, and REASON_NEEDED when somebody is away without one.
    """

    def work(db: Database) -> Done:
        require_patient(db, patient_id)
        if plan is DayPlan.AWAY and not reason.strip():
            raise ExpectedError(ErrorCode.REASON_NEEDED)
        new = {
            "patient_id": patient_id,
            "day": str(day),
            "plan": plan.value,
            "reason": reason.strip(),
            "act_id": act_id,
        }
        db.table("day_plan").insert(new)
        return Done(patient_id, patient_id, {"day": str(day), "plan": plan.value})

    store.act(act_id, ActKind.PLAN_DAY, work)


# within a transaction


def schedule_in(db: Database, patient_id: str) -> Schedule:
    """The schedule of a patient who is there."""
    return schedule_of(next(db.query("select * from schedule where patient_id = ?", [patient_id])))


def planned_days(db: Database, day: date) -> dict[str, PlannedDay]:
    """By patient, what was last set for `day`."""
    found = db.query(
        "select p.*, act.actor from day_plan p join act using (act_id) "
        "where p.day = ? order by p.seq",
        [str(day)],
    )
    return {
        row["patient_id"]: PlannedDay(day, DayPlan(row["plan"]), row["reason"], row["actor"])
        for row in found
    }


def _changes(before: Schedule, after: Schedule) -> dict[str, str | int | float | None]:
    """What the audit keeps; a bed is what somebody typed, so only that it changed."""
    return {
        "from_weekdays": _digits(before.weekdays),
        "weekdays": _digits(after.weekdays),
        "from_shift": before.shift,
        "shift": after.shift,
        "from_planned_hours": before.planned_hours,
        "planned_hours": after.planned_hours,
        "other_bed": int(before.bed != after.bed),
    }


def _digits(weekdays: Sequence[int]) -> str:
    return "".join(str(day) for day in sorted(weekdays))
