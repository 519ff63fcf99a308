"""What the estimates of each patient rest on, and how near they came: a patient's own model is
the base model carried over by that patient's own captures of known weight."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import ClinicRows, earlier_means
from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.estimate import IntervalKind, TransferKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Patient


@dataclass(frozen=True, slots=True)
class PatientModel:
    """Of one patient, over captures with a weight beside them: on how many days they lie, how many
    have an estimate and how many were refused.

    `mae_kg` is the mean error of the estimates and `usual_mae_kg` that of the patient's usual
    value in that phase on the same captures; `coverage` the share of intervals that held the
    scale. None where there is nothing to tell it by.
    """

    patient: Patient
    days: int
    estimates: int
    refused: int
    mae_kg: float | None
    usual_mae_kg: float | None
    coverage: float | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What the newest estimate of a patient rests on: `references` captures of known weight, on
    `days` days between two."""

    model_id: str
    made_at: Moment
    transfer: TransferKind
    interval: IntervalKind
    references: int
    days: int
    first_day: date | None
    last_day: date | None


def patient_models(course: ClinicCourse) -> tuple[PatientModel, ...]:
    """One for each patient, in the order of the course."""
    rows = course.rows
    usual = earlier_means(rows, by_phase=True)
    ends = np.searchsorted(rows.patient, np.arange(len(course.patients) + 1))
    return tuple(
        _of_rows(patient, rows.of(np.arange(*span)), usual[slice(*span)])
        for patient, span in zip(course.patients, pairwise(ends.tolist()), strict=True)
    )


def rests_on(trend: Trend) -> RestsOn | None:
    """None while no estimate of the patient tells a number."""
    entries = [e for e in trend.entries() if e.estimate is not None]
    told = [e.estimate for e in entries if e.estimate and e.estimate.excess_kg is not None]
    if not told:
        return None
    newest = told[-1]
    day_of = {e.capture.capture_id: e.capture.captured_at.day for e in entries if e.capture}
    days = sorted({day_of[one] for one in newest.references if one in day_of})
    return RestsOn(
        newest.model_id,
        newest.made_at,
        newest.transfer,
        newest.interval_kind,
        len(newest.references),
        len(days),
        days[0] if days else None,
        days[-1] if days else None,
    )


def _of_rows(patient: Patient, rows: ClinicRows, usual_kg: NDArray[np.float64]) -> PatientModel:
    told = ~np.isnan(rows.estimate_kg)
    error = np.abs(rows.estimate_kg - rows.truth_kg)
    beside = told & ~np.isnan(usual_kg)
    bounded = told & ~np.isnan(rows.half_kg)
    return PatientModel(
        patient,
        days=len(np.unique(rows.day)),
        estimates=int(told.sum()),
        refused=int((~told).sum()),
        mae_kg=_mean(error[told]),
        usual_mae_kg=_mean(np.abs(usual_kg - rows.truth_kg)[beside]),
        coverage=_mean((error <= rows.half_kg + 1e-9)[bounded].astype(float)),
        last_day=date.fromordinal(int(rows.day.max())) if len(rows) else None,
    )


def _mean(values: NDArray[np.float64]) -> float | None:
    return float(values.mean()) if len(values) else None
