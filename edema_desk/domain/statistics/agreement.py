"""How well estimates agree with the scale.

Everything is counted per capture; whoever draws again draws whole patients. Formulas after the
evaluation protocol of this project.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.records import Phase

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

CLEAR_LOSS_KG = 1.0
"""From this dialysis loss on, present and absent should always be told apart."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One capture of a held-out day. Without an estimate `refused` says why."""

    patient_id: str
    day: date
    phase: Phase
    excess_kg: float
    estimate_kg: float | None
    spread_kg: float | None
    """Half the width of the interval."""
    edema_threshold_kg: float | None
    """Half way between the patient's usual excess before and after dialysis, as the other days tell
    it: their means, or, where estimates are drawn to a population, levels drawn to its own."""
    refused: str | None = None
    p_edema: float | None = None

    @property
    def low_kg(self) -> float | None:
        """Lower end of the interval."""
        return self._away(-1)

    @property
    def high_kg(self) -> float | None:
        """Upper end of the interval."""
        return self._away(1)

    @property
    def edema_called(self) -> bool | None:
        """Whether edema is called present: by its probability, or else by the threshold."""
        if self.p_edema is not None:
            return self.p_edema > 0.5
        if self.estimate_kg is None or self.edema_threshold_kg is None:
            return None
        return self.estimate_kg > self.edema_threshold_kg

    def _away(self, sign: int) -> float | None:
        if self.estimate_kg is None or self.spread_kg is None:
            return None
        return self.estimate_kg + sign * self.spread_kg


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of a set of estimates. NaN where it cannot be told."""

    captures: int
    accuracy: float
    brier: float
    """Mean square of the probability of edema less 1 before or 0 after dialysis."""
    accuracy_clear_loss: float
    """The same as accuracy where the true loss of the session was `CLEAR_LOSS_KG` or more."""
    mae_kg: float
    skill_vs_class_mean: float
    within_class_r_pre: float
    within_class_r_post: float
    pooled_r: float
    change_concordance: float
    """Lin's, between estimated and true loss of the sessions."""
    change_mae_kg: float
    coverage_90: float
    interval_width_kg: float
    refused_share: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Predictions as arrays, one place a row; NaN where there is nothing to say.

    `right` is 1 where present or absent was called as it was. `said_loss_kg` and `true_loss_kg`
    stand at the pre capture of each session that has both.
    """

    patient: NDArray[np.int64]
    truth_kg: Floats
    said_kg: Floats
    usual_kg: Floats
    half_width_kg: Floats
    right: Floats
    p_edema: Floats
    pre: Flags
    clear_loss: Flags
    said_loss_kg: Floats
    true_loss_kg: Floats

    def drawn(self, index: NDArray[np.int64]) -> "Columns":
        """The rows of `index`, in that order, as often as they are named."""
        return Columns(*(getattr(self, name)[index] for name in self.__slots__))


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


def columns(rows: Sequence[Prediction], estimates: Sequence[float | None]) -> Columns:
    """The rows with one estimate for each. Raises ValueError where the lengths differ."""
    if len(rows) != len(estimates):
        raise ValueError("not one estimate a row")
    patients = sorted({row.patient_id for row in rows})
    of_patient = {name: [r for r in rows if r.patient_id == name] for name in patients}
    said = np.array([_number(e) for e in estimates])
    truth = np.array([row.excess_kg for row in rows], dtype=float)
    place = {(r.patient_id, r.day, r.phase): i for i, r in enumerate(rows)}
    said_loss, true_loss, clear = (np.full(len(rows), np.nan) for _ in range(3))
    for (patient, day, phase), pre in place.items():
        post = place.get((patient, day, Phase.POST))
        if phase is Phase.PRE and post is not None:
            said_loss[pre], true_loss[pre] = said[pre] - said[post], truth[pre] - truth[post]
            clear[[pre, post]] = true_loss[pre]
    return Columns(
        patient=np.array([patients.index(row.patient_id) for row in rows], dtype=np.int64),
        truth_kg=truth,
        said_kg=said,
        usual_kg=np.array(
            [_number(other_days_mean(of_patient[r.patient_id], r, r.phase)) for r in rows]
        ),
        half_width_kg=np.array([_number(row.spread_kg) for row in rows]),
        right=np.array([_right(r, e) for r, e in zip(rows, estimates, strict=True)]),
        p_edema=np.array([_number(r.p_edema) for r in rows]),
        pre=np.array([row.phase is Phase.PRE for row in rows], dtype=bool),
        clear_loss=clear >= CLEAR_LOSS_KG - 1e-9,  # the scale's own steps
        said_loss_kg=said_loss,
        true_loss_kg=true_loss,
    )


def figures(rows: Sequence[Prediction], estimates: Sequence[float | None]) -> Figures:
    """The figures of `estimates`, one for each row; rows without an estimate are left out."""
    return figures_of(columns(rows, estimates))


def figures_of(all_rows: Columns) -> Figures:
    """The figures of rows as arrays."""
    told = ~np.isnan(all_rows.said_kg)
    kept = all_rows.drawn(np.flatnonzero(told))
    error_kg = np.abs(kept.said_kg - kept.truth_kg)
    away, true_away = kept.said_kg - kept.usual_kg, kept.truth_kg - kept.usual_kg
    loss = ~np.isnan(kept.said_loss_kg)
    bounded = ~np.isnan(kept.half_width_kg)
    held = error_kg[bounded] <= kept.half_width_kg[bounded]
    return Figures(
        captures=int(told.sum()),
        accuracy=_mean(kept.right),
        brier=_mean((kept.p_edema - kept.pre) ** 2),
        accuracy_clear_loss=_mean(kept.right[kept.clear_loss]),
        mae_kg=_mean(error_kg),
        skill_vs_class_mean=_skill(error_kg, np.abs(true_away)),
        within_class_r_pre=_correlation(away[kept.pre], true_away[kept.pre]),
        within_class_r_post=_correlation(away[~kept.pre], true_away[~kept.pre]),
        pooled_r=_correlation(kept.said_kg, kept.truth_kg),
        change_concordance=lins_concordance(kept.said_loss_kg[loss], kept.true_loss_kg[loss]),
        change_mae_kg=_mean(np.abs(kept.said_loss_kg - kept.true_loss_kg)),
        coverage_90=_mean(held.astype(float)),
        interval_width_kg=2 * _mean(kept.half_width_kg),
        refused_share=_mean(1.0 - told),
    )


def lins_concordance(a: Floats, b: Floats) -> float:
    """How near the points lie to the line of equality, -1 to 1 (Lin, Biometrics 1989)."""
    if len(a) < 3:
        return float("nan")
    apart = float((a.mean() - b.mean()) ** 2 + a.var() + b.var())
    return 2 * float(((a - a.mean()) * (b - b.mean())).mean()) / apart if apart > 0 else 1.0


def _right(row: Prediction, estimate_kg: float | None) -> float:
    """1 or 0, or NaN where present or absent cannot be called: by the probability where the
    estimate is the one that it came with, else by the threshold."""
    if estimate_kg is None or row.edema_threshold_kg is None or row.phase is Phase.SPOT:
        return float("nan")
    called = estimate_kg > row.edema_threshold_kg
    if estimate_kg == row.estimate_kg:
        called = row.edema_called is True
    return float(called == (row.phase is Phase.PRE))


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _mean(values: Floats) -> float:
    """Of those that are numbers."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _skill(error_kg: Floats, usual_error_kg: Floats) -> float:
    """1 - MAE / MAE of the patient's usual value in that phase, which needs no camera."""
    known = ~np.isnan(usual_error_kg)
    dumb = _mean(usual_error_kg)
    return 1 - float(error_kg[known].mean()) / dumb if dumb > 0 else float("nan")


def _correlation(a: Floats, b: Floats) -> float:
    known = ~(np.isnan(a) | np.isnan(b))
    a, b = a[known], b[known]
    if len(a) < 3 or a.std() < 1e-9 or b.std() < 1e-9:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])
