"""Linear mixed model fitted over people: random intercept and slopes, random days, noise.

Expectation-maximisation (Dempster, Laird, Rubin 1977) with closed-form steps, all people at once
on padded arrays. Weak conjugate priors on slopes and variances keep the fit sensible with a
handful of people; variances have scales taken from the data, so that units do not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SLOPE_SPREAD = 0.3
"""Usual standard deviation of a person's slope over people (the gain of the skin)."""
SLOPE_MEAN_SD = 0.3
"""How far the mean slope of a population may lie from what it should be."""
_PEOPLE_IN_PRIOR = 3.0
_DAYS_IN_PRIOR = 2.0
_LEAST_SD = 1e-4
_ROUNDS = 400
_STILL = 1e-7


@dataclass(frozen=True, slots=True)
class Person:
    """One person's captures: features (n, k), excess (n,) in kg, and which day each is of."""

    features: Floats
    excess_kg: Floats
    day: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MixedModel:
    """Means (1 + k) and covariance of intercept and slopes over people, and the errors' sd."""

    mean: Floats
    covariance: Floats
    day_sd: float
    capture_sd: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sufficient sums over each person's captures: of the design [1, features, days] with
    itself and with the excess. Days nobody had are columns of zeros."""

    zz: Floats
    zy: Floats
    yy: Floats
    captures: Floats
    days: Floats

    def but(self, person: int) -> "_Sums":
        keep = np.arange(len(self.zz)) != person
        return _Sums(
            self.zz[keep], self.zy[keep], self.yy[keep], self.captures[keep], self.days[keep]
        )


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the fit begins and what the weak priors hold it to."""

    slopes: Floats
    intercept_sd: float
    error_sd: float

    @property
    def covariance(self) -> Floats:
        spread = np.full(1 + len(self.slopes), SLOPE_SPREAD)
        spread[0] = self.intercept_sd
        return np.diag(spread**2)


def fit_mixed(
    people: Sequence[Person], slopes: Floats, *, without: bool = False
) -> tuple[MixedModel, list[MixedModel]]:
    """The model over all people and, asked for `without`, those over all but each of them.

    `slopes` (k,) are those expected of a population. At least one person, two for `without`.
    """
    sums, start = _sums_of(people), _start_of(people, slopes)
    first = MixedModel(
        np.concatenate([[_mean_level(people, slopes)], slopes]),
        start.covariance,
        start.error_sd,
        start.error_sd,
    )
    model = _climb(sums, first, start)
    others = [_climb(sums.but(i), model, start) for i in range(len(people))] if without else []
    return model, others


def _sums_of(people: Sequence[Person]) -> _Sums:
    most_days = max(len(np.unique(p.day)) for p in people)
    zz, zy = [], []
    for person in people:
        day = np.unique(person.day, return_inverse=True)[1]
        design = np.column_stack(
            [np.ones(len(day)), person.features, np.eye(most_days, dtype=float)[day]]
        )
        zz.append(design.T @ design)
        zy.append(design.T @ person.excess_kg)
    return _Sums(
        np.array(zz),
        np.array(zy),
        np.array([float(p.excess_kg @ p.excess_kg) for p in people]),
        np.array([float(len(p.day)) for p in people]),
        np.array([float(len(np.unique(p.day))) for p in people]),
    )


def _rests(people: Sequence[Person], slopes: Floats) -> list[Floats]:
    return [p.excess_kg - p.features @ slopes for p in people]


def _mean_level(people: Sequence[Person], slopes: Floats) -> float:
    return float(np.mean([rest.mean() for rest in _rests(people, slopes)]))


def _start_of(people: Sequence[Person], slopes: Floats) -> _Start:
    """Half of what the expected slopes leave over within people is laid on each error."""
    rests = _rests(people, slopes)
    within = np.concatenate([rest - rest.mean() for rest in rests])
    freedom = max(len(within) - len(rests), 1)
    error_sd = float(np.sqrt((within @ within) / freedom / 2))
    levels = np.array([rest.mean() for rest in rests])
    intercept_sd = float(levels.std(ddof=1)) if len(levels) > 1 else 0.0
    floor = max(error_sd, _LEAST_SD)
    return _Start(slopes, max(intercept_sd, floor), floor)


def _climb(sums: _Sums, model: MixedModel, start: _Start) -> MixedModel:
    """Rounds of expectation and maximisation until nothing moves."""
    for _ in range(_ROUNDS):
        before = model
        model = _round(sums, model, start)
        if _moved(before, model) < _STILL:
            break
    return model


def _moved(a: MixedModel, b: MixedModel) -> float:
    scale = np.abs(np.diag(a.covariance)).max() + a.capture_sd**2
    return float(
        np.abs(a.covariance - b.covariance).max() / scale
        + abs(a.day_sd**2 - b.day_sd**2) / scale
        + abs(a.capture_sd**2 - b.capture_sd**2) / scale
    )


def _round(sums: _Sums, model: MixedModel, start: _Start) -> MixedModel:
    own = len(model.mean)
    days = sums.zz.shape[1] - own
    effects, spread = _effects(sums, model, days)
    people = len(effects)

    slope_weight = np.full(own, 1 / SLOPE_MEAN_SD**2)
    slope_weight[0] = 0.0
    precision = people * np.linalg.inv(model.covariance)
    mean = np.linalg.solve(
        precision + np.diag(slope_weight),
        precision @ effects[:, :own].mean(axis=0)
        + slope_weight * np.concatenate([[0.0], start.slopes]),
    )
    away = effects[:, :own] - mean
    scatter = spread[:, :own, :own].sum(axis=0) + away.T @ away
    covariance = (scatter + _PEOPLE_IN_PRIOR * start.covariance) / (
        max(people - 1, 0) + _PEOPLE_IN_PRIOR
    )

    day_square = (effects[:, own:] ** 2).sum() + np.trace(spread[:, own:, own:], 0, 1, 2).sum()
    unused = people * days - sums.days.sum()
    day_square -= unused * model.day_sd**2
    left = sums.yy - 2 * (effects * sums.zy).sum(axis=1)
    left += np.einsum("pi,pij,pj->p", effects, sums.zz, effects)
    left += np.einsum("pij,pji->p", sums.zz, spread)
    weak = _DAYS_IN_PRIOR * start.error_sd**2
    return replace(
        model,
        mean=mean,
        covariance=covariance,
        day_sd=float(np.sqrt((day_square + weak) / (sums.days.sum() + _DAYS_IN_PRIOR))),
        capture_sd=float(np.sqrt((left.sum() + weak) / (sums.captures.sum() + _DAYS_IN_PRIOR))),
    )


def _effects(sums: _Sums, model: MixedModel, days: int) -> tuple[Floats, Floats]:
    """Each person's intercept, slopes and days given the model: means and covariances."""
    own = len(model.mean)
    prior = np.zeros((own + days, own + days))
    prior[:own, :own] = np.linalg.inv(model.covariance)
    prior[own:, own:] = np.eye(days) / model.day_sd**2
    expected = np.zeros(own + days)
    expected[:own] = prior[:own, :own] @ model.mean
    noise = model.capture_sd**2
    spread = np.linalg.inv(prior + sums.zz / noise)
    effects: Floats = np.einsum("pij,pj->pi", spread, expected + sums.zy / noise)
    return effects, np.asarray(spread, np.float64)
