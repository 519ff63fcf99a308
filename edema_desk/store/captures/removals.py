"""Captures that were deleted: out of every use at once, their clips destroyed some days later."""

from collections.abc import Sequence

from sqlite_utils import Database

from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row, capture_of, ids_json, moment_of
from edema_desk.store.captures.captures import (
    capture,
    check_free,
    check_may_move,
    refuse_twin,
    require_capture,
)

_UNDER_WAY = (CaptureState.RECORDING, CaptureState.STORED)
_REMOVED = """
    select c.*, c.rowid as seq, a.patient_id, a.session_id, a.phase,
        coalesce(d.whole, 1) as whole, coalesce(d.recovered, 0) as recovered,
        r.reason, r.actor, r.removed_utc_ms, r.removed_offset_min
    from removal_now r
    join capture c on c.capture_id = r.capture_id
    join assignment a on a.capture_id = c.capture_id
        and not exists (select 1 from assignment later where later.supersedes = a.assignment_id)
    left join recording d on d.capture_id = c.capture_id
"""


# acts


def remove_capture(store: Store, act_id: str, capture_id: str, reason: str) -> None:
    """Take a capture out of use: its phase is free, its estimates count no more, nothing rests on
    it. The row stays, with who, when and why.

    Raises ExpectedError NOT_ALLOWED, REASON_NEEDED, CAPTURE_UNFINISHED, CAPTURE_REMOVED.
    """
    check_may_move(store, capture_id, ActKind.REMOVE_CAPTURE)

    def work(db: Database) -> Done:
        before = require_capture(db, capture_id)
        check_finished(before)
        _insert(db, act_id, capture_id, reason, removed=True)
        details = {"capture_id": capture_id, "session_id": before.session_id}
        return Done(capture_id, before.patient_id, details)

    store.act(act_id, ActKind.REMOVE_CAPTURE, work)


def take_capture_back(store: Store, act_id: str, capture_id: str, reason: str) -> Capture:
    """Bring a deleted capture back into use as it was, while its clip is not destroyed.

    Raises ExpectedError NOT_ALLOWED, REASON_NEEDED, CAPTURE_ERASED, SESSION_TAKEN,
    CLIP_DUPLICATE.
    """
    check_may_move(store, capture_id, ActKind.TAKE_CAPTURE_BACK)

    def work(db: Database) -> Done:
        found = [
            capture_of(row) for row in db.query(_REMOVED + "where c.capture_id = ?", [capture_id])
        ]
        if not found:
            raise LookupError("the capture is not deleted")
        before = found[0]
        if before.sha256 is None:
            raise ExpectedError(ErrorCode.CAPTURE_ERASED)
        check_free(db, before.patient_id, before.session_id, before.phase, but=capture_id)
        refuse_twin(db, before, before.sha256)
        _insert(db, act_id, capture_id, reason, removed=False)
        details = {"capture_id": capture_id, "session_id": before.session_id}
        return Done(capture_id, before.patient_id, details)

    return capture(store, store.act(act_id, ActKind.TAKE_CAPTURE_BACK, work))


def note_erased(store: Store, act_id: str, capture_ids: Sequence[str]) -> None:
    """The keys of these deleted captures are destroyed: what was read from their faces goes too,
    the rows stay."""

    def work(db: Database) -> Done:
        for table in ("change_score", "capture_data"):
            db.execute(
                f"delete from {table} where capture_id in (select value from json_each(?))",  # noqa: S608
                [ids_json(capture_ids)],
            )
        erased = [{"capture_id": i, "what": "all", "act_id": act_id} for i in capture_ids]
        db.table("erased_capture").insert_all(erased, ignore=True)
        change = {"state": CaptureState.INCOMPLETE.value, "sha256": None, "duration_ms": None}
        for capture_id in capture_ids:
            db.table("capture").update(capture_id, change)
        return Done(str(len(capture_ids)), None, {"capture_ids": tuple(capture_ids)})

    store.act(act_id, ActKind.ERASE_REMOVED, work)


# questions


def removed_before(store: Store, moment: Moment) -> tuple[Capture, ...]:
    """Captures deleted before a moment whose clips are still there."""
    with store.reading() as db:
        found = db.query(
            _REMOVED + "where r.removed_utc_ms < ? and c.sha256 is not null", [moment.utc_ms]
        )
        return tuple(capture_of(row) for row in found)


# within a transaction


def removed_in(db: Database, session_id: str) -> tuple[RemovedCapture, ...]:
    """The deleted captures of a session, the newest first."""
    found = db.query(
        _REMOVED + "where a.session_id = ? order by r.removed_utc_ms desc", [session_id]
    )
    return tuple(_removed_of(row) for row in found)


def removed_spots(db: Database, patient_id: str) -> tuple[RemovedCapture, ...]:
    """The deleted spot captures of a patient, the newest first."""
    found = db.query(
        _REMOVED + "where a.patient_id = ? and a.phase = 'spot' order by r.removed_utc_ms desc",
        [patient_id],
    )
    return tuple(_removed_of(row) for row in found)


def check_finished(now: Capture) -> None:
    """Raise ExpectedError CAPTURE_UNFINISHED while somebody still works on the capture."""
    if now.state in _UNDER_WAY:
        raise ExpectedError(ErrorCode.CAPTURE_UNFINISHED)


def _insert(db: Database, act_id: str, capture_id: str, reason: str, *, removed: bool) -> None:
    if not reason.strip():
        raise ExpectedError(ErrorCode.REASON_NEEDED)
    db.table("removal").insert(
        {
            "capture_id": capture_id,
            "removed": int(removed),
            "reason": reason.strip(),
            "act_id": act_id,
        }
    )


def _removed_of(row: Row) -> RemovedCapture:
    return RemovedCapture(capture_of(row), row["reason"], row["actor"], moment_of(row, "removed"))
