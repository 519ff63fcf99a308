"""What Agreement tells, on the captures it is asked about and no others."""

from datetime import date

import numpy as np
import pytest

from edema_desk.domain.course.agreement_view import AgreementChoice, agreement_of, agreement_view
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import ClinicRows, Guess, columns_of, no_rows
from edema_desk.domain.course.clinic_verdict import Verdict
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.course.veil import veiled_course
from edema_desk.domain.statistics.agreement import figures_of
from edema_desk.domain.statistics.limits_of_agreement import limits_of_agreement
from edema_desk.domain.terms.records import Patient

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
    assert agreement_view(clinic(6), AgreementChoice()).verdict is Verdict.BETTER
    assert view.verdict is Verdict.TOO_FEW
    assert sum(point.captures for point in view.curve) == 40


def test_the_usual_value_is_told_of_the_captures_that_have_an_estimate() -> None:
    rows = clinic()
    rows.estimate_kg[::5] = np.nan
    view = agreement_view(rows, AgreementChoice())
    (beside,) = (c for c in view.comparisons if c.guess is Guess.CLASS_MEAN)
    assert view.usual.mae_kg == pytest.approx(beside.guess_mae_kg)
    assert view.usual.captures == beside.captures


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


def test_origins_never_count_together() -> None:
    rows = clinic()
    people = tuple(
        Patient(f"p{n}", str(n), "", origin="demo" if n < 2 else "clinic")
        for n in range(int(rows.patient.max()) + 1)
    )
    course = ClinicCourse(rows, people, ("m1", "m2"), ("a",))
    assert course.origins == ("clinic", "demo")
    demo = agreement_of(course, AgreementChoice(origin="demo"))
    own = agreement_of(course, AgreementChoice())
    assert set(demo.patient.tolist()) == {0, 1}
    assert set(own.patient.tolist()) == set(range(2, len(people)))
    assert demo.captures + own.captures == agreement_view(rows, AgreementChoice()).captures
    one = agreement_of(course, AgreementChoice(patient=1))  # whoever is named is told of
    assert set(one.patient.tolist()) == {1}
    assert agreement_of(course, AgreementChoice(patient=1, origin="clinic")).captures == 0


def test_without_any_of_its_own_the_only_origin_counts() -> None:
    rows = clinic()
    people = tuple(
        Patient(f"p{n}", str(n), "", origin="Nagoya") for n in range(int(rows.patient.max()) + 1)
    )
    course = ClinicCourse(rows, people, ("m1", "m2"), ("a",))
    assert agreement_of(course, AgreementChoice()).captures == 40
    assert course.of_origin("Nagoya") is course
    assert len(ClinicCourse(no_rows(), (), (), ()).of_origin("clinic").rows) == 0


def test_days_to_be_judged_first_are_left_out_and_that_is_said() -> None:
    rows = clinic()
    people = tuple(Patient(f"p{n}", str(n), "") for n in range(int(rows.patient.max()) + 1))
    course = ClinicCourse(rows, people, ("m1", "m2"), ("a",))
    day = int(rows.day[rows.patient == 2].max())
    veiled = veiled_course(course, {("p2", day), ("gone", day)})
    view = agreement_of(veiled, AgreementChoice())
    assert view.kept_back
    assert not ((view.patient == 2) & (view.day == day)).any()
    assert len(course.rows) - len(veiled.rows) == int(
        ((rows.patient == 2) & (rows.day == day)).sum()
    )
    assert veiled_course(course, {("gone", day), ("p2", 1)}) is course
    assert not agreement_of(course, AgreementChoice()).kept_back
