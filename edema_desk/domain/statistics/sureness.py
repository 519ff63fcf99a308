"""How sure the figures of a clinic's agreement are: whole patients drawn again by their sums.

Of one patient alone it is the patient's days that are drawn. Of few groups plain quantiles of the
draws lie too near each other: those here are spread as Student's distribution is (Hesterberg, Am
Stat 2015;69:371, expanded percentile).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.agreement import Columns, lins_concordance
from edema_desk.domain.statistics.groups import grouped
from edema_desk.domain.statistics.student import tail_of_draws

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 2000
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, on how many captures or sessions it rests, and its 95 % interval. NaN: unknown."""

    value: float
    count: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """The figures that a page or a report tells with their intervals.

    `accuracy` is the share of calls, as before or as after dialysis, that were right, beside which
    `majority` stands: what the commoner of the two alone would get. `coverage` is the share of
    weights inside the interval that shall hold 90 %. `concordance` is Lin's of the sessions'
    change, `change_mae_kg` its mean absolute error. `slope` says by how many kg the difference
    grows with each kg of their mean (Bland and Altman, Stat Methods Med Res 1999;8:135, 3.2).
    """

    mae_kg: Told
    accuracy: Told
    majority: float
    coverage: Told
    concordance: Told
    change_mae_kg: Told
    slope: Told


class Drawn:
    """Groups drawn again: the sums of each draw. `group` is (n,)."""

    def __init__(self, group: Ints, *, seed: int = 0) -> None:
        self._groups, self._place = grouped(group)
        rng = np.random.default_rng(seed)
        share = np.full(self._groups, 1 / max(self._groups, 1))
        self._times = np.zeros((ROUNDS, 0))
        if self._groups:
            times = rng.multinomial(self._groups, share, size=ROUNDS)
            self._times = times.astype(np.float64)

    def sums(self, values: Floats) -> Floats:
        """Of each draw, (rounds,). `values` is (n,) without NaN."""
        sums: Floats = self._times @ np.bincount(self._place, values, minlength=self._groups)
        return sums

    def interval(self, drawn: Floats, known: NDArray[np.bool_]) -> tuple[float, float]:
        """Of a figure of each draw; NaN where the places `known` are of fewer than two groups."""
        drawn = drawn[np.isfinite(drawn)]
        groups = np.count_nonzero(np.bincount(self._place[known], minlength=self._groups))
        if groups < 2 or not len(drawn):
            return _NAN, _NAN
        tail = tail_of_draws(int(groups))
        low, high = np.quantile(drawn, (tail, 1 - tail))
        return float(low), float(high)

    def mean(self, values: Floats) -> Told:
        """Of those that are numbers."""
        known = ~np.isnan(values)
        count = int(known.sum())
        if not count:
            return Told(_NAN, 0, _NAN, _NAN)
        there = np.where(known, values, 0.0)
        drawn = _ratio(self.sums(there), self.sums(known.astype(np.float64)))
        return Told(float(there.sum() / count), count, *self.interval(drawn, known))


def drawn_again(patient: Ints, day: Ints, *, alone: bool = False, seed: int = 0) -> Drawn:
    """Patients drawn again; the days of one who is alone."""
    return Drawn(day if alone else patient, seed=seed)


def told_figures(columns: Columns, drawn: Drawn) -> ToldFigures:
    """Of the rows that have an estimate; `drawn` holds all rows."""
    error_kg = np.abs(columns.said_kg - columns.truth_kg)
    half_kg = columns.half_width_kg
    held = np.where(np.isnan(half_kg), np.nan, error_kg <= half_kg)
    called = ~np.isnan(columns.right)
    before = float(columns.pre[called].mean()) if called.any() else _NAN
    return ToldFigures(
        mae_kg=drawn.mean(error_kg),
        accuracy=drawn.mean(columns.right),
        majority=max(before, 1 - before),
        coverage=drawn.mean(held),
        concordance=_concordance(drawn, columns.said_loss_kg, columns.true_loss_kg),
        change_mae_kg=drawn.mean(np.abs(columns.said_loss_kg - columns.true_loss_kg)),
        slope=_slope(drawn, columns),
    )


def _concordance(drawn: Drawn, said_kg: Floats, true_kg: Floats) -> Told:
    known = ~(np.isnan(said_kg) | np.isnan(true_kg))
    value = lins_concordance(said_kg[known], true_kg[known])
    mean_a, mean_b, var_a, var_b, both = _moments(drawn, said_kg, true_kg, known)
    each = _ratio(2 * both, (mean_a - mean_b) ** 2 + var_a + var_b)
    return _told(drawn, value, known, each)


def _slope(drawn: Drawn, columns: Columns) -> Told:
    off = columns.said_kg - columns.truth_kg
    middle = (columns.said_kg + columns.truth_kg) / 2
    known = ~np.isnan(off)
    x, y = middle[known], off[known]
    if len(x) < 3 or x.std() < 1e-9:
        return Told(_NAN, len(x), _NAN, _NAN)
    value = float(((x - x.mean()) * (y - y.mean())).mean() / x.var())
    _, _, variance, _, both = _moments(drawn, middle, off, known)
    return _told(drawn, value, known, _ratio(both, variance))


def _moments(drawn: Drawn, a: Floats, b: Floats, known: NDArray[np.bool_]) -> tuple[Floats, ...]:
    """Of each draw: both means, both variances, and the covariance."""
    count = drawn.sums(known.astype(np.float64))
    a, b = np.where(known, a, 0.0), np.where(known, b, 0.0)
    mean_a, mean_b = _ratio(drawn.sums(a), count), _ratio(drawn.sums(b), count)
    var_a = _ratio(drawn.sums(a * a), count) - mean_a**2
    var_b = _ratio(drawn.sums(b * b), count) - mean_b**2
    return mean_a, mean_b, var_a, var_b, _ratio(drawn.sums(a * b), count) - mean_a * mean_b


def _told(drawn: Drawn, value: float, known: NDArray[np.bool_], each: Floats) -> Told:
    low, high = drawn.interval(each, known) if np.isfinite(value) else (_NAN, _NAN)
    return Told(value, int(known.sum()), low, high)


def _ratio(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.full(len(above), np.nan)
    np.divide(above, below, out=ratio, where=below > 1e-12)
    return ratio
