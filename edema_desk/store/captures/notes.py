"""Notes of clinicians on patients and sessions. Rows are only added."""

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.notes import LONGEST_NOTE, Note
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row, moment_of
from edema_desk.store.captures.sessions import require_session
from edema_desk.store.people.patients import require_patient

_NOTE = """
    select n.*, act.actor, act.utc_ms as written_utc_ms, act.offset_min as written_offset_min
    from note n join act using (act_id)
"""
_FIELD = "text"


# acts


def add_note(store: Store, act_id: str, patient_id: str, session_id: str | None, text: str) -> Note:
    """Keep a note on a session, or on a patient as such.

    Raises ExpectedError FIELD_EMPTY, FIELD_TOO_LONG, UNKNOWN_PATIENT, UNKNOWN_SESSION (also for a
    session of somebody else).
    """
    said = _checked(text)

    def work(db: Database) -> Done:
        require_patient(db, patient_id)
        if session_id and require_session(db, session_id).patient_id != patient_id:
            raise ExpectedError(ErrorCode.UNKNOWN_SESSION)
        return _insert(db, act_id, patient_id, session_id, said)

    return note(store, store.act(act_id, ActKind.ADD_NOTE, work))


def correct_note(store: Store, act_id: str, note_id: str, text: str, reason: str) -> Note:
    """Let another text stand in the place of a note; the earlier one stays on record.

    Raises ExpectedError FIELD_EMPTY, FIELD_TOO_LONG, REASON_NEEDED, and NOTE_CORRECTED where
    somebody corrected it meanwhile. An unknown id is a bug: LookupError.
    """
    said = _checked(text)

    def work(db: Database) -> Done:
        before = _require(db, note_id)
        if not reason.strip():
            raise ExpectedError(ErrorCode.REASON_NEEDED)
        if db.execute("select 1 from note where supersedes = ?", [note_id]).fetchone():
            raise ExpectedError(ErrorCode.NOTE_CORRECTED)
        of = (before.patient_id, before.session_id)
        return _insert(db, act_id, *of, said, supersedes=note_id, reason=reason.strip())

    return note(store, store.act(act_id, ActKind.CORRECT_NOTE, work))


# questions


def note(store: Store, note_id: str) -> Note:
    """One note. An unknown id is a bug: LookupError."""
    with store.reading() as db:
        return _require(db, note_id)


def notes_of(store: Store, patient_id: str) -> tuple[Note, ...]:
    """All entries on a patient and the patient's sessions, corrected ones too, oldest first."""
    with store.reading() as db:
        return _found(db, "n.patient_id = ?", patient_id)


# within a transaction


def notes_in(db: Database, session_id: str) -> tuple[Note, ...]:
    """All entries on a session, corrected ones too, oldest first."""
    return _found(db, "n.session_id = ?", session_id)


def _found(db: Database, condition: str, value: str) -> tuple[Note, ...]:
    found = db.query(f"{_NOTE} where {condition} order by act.utc_ms, n.rowid", [value])
    return tuple(_note_of(row) for row in found)


def _require(db: Database, note_id: str) -> Note:
    found = _found(db, "n.note_id = ?", note_id)
    if not found:
        raise LookupError("no such note")
    return found[0]


def _insert(
    db: Database,
    act_id: str,
    patient_id: str,
    session_id: str | None,
    text: str,
    *,
    supersedes: str | None = None,
    reason: str = "",
) -> Done:
    row = {
        "note_id": new_id(),
        "patient_id": patient_id,
        "session_id": session_id,
        "text": text,
        "supersedes": supersedes,
        "reason": reason,
        "act_id": act_id,
    }
    db.table("note").insert(row)
    told = {"note_id": row["note_id"], "session_id": session_id, "supersedes": supersedes}
    return Done(str(row["note_id"]), patient_id, told)


def _checked(text: str) -> str:
    said = text.strip()
    if not said:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field=_FIELD)
    if len(said) > LONGEST_NOTE:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field=_FIELD, limit=LONGEST_NOTE)
    return said


def _note_of(row: Row) -> Note:
    return Note(
        row["note_id"],
        row["patient_id"],
        row["session_id"],
        row["text"],
        moment_of(row, "written"),
        row["actor"],
        row["supersedes"],
        row["reason"],
    )
