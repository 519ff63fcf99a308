"""Dialysis sessions and the weights of the scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.capture.pairing import LONGEST_SESSION_H, SessionState
from edema_desk.domain.course.trend import dry_weight_on
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import DialysisSession, Phase, Weighing, new_id
from edema_desk.domain.terms.rights import may_correct
from edema_desk.domain.terms.weights import (
    Tare,
    WeightDoubt,
    checked_weight_g,
    time_doubts,
    weight_doubts,
)
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import moment_of, moment_row, session_of, weighing_of
from edema_desk.store.people.patients import dry_weights, last_post_g, require_patient
from edema_desk.store.people.schedules import schedule_in
from edema_desk.store.people.tares import remember_tares


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
    A correction needs a reason, and so does a weight that is doubtful. Raises ExpectedError
    UNKNOWN_SESSION, WEIGHT_OUT_OF_RANGE, WEIGHT_DOUBTFUL, REASON_NEEDED, and NOT_ALLOWED for
    somebody else's weight.
    """
    _check_may_correct(store, session_id, phase)

    def work(db: Database) -> Done:
        session = require_session(db, session_id)
        net_g = checked_weight_g(gross_g - tare_g)
        told = _doubts(db, session.patient_id, session_id, phase, net_g, at)
        if told and not reason.strip():
            raise ExpectedError(ErrorCode.WEIGHT_DOUBTFUL, entered=f"{net_g / 1000:g}")
        entry = insert_weighing(db, act_id, session_id, phase, gross_g, tare_g, at, reason)
        remember_tares(db, act_id, session.patient_id, tares)
        details: dict[str, AuditValue] = {
            "session_id": session_id,
            "weighing_id": entry.weighing_id,
            "phase": phase.value,
            "gross_g": gross_g,
            "tare_g": tare_g,
            "supersedes": entry.supersedes,
            "doubts": tuple(one.doubt.value for one in told),
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
        return _known(db, patient_id, session_id, at)


def doubts_about(
    store: Store, patient_id: str, session_id: str | None, phase: Phase, net_g: int, at: Moment
) -> tuple[WeightDoubt, ...]:
    """What is doubtful about a weight before it is entered: how much it is, and when."""
    with store.reading() as db:
        return _doubts(db, patient_id, session_id, phase, net_g, at)


# within a transaction


def _known(db: Database, patient_id: str, session_id: str | None, at: Moment) -> KnownWeights:
    pre = weighing_now(db, session_id, Phase.PRE) if session_id else None
    last_g = last_post_g(db, patient_id, session_id, at)
    dry_g = dry_weight_on(at.day, dry_weights(db, patient_id))
    return KnownWeights(last_g, dry_g, pre.net_g if pre else None)


def _doubts(
    db: Database, patient_id: str, session_id: str | None, phase: Phase, net_g: int, at: Moment
) -> tuple[WeightDoubt, ...]:
    known = _known(db, patient_id, session_id, at)
    pre = weighing_now(db, session_id, Phase.PRE) if session_id else None
    earlier = [require_session(db, session_id).opened_at] if session_id else []
    if pre is not None and phase is Phase.POST:
        earlier.append(pre.weighed_at)
    return (
        *weight_doubts(
            net_g,
            last_post_g=known.last_post_g,
            dry_weight_g=known.dry_weight_g,
            pre_g=known.pre_g,
            is_post=phase is Phase.POST,
        ),
        *time_doubts(net_g, at, Moment.now(), earlier),
    )


def _check_may_correct(store: Store, session_id: str, phase: Phase) -> None:
    """Put on record and refuse, with NOT_ALLOWED, what would correct somebody else's weight."""
    with store.reading() as db:
        before = weighing_now(db, session_id, phase)
    if before is not None and not may_correct(store.actor, before.actor):
        store.refuse(ActKind.ENTER_WEIGHING)


def states_around(db: Database, patient_id: str, around: Moment) -> tuple[SessionState, ...]:
    """As `session_states`."""
    reach_ms = int(LONGEST_SESSION_H * 3_600_000)
    found = db.query(
        "select * from session where patient_id = ? and opened_utc_ms between ? and ? "
        "order by opened_utc_ms",
        [patient_id, around.utc_ms - reach_ms, around.utc_ms + reach_ms],
    )
    sessions = [session_of(row) for row in found]
    return tuple(_state_of(db, s) for s in sessions)


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


def _state_of(db: Database, session: DialysisSession) -> SessionState:
    found = list(
        db.query(
            "select phase, weighed_utc_ms as at_utc_ms, weighed_offset_min as at_offset_min "
            "from weighing_now where session_id = :id union all "
            "select phase, captured_utc_ms, captured_offset_min "
            "from capture_now where session_id = :id",
            {"id": session.session_id},
        )
    )
    latest = max((moment_of(row, "at") for row in found), default=None)
    return SessionState(session, frozenset(Phase(row["phase"]) for row in found), latest)
