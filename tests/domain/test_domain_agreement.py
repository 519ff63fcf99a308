"""Agreement figures against values worked out by hand."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.agreement import (
    BASELINES,
    Prediction,
    baseline_estimates,
    bootstrap_interval,
    figures,
    half_width_holding,
    other_days_mean,
)
from edema_desk.domain.records import Phase


def row(
    patient: str, day: int, phase: Phase, excess: float, estimate: float | None = None
) -> Prediction:
    return Prediction(patient, date(2026, 3, day), phase, excess, estimate, 0.5, 1.0)


def two_patients() -> list[Prediction]:
    return [
        row("A", 1, Phase.PRE, 2.0, 1.8),
        row("A", 1, Phase.POST, 0.0, 0.3),
        row("A", 3, Phase.PRE, 2.4, 2.6),
        row("A", 3, Phase.POST, 0.2, 1.2),
        row("B", 1, Phase.PRE, 3.0, 2.9),
        row("B", 1, Phase.POST, -0.2, 0.0),
        row("B", 3, Phase.PRE, 2.6, None),
        row("B", 3, Phase.POST, 0.0, 0.1),
    ]


def test_figures_by_hand() -> None:
    rows = two_patients()
    said = figures(rows, [r.estimate_kg for r in rows])
    errors = [0.2, 0.3, 0.2, 1.0, 0.1, 0.2, 0.1]
    assert said.captures == 7
    assert said.mae_kg == pytest.approx(sum(errors) / 7)
    assert said.accuracy == pytest.approx(6 / 7)  # A's second post is called present
    assert said.coverage_90 == pytest.approx(6 / 7)
    assert said.interval_width_kg == pytest.approx(1.0)
    usual_errors = [0.4, 0.2, 0.4, 0.2, 0.4, 0.2, 0.2]
    assert said.skill_vs_class_mean == pytest.approx(1 - sum(errors) / sum(usual_errors))


def test_the_held_out_day_never_reaches_its_own_baseline() -> None:
    rows = two_patients()
    before = {name: baseline_estimates(rows, name)[0] for name in BASELINES}
    changed = [
        row(r.patient_id, r.day.day, r.phase, 99.0) if (r.patient_id, r.day.day) == ("A", 1) else r
        for r in rows
    ]
    for name in BASELINES:
        assert baseline_estimates(changed, name)[0] == before[name]


def test_baselines_by_hand() -> None:
    rows = two_patients()
    assert baseline_estimates(rows, "patient_class_mean")[0] == pytest.approx(2.4)
    assert baseline_estimates(rows, "patient_mean")[0] == pytest.approx(1.3)
    assert baseline_estimates(rows, "cohort_mean")[0] == pytest.approx((3.0 - 0.2 + 2.6 + 0) / 4)
    assert other_days_mean(rows[:2], rows[0], Phase.PRE) is None


def test_within_class_correlation_ignores_the_difference_between_phases() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for patient in "ABCDEFGHIJ":
        for day in range(1, 9):
            for phase, centre in ((Phase.PRE, 2.0), (Phase.POST, 0.0)):
                truth = centre + 0.4 * rng.standard_normal()
                rows.append(row(patient, day, phase, truth, centre + 0.4 * rng.standard_normal()))
    said = figures(rows, [r.estimate_kg for r in rows])
    assert said.pooled_r > 0.8  # for free, by knowing the phase
    assert said.within_class_r_pre < 0.45


def test_nothing_estimated_gives_no_figures() -> None:
    rows = two_patients()
    said = figures(rows, [None] * len(rows))
    assert said.captures == 0
    assert math.isnan(said.mae_kg)


def test_bootstrap_draws_whole_patients() -> None:
    rows = two_patients()
    low, high = bootstrap_interval(rows, lambda sample: float(len({r.patient_id for r in sample})))
    assert (low, high) == (1.0, 2.0)
    fixed = bootstrap_interval(rows, lambda _: 0.25)
    assert fixed == (0.25, 0.25)


@given(st.lists(st.floats(-5, 5), min_size=9, max_size=60))
def test_conformal_width_holds_its_share_of_the_residuals(residuals: list[float]) -> None:
    width = half_width_holding(residuals, 0.9)
    held = sum(abs(r) <= width for r in residuals)
    assert held >= math.ceil(0.9 * (len(residuals) + 1)) or width == math.inf


def test_too_few_residuals_promise_nothing() -> None:
    assert half_width_holding([0.1] * 8, 0.9) == math.inf
    assert half_width_holding([0.1] * 9, 0.9) == pytest.approx(0.1)
