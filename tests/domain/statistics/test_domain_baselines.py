"""Baselines that see no face, and never the day they are judged on."""

from dataclasses import replace
from datetime import date

import pytest

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.baselines import BASELINES, baseline_estimates
from edema_desk.domain.terms.records import Phase


def row(
    patient: str, day: int, phase: Phase, excess: float, estimate: float | None = None
) -> Prediction:
    return Prediction(patient, date(2026, 3, day), phase, excess, estimate, 0.5, 1.0)


ROWS = [
    row("A", 1, Phase.PRE, 2.0, 1.8),
    row("A", 1, Phase.POST, 0.0, 1.3),
    row("A", 3, Phase.PRE, 2.4, 2.6),
    row("A", 3, Phase.POST, 0.2, None),
    row("B", 1, Phase.PRE, 3.0, 2.9),
    row("B", 1, Phase.POST, -0.2, 0.0),
]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cohort_mean", [1.4, 1.4, 1.4, 1.4, 1.15, 1.15]),
        ("patient_mean", [1.3, 1.3, 1.0, 1.0, None, None]),
        ("patient_class_mean", [2.4, 0.2, 2.0, 0.0, None, None]),
        ("called_class_mean", [2.4, 2.4, 2.0, None, None, None]),
    ],
)
def test_baselines_by_hand(name: str, said: list[float | None]) -> None:
    assert baseline_estimates(ROWS, name) == [
        None if value is None else pytest.approx(value) for value in said
    ]


@pytest.mark.parametrize("name", BASELINES)
def test_the_held_out_day_never_reaches_its_own_baseline(name: str) -> None:
    before = baseline_estimates(ROWS, name)
    changed = [replace(r, excess_kg=99.0) if r.day.day == 1 else r for r in ROWS[:4]]
    assert baseline_estimates([*changed, *ROWS[4:]], name)[:2] == before[:2]
