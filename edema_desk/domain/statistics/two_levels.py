"""A patient's days lie near one of two levels, before or after dialysis, and the face says which.

A straight line draws every estimate towards the middle, where hardly a capture is. Here the
normal prior that the line implies is taken out again and the two levels of this patient are
put in its place: a mixture of two normals, conditioned by Bayes' rule. Nobody tells it the phase.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edema_desk.domain.statistics.transfer_prior import PhaseLevel

_LEAST_VARIANCE = 1e-8
_LEAST_SAID = 0.05
"""Of the prior's own precision: an estimate always says a little."""


@dataclass(frozen=True, slots=True)
class Level:
    """Where a day of this patient is expected in one phase, in kg and kg squared."""

    mean_kg: float
    variance: float


@dataclass(frozen=True, slots=True)
class Placed:
    """An estimate placed among the two levels. `logit` is that of being before dialysis."""

    excess_kg: float
    sd_kg: float
    logit: float


def level_of(population: PhaseLevel, known_kg: Sequence[float]) -> Level:
    """Of a patient: the mean drawn towards the population's as a normal prior does, and how far
    another day may lie from it."""
    within, between = population.within_sd_kg**2, population.between_sd_kg**2
    if not known_kg:
        return Level(population.mean_kg, max(within + between, _LEAST_VARIANCE))
    noise = within / len(known_kg)
    weight = between / (between + noise) if between + noise > 0 else 1.0
    mean_kg = population.mean_kg + weight * (float(np.mean(known_kg)) - population.mean_kg)
    return Level(mean_kg, max(within + weight * noise, _LEAST_VARIANCE))


def place(excess_kg: float, sd_kg: float, pre: Level, post: Level, *, regressed: bool) -> Placed:
    """The estimate given that the day lies near `pre` or near `post`, each as probable.

    `regressed` says that it comes from a regression, which has drawn it towards the middle.
    Far out the wider of two normals is always the likelier one, be it on the wrong side: from
    where that would begin a face is taken to be as sure as there.
    """
    said_kg, variance = excess_kg, max(sd_kg**2, _LEAST_VARIANCE)
    if regressed:
        said_kg, variance = _without_prior(said_kg, variance, pre, post)
    heard_kg = _before_the_turn(said_kg, variance, pre, post)
    logit = _log_density(heard_kg, variance, pre) - _log_density(heard_kg, variance, post)
    share = 0.5 * (1 + math.tanh(logit / 2))
    (pre_kg, pre_variance), (post_kg, post_variance) = (
        _near(said_kg, variance, level) for level in (pre, post)
    )
    mean_kg = share * pre_kg + (1 - share) * post_kg
    square = share * (pre_variance + pre_kg**2) + (1 - share) * (post_variance + post_kg**2)
    return Placed(mean_kg, math.sqrt(max(square - mean_kg**2, 0.0)), logit)


def _without_prior(
    excess_kg: float, variance: float, pre: Level, post: Level
) -> tuple[float, float]:
    """What the face alone said: the normal that is like both levels divided out."""
    middle = (pre.mean_kg + post.mean_kg) / 2
    spread = (pre.variance + post.variance) / 2 + ((pre.mean_kg - post.mean_kg) / 2) ** 2
    precision = max(1 / variance - 1 / spread, _LEAST_SAID / spread)
    return (excess_kg / variance - middle / spread) / precision, 1 / precision


def _before_the_turn(said_kg: float, variance: float, pre: Level, post: Level) -> float:
    """What was said, but not past the point where the log odds would turn back."""
    pre_precision = 1 / (variance + pre.variance)
    post_precision = 1 / (variance + post.variance)
    if math.isclose(pre_precision, post_precision, rel_tol=1e-9):
        return said_kg
    turn_kg = (post.mean_kg * post_precision - pre.mean_kg * pre_precision) / (
        post_precision - pre_precision
    )
    middle_kg = (pre.mean_kg + post.mean_kg) / 2
    return max(said_kg, turn_kg) if turn_kg < middle_kg else min(said_kg, turn_kg)


def _log_density(said_kg: float, variance: float, level: Level) -> float:
    both = variance + level.variance
    return -0.5 * (said_kg - level.mean_kg) ** 2 / both - 0.5 * math.log(both)


def _near(said_kg: float, variance: float, level: Level) -> tuple[float, float]:
    """Mean and variance given what was said and that it is this level."""
    both = variance + level.variance
    mean_kg = (level.mean_kg * variance + said_kg * level.variance) / both
    return mean_kg, variance * level.variance / both
