"""How sure the figures are: whole patients drawn again with replacement, the interval spread as
befits their number."""

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.agreement import Columns, Figures, figures_of
from edema_desk.domain.statistics.student import tail_of_draws

ROUNDS = 1000

Interval = tuple[float, float]
_UNKNOWN: Interval = (float("nan"), float("nan"))


def figure_intervals(rows: Columns, *, rounds: int = ROUNDS, seed: int = 0) -> dict[str, Interval]:
    """The 95 % interval of each of the `Figures` but `captures`; NaN where none can be told."""
    people = _people_told(rows)
    if people < 2:
        return dict.fromkeys(_names(), _UNKNOWN)
    drawn = [figures_of(rows.drawn(index)) for index in _draws(rows, rounds, seed)]
    return {name: _interval([getattr(one, name) for one in drawn], people) for name in _names()}


def difference_intervals(
    first: Columns, second: Columns, *, rounds: int = ROUNDS, seed: int = 0
) -> dict[str, Interval]:
    """The same of each figure of `first` less that of `second`, the same patients drawn for both.

    Raises ValueError where the rows are not those of the same captures.
    """
    if not np.array_equal(first.patient, second.patient):
        raise ValueError("not the same rows")
    people = min(_people_told(first), _people_told(second))
    if people < 2:
        return dict.fromkeys(_names(), _UNKNOWN)
    drawn = [
        (figures_of(first.drawn(index)), figures_of(second.drawn(index)))
        for index in _draws(first, rounds, seed)
    ]
    return {
        name: _interval([getattr(a, name) - getattr(b, name) for a, b in drawn], people)
        for name in _names()
    }


def _people_told(rows: Columns) -> int:
    """How many have an estimate. One, drawn again, is always the same: it would look certain."""
    return len(np.unique(rows.patient[~np.isnan(rows.said_kg)]))


def _names() -> list[str]:
    return [field.name for field in fields(Figures) if field.name != "captures"]


def _draws(rows: Columns, rounds: int, seed: int) -> Iterator[NDArray[np.int64]]:
    of_patient = [np.flatnonzero(rows.patient == patient) for patient in np.unique(rows.patient)]
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        drawn = rng.integers(len(of_patient), size=len(of_patient))
        yield np.concatenate([of_patient[i] for i in drawn])


def _interval(values: list[float], people: int) -> Interval:
    known = [value for value in values if np.isfinite(value)]
    if not known:
        return _UNKNOWN
    tail = tail_of_draws(people)
    low, high = np.quantile(known, (tail, 1.0 - tail))
    return float(low), float(high)
