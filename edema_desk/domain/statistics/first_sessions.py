"""What a patient's first sessions are worth, over patients: gain, and whom they harmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.held_out import estimate_with
from edema_desk.domain.statistics.scored import ScoredCapture, by_patient
from edema_desk.domain.statistics.transfer import personal
from edema_desk.domain.statistics.transfer_prior import TransferPrior

_ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class SessionGain:
    """By how much the mean absolute error of a patient fell, in kg, over patients: its mean, the
    95 % interval by bootstrap over patients, and the share whose error rose."""

    gain_kg: float
    low_kg: float
    high_kg: float
    harmed: float
    patients: int
    mae_before_kg: float
    mae_after_kg: float


def errors_after(
    captures: Sequence[ScoredCapture], prior: TransferPrior, sessions: int, *, from_day: int
) -> dict[str, NDArray[np.float64]]:
    """Signed errors in kg of each patient's captures from the `from_day`-th day on (0 is the
    first), estimated from the first `sessions` days; patients without such a day are left out.

    Without a session it is the population's estimate, which the program never shows.
    """
    if sessions > from_day:
        raise ValueError("a day cannot be both known and asked")
    errors = {}
    for patient_id, own in by_patient(captures).items():
        days = sorted({c.day for c in own})
        model = personal(prior, [c for c in own if c.day in days[:sessions]])
        asked = [(c, c.score) for c in own if c.day in days[from_day:] and c.score is not None]
        if asked:
            errors[patient_id] = np.array(
                [estimate_with(model, c, s).excess_kg - c.excess_kg for c, s in asked]
            )
    return errors


def gain_between(
    fewer: Mapping[str, NDArray[np.float64]],
    more: Mapping[str, NDArray[np.float64]],
    *,
    seed: int = 0,
) -> SessionGain:
    """How much nearer the errors `more` lie than those `fewer`, by patient, at least one."""
    mae_before = np.array([np.abs(fewer[name]).mean() for name in more])
    mae_after = np.array([np.abs(more[name]).mean() for name in more])
    gain = mae_before - mae_after
    drawn = np.random.default_rng(seed).integers(len(gain), size=(_ROUNDS, len(gain)))
    low_kg, high_kg = np.quantile(gain[drawn].mean(axis=1), [0.025, 0.975])
    return SessionGain(
        float(gain.mean()),
        float(low_kg),
        float(high_kg),
        float((gain < 0).mean()),
        len(gain),
        float(mae_before.mean()),
        float(mae_after.mean()),
    )
