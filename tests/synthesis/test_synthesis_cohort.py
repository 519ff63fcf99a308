"""The made-up cohort keeps to the fixed figures that results are compared by."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from edema_desk.domain.terms.records import Phase
from edema_desk.synthesis.cohort import (
    GAIN_SD_KG,
    MM_PER_KG,
    REGIONS,
    MadeUpCapture,
    capture_generator,
    clinic_days,
    draw_cohort,
)

PATIENTS, DAYS = 900, 6


@pytest.fixture(scope="module")
def cohort() -> tuple[MadeUpCapture, ...]:
    """Enough people for their means to be those of the distribution."""
    return draw_cohort(PATIENTS, DAYS, 5)


def excesses(cohort: tuple[MadeUpCapture, ...], phase: Phase) -> NDArray[np.float64]:
    """True excess by patient and day."""
    return np.array([c.excess_kg for c in cohort if c.phase is phase]).reshape(PATIENTS, DAYS)


def test_gains_between_patients(cohort: tuple[MadeUpCapture, ...]) -> None:
    means = np.array([c.patient.mean_gain_kg for c in cohort[:: 2 * DAYS]])
    assert 0.8 <= means.min() < 0.9
    assert 3.6 < means.max() <= 4.0
    # N(2, 0.7) cut to 0.8-4 has mean 2.06 and standard deviation 0.64
    assert means.mean() == pytest.approx(2.06, abs=0.07)
    assert means.std() == pytest.approx(0.64, abs=0.05)


def test_gains_within_a_patient(cohort: tuple[MadeUpCapture, ...]) -> None:
    means = np.array([c.patient.mean_gain_kg for c in cohort[:: 2 * DAYS]])
    within = excesses(cohort, Phase.PRE) - means[:, None]
    assert within.mean() == pytest.approx(0.0, abs=0.03)
    assert np.sqrt((within**2).mean()) == pytest.approx(GAIN_SD_KG, abs=0.015)
    long_gap, short_gap = within[:, [0, 3]].mean(), within[:, [1, 2, 4, 5]].mean()
    assert long_gap - short_gap == pytest.approx(0.3, abs=0.05)


def test_what_is_left_after_dialysis(cohort: tuple[MadeUpCapture, ...]) -> None:
    post = excesses(cohort, Phase.POST)
    assert post.mean() == pytest.approx(0.0, abs=0.01)
    assert post.std() == pytest.approx(0.2, abs=0.01)


def test_the_scale_errs(cohort: tuple[MadeUpCapture, ...]) -> None:
    error = np.array([c.weight_kg - c.patient.dry_weight_kg - c.excess_kg for c in cohort])
    assert error.mean() == pytest.approx(0.0, abs=0.005)
    assert error.std() == pytest.approx(0.1, abs=0.004)


def test_how_fluid_shows(cohort: tuple[MadeUpCapture, ...]) -> None:
    shown = np.array([c.patient.mm_per_kg for c in cohort[:: 2 * DAYS]])
    person = shown.mean(axis=1)
    assert np.median(person) == pytest.approx(MM_PER_KG, abs=0.02)
    assert np.log(person).std() == pytest.approx(0.3, abs=0.03)
    share = shown / shown.sum(axis=1, keepdims=True)
    assert share.mean(axis=0) == pytest.approx(np.full(len(REGIONS), 1 / 6), abs=0.015)
    # a Dirichlet(1.5) over six has the variance p (1 - p) / (9 + 1)
    assert share.var(axis=0) == pytest.approx(np.full(6, 5 / 360), abs=0.003)


def test_region_noise_of_day_and_capture(cohort: tuple[MadeUpCapture, ...]) -> None:
    noise = np.array([c.region_mm - c.patient.mm_per_kg * c.excess_kg for c in cohort])
    pre, post = noise[0::2], noise[1::2]
    assert noise.std() == pytest.approx(np.hypot(0.1, 0.1), abs=0.003)
    assert (pre - post).std() == pytest.approx(np.hypot(0.1, 0.1), abs=0.003)
    assert (pre * post).mean() == pytest.approx(0.01, abs=0.001)


def test_a_patient_does_not_depend_on_the_others() -> None:
    few, many = draw_cohort(2, 3, 9), draw_cohort(7, 3, 9)
    for one, other in zip(few, many, strict=False):
        assert one.weight_kg == other.weight_kg
        assert one.region_mm.tolist() == other.region_mm.tolist()


def test_other_seeds_make_other_people() -> None:
    assert draw_cohort(1, 1, 1)[0].weight_kg != draw_cohort(1, 1, 2)[0].weight_kg


def test_each_capture_has_a_random_source_of_its_own() -> None:
    drawn = {float(capture_generator(4, c).random()) for c in draw_cohort(3, 3, 4)}
    assert len(drawn) == 3 * 3 * 2


@pytest.mark.parametrize(("first", "weekdays"), [(0, [0, 2, 4]), (1, [1, 3, 5])])
def test_clinic_days(first: int, weekdays: list[int]) -> None:
    days = [day for day, _ in clinic_days(first, 7)]
    assert [day.weekday() for day in days] == [*weekdays, *weekdays, weekdays[0]]
    assert days == sorted(days)


def test_a_calendar_can_end_on_a_given_day() -> None:
    cohort = draw_cohort(5, 4, 1, date(2031, 7, 20))
    for index in range(5):
        days = [c.day for c in cohort if c.patient.index == index]
        assert max(days) == date(2031, 7, 20)
        assert len(set(days)) == 4
    assert [c.region_mm.tolist() for c in cohort] == [
        c.region_mm.tolist() for c in draw_cohort(5, 4, 1)
    ]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**63), patients=st.integers(1, 6), days=st.integers(1, 8))
def test_every_study_is_one_a_clinic_could_hand_in(seed: int, patients: int, days: int) -> None:
    cohort = draw_cohort(patients, days, seed)
    assert len({c.name for c in cohort}) == len(cohort) == 2 * patients * days
    for pre, post in zip(cohort[0::2], cohort[1::2], strict=True):
        assert (pre.phase, post.phase) == (Phase.PRE, Phase.POST)
        assert pre.day == post.day
        assert pre.at < post.at
        assert 35 < post.weight_kg < 100
        assert pre.patient.mean_gain_kg <= 0.0601 * pre.patient.dry_weight_kg
