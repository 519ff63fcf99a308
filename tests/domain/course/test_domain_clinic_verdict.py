"""The word on the estimates: right where it is known what it must be."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_rows import (
    ClinicRows,
    Guess,
    columns_by_guess,
    columns_of,
    sessions_before,
)
from edema_desk.domain.course.clinic_verdict import (
    Comparison,
    Verdict,
    compared,
    learning_curve,
    verdict,
)
from edema_desk.domain.statistics.sureness import drawn_again

Numbers = NDArray[np.float64]


def clinic(patients: int, days: int, error_kg: float, *, seed: int = 0) -> ClinicRows:
    """People whose excess varies by 0.44 kg around 2 kg before and 0.2 kg around 0 after."""
    rng = np.random.default_rng(seed)
    number = patients * days * 2
    patient = np.repeat(np.arange(patients), days * 2)
    session = np.repeat(np.arange(patients * days), 2)
    day = np.tile(np.repeat(np.arange(days) * 2, 2), patients)
    pre = np.tile(np.array([True, False]), patients * days)
    truth = np.where(pre, rng.normal(2.0, 0.44, number), rng.normal(0.0, 0.2, number))
    said = truth + rng.normal(0.0, error_kg, number)
    said[day == 0] = np.nan  # the first session has no reference
    other = np.zeros(number, np.int64)
    width, p = np.full(number, 0.5), np.where(pre, 0.9, 0.1)
    return ClinicRows(
        *(patient, session, day),
        pre=pre,
        truth_kg=truth,
        estimate_kg=said,
        half_kg=width,
        p_edema=p,
        shift=other,
        camera=other,
        model=other,
    )


def word(rows: ClinicRows) -> Verdict:
    columns = columns_of(rows)
    beside = columns_by_guess(rows, columns)
    people = len(np.unique(rows.patient))
    drawn = drawn_again(rows.patient, rows.day, alone=people == 1)
    found = [compared(columns, guess, said, drawn) for guess, said in beside.items()]
    return verdict(found, people)


@pytest.mark.parametrize(
    ("error_kg", "told"),
    [(0.05, Verdict.BETTER), (1.5, Verdict.WORSE), (0.345, Verdict.NOT_BETTER)],
)
def test_a_clinic_is_told_the_truth(error_kg: float, told: Verdict) -> None:
    assert word(clinic(30, 12, error_kg)) is told


def test_one_patient_alone_is_judged_by_days() -> None:
    assert word(clinic(1, 40, 0.05)) is Verdict.BETTER
    assert word(clinic(1, 8, 0.05)) is Verdict.TOO_FEW


def test_two_patients_are_too_few() -> None:
    assert word(clinic(2, 40, 0.05)) is Verdict.TOO_FEW


def test_a_camera_that_knows_nothing_is_seldom_called_better() -> None:
    """Estimates that are the usual value with other noise: at most one in forty may pass."""
    passed = 0
    for seed in range(80):
        rows = clinic(20, 8, 0.1, seed=seed)
        columns = columns_of(rows)
        usual = columns.usual_kg
        blind = ClinicRows(
            *(rows.patient, rows.session, rows.day),
            pre=rows.pre,
            truth_kg=rows.truth_kg,
            estimate_kg=usual + np.random.default_rng(1000 + seed).normal(0, 0.02, len(rows)),
            half_kg=rows.half_kg,
            p_edema=rows.p_edema,
            shift=rows.shift,
            camera=rows.camera,
            model=rows.model,
        )
        passed += word(blind) is Verdict.BETTER
    assert passed <= 5


def test_the_error_beside_a_guess_counts_the_same_captures() -> None:
    rows = clinic(10, 6, 0.2)
    columns = columns_of(rows)
    said = columns_by_guess(rows, columns)[Guess.LAST_TIME]
    found = compared(columns, Guess.LAST_TIME, said, drawn_again(rows.patient, rows.day))
    both = ~np.isnan(rows.estimate_kg) & ~np.isnan(said.said_kg)
    assert found.captures == int(both.sum()) == 10 * 5 * 2
    assert found.mae_kg == pytest.approx(np.abs(rows.estimate_kg - rows.truth_kg)[both].mean())
    assert found.guess_mae_kg == pytest.approx(np.abs(said.said_kg - rows.truth_kg)[both].mean())
    assert found.gain_low_kg < found.gain_kg < found.gain_high_kg


def test_nothing_to_compare_is_no_comparison() -> None:
    rows = clinic(3, 1, 0.2)
    columns = columns_of(rows)
    said = columns_by_guess(rows, columns)[Guess.LAST_TIME]
    found = compared(columns, Guess.LAST_TIME, said, drawn_again(rows.patient, rows.day))
    assert found.captures == 0
    assert math.isnan(found.gain_kg)
    assert verdict([found], 3) is Verdict.TOO_FEW
    assert verdict([Comparison(Guess.LAST_TIME, 30, 0.2, 0.3, 0.05, 0.2)], 9) is Verdict.BETTER


def test_the_curve_counts_each_capture_once_at_its_step() -> None:
    rows = clinic(6, 9, 0.2)
    curve = learning_curve(rows, columns_by_guess(rows, columns_of(rows)), sessions_before(rows))
    assert [(p.sessions, p.captures, p.patients) for p in curve] == [
        (1, 12, 6), (2, 12, 6), (3, 12, 6), (4, 12, 6), (5, 24, 6), (7, 24, 6),
    ]  # fmt: skip
    first = (rows.day == 2) & ~np.isnan(rows.estimate_kg)
    error = np.abs(rows.estimate_kg - rows.truth_kg)[first].mean()
    assert curve[0].mae_kg == pytest.approx(error)
    usual = np.abs(columns_of(rows).usual_kg - rows.truth_kg)[first].mean()
    assert curve[0].guess_mae_kg == pytest.approx(usual)
