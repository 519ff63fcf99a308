"""A patient's captures of known excess as a table, and those of all patients together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import ClinicRows, no_rows
from edema_desk.domain.course.exporting import phases_of
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.records import Patient, Phase

ROW = np.dtype(
    [
        ("session", "<i4"),
        ("day", "<i4"),
        ("pre", "u1"),
        ("shift", "i1"),
        ("camera", "<i2"),
        ("model", "<i2"),
        ("truth_kg", "<f8"),
        ("estimate_kg", "<f8"),
        ("half_kg", "<f8"),
        ("p_edema", "<f8"),
    ]
)
"""Columns as those of `ClinicRows`; numbers count within the one course."""


@dataclass(frozen=True, slots=True, eq=False)
class CourseRows:
    """One patient's rows of type `ROW`, and the names that their numbers stand for."""

    table: NDArray[np.void]
    models: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()


def rows_of_course(trend: Trend, shift: int, camera_of: Mapping[str, str]) -> CourseRows:
    """A capture counts that a model saw beside a weight and a dry weight, refused or not.

    `shift` is the patient's now; `camera_of` names cameras by capture id.
    """
    models, cameras = _Names(), _Names()
    table = [
        (
            number,
            session.session.day.toordinal(),
            entry.phase is Phase.PRE,
            shift,
            cameras.number(camera_of.get(entry.capture.capture_id)) if entry.capture else -1,
            models.number(entry.estimate.model_id if entry.estimate else None),
            entry.scale_excess_kg,
            *_said(entry),
        )
        for number, session in enumerate(trend.sessions)
        for entry in _counted(session)
    ]
    return CourseRows(np.array(table, ROW), models.names, cameras.names)


def gathered(courses: Sequence[tuple[Patient, CourseRows]]) -> ClinicCourse:
    """All patients' rows, numbered over the clinic in this order."""
    patients = tuple(patient for patient, _ in courses)
    own = [rows for _, rows in courses]
    if not own:
        return ClinicCourse(no_rows(), patients, (), ())
    models, cameras = _Names(), _Names()
    tables = [rows.table for rows in own]
    whole = np.concatenate(tables)
    counts = [len(table) for table in tables]
    sessions = [int(table["session"].max()) + 1 if len(table) else 0 for table in tables]
    rows = ClinicRows(
        patient=np.repeat(np.arange(len(own)), counts),
        session=whole["session"] + np.repeat(np.cumsum([0, *sessions[:-1]]), counts),
        day=whole["day"].astype(np.int64),
        pre=whole["pre"].astype(np.bool_),
        truth_kg=whole["truth_kg"].astype(np.float64),
        estimate_kg=whole["estimate_kg"].astype(np.float64),
        half_kg=whole["half_kg"].astype(np.float64),
        p_edema=whole["p_edema"].astype(np.float64),
        shift=whole["shift"].astype(np.int64),
        camera=_renumbered(tables, "camera", [one.cameras for one in own], cameras),
        model=_renumbered(tables, "model", [one.models for one in own], models),
    )
    return ClinicCourse(rows, patients, models.names, cameras.names)


class _Names:
    """Names in the order they were met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def number(self, name: str | None) -> int:
        return -1 if name is None else self._numbers.setdefault(name, len(self._numbers))


def _renumbered(
    tables: Sequence[NDArray[np.void]], field: str, names: Sequence[tuple[str, ...]], met: _Names
) -> NDArray[np.int64]:
    """Numbers within each patient's names to numbers within all names."""
    return np.concatenate(
        [
            np.array([*(met.number(name) for name in own), -1], np.int64)[table[field]]
            for table, own in zip(tables, names, strict=True)
        ]
    )


def _counted(session: SessionEntry) -> list[PhaseEntry]:
    return [e for e in phases_of(session) if e.estimate and e.scale_excess_kg is not None]


def _said(entry: PhaseEntry) -> tuple[float, float, float]:
    """Estimate, half its width and the probability; NaN where there is none."""
    said = entry.estimate
    if said is None or said.excess_kg is None:
        return np.nan, np.nan, np.nan
    return said.excess_kg, _number(said.spread_kg), _number(said.p_edema)


def _number(value: float | None) -> float:
    return np.nan if value is None else value
