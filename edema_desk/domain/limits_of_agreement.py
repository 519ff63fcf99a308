"""Bland and Altman's limits of agreement where each person was measured more than once.

The true value changes from capture to capture (J Biopharm Stat 2007;17:571, section 3): the
variance of the differences is the sum of that between people and that within them. How sure the
limits are follows Zou (Stat Methods Med Res 2013;22:630): the intervals of the mean and of the
two variances are put together to those of the limits.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.chi_square import chi_square_quantile
from edema_desk.domain.groups import grouped

REACH = 1.96
Interval = tuple[float, float]
_NAN = float("nan")
_UNKNOWN: Interval = (_NAN, _NAN)
_TAIL = 0.025
_CERTAIN = NormalDist().inv_cdf(1 - _TAIL)


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
    degrees: int

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
    usual_count = (total - float((counts**2).sum()) / total) / (people - 1)
    own = max(0.0, (between - within) / usual_count)
    of_means = float(means.var(ddof=1))
    rest = 1 - float((1 / counts).mean())  # of the variance within, what a mean does not hold
    parts = (_Variance(of_means, people - 1), _Variance(rest * within, total - people))
    return _limits(bias, of_means / people, (own, within), parts)


def _of_one(bias: float, variance: float, total: int) -> LimitsOfAgreement:
    parts = (_Variance(variance, total - 1),)
    return _limits(bias, variance / total, (_NAN, variance), parts)


def _limits(
    bias: float,
    bias_variance: float,
    own_within: tuple[float, float],
    parts: tuple[_Variance, ...],
) -> LimitsOfAgreement:
    own, within = own_within
    sd = float(np.sqrt(np.nansum(own_within)))
    found = sum(part.share for part in parts)
    up = np.sqrt(found + np.sqrt(sum(part.off(_TAIL) ** 2 for part in parts))) - np.sqrt(found)
    least = max(0.0, found - float(np.sqrt(sum(part.off(1 - _TAIL) ** 2 for part in parts))))
    down = np.sqrt(found) - np.sqrt(least)
    of_bias = _CERTAIN * float(np.sqrt(bias_variance))
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
