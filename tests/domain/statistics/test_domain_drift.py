"""The watch over estimates: what it finds, how soon, and how often it cries for nothing."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.statistics.drift import (
    CLINIC_RULE,
    PATIENT_RULE,
    Side,
    Watch,
    WatchRule,
    residuals_of_sessions,
    watch_after,
)

ERROR_KG = 0.4
BIAS_KG = 0.5


def watched(residuals: Sequence[float], rule: WatchRule) -> tuple[Watch, ...]:
    """The watch after each session."""
    return tuple(watch_after(residuals[: n + 1], rule) for n in range(len(residuals)))


def noticed(residuals: Sequence[float], rule: WatchRule, every: int = 1) -> set[int]:
    """The sessions at which an alarm began that stood at any look, `every` so many sessions."""
    looks = range(every, len(residuals) + 1, every)
    found = {watch_after(residuals[:count], rule).since for count in looks}
    return {since for since in found if since is not None}


def test_half_a_kilogram_is_found_within_ten_sessions_of_a_patient() -> None:
    rng = np.random.default_rng(1)
    found = 0
    for _ in range(1000):
        residuals = rng.normal(BIAS_KG, ERROR_KG, 10) / ERROR_KG
        found += watch_after(residuals.tolist(), PATIENT_RULE).drifted is Side.ABOVE
    assert found / 1000 > 0.9


def test_of_a_hundred_sessions_without_bias_less_than_one_begins_an_alarm() -> None:
    rng = np.random.default_rng(2)
    rounds = 600
    alarms = sum(
        len(noticed(rng.normal(0.0, 1.0, 100).tolist(), PATIENT_RULE)) for _ in range(rounds)
    )
    assert alarms / rounds < 1.0


def test_a_clinic_s_bias_is_found_within_thirty_sessions_and_none_where_there_is_none() -> None:
    rng = np.random.default_rng(3)
    for _ in range(300):
        biased = rng.normal(-BIAS_KG, ERROR_KG, 30) / ERROR_KG
        assert watch_after(biased.tolist(), CLINIC_RULE).drifted is Side.BELOW
    alarms = sum(
        len(noticed(rng.normal(0.0, 1.0, 2_000).tolist(), CLINIC_RULE, 10)) for _ in range(20)
    )
    assert alarms <= 20


def test_by_hand() -> None:
    course = watched([2.0, 2.0, 2.0, -3.0, 0.0, 0.0], PATIENT_RULE)
    assert [round(one.above, 6) for one in course] == [1.5, 3.0, 4.5, 1.0, 0.5, 0.0]
    assert [one.drifted for one in course] == [None, None, Side.ABOVE, None, None, None]
    assert course[3].below == pytest.approx(2.5)
    assert course[2].since == 2


def test_an_alarm_lasts_until_the_sum_has_half_gone() -> None:
    course = watched([5.0, -1.0, -1.0, -1.0], PATIENT_RULE)
    assert [one.drifted for one in course] == [Side.ABOVE, Side.ABOVE, None, None]
    assert course[1].since == 0


@given(st.lists(st.floats(-50, 50), max_size=60))
def test_sums_stay_within_reach_and_both_sides_are_alike(residuals: list[float]) -> None:
    for one, other in zip(
        watched(residuals, PATIENT_RULE),
        watched([-r for r in residuals], PATIENT_RULE),
        strict=True,
    ):
        assert 0.0 <= one.above <= 1.5 * PATIENT_RULE.limit
        assert (one.above, one.below) == (other.below, other.above)
        assert (one.drifted is None) == (other.drifted is None)


def test_a_session_counts_once_by_what_its_estimates_told_of_themselves() -> None:
    off, sd = np.array([0.6, 0.2, 0.6]), np.array([0.5, 0.3, np.nan])
    told = residuals_of_sessions(off, sd, np.array([0, 2]), 0.3)
    assert told.tolist() == pytest.approx([1.0, 2.0])
    nothing = residuals_of_sessions(np.zeros(0), np.zeros(0), np.zeros(0, np.int64), 0.3)
    assert nothing.tolist() == []
