"""Stored captures seen again by another model: scores and estimates are added, none is changed."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.course.trend import dry_weight_on
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Capture, CaptureState, StoredEstimate
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import capture_of
from edema_desk.store.captures.analyses import KeptScore, insert_estimate, insert_score
from edema_desk.store.captures.captures import require_capture
from edema_desk.store.people.consents import STILL_CARE
from edema_desk.store.people.patients import dry_weights


@dataclass(frozen=True, slots=True)
class WeighedCapture:
    """An analysed capture of a session whose weight and dry weight are known."""

    capture: Capture
    day: date
    excess_kg: float


def weighed_captures(store: Store) -> tuple[WeighedCapture, ...]:
    """All captures whose excess the scale tells, by patient, oldest first; of nobody who withdrew
    the consent for care."""
    with store.reading() as db:
        found = list(
            db.query(
                "select c.*, s.day, w.gross_g - w.tare_g as net_g from capture_now c "  # noqa: S608
                "join session s on s.session_id = c.session_id "
                "join weighing_now w on w.session_id = c.session_id and w.phase = c.phase "
                f"where c.state = 'analysed' and {STILL_CARE} "
                "order by c.patient_id, c.captured_utc_ms"
            )
        )
        steps = {p: dry_weights(db, p) for p in {row["patient_id"] for row in found}}
        weighed = []
        for row in found:
            day = date.fromisoformat(row["day"])
            dry_g = dry_weight_on(day, steps[row["patient_id"]])
            if dry_g is not None:
                excess_kg = (row["net_g"] - dry_g) / 1000
                weighed.append(WeighedCapture(capture_of(row), day, excess_kg))
        return tuple(weighed)


def captures_not_by(store: Store, model_id: str) -> tuple[Capture, ...]:
    """Analysed captures whose estimate in force is another model's, by patient, oldest first; of
    nobody who withdrew the consent for care."""
    with store.reading() as db:
        found = db.query(
            "select c.* from capture_now c left join estimate_now e using (capture_id) "  # noqa: S608
            "where c.state = 'analysed' and (e.model_id is null or e.model_id <> ?) "
            f"and {STILL_CARE} "
            "order by c.patient_id, c.captured_utc_ms",
            [model_id],
        )
        return tuple(capture_of(row) for row in found)


def record_refusal(store: Store, act_id: str, estimate: StoredEstimate) -> None:
    """Keep that a capture gets no number after all: from now on it is no reference either."""

    def work(db: Database) -> Done:
        before = require_capture(db, estimate.capture_id)
        insert_estimate(db, act_id, estimate)
        refused = {"state": CaptureState.REFUSED.value}
        db.table("capture").update(estimate.capture_id, refused)
        details = {
            "capture_id": estimate.capture_id,
            "estimate_id": estimate.estimate_id,
            "model_id": estimate.model_id,
            "refusal": estimate.refusal.value if estimate.refusal else None,
        }
        return Done(estimate.estimate_id, before.patient_id, details)

    store.act(act_id, ActKind.REFUSE_CAPTURE, work)


def record_rescoring(store: Store, act_id: str, kept: KeptScore, estimate: StoredEstimate) -> None:
    """Keep what another model says of a capture, and its estimate, from now on in force."""

    def work(db: Database) -> Done:
        before = require_capture(db, estimate.capture_id)
        insert_score(db, act_id, estimate.capture_id, estimate.model_id, kept.score, kept.embedding)
        insert_estimate(db, act_id, estimate)
        details = {
            "capture_id": estimate.capture_id,
            "estimate_id": estimate.estimate_id,
            "model_id": estimate.model_id,
            "excess_kg": estimate.excess_kg,
        }
        return Done(estimate.estimate_id, before.patient_id, details)

    store.act(act_id, ActKind.RESCORE_CAPTURE, work)
