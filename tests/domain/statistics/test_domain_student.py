"""Quantiles against those of scipy."""

import pytest
from scipy import stats

from edema_desk.domain.statistics.student import student_quantile


@pytest.mark.parametrize("degrees", [1, 1.4, 2, 5, 11, 48.7, 300, 1_999, 2_001, 60_000])
@pytest.mark.parametrize("share", [0.001, 0.025, 0.5, 0.975, 0.999])
def test_a_quantile_is_that_of_the_distribution(degrees: float, share: float) -> None:
    value = student_quantile(share, degrees)
    assert value == pytest.approx(float(stats.t.ppf(share, degrees)), rel=2e-3, abs=1e-9)


@pytest.mark.parametrize(("share", "degrees"), [(0.0, 3), (1.0, 3), (0.5, 0)])
def test_what_is_no_question_is_refused(share: float, degrees: int) -> None:
    with pytest.raises(ValueError, match="degree"):
        student_quantile(share, degrees)
