"""Agreement figures against values worked out by hand."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.statistics.agreement import (
    Prediction,
    columns,
    figures,
    figures_of,
    lins_concordance,
)
from edema_desk.domain.terms.records import Phase


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
    assert said.refused_share == pytest.approx(1 / 8)
    losses = np.array([[1.5, 2.0], [1.4, 2.2], [2.9, 3.2]])  # B's last session lacks its pre
    assert said.change_mae_kg == pytest.approx(np.abs(losses[:, 0] - losses[:, 1]).mean())
    assert said.change_concordance == pytest.approx(lins_concordance(*losses.T))
    estimates = np.array([1.8, 0.3, 2.6, 1.2, 2.9, 0.0, 0.1])
    truths = np.array([2.0, 0.0, 2.4, 0.2, 3.0, -0.2, 0.0])
    a, b = estimates - estimates.mean(), truths - truths.mean()
    assert said.pooled_r == pytest.approx((a @ b) / math.sqrt((a @ a) * (b @ b)))


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


def test_a_clear_loss_counts_apart() -> None:
    rows = [
        row("A", 1, Phase.PRE, 1.0, 0.9),  # a loss of exactly one kilogram, called absent
        row("A", 1, Phase.POST, 0.0, 0.3),
        row("A", 3, Phase.PRE, 0.9, 0.9),  # less than that, called absent
        row("A", 3, Phase.POST, 0.1, 0.2),
        row("A", 5, Phase.PRE, 3.0, 3.0),  # no post: no loss known
    ]
    said = figures(rows, [r.estimate_kg for r in rows])
    assert said.accuracy == pytest.approx(3 / 5)
    assert said.accuracy_clear_loss == pytest.approx(1 / 2)


def test_concordance_after_lin() -> None:
    a, b = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.5, 2.5, 3.5, 4.5])
    assert lins_concordance(a, a) == pytest.approx(1.0)
    assert lins_concordance(a, -a + 5) == pytest.approx(-1.0)
    assert lins_concordance(a, b) == pytest.approx(2 * 1.25 / (0.25 + 2.5))  # r is 1, apart by 0.5
    assert math.isnan(lins_concordance(a[:2], b[:2]))


@given(st.permutations(range(8)), st.integers(2, 3))
def test_order_does_not_matter_and_drawing_everyone_twice_changes_nothing(
    order: list[int], times: int
) -> None:
    rows = two_patients()
    table = columns(rows, [r.estimate_kg for r in rows])
    plain = figures_of(table)
    again = figures_of(table.drawn(np.array(order * times)))
    assert again.captures == times * plain.captures
    for name in ("accuracy", "mae_kg", "skill_vs_class_mean", "pooled_r", "change_concordance"):
        assert getattr(again, name) == pytest.approx(getattr(plain, name)), name


def test_the_interval_of_a_prediction() -> None:
    assert two_patients()[0].low_kg == pytest.approx(1.3)
    assert two_patients()[0].high_kg == pytest.approx(2.3)
    assert two_patients()[6].high_kg is None


def test_a_probability_calls_its_own_estimate_and_no_other() -> None:
    sure = [replace(row("A", 1, Phase.PRE, 2.0, 0.9), p_edema=0.8)]  # below the threshold of 1
    assert figures(sure, [0.9]).accuracy == 1.0
    assert figures(sure, [0.8]).accuracy == 0.0
    assert figures(sure, [0.9]).brier == pytest.approx(0.04)
