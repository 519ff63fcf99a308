"""Intervals that hold what they say: the rules, and their coverage counted over many cohorts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.statistics.conformal import (
    FEWEST_RESIDUALS,
    Interval,
    interval_of,
    pooled_quantile,
    quantile_holding,
)
from edema_desk.domain.terms.estimate import IntervalKind


def test_nine_are_the_fewest_for_nine_in_ten() -> None:
    assert quantile_holding([0.5] * 8) == math.inf
    assert quantile_holding([0.1] * 8 + [-0.7]) == pytest.approx(0.7)
    assert quantile_holding([0.1] * 18, 0.95) == math.inf
    assert quantile_holding([0.1] * 19, 0.95) == pytest.approx(0.1)
    assert pooled_quantile({"a": [0.5] * 4, "b": [0.5] * 4}) == math.inf
    assert pooled_quantile({"a": [0.5] * 4, "b": [0.5] * 5}) == pytest.approx(0.5)
    assert pooled_quantile({}) == math.inf


@given(st.lists(st.floats(-3, 3), min_size=9, max_size=60))
def test_a_single_patients_pool_is_that_patients_rule(residuals: list[float]) -> None:
    assert pooled_quantile({"only": residuals}) == quantile_holding(residuals)


def test_patients_count_alike_however_many_captures_they_have() -> None:
    few_wild = {f"calm{i}": [0.1] * 10 for i in range(17)} | {"w1": [2.0] * 2, "w2": [2.0] * 2}
    much_wild = few_wild | {"w1": [2.0] * 400}
    assert pooled_quantile(few_wild) == pooled_quantile(much_wild) == 2.0
    assert pooled_quantile({**few_wild, "w1": [0.1] * 2}) == 0.1


def test_whose_residuals_there_are_enough_of_decides() -> None:
    own, others = [1.0] * 9, {"a": [2.0] * 5, "b": [2.0] * 4}
    assert interval_of(0.5, own, others, 3.0) == Interval(0.5, IntervalKind.OWN)
    assert interval_of(0.5, own[:8], others, 3.0) == Interval(1.0, IntervalKind.POOLED)
    few = {"a": [2.0] * 4, "b": [2.0] * 4}
    assert interval_of(0.5, own[:8], few, 3.0) == Interval(1.5, IntervalKind.SPREAD)
    assert interval_of(0.5, [], {}, 3.0).kind is IntervalKind.SPREAD


@pytest.mark.parametrize("count", [FEWEST_RESIDUALS, 15, 40])
def test_a_patients_own_interval_holds_nine_in_ten(count: int) -> None:
    rng = np.random.default_rng(count)
    drawn = rng.standard_t(4, size=(4000, count + 1))
    held = [abs(row[-1]) <= quantile_holding(row[:-1]) for row in drawn]
    assert 0.885 <= np.mean(held) <= 0.955


@pytest.mark.parametrize("people", [6, 12, 30])
def test_a_pooled_interval_holds_nine_in_ten_of_a_patient_it_never_saw(people: int) -> None:
    """Residuals come in clusters: a patient's are large or small together, and lean one way."""
    rng = np.random.default_rng(people)
    held = []
    for _ in range(600):
        scale = rng.lognormal(0.0, 0.25, people + 1)[:, None]
        lean = rng.normal(0.0, 0.35, people + 1)[:, None]
        residuals = scale * (lean + rng.standard_normal((people + 1, 10)))
        pool = {str(i): list(map(float, row)) for i, row in enumerate(residuals[:-1])}
        held.append(np.mean(np.abs(residuals[-1]) <= pooled_quantile(pool)))
    assert 0.88 <= np.mean(held) <= 0.93


@given(st.lists(st.floats(-5, 5), min_size=9, max_size=60))
def test_conformal_width_holds_its_share_of_the_residuals(residuals: list[float]) -> None:
    width = quantile_holding(residuals, 0.9)
    held = sum(abs(r) <= width for r in residuals)
    assert held >= math.ceil(0.9 * (len(residuals) + 1)) or width == math.inf
