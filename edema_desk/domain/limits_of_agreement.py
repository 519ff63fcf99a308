"""Bland and Altman's limits of agreement where each person was measured more than once.

The true value changes from capture to capture (J Biopharm Stat 2007;17:571, section 3): the
variance of the differences is the sum of that between people and that within them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REACH = 1.96


@dataclass(frozen=True, slots=True)
class LimitsOfAgreement:
    """Of the differences estimate - truth. NaN where there are too few people or captures."""

    bias_kg: float
    sd_between_kg: float
    sd_within_kg: float
    low_kg: float
    high_kg: float


def limits_of_agreement(
    difference_kg: NDArray[np.float64], patient: NDArray[np.int64]
) -> LimitsOfAgreement:
    """Both (n,). One-way analysis of variance; people may have different numbers of captures."""
    groups: Sequence[NDArray[np.float64]] = [
        difference_kg[patient == who] for who in np.unique(patient)
    ]
    total, people = len(difference_kg), len(groups)
    if people < 2 or total <= people:
        return LimitsOfAgreement(*([float("nan")] * 5))
    bias = float(difference_kg.mean())
    counts = np.array([len(g) for g in groups])
    within = sum(float(((g - g.mean()) ** 2).sum()) for g in groups) / (total - people)
    between = sum(len(g) * float((g.mean() - bias) ** 2) for g in groups) / (people - 1)
    usual_count = (total - float((counts**2).sum()) / total) / (people - 1)
    own = max(0.0, (between - within) / usual_count)
    reach = REACH * float(np.sqrt(own + within))
    return LimitsOfAgreement(
        bias, float(np.sqrt(own)), float(np.sqrt(within)), bias - reach, bias + reach
    )
