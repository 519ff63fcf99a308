"""How a patient's estimates, or those of the whole clinic, stand beside the scale by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.clinic_course import ClinicCourse
from edema_desk.domain.clinic_rows import ClinicRows
from edema_desk.domain.drift import (
    CLINIC_RULE,
    PATIENT_RULE,
    Watch,
    WatchRule,
    residual_of_session,
    watched,
)
from edema_desk.domain.exporting import phases_of
from edema_desk.domain.records import Patient
from edema_desk.domain.trend import Trend

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
class _Session:
    """What a session says: its residual in standard deviations, and those in kg it is made of."""

    day: int
    residual: float
    captures_kg: tuple[float, ...]


def drift_of(trend: Trend) -> Drift:
    """Of one patient, by `PATIENT_RULE`."""
    sessions = []
    for entry in trend.sessions:
        off, halves = [], []
        for phase in phases_of(entry):
            said, scale_kg = phase.estimate, phase.scale_excess_kg
            if said is not None and said.excess_kg is not None and scale_kg is not None:
                off.append(said.excess_kg - scale_kg)
                halves.append(np.nan if said.spread_kg is None else said.spread_kg)
        sessions += _session(entry.session.day.toordinal(), off, halves)
    return _drift(sessions, PATIENT_RULE)


def patient_drifts(course: ClinicCourse) -> tuple[PatientDrift, ...]:
    """Of each patient, as `drift_of` says it of their course."""
    rows = course.rows
    ends = np.searchsorted(rows.patient, np.arange(len(course.patients) + 1))
    return tuple(
        PatientDrift(patient, _drift(_sessions(rows.of(np.arange(*span))), PATIENT_RULE))
        for patient, span in zip(course.patients, pairwise(ends.tolist()), strict=True)
    )


def clinic_drift(course: ClinicCourse) -> Drift:
    """Over the sessions of all patients as they followed each other, by `CLINIC_RULE`."""
    rows = course.rows
    return _drift(_sessions(rows.of(np.argsort(rows.day, kind="stable"))), CLINIC_RULE)


def _sessions(rows: ClinicRows) -> list[_Session]:
    """Rows of a session stand together."""
    told = rows.of(~np.isnan(rows.estimate_kg))
    off: NDArray[np.float64] = told.estimate_kg - told.truth_kg
    bounds = np.flatnonzero(np.diff(told.session, prepend=-1, append=-1))
    found: list[_Session] = []
    for start, end in pairwise(bounds.tolist()):
        halves = told.half_kg[start:end].tolist()
        found += _session(int(told.day[start]), off[start:end].tolist(), halves)
    return found


def _session(day: int, off_kg: list[float], halves_kg: list[float]) -> list[_Session]:
    sds = [half / _SDS_IN_HALF for half in halves_kg]
    residual = residual_of_session(off_kg, sds, USUAL_SD_KG)
    return [] if residual is None else [_Session(day, residual, tuple(off_kg))]


def _drift(sessions: list[_Session], rule: WatchRule) -> Drift:
    watch = _last(watched((s.residual for s in sessions), rule))
    if watch.since is None:
        return Drift(watch, len(sessions))
    held = sessions[watch.since :]
    residual_kg = float(np.mean([kg for s in held for kg in s.captures_kg]))
    return Drift(watch, len(sessions), date.fromordinal(held[0].day), residual_kg)


def _last(course: Iterable[Watch]) -> Watch:
    *_, last = (Watch(), *course)
    return last
