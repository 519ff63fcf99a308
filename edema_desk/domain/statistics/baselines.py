"""What could be said of a capture without looking at the face, to set beside a model."""

from collections.abc import Sequence

import numpy as np

from edema_desk.domain.statistics.agreement import Prediction, other_days_mean
from edema_desk.domain.terms.records import Phase

COHORT_MEAN = "cohort_mean"
PATIENT_MEAN = "patient_mean"
CLASS_MEAN = "patient_class_mean"
CALLED_CLASS_MEAN = "called_class_mean"
BASELINES: tuple[str, ...] = (COHORT_MEAN, PATIENT_MEAN, CLASS_MEAN, CALLED_CLASS_MEAN)
"""Mean of all other patients; the patient's mean of the other days, phase unknown; the same,
phase known; and of the phase that the model's own call of present or absent makes it: a
classifier as good as the model, followed by the patient's usual value."""


def baseline_estimates(rows: Sequence[Prediction], name: str) -> list[float | None]:
    """What the baseline `name` says of each row, from other patients or other days only."""
    return [_said(rows, row, name) for row in rows]


def _said(rows: Sequence[Prediction], row: Prediction, name: str) -> float | None:
    if name == COHORT_MEAN:
        values = [r.excess_kg for r in rows if r.patient_id != row.patient_id]
        return float(np.mean(values)) if values else None
    if name == PATIENT_MEAN:
        return other_days_mean(rows, row, None)
    if name == CLASS_MEAN:
        return other_days_mean(rows, row, row.phase)
    if name == CALLED_CLASS_MEAN:
        if row.edema_called is None:
            return None
        return other_days_mean(rows, row, Phase.PRE if row.edema_called else Phase.POST)
    raise ValueError("no such baseline")
