"""Drawing an estimate to the patient's two levels: by Bayes' rule on a fine grid."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.statistics.transfer_prior import PhaseLevel
from edema_desk.domain.statistics.two_levels import Level, level_of, place

PRE, POST = Level(2.0, 0.25), Level(0.0, 0.05)
GRID = np.linspace(-12, 12, 48_001)


def density(values: np.ndarray, mean: float, variance: float) -> np.ndarray:
    return np.asarray(np.exp(-0.5 * (values - mean) ** 2 / variance) / math.sqrt(variance))


@given(st.floats(0, 2), st.floats(0.1, 1.5))
def test_it_is_bayes_rule(said_kg: float, sd_kg: float) -> None:
    halves = [density(GRID, level.mean_kg, level.variance) for level in (PRE, POST)]
    seen = density(GRID, said_kg, sd_kg**2)
    weights = [(half * seen).sum() for half in halves]
    joint = (halves[0] + halves[1]) * seen / sum(weights)
    mean_kg = float((joint * GRID).sum())
    placed = place(said_kg, sd_kg, PRE, POST, regressed=False)
    assert placed.excess_kg == pytest.approx(mean_kg, abs=1e-6)
    assert placed.sd_kg == pytest.approx(
        math.sqrt(float((joint * (GRID - mean_kg) ** 2).sum())), abs=1e-6
    )
    assert 1 / (1 + math.exp(-placed.logit)) == pytest.approx(weights[0] / sum(weights), abs=1e-9)


@given(st.floats(-1, 3), st.floats(0.1, 0.9))
def test_a_regression_is_first_undone(seen_kg: float, sd_kg: float) -> None:
    """What a regression made of something seen is placed as that itself would be."""
    middle, spread = 1.0, 0.15 + 1.0
    precision = 1 / sd_kg**2 + 1 / spread
    regressed_kg = (seen_kg / sd_kg**2 + middle / spread) / precision
    placed = place(regressed_kg, math.sqrt(1 / precision), PRE, POST, regressed=True)
    plain = place(seen_kg, sd_kg, PRE, POST, regressed=False)
    assert placed.excess_kg == pytest.approx(plain.excess_kg, abs=1e-6)
    assert placed.logit == pytest.approx(plain.logit, abs=1e-5)


@given(st.floats(0.05, 2), st.floats(0.05, 0.6), st.floats(0.05, 0.6))
def test_more_swelling_is_never_less_like_before_dialysis(
    sd_kg: float, pre_variance: float, post_variance: float
) -> None:
    """Also far out, where the wider of two normals lies above the other on both sides."""
    pre, post = Level(2.0, pre_variance), Level(0.0, post_variance)
    placed = [place(kg, sd_kg, pre, post, regressed=False) for kg in np.linspace(-6, 9, 61)]
    assert np.all(np.diff([p.logit for p in placed]) >= -1e-9)
    assert np.all(np.diff([p.excess_kg for p in placed]) > 0)
    assert placed[0].logit < 0 < placed[-1].logit


def test_who_sees_nothing_says_that_it_may_be_either() -> None:
    placed = place(1.0, 50.0, PRE, POST, regressed=False)
    assert placed.logit == pytest.approx(0.0, abs=0.01)
    assert placed.excess_kg == pytest.approx(1.0, abs=0.01)
    assert placed.sd_kg == pytest.approx(math.sqrt(1.15), abs=0.01)


def test_levels_start_at_the_population_and_end_at_the_patient() -> None:
    population = PhaseLevel(2.0, 0.6, 0.4)
    none = level_of(population, [])
    assert none.mean_kg == 2.0
    assert none.variance == pytest.approx(0.52)
    one = level_of(population, [3.0])
    assert one.mean_kg == pytest.approx(2 + 0.36 / (0.36 + 0.16))
    assert one.variance == pytest.approx(0.16 + 1 / (1 / 0.36 + 1 / 0.16))
    many = level_of(population, [3.0] * 400)
    assert many.mean_kg == pytest.approx(3.0, abs=0.01)
    assert many.variance == pytest.approx(0.16, abs=0.001)
