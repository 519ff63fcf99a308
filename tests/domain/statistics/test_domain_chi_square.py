"""Quantiles against those of scipy."""

import pytest
from scipy import stats

from edema_desk.domain.statistics.chi_square import chi_square_below, chi_square_quantile


@pytest.mark.parametrize("degrees", [1, 1.4, 2, 5, 11, 48.7, 300, 60_000])
@pytest.mark.parametrize("share", [0.001, 0.025, 0.5, 0.975, 0.999])
def test_a_quantile_is_that_of_the_distribution(degrees: float, share: float) -> None:
    value = chi_square_quantile(share, degrees)
    assert value == pytest.approx(float(stats.chi2.ppf(share, degrees)), rel=1e-9)
    assert chi_square_below(value, degrees) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize(("share", "degrees"), [(0.0, 3), (1.0, 3), (0.5, 0)])
def test_what_is_no_question_is_refused(share: float, degrees: int) -> None:
    with pytest.raises(ValueError, match="degree"):
        chi_square_quantile(share, degrees)


def test_nothing_lies_below_nothing() -> None:
    assert chi_square_below(0.0, 4) == 0.0
