"""Taking away what tells of a patient. The only place where kept rows are changed or deleted.

What stays of an erased patient is a skeleton without a name: the ids, the days of sessions and
captures, the answers to the consent questions, which models saw the patient, and the record of
acts, which holds ids, days and figures and no names. Rows go in one act; keys and files follow
by `flow.erasing`, which also brings an interrupted erasure to its end.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import ids_json
from edema_desk.store.people.consents import require_standing
from edema_desk.store.people.patients import require_patient, tidy_number

PICTURES: Mapping[str, str] = {
    "change_score": "delete from change_score where capture_id in going_capture",
    "capture_data": "delete from capture_data where capture_id in going_capture",
    "clip_check": "delete from clip_check where capture_id in going_capture",
    "recording": "delete from recording where capture_id in going_capture",
    "estimate": "delete from estimate where assignment_id in "
    "(select assignment_id from assignment where capture_id in going_capture)",
    "judgement": "delete from judgement where capture_id in going_capture",
    "inbox_item": "delete from inbox_item "
    "where capture_id in going_capture or twin_id in going_capture "
    "or patient_id in going_patient",
    "patient_photo": "delete from patient_photo where patient_id in going_patient",
    "capture": "update capture set state = 'incomplete', source = 'erased', sha256 = null, "
    "duration_ms = null, frames_seen = null, frames_chosen = null, passport_id = null "
    "where capture_id in going_capture",
}
"""What goes with a patient's pictures: everything that was made of them."""

EVERYTHING: Mapping[str, str] = {
    **PICTURES,
    "event": "delete from event where patient_id in going_patient or capture_id in going_capture",
    "note": "delete from note where patient_id in going_patient",
    "weighing": "delete from weighing where session_id in "
    "(select session_id from session where patient_id in going_patient)",
    "dry_weight": "delete from dry_weight where patient_id in going_patient",
    "schedule": "delete from schedule where patient_id in going_patient",
    "day_plan": "delete from day_plan where patient_id in going_patient",
    "patient_tare": "delete from patient_tare where patient_id in going_patient",
    "retention_notice": "delete from retention_notice where patient_id in going_patient",
    "assignment": "update assignment set reason = 'erased' "
    "where reason <> '' and (patient_id in going_patient or capture_id in going_capture)",
    "removal": "update removal set reason = 'erased' where capture_id in going_capture",
    "session": "update session set planned_hours = null, planned_removal_ml = null "
    "where patient_id in going_patient",
    "consent": "update consent set remark = '' where remark <> '' and patient_id in going_patient",
    "patient": "update patient set chart_number = 'erased ' || patient_id, "
    "name = 'erased', kana = '', birth_date = null where patient_id in going_patient",
    # last: whatever goes before it makes another stamp
    "course_stamp": "delete from course_stamp where patient_id in going_patient",
}
"""What goes with the whole of a patient."""

STAYS = frozenset({"audit", "model_saw", "erased_patient", "erased_capture"})
"""Tables that name a patient, session or capture by its id, and keep it."""


@dataclass(frozen=True, slots=True)
class ErasedPatient:
    """That somebody was erased, when, by whom and why."""

    patient_id: str
    reason: str
    at: Moment
    actor: str


# acts


def destroy_pictures(store: Store, act_id: str, patient_id: str) -> tuple[str, ...]:
    """Take away clips, crops, scores, estimates and photo of a patient who withdrew the consent
    for care; the captures concerned. Weights and sessions stay.

    Their keys are destroyed by whoever calls this. Raises ExpectedError CONSENT_STANDS,
    UNKNOWN_PATIENT.
    """

    def work(db: Database) -> Done:
        if require_standing(db, patient_id, Purpose.CARE).allowed:
            raise ExpectedError(ErrorCode.CONSENT_STANDS)
        captures = _captures_of(db, [patient_id])
        with _open_door(db, act_id):
            _cut(db, PICTURES, [patient_id], captures)
        _note_captures(db, act_id, captures, "all")
        return Done(patient_id, patient_id, {"capture_ids": captures})

    store.act(act_id, ActKind.DESTROY_PICTURES, work)
    store.courses.drop(patient_id)
    return _erased_by(store, act_id)


