"""Captures: from before their first frame to their analysis, and whom they show."""

import json

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.domain.terms.rights import may_move
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import capture_of, moment_of, moment_row
from edema_desk.store.captures.sessions import require_session
from edema_desk.store.people.consents import require_consent
from edema_desk.store.people.patients import require_patient

_NO_CLIP = (CaptureState.INCOMPLETE, CaptureState.REFUSED)
"""States that leave a session's phase free for another clip."""
_LOOKED_AT = (CaptureState.ANALYSED, CaptureState.REFUSED)
BEFORE_CAPTURE = "before_capture"
"""The kind of event that says what went before; a recording bears what it was begun with."""


# acts


def begin_capture(
    store: Store,
    act_id: str,
    capture_id: str,
    patient_id: str,
    session_id: str | None,
    phase: Phase,
    at: Moment,
    source: str,
    event: str = "",
) -> Capture:
    """Make the row of a capture before its first byte is written; its state is RECORDING.

    `event` is what went before it, in words. A spot capture has no session, every other has one.
    Raises ExpectedError UNKNOWN_PATIENT, UNKNOWN_SESSION (also for a session of somebody else),
    SESSION_TAKEN when the phase has a whole clip that was not refused, CONSENT_MISSING and
    CONSENT_WITHDRAWN.
    """

    def work(db: Database) -> Done:
        require_consent(db, patient_id)
        insert_capture(db, act_id, capture_id, at, source)
        assign_capture(db, act_id, capture_id, patient_id, session_id, phase)
        if event:
            insert_event(db, act_id, capture_id, patient_id, event)
        details = {"capture_id": capture_id, "session_id": session_id, "phase": phase.value}
        return Done(capture_id, patient_id, details)

    return capture(store, store.act(act_id, ActKind.BEGIN_CAPTURE, work))


def complete_capture(
    store: Store, act_id: str, capture_id: str, sha256: str, duration_ms: int
) -> Capture:
    """The clip is whole on disk; its state is STORED.

    Raises ExpectedError CLIP_DUPLICATE when the same patient has the same bytes already.
    """

    def work(db: Database) -> Done:
        now = require_capture(db, capture_id)
        refuse_erased(db, capture_id)
        refuse_twin(db, now, sha256)
        change = {"state": CaptureState.STORED.value, "sha256": sha256, "duration_ms": duration_ms}
        db.table("capture").update(capture_id, change)
        return Done(capture_id, now.patient_id, {"capture_id": capture_id, "sha256": sha256})

    return capture(store, store.act(act_id, ActKind.COMPLETE_CAPTURE, work))


def mark_capture(store: Store, act_id: str, capture_id: str, state: CaptureState) -> Capture:
    """Set the state of a capture: one whose clip never came whole, or is no longer kept, is
    INCOMPLETE and loses its hash and duration; one that cannot be read is REFUSED."""

    def work(db: Database) -> Done:
        before = require_capture(db, capture_id)
        change: dict[str, str | None] = {"state": state.value}
        if state is CaptureState.INCOMPLETE:
            change.update(sha256=None, duration_ms=None)
        db.table("capture").update(capture_id, change)
        details = {"capture_id": capture_id, "from": before.state.value, "to": state.value}
        return Done(capture_id, before.patient_id, details)

    return capture(store, store.act(act_id, ActKind.MARK_CAPTURE, work))


def reassign_capture(
    store: Store,
    act_id: str,
    capture_id: str,
    patient_id: str,
    session_id: str | None,
    phase: Phase,
    reason: str,
) -> Capture:
    """Correct whom, which session or which phase a capture shows; the old entry stays.

    Estimates made before are no longer in force, so a capture that was analysed is STORED again.
    Raises ExpectedError NOT_ALLOWED, REASON_NEEDED and those of `begin_capture`.
    """
    check_may_move(store, capture_id, ActKind.REASSIGN_CAPTURE)

    def work(db: Database) -> Done:
        before = require_capture(db, capture_id)
        if not reason.strip():
            raise ExpectedError(ErrorCode.REASON_NEEDED)
        require_consent(db, patient_id)
        assign_capture(db, act_id, capture_id, patient_id, session_id, phase, reason.strip())
        if before.state in _LOOKED_AT and before.sha256 is not None:
            db.table("capture").update(capture_id, {"state": CaptureState.STORED.value})
        details = {
            "capture_id": capture_id,
            "from_patient_id": before.patient_id,
            "from_session_id": before.session_id,
            "from_phase": before.phase.value,
            "session_id": session_id,
            "phase": phase.value,
        }
        return Done(capture_id, patient_id, details)

    return capture(store, store.act(act_id, ActKind.REASSIGN_CAPTURE, work))


def check_may_move(store: Store, capture_id: str, kind: ActKind) -> None:
    """Put on record and refuse, with NOT_ALLOWED, what is not the actor's to do with a capture
    that is there."""
    with store.reading() as db:
        found = db.query(
            "select act.actor, act.utc_ms as at_utc_ms, act.offset_min as at_offset_min "
            "from capture c join act using (act_id) where c.capture_id = ?",
            [capture_id],
        )
        begun = next(found, None)
    today = Moment.now().day
    if begun and not may_move(store.actor, begun["actor"], moment_of(begun, "at").day, today):
        store.refuse(kind)


# questions


