"""What Agreement tells, on the captures it is asked about and no others."""

from datetime import date

import numpy as np
import pytest

from edema_desk.domain.agreement import figures_of
from edema_desk.domain.agreement_view import AgreementChoice, agreement_view
from edema_desk.domain.clinic_rows import ClinicRows, columns_of, no_rows
from edema_desk.domain.clinic_verdict import Verdict
from edema_desk.domain.exporting import Period
from edema_desk.domain.limits_of_agreement import limits_of_agreement

FIRST_DAY = date(2026, 1, 5).toordinal()


def clinic(patients: int = 4, days: int = 6) -> ClinicRows:
    """Shift and camera go with the patient, the model with the half of the time."""
    rng = np.random.default_rng(3)
    number = patients * days * 2
    patient = np.repeat(np.arange(patients), days * 2)
    step = np.tile(np.repeat(np.arange(days), 2), patients)
    pre = np.tile(np.array([True, False]), patients * days)
    truth = np.where(pre, 2.0, 0.0) + rng.normal(0, 0.4, number)
    said = np.where(step == 0, np.nan, truth + rng.normal(0.1, 0.2, number))
    return ClinicRows(
        patient=patient,
        session=np.repeat(np.arange(patients * days), 2),
        day=FIRST_DAY + 2 * step,
        pre=pre,
        truth_kg=truth,
        estimate_kg=said,
        half_kg=np.full(number, 0.4),
        p_edema=np.where(pre, 0.9, 0.1),
        shift=patient % 2,
        camera=patient // 2,
        model=(step >= days // 2).astype(np.int64),
    )


def test_all_of_it_is_what_its_parts_say() -> None:
    rows = clinic()
    view = agreement_view(rows, AgreementChoice())
    told = ~np.isnan(rows.estimate_kg)
    assert (view.captures, view.refused, view.patients) == (40, 8, 4)
    assert view.figures == figures_of(columns_of(rows))
    difference = (rows.estimate_kg - rows.truth_kg)[told]
    assert view.limits == limits_of_agreement(difference, rows.patient[told])
    np.testing.assert_allclose(view.difference_kg, difference)
    np.testing.assert_allclose(view.mean_kg, (rows.estimate_kg + rows.truth_kg)[told] / 2)
    assert view.verdict is Verdict.BETTER
    assert sum(point.captures for point in view.curve) == 40


@pytest.mark.parametrize(
    ("choice", "captures"),
    [
        (AgreementChoice(patient=2), 10),
        (AgreementChoice(shift=1), 20),
        (AgreementChoice(camera=0), 20),
        (AgreementChoice(model=1), 24),
        (AgreementChoice(shift=1, camera=0), 10),
        (AgreementChoice(period=Period(date(2026, 1, 7), date(2026, 1, 9))), 16),
        (AgreementChoice(period=Period(first=date(2026, 1, 15))), 8),
        (AgreementChoice(patient=9), 0),
    ],
)
def test_only_what_was_chosen_counts(choice: AgreementChoice, captures: int) -> None:
    assert agreement_view(clinic(), choice).captures == captures


def test_a_choice_does_not_change_what_was_known_before() -> None:
    rows = clinic()
    last = agreement_view(rows, AgreementChoice(period=Period(first=date(2026, 1, 15))))
    whole = columns_of(rows)
    late = rows.day >= date(2026, 1, 15).toordinal()
    usual = np.abs(whole.usual_kg - rows.truth_kg)[late].mean()
    own = np.abs(rows.estimate_kg - rows.truth_kg)[late].mean()
    assert last.figures.skill_vs_class_mean == pytest.approx(1 - own / usual)
    assert [(p.sessions, p.captures) for p in last.curve] == [(5, 8)]


@pytest.mark.parametrize("rows", [no_rows(), clinic(3, 1)])
def test_without_estimates_nothing_is_claimed(rows: ClinicRows) -> None:
    view = agreement_view(rows, AgreementChoice())
    assert view.captures == 0
    assert view.verdict is Verdict.TOO_FEW
    assert np.isnan(view.figures.mae_kg)
    assert np.isnan(view.limits.low_kg)
    assert view.curve == ()
