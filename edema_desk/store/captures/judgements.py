"""What clinicians judged of faces, blind or not. Rows are only added."""

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.course.veil import Veil
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.judgement import Confidence, Judgement, NewJudgement, check_judgement
from edema_desk.domain.terms.records import new_id
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row, ids_json, moment_of
from edema_desk.store.captures.captures import require_capture

_JUDGEMENT = """
    select j.*, act.actor, act.utc_ms as judged_utc_ms, act.offset_min as judged_offset_min
    from judgement j join act using (act_id)
"""
_OLDEST_FIRST = "order by act.utc_ms, j.rowid"


# acts


def judge(
    store: Store, act_id: str, judgements: Sequence[NewJudgement], untold_since_ms: int | None
) -> tuple[Judgement, ...]:
    """Keep what was judged of captures of one patient, all or none of them.

    `untold_since_ms` is since when (UTC) the figures of new sessions are kept back from the
    actor, None where they are not. Blind is what was judged first, of a session that was opened
    after that. Raises ExpectedError JUDGEMENT_INCOMPLETE, JUDGEMENT_KG, CAPTURE_REMOVED.
    """
    for one in judgements:
        check_judgement(one)

    def work(db: Database) -> Done:
        patients = {require_capture(db, one.capture_id).patient_id for one in judgements}
        if len(patients) != 1:
            raise ValueError("judgements of one act are of one patient")
        blind = [_blind(db, store.actor.actor_id, j, untold_since_ms) for j in judgements]
        ids = [new_id() for _ in judgements]
        for judgement_id, one, unseen in zip(ids, judgements, blind, strict=True):
            db.table("judgement").insert(_row(act_id, judgement_id, one, blind=unseen))
        told: dict[str, AuditValue] = {
            "capture_ids": tuple(one.capture_id for one in judgements),
            "judgement_ids": tuple(ids),
            "blind": all(blind),
            "skipped": any(one.skipped for one in judgements),
        }
        return Done(act_id, patients.pop(), told)

    result = store.act(act_id, ActKind.JUDGE_CAPTURE, work)
    with store.reading() as db:
        return _found(db, "j.act_id = ?", result)


# questions


def judgements_of(store: Store, patient_id: str) -> tuple[Judgement, ...]:
    """Everything that was judged of a patient's captures, by anybody, oldest first."""
    with store.reading() as db:
        captures = "select capture_id from capture_now where patient_id = ?"
        return _found(db, f"j.capture_id in ({captures})", patient_id)


def judged_by(store: Store, actor_id: str) -> frozenset[str]:
    """The captures that somebody judged, or looked at without judging."""
    with store.reading() as db:
        found = db.execute(
            "select j.capture_id from judgement j join act using (act_id) where act.actor = ?",
            [actor_id],
        )
        return frozenset(row[0] for row in found.fetchall())


def days_to_judge(store: Store, veil: Veil) -> frozenset[tuple[str, date]]:
    """Whose sessions of which days have a number that a veil keeps back wherever it is told."""
    with store.reading() as db:
        found = db.execute(
            "select s.patient_id, s.day, c.capture_id from session s "
            "join capture_now c using (session_id) join estimate_now e using (capture_id) "
            "where s.opened_utc_ms > ? and e.excess_kg is not null",
            [veil.since_ms],
        ).fetchall()
    return frozenset(
        (patient_id, date.fromisoformat(day))
        for patient_id, day, capture_id in found
        if capture_id not in veil.judged
    )


# within a transaction


def judgements_in(db: Database, capture_ids: Sequence[str]) -> tuple[Judgement, ...]:
    """What was judged of some captures, oldest first."""
    return _found(db, "j.capture_id in (select value from json_each(?))", ids_json(capture_ids))


def _blind(db: Database, actor_id: str, one: NewJudgement, untold_since_ms: int | None) -> bool:
    """Not again after one's own first judgement: with that the figures were shown."""
    if untold_since_ms is None or one.skipped:
        return False
    before = db.execute(
        "select 1 from judgement j join act using (act_id) "
        "where j.capture_id = ? and act.actor = ?",
        [one.capture_id, actor_id],
    )
    opened = db.execute(
        "select 1 from capture_now c join session s using (session_id) "
        "where c.capture_id = ? and s.opened_utc_ms > ?",
        [one.capture_id, untold_since_ms],
    )
    return before.fetchone() is None and opened.fetchone() is not None


def _found(db: Database, condition: str, value: str) -> tuple[Judgement, ...]:
    found = db.query(f"{_JUDGEMENT} where {condition} {_OLDEST_FIRST}", [value])
    return tuple(_judgement_of(row) for row in found)


def _row(act_id: str, judgement_id: str, one: NewJudgement, *, blind: bool) -> Row:
    return {
        "judgement_id": judgement_id,
        "capture_id": one.capture_id,
        "edema": None if one.edema is None else int(one.edema),
        "excess_kg": one.excess_kg,
        "blinded": int(blind),
        "confidence": one.confidence.value if one.confidence is not None else None,
        "skipped": one.skipped.strip(),
        "act_id": act_id,
    }


def _judgement_of(row: Row) -> Judgement:
    said = NewJudgement(
        row["capture_id"],
        None if row["edema"] is None else bool(row["edema"]),
        Confidence(row["confidence"]) if row["confidence"] else None,
        row["excess_kg"],
        row["skipped"],
    )
    return Judgement(
        row["judgement_id"], said, bool(row["blinded"]), moment_of(row, "judged"), row["actor"]
    )
