"""Leave one day out: each day estimated from the patient's other days, by reference averaging."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from edema_desk.domain.agreement import Prediction
from edema_desk.domain.estimate import ChangeScore, Reference, Refusal, estimate_excess
from edema_desk.domain.records import Phase


@dataclass(frozen=True, slots=True)
class ScoredCapture:
    """A capture of known excess with what the model said of it alone."""

    capture_id: str
    patient_id: str
    day: date
    phase: Phase
    excess_kg: float
    score: ChangeScore | None
    refusal: Refusal | None


def leave_one_day_out(
    captures: Sequence[ScoredCapture], *, spread90_kg: float
) -> tuple[Prediction, ...]:
    """One prediction a capture. Of its own day nothing is used but its score."""
    by_patient: dict[str, list[ScoredCapture]] = {}
    for capture in captures:
        by_patient.setdefault(capture.patient_id, []).append(capture)
    return tuple(
        _predict(
            capture,
            [c for c in by_patient[capture.patient_id] if c.day != capture.day],
            spread90_kg,
        )
        for capture in captures
    )


def _predict(
    capture: ScoredCapture, others: Sequence[ScoredCapture], spread90_kg: float
) -> Prediction:
    references = [
        Reference(o.capture_id, o.score, o.excess_kg) for o in others if o.score is not None
    ]
    estimated = None
    refusal = capture.refusal
    if capture.score is not None:
        estimated = estimate_excess(capture.score, references, spread90_kg=spread90_kg)
        refusal = Refusal.NO_REFERENCE if estimated is None else None
    return Prediction(
        patient_id=capture.patient_id,
        day=capture.day,
        phase=capture.phase,
        excess_kg=capture.excess_kg,
        estimate_kg=estimated.excess_kg if estimated else None,
        spread_kg=estimated.spread_kg if estimated else None,
        edema_threshold_kg=edema_threshold_kg(others),
        refused=refusal.value if refusal else None,
    )


def edema_threshold_kg(others: Sequence[ScoredCapture]) -> float | None:
    """Half way between the mean excess before and after dialysis; None without both."""
    means = [
        np.mean(values)
        for phase in (Phase.PRE, Phase.POST)
        if (values := [o.excess_kg for o in others if o.phase is phase])
    ]
    return float(np.mean(means)) if len(means) == 2 else None
