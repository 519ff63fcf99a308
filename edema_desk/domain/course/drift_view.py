"""How a patient's estimates, or those of the whole clinic, stand beside the scale by now."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import ClinicRows
from edema_desk.domain.course.exporting import phases_of
from edema_desk.domain.course.trend import Trend
from edema_desk.domain.statistics.drift import (
    CLINIC_RULE,
    PATIENT_RULE,
    Watch,
    WatchRule,
    residuals_of_sessions,
    watch_after,
)
from edema_desk.domain.terms.records import Patient

Floats = NDArray[np.float64]

USUAL_SD_KG = 0.4
"""The error the rules were chosen for, where an estimate tells none of its own."""
_SDS_IN_HALF = 1.645
"""Half an interval of 90 % in standard deviations."""


@dataclass(frozen=True, slots=True)
class Drift:
    """The watch after the last of so many `sessions` with an estimate beside a scale weight.

    Where it drifted: `since` is the day on which that was noticed, and `residual_kg` the mean of
    estimate - scale over the captures from then on.
    """

    watch: Watch
    sessions: int
    since: date | None = None
    residual_kg: float | None = None


@dataclass(frozen=True, slots=True)
class PatientDrift:
    """Whose estimates they are."""

    patient: Patient
    drift: Drift


@dataclass(frozen=True, slots=True)
class _Sessions:
    """Sessions in time order: day and residual in standard deviations of each, where the first of
    its captures stands in `off_kg`, and there estimate - scale of all of them."""

    day: NDArray[np.int64]
    residual: Floats
    first: NDArray[np.int64]
    off_kg: Floats


def drift_of(trend: Trend) -> Drift:
    """Of one patient, by `PATIENT_RULE`."""
    found = [
        (number, entry.session.day.toordinal(), said.excess_kg - scale_kg, said.spread_kg)
        for number, entry in enumerate(trend.sessions)
        for phase in phases_of(entry)
        if (said := phase.estimate) is not None
        and said.excess_kg is not None
        and (scale_kg := phase.scale_excess_kg) is not None
    ]
    session = np.array([number for number, *_ in found], np.int64)
    day = np.array([day for _, day, *_ in found], np.int64)
    off = np.array([off for *_, off, _ in found], np.float64)
    half = np.array([half for *_, half in found], np.float64)
    return _drift(_sessions(session, day, off, half), PATIENT_RULE)


def patient_drifts(course: ClinicCourse) -> tuple[PatientDrift, ...]:
    """Of each patient, as `drift_of` says it of their course."""
    rows = course.rows
    ends = np.searchsorted(rows.patient, np.arange(len(course.patients) + 1))
    return tuple(
        PatientDrift(patient, _drift(_sessions_of(rows.of(np.arange(*span))), PATIENT_RULE))
        for patient, span in zip(course.patients, pairwise(ends.tolist()), strict=True)
    )


def clinic_drift(course: ClinicCourse) -> Drift:
    """Over the sessions of all patients as they followed each other, by `CLINIC_RULE`."""
    rows = course.rows
    return _drift(_sessions_of(rows.of(np.argsort(rows.day, kind="stable"))), CLINIC_RULE)


def _sessions_of(rows: ClinicRows) -> _Sessions:
    """Rows of a session stand together."""
    told = rows.of(~np.isnan(rows.estimate_kg))
    return _sessions(told.session, told.day, told.estimate_kg - told.truth_kg, told.half_kg)


def _sessions(
    session: NDArray[np.int64], day: NDArray[np.int64], off_kg: Floats, half_kg: Floats
) -> _Sessions:
    """Of captures, those of a session together."""
    first = np.flatnonzero(np.diff(session, prepend=-1))
    residual = residuals_of_sessions(off_kg, half_kg / _SDS_IN_HALF, first, USUAL_SD_KG)
    return _Sessions(day[first], residual, first, off_kg)


def _drift(sessions: _Sessions, rule: WatchRule) -> Drift:
    watch = watch_after(sessions.residual.tolist(), rule)
    count = len(sessions.residual)
    if watch.since is None:
        return Drift(watch, count)
    since = date.fromordinal(int(sessions.day[watch.since]))
    held_kg = sessions.off_kg[sessions.first[watch.since] :]
    return Drift(watch, count, since, float(held_kg.mean()))
