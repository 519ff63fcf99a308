"""Whose data may leave the clinic as files, how much that is, and that it did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from edema_desk.domain.course.exporting import ExportedPatient, Period, exported
from edema_desk.domain.keeping.consent import ConsentState, Purpose
from edema_desk.domain.models.export_plan import ExportKind, ExportWish, WentOut
from edema_desk.domain.terms.records import Patient
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import ids_json
from edema_desk.store.captures.judgements import judgements_in
from edema_desk.store.captures.spot_events import spot_events
from edema_desk.store.courses.whole_course import whole_course
from edema_desk.store.people.consents import require_standing
from edema_desk.store.people.patients import find_patients, require_patient


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whose data may go out as wished, and how many of those asked for did not agree."""

    patients: tuple[Patient, ...]
    not_agreed: int


# acts


def note_went_out(store: Store, act_id: str, went: WentOut) -> None:
    """Put on record that this goes out, just before it does: whose consent was withdrawn since
    it was read stops it. Raises ExpectedError NOT_ALLOWED, EXPORT_WITHDRAWN, UNKNOWN_PATIENT."""
    kind = went.wish.act

    def work(db: Database) -> Done:
        for patient_id in went.patient_ids:
            if not _may_leave(db, patient_id, named=went.wish.named):
                raise ExpectedError(ErrorCode.EXPORT_WITHDRAWN)
        whom = went.patient_ids[0] if len(went.patient_ids) == 1 else None
        period = went.wish.period
        details: dict[str, AuditValue] = {
            "what": went.wish.kind.value,
            "patient_ids": went.patient_ids if whom is None else None,
            "sessions": went.sessions,
            "spots": went.spots,
            "clips": went.clips,
            "first": str(period.first) if period.first else None,
            "last": str(period.last) if period.last else None,
        }
        return Done("", whom, details)

    store.act(act_id, kind, work)


# questions


def who_may_leave(store: Store, wish: ExportWish) -> Leaving:
    """Under codes: those who agreed to research and did not withdraw care. With names: those who
    agreed to care.

    Raises ExpectedError NOT_ALLOWED, UNKNOWN_PATIENT, EXPORT_ORIGINS, EXPORT_NAMED_WHOM,
    EXPORT_NAMED_STUDY.
    """
    store.require(wish.act)
    _check(wish)
    with store.reading() as db:
        if wish.patient_ids:
            asked = tuple(require_patient(db, one) for one in dict.fromkeys(wish.patient_ids))
        else:
            asked = tuple(p for p in find_patients(db) if p.origin == wish.origin)
        if len({patient.origin for patient in asked}) > 1:
            raise ExpectedError(ErrorCode.EXPORT_ORIGINS)
        may = tuple(p for p in asked if _may_leave(db, p.patient_id, named=wish.named))
    return Leaving(may, len(asked) - len(may))


def course_to_export(
    store: Store, patient_id: str, period: Period, *, named: bool
) -> ExportedPatient:
    """One patient's course as it goes out. Raises ExpectedError UNKNOWN_PATIENT."""
    with store.reading() as db:
        person = require_patient(db, patient_id)
        course = exported(person, whole_course(db, store.courses, patient_id), period, named=named)
        captures = [e.capture.capture_id for e in course.trend.entries() if e.capture]
        return replace(
            course,
            events=spot_events(db, patient_id),
            judgements=judgements_in(db, captures),
        )


def sessions_within(store: Store, patient_ids: Sequence[str], period: Period) -> dict[str, int]:
    """How many sessions each has in a period; those without any are not in it."""
    sql = """
        select patient_id, count(*) from session
        where patient_id in (select value from json_each(?)) and day between ? and ?
        group by patient_id
    """
    first, last = str(period.first or "0000"), str(period.last or "9999")
    with store.reading() as db:
        found = db.execute(sql, [ids_json(patient_ids), first, last])
        return dict(found.fetchall())


def spots_within(store: Store, patient_ids: Sequence[str], period: Period) -> dict[str, int]:
    """How many spot captures each has in a period; those without any are not in it."""
    sql = """
        select patient_id, count(*) from capture_now
        where patient_id in (select value from json_each(?)) and phase = 'spot'
            and not (state = 'incomplete' and sha256 is null)
            and date((captured_utc_ms + 60000 * captured_offset_min) / 1000, 'unixepoch')
                between ? and ?
        group by patient_id
    """
    first, last = str(period.first or "0000"), str(period.last or "9999")
    with store.reading() as db:
        found = db.execute(sql, [ids_json(patient_ids), first, last])
        return dict(found.fetchall())


def origins(store: Store) -> tuple[str, ...]:
    """Where the patients there are come from."""
    with store.reading() as db:
        return tuple(sorted({patient.origin for patient in find_patients(db)}))


# within a transaction


def _may_leave(db: Database, patient_id: str, *, named: bool) -> bool:
    care = require_standing(db, patient_id, Purpose.CARE)
    if named:
        return care.allowed
    research = require_standing(db, patient_id, Purpose.RESEARCH)
    return research.allowed and care.state is not ConsentState.WITHDRAWN


def _check(wish: ExportWish) -> None:
    """Names go only with patients who were named, and never with clips."""
    if wish.named and wish.kind is ExportKind.STUDY:
        raise ExpectedError(ErrorCode.EXPORT_NAMED_STUDY)
    if wish.named and not wish.patient_ids:
        raise ExpectedError(ErrorCode.EXPORT_NAMED_WHOM)
