"""Limits of agreement for repeated measures against an analysis of variance made otherwise."""

import math

import numpy as np
import pytest

from edema_desk.domain.limits_of_agreement import limits_of_agreement


def test_as_least_squares_on_a_table_of_people_says() -> None:
    rng = np.random.default_rng(2)
    patient = np.repeat(np.arange(9), 6)
    difference = (rng.normal(0.1, 0.5, 9)[patient] + rng.normal(0.0, 0.3, 54)).round(3)
    said = limits_of_agreement(difference, patient)
    table = (patient[:, None] == np.arange(9)).astype(float)
    with_people = np.linalg.lstsq(table, difference, rcond=None)[1].item()
    alone = float(((difference - difference.mean()) ** 2).sum())
    within = with_people / (54 - 9)
    between = ((alone - with_people) / (9 - 1) - within) / 6
    assert said.sd_within_kg == pytest.approx(math.sqrt(within))
    assert said.sd_between_kg == pytest.approx(math.sqrt(between))
    assert said.high_kg - said.low_kg == pytest.approx(2 * 1.96 * math.sqrt(within + between))


def test_uneven_groups_give_back_what_was_put_in() -> None:
    rng = np.random.default_rng(4)
    counts = rng.integers(2, 12, 4000)
    patient = np.repeat(np.arange(4000), counts)
    own = rng.normal(0.0, 0.4, 4000)[patient]
    said = limits_of_agreement(0.2 + own + rng.normal(0, 0.3, len(patient)), patient)
    assert said.bias_kg == pytest.approx(0.2, abs=0.02)
    assert said.sd_between_kg == pytest.approx(0.4, abs=0.015)
    assert said.sd_within_kg == pytest.approx(0.3, abs=0.005)


def test_no_difference_between_people_is_never_below_nothing() -> None:
    said = limits_of_agreement(np.array([1.0, -1.0, 1.0, -1.0]), np.array([0, 0, 1, 1]))
    assert said.sd_between_kg == 0.0
    assert said.high_kg == pytest.approx(1.96 * math.sqrt(2.0))


@pytest.mark.parametrize("patients", [[0, 0, 0], [0, 1, 2]])
def test_too_few_people_or_captures_tell_nothing(patients: list[int]) -> None:
    said = limits_of_agreement(np.array([0.1, 0.2, 0.3]), np.array(patients))
    assert math.isnan(said.low_kg)
