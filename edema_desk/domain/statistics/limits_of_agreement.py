"""Bland and Altman's limits of agreement where each person was measured more than once.

The true value changes from capture to capture (J Biopharm Stat 2007;17:571, section 3): the
variance of the differences is the sum of that between people and that within them. How sure the
limits are follows Zou (Stat Methods Med Res 2013;22:630): the intervals of the mean and of the
two variances are put together to those of the limits. One person may have ten years and another
one session: how many people a mean square then is as good as follows Satterthwaite (Biometrics
Bull 1946;2:110).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.chi_square import chi_square_quantile
from edema_desk.domain.statistics.groups import grouped
from edema_desk.domain.statistics.student import student_quantile

REACH = 1.96
Interval = tuple[float, float]
_NAN = float("nan")
_UNKNOWN: Interval = (_NAN, _NAN)
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class LimitsOfAgreement:
    """Of the differences estimate - truth. NaN where there are too few people or captures.

    `*_between` are 95 % intervals. For one person alone `sd_between_kg` is NaN, and the limits
    are that person's.
    """

    bias_kg: float
    sd_between_kg: float
    sd_within_kg: float
    low_kg: float
    high_kg: float
    bias_between: Interval = _UNKNOWN
    low_between: Interval = _UNKNOWN
    high_between: Interval = _UNKNOWN


@dataclass(frozen=True, slots=True)
class _Variance:
    """A part of the variance of a difference, `share` of a mean square of so many `degrees`."""

    share: float
    degrees: float

    def off(self, tail: float) -> float:
        """How far the part may lie from what was found, towards this tail."""
        return self.share * abs(1 - self.degrees / chi_square_quantile(tail, self.degrees))


def limits_of_agreement(
    difference_kg: NDArray[np.float64], patient: NDArray[np.int64]
) -> LimitsOfAgreement:
    """Both (n,). One-way analysis of variance; people may have different numbers of captures."""
    counts, means, within_sum = _by_patient(difference_kg, patient)
    total, people = int(counts.sum()), len(counts)
    if people == 1 and total > 1:
        return _of_one(float(means[0]), within_sum / (total - 1), total)
    if people < 2 or total <= people:
        return LimitsOfAgreement(_NAN, _NAN, _NAN, _NAN, _NAN)
    bias = float(difference_kg.mean())
    within = within_sum / (total - people)
    between = float((counts * (means - bias) ** 2).sum()) / (people - 1)
    squares = float((counts**2).sum())
    usual_count = (total - squares / total) / (people - 1)
    own = max(0.0, (between - within) / usual_count)
    parts = (
        _Variance(between / usual_count, _degrees_between(counts, own, within)),
        _Variance((1 - 1 / usual_count) * within, total - people),
    )
    mean = _Variance(own * squares / total**2 + within / total, parts[0].degrees)
    return _limits(bias, mean, (own, within), parts)


def _of_one(bias: float, variance: float, total: int) -> LimitsOfAgreement:
    mean, whole = (_Variance(share, total - 1) for share in (variance / total, variance))
    return _limits(bias, mean, (_NAN, variance), (whole,))


def _degrees_between(counts: NDArray[np.float64], own: float, within: float) -> float:
    """Of the mean square between people: one less than there are where all have as many captures,
    fewer the more it hangs on some of them."""
    spare = len(counts) - 1
    total, squares, cubes = (float((counts**power).sum()) for power in (1, 2, 3))
    once = total - squares / total
    twice = squares - 2 * cubes / total + (squares / total) ** 2
    spread = own**2 * twice + 2 * own * within * once + within**2 * spare
    return max(1.0, (own * once + within * spare) ** 2 / spread) if spread > 0 else float(spare)


def _limits(
    bias: float,
    mean: _Variance,
    own_within: tuple[float, float],
    parts: tuple[_Variance, ...],
) -> LimitsOfAgreement:
    own, within = own_within
    sd = float(np.sqrt(np.nansum(own_within)))
    found = sum(part.share for part in parts)
    up = np.sqrt(found + np.sqrt(sum(part.off(_TAIL) ** 2 for part in parts))) - np.sqrt(found)
    least = max(0.0, found - float(np.sqrt(sum(part.off(1 - _TAIL) ** 2 for part in parts))))
    down = np.sqrt(found) - np.sqrt(least)
    of_bias = student_quantile(1 - _TAIL, mean.degrees) * float(np.sqrt(mean.share))
    outward, inward = (float(np.hypot(of_bias, REACH * off)) for off in (up, down))
    low, high = bias - REACH * sd, bias + REACH * sd
    return LimitsOfAgreement(
        bias_kg=bias,
        sd_between_kg=float(np.sqrt(own)),
        sd_within_kg=float(np.sqrt(within)),
        low_kg=low,
        high_kg=high,
        bias_between=(bias - of_bias, bias + of_bias),
        low_between=(low - outward, low + inward),
        high_between=(high - inward, high + outward),
    )


def _by_patient(
    difference: NDArray[np.float64], patient: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Of each person how many and their mean, and the sum of squares about the means."""
    if not len(difference):
        return np.zeros(0), np.zeros(0), 0.0
    _, place = grouped(patient)
    counts = np.bincount(place).astype(np.float64)
    means = np.bincount(place, difference) / counts
    return counts, means, float(((difference - means[place]) ** 2).sum())
