"""Figures with their intervals, against patients drawn again one by one and cases done by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from edema_desk.domain.statistics.agreement import Columns, figures_of, lins_concordance
from edema_desk.domain.statistics.resampling import figure_intervals
from edema_desk.domain.statistics.student import tail_of_draws
from edema_desk.domain.statistics.sureness import ToldFigures, drawn_again, told_figures


def columns(patients: int = 12, days: int = 8, seed: int = 5) -> Columns:
    rng = np.random.default_rng(seed)
    number = patients * days * 2
    pre = np.tile(np.array([True, False]), patients * days)
    own = np.repeat(rng.normal(0, 0.3, patients), days * 2)
    truth = np.where(pre, 2.0, 0.0) + rng.normal(0, 0.4, number)
    said = 0.8 * truth + own + rng.normal(0, 0.3, number)
    said_loss, true_loss = (np.full(number, np.nan) for _ in range(2))
    said_loss[pre], true_loss[pre] = said[pre] - said[~pre], truth[pre] - truth[~pre]
    return Columns(
        patient=np.repeat(np.arange(patients), days * 2),
        truth_kg=truth,
        said_kg=said,
        usual_kg=np.where(pre, 2.0, 0.0),
        half_width_kg=np.full(number, 0.6),
        right=np.where(np.arange(number) % 7 == 0, np.nan, (said > 1.0) == pre),
        p_edema=np.full(number, np.nan),
        pre=pre,
        clear_loss=np.zeros(number, np.bool_),
        said_loss_kg=said_loss,
        true_loss_kg=true_loss,
    )


def told_of(made: Columns) -> ToldFigures:
    day = np.arange(len(made.patient), dtype=np.int64) // 2
    alone = len(np.unique(made.patient)) < 2
    return told_figures(made, drawn_again(made.patient, day, alone=alone))


def test_values_are_those_of_the_figures() -> None:
    made = columns()
    told, plain = told_of(made), figures_of(made)
    assert told.mae_kg.value == pytest.approx(plain.mae_kg)
    assert told.accuracy.value == pytest.approx(plain.accuracy)
    assert told.coverage.value == pytest.approx(plain.coverage_90)
    assert told.concordance.value == pytest.approx(plain.change_concordance)
    assert told.change_mae_kg.value == pytest.approx(plain.change_mae_kg)
    assert (told.mae_kg.count, told.concordance.count) == (192, 96)
    assert told.accuracy.count == int((~np.isnan(made.right)).sum())


def test_intervals_are_those_of_rows_drawn_one_by_one() -> None:
    made = columns()
    told = told_of(made)
    slowly = figure_intervals(made, rounds=1500, seed=1)
    for name, one in (
        ("mae_kg", told.mae_kg),
        ("accuracy", told.accuracy),
        ("coverage_90", told.coverage),
        ("change_concordance", told.concordance),
        ("change_mae_kg", told.change_mae_kg),
    ):
        middle, half = np.mean(slowly[name]), (slowly[name][1] - slowly[name][0]) / 2
        half *= math.sqrt(12 / 11) * stats.t.ppf(0.975, 11) / 1.96  # of twelve patients
        assert one.low == pytest.approx(middle - half, abs=0.3 * half), name
        assert one.high == pytest.approx(middle + half, abs=0.3 * half), name


def test_tails_are_those_of_student_and_with_many_groups_the_plain_ones() -> None:
    assert tail_of_draws(10_000) == pytest.approx(0.025, rel=0.01)
    reach = stats.t.ppf(0.975, 7) * math.sqrt(8 / 7)
    assert tail_of_draws(8) == pytest.approx(float(stats.norm.cdf(-reach)), rel=0.01)


@pytest.mark.parametrize(("patients", "least"), [(5, 0.87), (8, 0.91), (20, 0.92)])
def test_the_true_mean_lies_in_its_interval_nearly_as_often_as_is_said(
    patients: int, least: float
) -> None:
    rng, held, rounds = np.random.default_rng(1), 0, 300
    patient = np.repeat(np.arange(patients), 30)
    for seed in range(rounds):
        values = rng.normal(0, 0.1, patients)[patient] + rng.normal(0, 0.3, len(patient))
        told = drawn_again(patient, patient, seed=seed).mean(values)
        held += told.low <= 0 <= told.high
    assert held / rounds >= least


def test_the_slope_is_that_of_least_squares() -> None:
    made = columns()
    slope = told_of(made).slope
    middle, off = (made.said_kg + made.truth_kg) / 2, made.said_kg - made.truth_kg
    assert slope.value == pytest.approx(np.polyfit(middle, off, 1)[0])
    assert slope.low < slope.value < slope.high < 0  # estimates that are drawn to the middle


def test_the_majority_is_the_commoner_phase_of_what_was_called() -> None:
    made = columns(1, 2)
    right = np.array([1.0, np.nan, 0.0, 1.0])
    told = told_of(replace(made, right=right))
    assert told.majority == pytest.approx(2 / 3)
    assert told.accuracy.value == pytest.approx(2 / 3)


def test_of_one_patient_the_days_are_drawn() -> None:
    made = columns(1, 40)
    told = told_of(made)
    error = np.abs(made.said_kg - made.truth_kg).reshape(-1, 2).mean(axis=1)
    usual = 1.96 * error.std() / math.sqrt(40)
    assert told.mae_kg.high - told.mae_kg.low == pytest.approx(2 * usual, rel=0.15)


def test_concordance_of_a_case_done_by_hand() -> None:
    said, true = np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0])
    assert lins_concordance(said, true) == 0.0
    assert lins_concordance(said, said + 1.0) == pytest.approx(2 * (2 / 3) / (1 + 4 / 3))


def test_of_nothing_nothing_is_told() -> None:
    made = columns(1, 1).drawn(np.zeros(0, np.int64))
    told = told_of(made)
    for one in (told.mae_kg, told.accuracy, told.coverage, told.concordance, told.slope):
        assert one.count == 0
        assert np.isnan([one.value, one.low, one.high]).all()
    assert math.isnan(told.majority)


def test_one_capture_has_a_value_and_no_interval() -> None:
    made = columns(1, 1).drawn(np.zeros(1, np.int64))
    told = told_of(made)
    assert told.mae_kg.value == pytest.approx(abs(float(made.said_kg[0] - made.truth_kg[0])))
    assert math.isnan(told.mae_kg.low)


def test_refused_captures_count_for_nothing() -> None:
    made = columns()
    kept = np.arange(len(made.patient)) % 16 > 1  # the first session of each
    whole = replace(made, said_kg=np.where(kept, made.said_kg, np.nan))
    told, alone = told_of(whole), told_of(made.drawn(np.flatnonzero(kept)))
    assert told.mae_kg.value == pytest.approx(alone.mae_kg.value)
    assert told.mae_kg.count == alone.mae_kg.count
    assert told.slope.value == pytest.approx(alone.slope.value)
    assert told.slope.low == pytest.approx(alone.slope.low)
    assert told.slope.count == 168
