"""Intervals by drawing patients: wide where few people differ, narrow where all are alike."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from edema_desk.domain.statistics.agreement import Columns, Prediction, columns, figures_of
from edema_desk.domain.statistics.resampling import difference_intervals, figure_intervals
from edema_desk.domain.terms.records import Phase


def cohort(errors_kg: list[float]) -> Columns:
    """A patient for each error, which is that of all its four captures."""
    rows = [
        Prediction(str(i), date(2026, 3, day), phase, truth, truth + error, 0.5, 1.0)
        for i, error in enumerate(errors_kg)
        for day in (1, 2)
        for phase, truth in ((Phase.PRE, 2.0), (Phase.POST, 0.0))
    ]
    return columns(rows, [row.estimate_kg for row in rows])


def columns_of_truth(rows: Columns) -> Columns:
    """The same captures, each said as it was."""
    return replace(rows, said_kg=rows.truth_kg)


def test_alike_patients_leave_no_doubt() -> None:
    low, high = figure_intervals(cohort([0.3] * 6), rounds=50)["mae_kg"]
    assert low == pytest.approx(0.3)
    assert high == pytest.approx(0.3)


def test_the_interval_is_that_of_a_mean_over_patients() -> None:
    errors = np.abs(np.random.default_rng(5).standard_normal(40))
    low, high = figure_intervals(cohort(errors.tolist()), rounds=2000)["mae_kg"]
    reach = 1.96 * errors.std() / np.sqrt(len(errors))
    assert low == pytest.approx(errors.mean() - reach, abs=0.06)
    assert high == pytest.approx(errors.mean() + reach, abs=0.06)


def test_of_few_patients_the_interval_is_as_wide_as_students() -> None:
    errors = np.abs(np.random.default_rng(6).standard_normal(8))
    table = cohort(errors.tolist())
    reach = stats.t.ppf(0.975, 7) * errors.std(ddof=1) / np.sqrt(8)
    low, high = figure_intervals(table, rounds=4000)["mae_kg"]
    assert high - low == pytest.approx(2 * reach, rel=0.06)
    truth = columns_of_truth(table)
    low, high = difference_intervals(table, truth, rounds=4000)["mae_kg"]
    assert high - low == pytest.approx(2 * reach, rel=0.06)


def test_the_same_patients_are_drawn_for_both() -> None:
    worse, better = cohort([0.5, 1.5, 0.9]), cohort([0.4, 1.4, 0.8])
    low, high = difference_intervals(worse, better, rounds=100)["mae_kg"]
    assert low == pytest.approx(0.1)
    assert high == pytest.approx(0.1)
    with pytest.raises(ValueError, match="not the same rows"):
        difference_intervals(worse, cohort([0.1, 0.2]))


def test_of_one_patient_alone_nothing_is_sure() -> None:
    one, other = cohort([0.5]), cohort([0.1])
    assert np.isnan(figure_intervals(one, rounds=20)["mae_kg"]).all()
    assert np.isnan(difference_intervals(one, other, rounds=20)["mae_kg"]).all()


def test_the_same_seed_gives_the_same_interval() -> None:
    table = cohort([0.1, 0.4, 0.9])
    first, again = (figure_intervals(table, rounds=60, seed=3) for _ in range(2))
    assert str(first) == str(again)  # some are NaN, which equals nothing
    assert first != figure_intervals(table, rounds=60, seed=4)
    assert figures_of(table).captures == 12
