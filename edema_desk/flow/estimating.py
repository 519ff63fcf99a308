"""From a capture's score to its estimate, by the patient's earlier captures of known weight."""

from dataclasses import dataclass

from edema_desk import __version__
from edema_desk.domain.estimate import ChangeScore, Reference, Refusal, estimate_excess
from edema_desk.domain.moment import Moment
from edema_desk.domain.records import Capture, StoredEstimate, new_id
from edema_desk.flow.model import ModelInUse
from edema_desk.store.analyses import (
    add_estimate,
    kept_score,
    references_for,
    without_number,
)
from edema_desk.store.database import Store

MOST_REFERENCES = 40
"""The newest of them: faces change over the years, and more average no better."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one analysis says of a capture: a score, or why there is none."""

    score: ChangeScore | None
    refusal: Refusal | None


def make_estimate(store: Store, capture: Capture, seen: Seen, model: ModelInUse) -> StoredEstimate:
    """The estimate of a capture, not yet kept."""
    known = references_for(store, capture.patient_id, capture.captured_at, model.model_id)
    known = known[-MOST_REFERENCES:]
    references = [Reference(k.capture.capture_id, k.score, k.excess_kg) for k in known]
    estimated = None
    refusal = seen.refusal
    if seen.score is not None and refusal is None:
        spread90_kg = model.card.figures.spread90_kg
        estimated = estimate_excess(seen.score, references, spread90_kg=spread90_kg)
        refusal = None if estimated else Refusal.NO_REFERENCE
    return StoredEstimate(
        estimate_id=new_id(),
        capture_id=capture.capture_id,
        model_id=model.model_id,
        made_at=Moment.now(),
        excess_kg=estimated.excess_kg if estimated else None,
        spread_kg=estimated.spread_kg if estimated else None,
        refusal=refusal,
        references=tuple(r.capture_id for r in references) if estimated else (),
        program_version=__version__,
    )


def estimate_anew(store: Store, patient_id: str, model: ModelInUse) -> int:
    """Give a number to captures that lacked only a reference, now that there may be one.

    No estimate that has a number is touched. Returns how many got one.
    """
    renewed = 0
    for capture in without_number(store, patient_id):
        kept = kept_score(store, capture.capture_id, model.model_id)
        if kept is None:
            continue
        estimate = make_estimate(store, capture, Seen(kept.score, None), model)
        if estimate.excess_kg is not None:
            add_estimate(store, new_id(), estimate)
            renewed += 1
    return renewed