def capture(store: Store, capture_id: str) -> Capture:
    """One capture as it is assigned now. An unknown id is a bug and raises LookupError."""
    with store.reading() as db:
        return require_capture(db, capture_id)


def capture_by_sha256(store: Store, patient_id: str, sha256: str) -> Capture | None:
    """The patient's capture with these bytes, or None; one that was given up does not count."""
    with store.reading() as db:
        return _same_clip(db, patient_id, sha256)


def capture_states(store: Store) -> dict[str, CaptureState]:
    """The state of every capture by its id, deleted ones too: what the clip folder should hold."""
    with store.reading() as db:
        rows = db.query("select capture_id, state from capture")
        return {row["capture_id"]: CaptureState(row["state"]) for row in rows}


def unfinished_captures(store: Store) -> tuple[Capture, ...]:
    """Captures that are RECORDING or STORED, oldest first: to be recovered or analysed."""
    with store.reading() as db:
        found = db.query(
            "select * from capture_now where state in ('recording', 'stored') "
            "order by captured_utc_ms"
        )
        return tuple(capture_of(row) for row in found)


# within a transaction


def require_capture(db: Database, capture_id: str) -> Capture:
    """The capture; LookupError when there is none, ExpectedError CAPTURE_REMOVED for a deleted
    one."""
    rows = list(db.query("select * from capture_now where capture_id = ?", [capture_id]))
    if not rows:
        if list(db.query("select 1 from removal_now where capture_id = ?", [capture_id])):
            raise ExpectedError(ErrorCode.CAPTURE_REMOVED)
        raise LookupError("no such capture")
    return capture_of(rows[0])


def refuse_erased(db: Database, capture_id: str) -> None:
    """Raise ExpectedError CONSENT_WITHDRAWN when the pictures of a capture were destroyed while
    somebody was still at work on them."""
    erased = "select 1 from erased_capture where capture_id = ? and what = 'all'"
    if db.execute(erased, [capture_id]).fetchone() is not None:
        raise ExpectedError(ErrorCode.CONSENT_WITHDRAWN)


def refuse_twin(db: Database, now: Capture, sha256: str) -> None:
    """Raise ExpectedError CLIP_DUPLICATE when the patient has these bytes in another capture."""
    twin = _same_clip(db, now.patient_id, sha256)
    if twin is not None and twin.capture_id != now.capture_id:
        raise ExpectedError(ErrorCode.CLIP_DUPLICATE)


def insert_capture(db: Database, act_id: str, capture_id: str, at: Moment, source: str) -> None:
    """Write the row of a capture that nothing is known of yet."""
    db.table("capture").insert(
        {
            "capture_id": capture_id,
            **moment_row("captured", at),
            "state": CaptureState.RECORDING.value,
            "source": source,
            "act_id": act_id,
        }
    )


def insert_event(db: Database, act_id: str, capture_id: str, patient_id: str, said: str) -> None:
    """Say what went before a capture; the newest row of a capture counts."""
    db.table("event").insert(
        {
            "event_id": new_id(),
            "patient_id": patient_id,
            "capture_id": capture_id,
            "kind": BEFORE_CAPTURE,
            "details": json.dumps({"said": said}, ensure_ascii=False),
            "act_id": act_id,
        }
    )


def assign_capture(
    db: Database,
    act_id: str,
    capture_id: str,
    patient_id: str,
    session_id: str | None,
    phase: Phase,
    reason: str = "",
) -> None:
    """Say whom a capture shows, superseding what was said; see `begin_capture`."""
    if (phase is Phase.SPOT) != (session_id is None):
        raise ExpectedError(ErrorCode.UNKNOWN_SESSION)
    check_free(db, patient_id, session_id, phase, but=capture_id)
    before = db.execute(
        "select assignment_id from assignment_now where capture_id = ?", [capture_id]
    ).fetchone()
    db.table("assignment").insert(
        {
            "assignment_id": new_id(),
            "capture_id": capture_id,
            "patient_id": patient_id,
            "session_id": session_id,
            "phase": phase.value,
            "reason": reason,
            "supersedes": before[0] if before else None,
            "act_id": act_id,
        }
    )


def check_free(
    db: Database, patient_id: str, session_id: str | None, phase: Phase, *, but: str = ""
) -> None:
    """Raise what keeps a capture from a phase of a session, if it has one; see `begin_capture`.
    The capture `but` does not count."""
    require_patient(db, patient_id)
    if session_id is None:
        return
    if require_session(db, session_id).patient_id != patient_id:
        raise ExpectedError(ErrorCode.UNKNOWN_SESSION)
    taken = _captures_of_phase(db, session_id, phase)
    if any(c.capture_id != but and c.whole and c.state not in _NO_CLIP for c in taken):
        raise ExpectedError(ErrorCode.SESSION_TAKEN)


def _captures_of_phase(db: Database, session_id: str, phase: Phase) -> tuple[Capture, ...]:
    found = db.query(
        "select * from capture_now where session_id = ? and phase = ?",
        [session_id, phase.value],
    )
    return tuple(capture_of(row) for row in found)


def _same_clip(db: Database, patient_id: str, sha256: str) -> Capture | None:
    found = db.query(
        "select * from capture_now where sha256 = ? and patient_id = ?", [sha256, patient_id]
    )
    return next((capture_of(row) for row in found), None)
