"""How well estimates agree with the scale, beside baselines that need no camera.

Everything is counted per capture and clustered by patient; intervals are by bootstrap over
patients. Formulas and baselines after the evaluation protocol of this project.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.records import Phase

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One capture of a held-out day. Without an estimate `refused` says why."""

    patient_id: str
    day: date
    phase: Phase
    excess_kg: float
    estimate_kg: float | None
    spread_kg: float | None
    edema_threshold_kg: float | None
    """Half way between the patient's mean pre and mean post excess of the other days."""
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of a set of estimates. NaN where it cannot be told."""

    captures: int
    accuracy: float
    mae_kg: float
    skill_vs_class_mean: float
    within_class_r_pre: float
    within_class_r_post: float
    pooled_r: float
    coverage_90: float
    interval_width_kg: float


def other_days_mean(
    rows: Sequence[Prediction], row: Prediction, phase: Phase | None
) -> float | None:
    """Mean excess of the same patient's other days, in one phase or in both."""
    values = [
        r.excess_kg
        for r in rows
        if r.patient_id == row.patient_id
        and r.day != row.day
        and (phase is None or r.phase is phase)
    ]
    return float(np.mean(values)) if values else None


def figures(rows: Sequence[Prediction], estimates: Sequence[float | None]) -> Figures:
    """The figures of `estimates`, one for each row; rows without an estimate are left out."""
    kept = [(r, e) for r, e in zip(rows, estimates, strict=True) if e is not None]
    if not kept:
        return Figures(0, *([float("nan")] * 8))
    truth = np.array([r.excess_kg for r, _ in kept])
    said = np.array([e for _, e in kept])
    usual = [other_days_mean(rows, r, r.phase) for r, _ in kept]
    spreads = [r.spread_kg for r, _ in kept if r.spread_kg is not None]
    inside = [abs(e - r.excess_kg) <= r.spread_kg for r, e in kept if r.spread_kg is not None]
    pre = np.array([r.phase is Phase.PRE for r, _ in kept])
    known = np.array([u is not None for u in usual])
    usual_kg = np.array([np.nan if u is None else u for u in usual])
    return Figures(
        captures=len(kept),
        accuracy=edema_accuracy(kept),
        mae_kg=float(np.abs(said - truth).mean()),
        skill_vs_class_mean=_skill(said[known], truth[known], usual_kg[known]),
        within_class_r_pre=_correlation(
            (said - usual_kg)[pre & known], (truth - usual_kg)[pre & known]
        ),
        within_class_r_post=_correlation(
            (said - usual_kg)[~pre & known], (truth - usual_kg)[~pre & known]
        ),
        pooled_r=_correlation(said, truth),
        coverage_90=float(np.mean(inside)) if inside else float("nan"),
        interval_width_kg=2 * float(np.mean(spreads)) if spreads else float("nan"),
    )


def edema_accuracy(kept: Sequence[tuple[Prediction, float]]) -> float:
    """Share of estimates on the right side of the patient's threshold: present before dialysis,
    absent after it. NaN where no threshold is known."""
    calls = [
        (e > r.edema_threshold_kg) == (r.phase is Phase.PRE)
        for r, e in kept
        if r.edema_threshold_kg is not None and r.phase is not Phase.SPOT
    ]
    return float(np.mean(calls)) if calls else float("nan")


def _skill(said: Floats, truth: Floats, usual: Floats) -> float:
    """1 - MAE / MAE of the patient's usual value in that phase, which needs no camera."""
    if len(said) == 0:
        return float("nan")
    dumb = float(np.abs(usual - truth).mean())
    return 1 - float(np.abs(said - truth).mean()) / dumb if dumb > 0 else float("nan")


def _correlation(a: Floats, b: Floats) -> float:
    if len(a) < 3 or a.std() < 1e-9 or b.std() < 1e-9:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


BASELINES: tuple[str, ...] = ("cohort_mean", "patient_mean", "patient_class_mean")
"""Mean of all other patients; the patient's mean, phase unknown; the same, phase known."""


def baseline_estimates(rows: Sequence[Prediction], name: str) -> list[float | None]:
    """What the dumb baseline `name` says of each row, from other patients or other days only."""
    if name == "cohort_mean":
        return [_cohort_mean(rows, r.patient_id) for r in rows]
    phase_known = name == "patient_class_mean"
    return [other_days_mean(rows, r, r.phase if phase_known else None) for r in rows]


def _cohort_mean(rows: Sequence[Prediction], but: str) -> float | None:
    values = [r.excess_kg for r in rows if r.patient_id != but]
    return float(np.mean(values)) if values else None


def bootstrap_interval(
    rows: Sequence[Prediction],
    measure: Callable[[Sequence[Prediction]], float],
    *,
    rounds: int = 1000,
    seed: int = 0,
) -> tuple[float, float]:
    """The 95 % interval of `measure` when whole patients are drawn again with replacement."""
    by_patient: dict[str, list[Prediction]] = {}
    for row in rows:
        by_patient.setdefault(row.patient_id, []).append(row)
    names = sorted(by_patient)
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        drawn = rng.choice(len(names), len(names))
        sample = [row for i in drawn for row in by_patient[names[i]]]
        values.append(measure(sample))
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)


def half_width_holding(residuals: Sequence[float], share: float) -> float:
    """The half width that held `share` of the residuals: the conformal quantile, infinite when
    there are too few (Vovk's ceil((n + 1) share) rule)."""
    sorted_kg = np.sort(np.abs(np.asarray(residuals, dtype=float)))
    rank = int(np.ceil((len(sorted_kg) + 1) * share))
    return float(sorted_kg[rank - 1]) if rank <= len(sorted_kg) else float("inf")
