"""Dialysis sessions and the weights of the scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.acts import ActKind
from edema_desk.domain.moment import Moment
from edema_desk.domain.pairing import LONGEST_SESSION_H, SessionState
from edema_desk.domain.records import DialysisSession, Phase, Weighing, new_id
from edema_desk.domain.trend import dry_weight_on
from edema_desk.domain.weights import Tare, checked_weight_g
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.database import Done, Store
from edema_desk.store.patients import dry_weights, require_patient
from edema_desk.store.rows import moment_row, session_of, weighing_of
from edema_desk.store.schedules import schedule_in
from edema_desk.store.tares import remember_tares


@dataclass(frozen=True, slots=True)
class KnownWeights:
    """What a new weight is held against, in grams; None where it is not known."""

    last_post_g: int | None
    dry_weight_g: int | None
    pre_g: int | None


# acts


def open_session(
    store: Store,
    act_id: str,
    patient_id: str,
    at: Moment,
    planned_hours: float | None = None,
    planned_removal_ml: int | None = None,
) -> str:
    """Open a session and return its id; without hours it takes the patient's usual ones.

    Raises ExpectedError UNKNOWN_PATIENT.
    """

    def work(db: Database) -> Done:
        require_patient(db, patient_id)
        hours = planned_hours or schedule_in(db, patient_id).planned_hours
        plan = DialysisSession(new_id(), patient_id, at.day, at, hours, planned_removal_ml)
        insert_session(db, act_id, plan)
        details = {"session_id": plan.session_id, "day": str(plan.day), "planned_hours": hours}
        return Done(plan.session_id, patient_id, details)

    return store.act(act_id, ActKind.OPEN_SESSION, work)


def enter_weighing(
    store: Store,
    act_id: str,
    session_id: str,
    phase: Phase,
    gross_g: int,
    tare_g: int,
    at: Moment,
    reason: str = "",
    *,
    tares: Sequence[Tare] = (),
    planned_hours: float | None = None,
) -> str:
    """Add the weight of a phase, or correct the one there is; return the entry's id.

    `tares` are remembered for the patient's next weight, `planned_hours` become the session's.
    A correction needs a reason. Raises ExpectedError UNKNOWN_SESSION, WEIGHT_OUT_OF_RANGE,
    REASON_NEEDED.
    """

    def work(db: Database) -> Done:
        session = require_session(db, session_id)
        entry = insert_weighing(db, act_id, session_id, phase, gross_g, tare_g, at, reason)
        remember_tares(db, act_id, session.patient_id, tares)
        details: dict[str, str | int | float | None] = {
            "session_id": session_id,
            "weighing_id": entry.weighing_id,
            "phase": phase.value,
            "gross_g": gross_g,
            "tare_g": tare_g,
            "supersedes": entry.supersedes,
            **{f"{tare.kind.value}_g": tare.weight_g for tare in tares if tare.used},
            **_plan_hours(db, session, planned_hours),
        }
        return Done(entry.weighing_id, session.patient_id, details)

    return store.act(act_id, ActKind.ENTER_WEIGHING, work)


def set_planned_hours(store: Store, act_id: str, session_id: str, hours: float) -> None:
    """Let a session last other hours than planned before; the audit keeps both.

    Raises ExpectedError UNKNOWN_SESSION.
    """

    def work(db: Database) -> Done:
        session = require_session(db, session_id)
        details = {"session_id": session_id, **_plan_hours(db, session, hours)}
        return Done(session_id, session.patient_id, details)

    store.act(act_id, ActKind.SET_PLANNED_HOURS, work)


# questions


def session(store: Store, session_id: str) -> DialysisSession:
    """One session. Raises ExpectedError UNKNOWN_SESSION."""
    with store.reading() as db:
        return require_session(db, session_id)


def session_states(store: Store, patient_id: str, around: Moment) -> tuple[SessionState, ...]:
    """The patient's sessions opened within a session's length of `around`, and their phases
    that have a weight or a capture: what `domain.pairing.propose_session` asks for."""
    with store.reading() as db:
        return states_around(db, patient_id, around)


def known_weights(
    store: Store, patient_id: str, session_id: str | None, at: Moment
) -> KnownWeights:
    """What is known at a moment: the last post before, the dry weight, this session's pre."""
    with store.reading() as db:
        last = db.execute(
            """
            select w.gross_g - w.tare_g from session s
            join weighing_now w on w.session_id = s.session_id and w.phase = 'post'
            where s.patient_id = ? and s.opened_utc_ms <= ? and s.session_id is not ?
            order by s.opened_utc_ms desc limit 1
            """,
            [patient_id, at.utc_ms, session_id],
        ).fetchone()
        pre = weighing_now(db, session_id, Phase.PRE) if session_id else None
        dry_g = dry_weight_on(at.day, dry_weights(db, patient_id))
    return KnownWeights(last[0] if last else None, dry_g, pre.net_g if pre else None)