def erase_patient(
    store: Store, act_id: str, patient_id: str, chart_number: str, reason: str
) -> tuple[str, ...]:
    """Take away everything that tells who a patient is and what was measured; the captures
    concerned. It cannot be undone.

    The chart number is asked as a second word on who is meant. Raises ExpectedError
    ERASE_NUMBER_WRONG, REASON_NEEDED, UNKNOWN_PATIENT.
    """

    def work(db: Database) -> Done:
        known = require_patient(db, patient_id)
        if tidy_number(chart_number) != known.chart_number:
            raise ExpectedError(ErrorCode.ERASE_NUMBER_WRONG)
        if not reason.strip():
            raise ExpectedError(ErrorCode.REASON_NEEDED)
        captures = _captures_of(db, [patient_id])
        with _open_door(db, act_id):
            _cut(db, EVERYTHING, [patient_id], captures)
        _note_captures(db, act_id, captures, "all")
        row = {"patient_id": patient_id, "reason": reason.strip(), "act_id": act_id}
        db.table("erased_patient").insert(row)
        return Done(patient_id, patient_id, {"capture_ids": captures})

    store.act(act_id, ActKind.ERASE_PATIENT, work)
    store.courses.drop(patient_id)
    return _erased_by(store, act_id)


def drop_clips(store: Store, act_id: str, capture_ids: Sequence[str]) -> None:
    """Keep on record that full clips are no longer kept; their crops are."""

    def work(db: Database) -> Done:
        _note_captures(db, act_id, capture_ids, "clip")
        db.execute(
            "delete from clip_check where capture_id in (select value from json_each(?))",
            [ids_json(capture_ids)],
        )
        return Done(str(len(capture_ids)), None, {"capture_ids": tuple(capture_ids)})

    store.act(act_id, ActKind.DROP_CLIPS, work)


# questions


def erased_captures(store: Store) -> frozenset[str]:
    """Captures of which nothing is kept: no copy of a key of these may be left anywhere."""
    with store.reading() as db:
        return frozenset(_column(db, "select capture_id from erased_capture where what = 'all'"))


def dropped_clips(store: Store) -> frozenset[str]:
    """Captures whose full clip is no longer kept, on purpose."""
    with store.reading() as db:
        return frozenset(_column(db, "select capture_id from erased_capture"))


def erased_patients(store: Store) -> tuple[ErasedPatient, ...]:
    """Who was erased, newest first."""
    with store.reading() as db:
        found = db.query(
            "select e.*, act.actor, act.utc_ms, act.offset_min "
            "from erased_patient e join act using (act_id) order by act.utc_ms desc"
        )
        return tuple(
            ErasedPatient(
                row["patient_id"],
                row["reason"],
                Moment(row["utc_ms"], row["offset_min"]),
                row["actor"],
            )
            for row in found
        )


# within a transaction


@contextmanager
def _open_door(db: Database, act_id: str) -> Iterator[None]:
    """While it is open the rows of patients may be changed and deleted. It is shut again before
    the act ends; an act that fails takes the opening back with it."""
    db.execute("insert into erasing (act_id) values (?)", [act_id])
    yield
    db.execute("delete from erasing")


def _cut(
    db: Database, plan: Mapping[str, str], patients: Sequence[str], captures: Sequence[str]
) -> None:
    db.execute("PRAGMA secure_delete = ON")  # what is freed is written over with zeros
    for name, ids in (("patient", patients), ("capture", captures)):
        db.execute(f"create temp table going_{name} (id text primary key)")
        db.table(f"going_{name}").insert_all({"id": one} for one in ids)
    there = set(db.table_names())
    for statement in (s for table, s in plan.items() if table in there):
        db.execute(statement)
    for name in ("patient", "capture"):
        db.execute(f"drop table going_{name}")


def _captures_of(db: Database, patients: Sequence[str]) -> tuple[str, ...]:
    """Whatever is said to show them now; not what was moved to somebody else."""
    return _column(
        db,
        "select a.capture_id from assignment a where a.patient_id in "
        "(select value from json_each(?)) and not exists (select 1 from assignment later "
        "where later.supersedes = a.assignment_id) order by a.capture_id",
        ids_json(patients),
    )


def _note_captures(db: Database, act_id: str, captures: Sequence[str], what: str) -> None:
    db.table("erased_capture").insert_all(
        [{"capture_id": one, "what": what, "act_id": act_id} for one in captures], ignore=True
    )


def _erased_by(store: Store, act_id: str) -> tuple[str, ...]:
    with store.reading() as db:
        return _column(db, "select capture_id from erased_capture where act_id = ?", act_id)


def _column(db: Database, question: str, *params: str) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute(question, params).fetchall())
