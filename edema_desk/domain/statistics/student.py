"""Quantiles of Student's distribution, for intervals of means of few people."""

import math
from statistics import NormalDist

import numpy as np

_PLACES = 20_001
_TAIL = 0.025
_NEARLY_NORMAL = 2_000


def student_quantile(share: float, degrees: float) -> float:
    """Where the distribution has `share` below, to four figures. Raises ValueError outside
    0 < share < 1 and below one degree of freedom, of which there may be parts.

    With t = sqrt(degrees) tan(angle) the density over the angle is a power of its cosine.
    """
    if not 0.0 < share < 1.0 or degrees < 1:
        raise ValueError("a share between 0 and 1, and at least one degree of freedom")
    if degrees > _NEARLY_NORMAL:
        return NormalDist().inv_cdf(share)
    angle = np.linspace(0.0, math.pi / 2, _PLACES)
    density = np.cos(angle) ** (degrees - 1)
    below = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
    found = float(np.interp(abs(2 * share - 1), below / below[-1], angle))
    return math.copysign(math.sqrt(degrees) * math.tan(found), share - 0.5)


def tail_of_draws(groups: int) -> float:
    """The share of draws of whole groups to leave out at either end of a 95 % interval.

    Of few groups plain quantiles of the draws lie too near each other: these are spread as
    Student's distribution is (Hesterberg, Am Stat 2015;69:371, expanded percentile). Raises
    ValueError below two groups.
    """
    if groups < 2:
        raise ValueError("one group drawn again is always the same")
    reach = math.sqrt(groups / (groups - 1)) * student_quantile(1 - _TAIL, groups - 1)
    return NormalDist().cdf(-reach)