# within a transaction


def states_around(db: Database, patient_id: str, around: Moment) -> tuple[SessionState, ...]:
    """As `session_states`."""
    reach_ms = int(LONGEST_SESSION_H * 3_600_000)
    found = db.query(
        "select * from session where patient_id = ? and opened_utc_ms between ? and ? "
        "order by opened_utc_ms",
        [patient_id, around.utc_ms - reach_ms, around.utc_ms + reach_ms],
    )
    sessions = [session_of(row) for row in found]
    return tuple(SessionState(s, _phases(db, s.session_id)) for s in sessions)


def require_session(db: Database, session_id: str) -> DialysisSession:
    """The session. Raises ExpectedError UNKNOWN_SESSION."""
    rows = list(db.query("select * from session where session_id = ?", [session_id]))
    if not rows:
        raise ExpectedError(ErrorCode.UNKNOWN_SESSION)
    return session_of(rows[0])


def insert_session(db: Database, act_id: str, new: DialysisSession) -> None:
    """Write a session's row."""
    db.table("session").insert(
        {
            "session_id": new.session_id,
            "patient_id": new.patient_id,
            "day": str(new.day),
            **moment_row("opened", new.opened_at),
            "planned_hours": new.planned_hours,
            "planned_removal_ml": new.planned_removal_ml,
            "act_id": act_id,
        }
    )


def weighing_now(db: Database, session_id: str, phase: Phase) -> Weighing | None:
    """The weighing in force of one phase."""
    found = db.query(
        "select * from weighing_now where session_id = ? and phase = ?", [session_id, phase.value]
    )
    return next((weighing_of(row) for row in found), None)


def all_weighings(db: Database, session_id: str) -> tuple[Weighing, ...]:
    """Every weighing of a session, corrected ones too, in the order they were entered."""
    found = db.query(
        "select w.*, act.actor from weighing w join act using (act_id) "
        "where w.session_id = ? order by w.phase desc, w.rowid",
        [session_id],
    )
    return tuple(weighing_of(row) for row in found)


def insert_weighing(
    db: Database,
    act_id: str,
    session_id: str,
    phase: Phase,
    gross_g: int,
    tare_g: int,
    at: Moment,
    reason: str = "",
) -> Weighing:
    """Write an entry, superseding the one in force; see `enter_weighing`."""
    checked_weight_g(gross_g - tare_g)
    before = weighing_now(db, session_id, phase)
    if before is not None and not reason.strip():
        raise ExpectedError(ErrorCode.REASON_NEEDED)
    weighing_id = new_id()
    db.table("weighing").insert(
        {
            "weighing_id": weighing_id,
            "session_id": session_id,
            "phase": phase.value,
            "gross_g": gross_g,
            "tare_g": tare_g,
            **moment_row("weighed", at),
            "reason": reason.strip(),
            "supersedes": before.weighing_id if before else None,
            "act_id": act_id,
        }
    )
    return Weighing(
        weighing_id,
        session_id,
        phase,
        gross_g,
        tare_g,
        at,
        reason=reason.strip(),
        supersedes=before.weighing_id if before else None,
    )


def _plan_hours(
    db: Database, session: DialysisSession, hours: float | None
) -> dict[str, float | None]:
    """Write other hours; what the audit says of it."""
    if hours is None or hours == session.planned_hours:
        return {}
    db.table("session").update(session.session_id, {"planned_hours": hours})
    return {"planned_hours": hours, "from_planned_hours": session.planned_hours}


def _phases(db: Database, session_id: str) -> frozenset[Phase]:
    found = db.query(
        "select phase from weighing_now where session_id = :id "
        "union select phase from assignment_now where session_id = :id",
        {"id": session_id},
    )
    return frozenset(Phase(row["phase"]) for row in found)
