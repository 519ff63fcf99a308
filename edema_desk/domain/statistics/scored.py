"""A capture of known excess with what a model said of it alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.domain.terms.records import Phase


@dataclass(frozen=True, slots=True)
class ScoredCapture:
    """Without `score` there is a `refusal`. `embedding` (512,) is only needed by `ridge`."""

    capture_id: str
    patient_id: str
    day: date
    phase: Phase
    excess_kg: float
    score: ChangeScore | None
    refusal: Refusal | None
    embedding: NDArray[np.float16] | None = field(default=None, compare=False)


def by_patient(captures: Sequence[ScoredCapture]) -> dict[str, list[ScoredCapture]]:
    """The captures that have a score, patient by patient, in their order."""
    people: dict[str, list[ScoredCapture]] = {}
    for capture in captures:
        if capture.score is not None:
            people.setdefault(capture.patient_id, []).append(capture)
    return people
