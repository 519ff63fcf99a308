"""How near a patient's estimates came to the scale, beside the dumbest guess there is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.trend import PhaseEntry, Trend
from edema_desk.domain.terms.records import Phase

FEW_SESSIONS = 6
"""Below this many compared sessions a mean says little, and the page says so."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Estimates of one phase against scale excess, over the `sessions` that have both.

    `estimate_error_kg` is the mean absolute difference over them and `within_spread` counts
    those whose scale excess lay within the spread. The usual value of a session is the mean
    scale excess of the patient's *other* sessions in the same phase; `usual_error_kg` is its
    mean absolute difference over the same sessions and `closer` counts those in which the
    estimate came closer. Without another session it is None.
    """

    phase: Phase
    sessions: int
    estimate_error_kg: float
    within_spread: int
    usual_error_kg: float | None
    closer: int
    model_ids: tuple[str, ...]

    @property
    def beats_usual(self) -> bool:
        """Whether the estimate came closer on average than the usual value."""
        return self.usual_error_kg is not None and self.estimate_error_kg < self.usual_error_kg


def difference_kg(entry: PhaseEntry | None) -> float | None:
    """Estimate minus scale excess, or None where either is missing."""
    if entry is None or entry.estimate is None or entry.estimate.excess_kg is None:
        return None
    scale_kg = entry.scale_excess_kg
    return None if scale_kg is None else entry.estimate.excess_kg - scale_kg


def believe(trend: Trend, phase: Phase) -> Belief | None:
    """What the sessions so far say about the estimates of `phase`; None before the first."""
    sessions = [s.pre if phase is Phase.PRE else s.post for s in trend.sessions]
    weighed = [e for e in sessions if e is not None and e.scale_excess_kg is not None]
    differences = [difference_kg(e) for e in weighed]
    both = np.array([i for i, d in enumerate(differences) if d is not None], dtype=np.intp)
    if len(both) == 0:
        return None
    errors = np.abs(np.array([d for d in differences if d is not None], dtype=np.float64))
    spreads = np.array([_spread_kg(weighed[i]) for i in both])
    usual_error, closer = _against_usual(weighed, both, errors)
    return Belief(
        phase,
        len(both),
        float(errors.mean()),
        int((errors <= spreads).sum()),
        usual_error,
        closer,
        _model_ids([weighed[i] for i in both]),
    )


def _against_usual(
    weighed: Sequence[PhaseEntry], both: NDArray[np.intp], errors: NDArray[np.float64]
) -> tuple[float | None, int]:
    scale = np.array([e.scale_excess_kg for e in weighed], dtype=np.float64)
    if len(scale) < 2:
        return None, 0
    usual = (scale.sum() - scale[both]) / (len(scale) - 1)
    usual_errors = np.abs(usual - scale[both])
    return float(usual_errors.mean()), int((errors < usual_errors).sum())


def _spread_kg(entry: PhaseEntry) -> float:
    spread = entry.estimate.spread_kg if entry.estimate else None
    return 0.0 if spread is None else spread


def _model_ids(entries: Sequence[PhaseEntry]) -> tuple[str, ...]:
    """In the order in which they were first used."""
    return tuple(dict.fromkeys(e.estimate.model_id for e in entries if e.estimate))
