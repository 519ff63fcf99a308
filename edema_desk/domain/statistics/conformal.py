"""Intervals that hold a known share, from residuals nobody was fitted to.

Residuals are normalised: estimate less scale, over the model's own standard deviation, so that
an estimate from one reference and one from twenty can be judged together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from edema_desk.domain.terms.estimate import IntervalKind

SHARE_HELD = 0.9
FEWEST_RESIDUALS = 9
"""From this many on one of them bounds 90 %: ceil((9 + 1) 0.9) = 9."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Half its width in kg, and what that rests on."""

    half_width_kg: float
    kind: IntervalKind


def quantile_holding(residuals: Sequence[float], share: float = SHARE_HELD) -> float:
    """The size that `share` of further residuals stay within: the ceil((n + 1) share)-th
    smallest (Vovk's split conformal rule); infinite when there are too few."""
    sizes = np.sort(np.abs(np.asarray(residuals, dtype=np.float64)))
    rank = int(np.ceil(round((len(sizes) + 1) * share, 9)))
    return float(sizes[rank - 1]) if rank <= len(sizes) else float("inf")


def pooled_quantile(residuals: Mapping[str, Sequence[float]], share: float = SHARE_HELD) -> float:
    """The same pooled over patients, each counting alike however many captures it has.

    The distribution functions of the patients are averaged (Dunn, Wasserman, Ramdas 2023); as
    in the rule above one residual more than there are must be held. Infinite with too few.
    """
    people = [np.abs(np.asarray(r, dtype=np.float64)) for r in residuals.values() if len(r)]
    if not people:
        return float("inf")
    sizes = np.concatenate(people)
    weights = np.concatenate([np.full(len(p), 1 / (len(people) * len(p))) for p in people])
    order = np.argsort(sizes)
    held = np.cumsum(weights[order])
    needed = share * (1 + 1 / len(sizes))
    if needed > 1 + 1e-9:
        return float("inf")
    return float(sizes[order][min(int(np.searchsorted(held, needed - 1e-9)), len(sizes) - 1)])


def interval_of(
    sd_kg: float,
    own: Sequence[float],
    pooled: Mapping[str, Sequence[float]],
    spread90: float,
) -> Interval:
    """The 90 % interval by the patient's `own` normalised residuals once there are nine, by
    those of the clinic's patients (`pooled`) once there are nine of them, else the spread of the
    people the model was judged on, `spread90` times the standard deviation."""
    if len(own) >= FEWEST_RESIDUALS:
        return Interval(quantile_holding(own) * sd_kg, IntervalKind.OWN)
    if sum(len(r) for r in pooled.values()) >= FEWEST_RESIDUALS:
        return Interval(pooled_quantile(pooled) * sd_kg, IntervalKind.POOLED)
    return Interval(spread90 * sd_kg, IntervalKind.SPREAD)
