"""Quantiles of the chi-square distribution, for intervals of standard deviations."""

import math

_STEPS = 200
_SMALL = 1e-300


def chi_square_quantile(share: float, degrees: float) -> float:
    """Where the distribution has `share` below. Raises ValueError outside 0 < share < 1 and below
    one degree of freedom, of which there may be parts."""
    if not 0.0 < share < 1.0 or degrees < 1:
        raise ValueError("a share between 0 and 1, and at least one degree of freedom")
    low, high = 0.0, degrees + 10.0 * math.sqrt(2.0 * degrees) + 20.0
    while chi_square_below(high, degrees) < share:
        high *= 2.0
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        if chi_square_below(middle, degrees) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def chi_square_below(value: float, degrees: float) -> float:
    """The share of the distribution below `value`: the regularised incomplete gamma function, by
    its series or its continued fraction (Abramowitz and Stegun, 6.5.29 and 6.5.31)."""
    a, x = degrees / 2.0, value / 2.0
    if x <= 0.0:
        return 0.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1.0:
        return front * _series(a, x)
    return 1.0 - front * _fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1.0 / a
    step = 0
    while term > total * 1e-16:
        step += 1
        term *= x / (a + step)
        total += term
    return total


def _fraction(a: float, x: float) -> float:
    """By Lentz's method."""
    b = x + 1.0 - a
    c, d = 1.0 / _SMALL, 1.0 / b
    total = d
    step = 0
    change = 0.0
    while abs(change - 1.0) > 1e-15:
        step += 1
        a_n = -step * (step - a)
        b += 2.0
        d = 1.0 / _not_zero(a_n * d + b)
        c = _not_zero(b + a_n / c)
        change = d * c
        total *= change
    return total


def _not_zero(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL
