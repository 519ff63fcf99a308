"""What a population says of how faces show fluid: the few numbers a patient starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.estimate import PARTS, ChangeScore, TransferKind
from edema_desk.domain.terms.records import Phase

Floats = NDArray[np.float64]

NOTHING_KNOWN_KG = 10_000.0
"""Standard deviation that stands for knowing nothing of a level."""
LEAST_KG = 0.001
"""Below a gram nothing is told apart."""
_MOST = 10**9
NORMAL_90 = 1.645
AVERAGING = (TransferKind.REFERENCE, TransferKind.TUNED)
"""Kinds that average references: slope 1, and nothing known of a patient's level."""


@dataclass(frozen=True, slots=True)
class PhaseLevel:
    """Excess in one phase: its mean over people, how people differ, and days of one person."""

    mean_kg: float
    between_sd_kg: float
    within_sd_kg: float


USUAL_LEVELS: Mapping[Phase, PhaseLevel] = {
    Phase.PRE: PhaseLevel(2.0, 0.7, 0.44),
    Phase.POST: PhaseLevel(0.0, 0.15, 0.2),
}
"""From the literature on interdialytic gain; the cohort of the project's made-up studies."""


@dataclass(frozen=True, slots=True)
class TransferPrior:
    """Population of a linear mixed model: excess = intercept + slopes . (features - feature_mean)
    + day error + capture error, intercept and slopes being a person's own.

    `mean` (1 + k) and `covariance` (1 + k, 1 + k) are those of intercept and slopes over people.
    `usual_error_kg` is the usual standard error of a score over its frames: it is part of the
    capture's error. `interval90` times the model's standard deviation held 90 % of people never
    seen; `edema_slope` makes the probability of edema a calibrated one. `directions` (k - 1, 512)
    and `centre` (512) are those of `ridge`.
    """

    kind: TransferKind
    mean: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    feature_mean: tuple[float, ...]
    day_sd_kg: float
    capture_sd_kg: float
    usual_error_kg: float
    pre: PhaseLevel
    post: PhaseLevel
    edema_slope: float
    interval90: float
    two_levels: bool
    people: int
    captures: int
    centre: tuple[float, ...] = ()
    directions: tuple[tuple[float, ...], ...] = ()

    def __post_init__(self) -> None:
        size = len(self.mean)
        if np.shape(self.covariance) != (size, size) or len(self.feature_mean) != size - 1:
            raise ValueError("mean, covariance and features do not belong together")
        if len(self.directions) != (size - 2 if self.kind is TransferKind.RIDGE else 0):
            raise ValueError("directions that the kind does not need, or lacks")
        looked_at = {TransferKind.RIDGE: size - 1, TransferKind.PARTS: PARTS}.get(self.kind, 1)
        if size - 1 != looked_at:
            raise ValueError("not as many slopes as the kind looks at")


def features_of(
    kind: TransferKind,
    score: ChangeScore,
    embedding: NDArray[np.float16] | None = None,
    centre: tuple[float, ...] = (),
    directions: tuple[tuple[float, ...], ...] = (),
) -> Floats:
    """What the kind looks at in one capture, in kg: (k,). ValueError where the score lacks it."""
    if kind is TransferKind.PARTS:
        if len(score.parts_kg) != PARTS:
            raise ValueError("a score that tells no parts apart")
        return np.array(score.parts_kg)
    if kind is TransferKind.RIDGE:
        if embedding is None:
            raise ValueError("ridge needs the embedding")
        away = np.asarray(embedding, np.float64) - np.array(centre)
        return np.concatenate([[score.g_kg], np.array(directions) @ away])
    return np.array([score.g_kg])


def plain_prior(spread90_kg: float) -> TransferPrior:
    """For a model whose card says only a half width: references are averaged, slope 1.

    The width is taken as that of an estimate from eight references, as the cards' were.
    """
    return TransferPrior(
        kind=TransferKind.REFERENCE,
        mean=(1.0, 1.0),
        covariance=((NOTHING_KNOWN_KG**2, 0.0), (0.0, 0.0)),
        feature_mean=(0.0,),
        day_sd_kg=0.0,
        capture_sd_kg=max(spread90_kg, LEAST_KG) / NORMAL_90 / float(np.sqrt(1 + 1 / 8)),
        usual_error_kg=0.0,
        pre=USUAL_LEVELS[Phase.PRE],
        post=USUAL_LEVELS[Phase.POST],
        edema_slope=1.0,
        interval90=NORMAL_90,
        two_levels=False,
        people=0,
        captures=0,
    )


def prior_from(fields: Mapping[str, Any]) -> TransferPrior:
    """From the plain values that `dataclasses.asdict` and JSON make of one.

    Raises KeyError, TypeError, ValueError or OverflowError for anything that is not a prior, also
    for numbers that are not finite or beyond all measure, deviations that are negative, and
    captures without error.
    """
    numbers = ("day_sd_kg", "capture_sd_kg", "usual_error_kg", "edema_slope", "interval90")
    prior = TransferPrior(
        kind=TransferKind(fields["kind"]),
        mean=_row(fields["mean"]),
        covariance=_rows(fields["covariance"]),
        feature_mean=_row(fields["feature_mean"]),
        **{name: _at_least_zero(fields[name]) for name in numbers},
        pre=_level(fields["pre"]),
        post=_level(fields["post"]),
        two_levels=_flag(fields["two_levels"]),
        people=_count(fields["people"]),
        captures=_count(fields["captures"]),
        centre=_row(fields["centre"]),
        directions=_rows(fields["directions"]),
    )
    covariance = np.array(prior.covariance)
    if not np.allclose(covariance, covariance.T) or np.linalg.eigvalsh(covariance)[0] < -1e-9:
        raise ValueError("not a covariance")
    if prior.capture_sd_kg == 0:
        raise ValueError("captures without error cannot be weighed against each other")
    if prior.kind is TransferKind.RIDGE and np.shape(prior.directions)[1] != len(prior.centre):
        raise ValueError("directions of another embedding")
    return prior


def _level(fields: Mapping[str, Any]) -> PhaseLevel:
    return PhaseLevel(
        _number(fields["mean_kg"]),
        _at_least_zero(fields["between_sd_kg"]),
        _at_least_zero(fields["within_sd_kg"]),
    )


def _row(values: Any) -> tuple[float, ...]:
    if not isinstance(values, list | tuple):
        raise TypeError("not a row")
    return tuple(_number(value) for value in values)


def _rows(values: Any) -> tuple[tuple[float, ...], ...]:
    if not isinstance(values, list | tuple):
        raise TypeError("not rows")
    return tuple(_row(row) for row in values)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("not a number")
    number = float(value)
    if not abs(number) <= _MOST:
        raise ValueError("beyond all measure")
    return number


def _at_least_zero(value: Any) -> float:
    number = _number(value)
    if number < 0:
        raise ValueError("negative")
    return number


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise TypeError("not a count")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value
