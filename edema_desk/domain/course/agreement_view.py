"""Everything the page Agreement tells of the captures that were chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import (
    ClinicRows,
    Guess,
    columns_by_guess,
    columns_of,
    drawn_by_guess,
    sessions_before,
)
from edema_desk.domain.course.clinic_verdict import (
    Comparison,
    CurvePoint,
    Verdict,
    compared,
    learning_curve,
    verdict,
)
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.statistics.agreement import Columns, Figures, figures_of
from edema_desk.domain.statistics.groups import grouped
from edema_desk.domain.statistics.limits_of_agreement import LimitsOfAgreement, limits_of_agreement
from edema_desk.domain.statistics.sureness import ToldFigures, drawn_again, told_figures

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AgreementChoice:
    """Which captures count; None and an open period let all through. Numbers are those of the
    clinic's rows. People of two origins never count together: without an `origin` it is that of
    the patient chosen, or else the clinic's own, as `ClinicCourse.origin_of` says."""

    patient: int | None = None
    shift: int | None = None
    camera: int | None = None
    model: int | None = None
    period: Period = field(default_factory=Period)
    origin: str | None = None

    def places(self, rows: ClinicRows) -> NDArray[np.int64]:
        """Where the rows stand that count, of rows of one origin."""
        kept = np.ones(len(rows), np.bool_)
        for wanted, numbers in (
            (self.patient, rows.patient),
            (self.shift, rows.shift),
            (self.camera, rows.camera),
            (self.model, rows.model),
        ):
            if wanted is not None:
                kept &= numbers == wanted
        kept &= rows.day >= _ordinal(self.period.first, 0)
        kept &= rows.day <= _ordinal(self.period.last, date.max.toordinal())
        return np.flatnonzero(kept)


@dataclass(frozen=True, slots=True)
class AgreementView:
    """What is told. Arrays have a place for each capture that has an estimate."""

    captures: int
    refused: int
    patients: int
    figures: Figures
    usual: Figures
    """The same, on the captures that have an estimate, of the patient's usual value in each phase,
    which needs no camera."""
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    limits: LimitsOfAgreement
    curve: tuple[CurvePoint, ...]
    patient: NDArray[np.int64]
    pre: NDArray[np.bool_]
    scale_kg: Floats
    estimate_kg: Floats
    day: NDArray[np.int64]
    """As `date.toordinal`."""
    told: ToldFigures
    kept_back: bool = False
    """Whether captures are left out that who looks is to judge before seeing their figures."""

    @property
    def mean_kg(self) -> Floats:
        """Of estimate and scale: where a capture stands across the plot of differences."""
        return (self.scale_kg + self.estimate_kg) / 2

    @property
    def difference_kg(self) -> Floats:
        """Estimate less scale."""
        return self.estimate_kg - self.scale_kg


@dataclass(frozen=True, slots=True)
class AgreementGround:
    """What is the same for every choice, worked out once of all captures of a clinic."""

    rows: ClinicRows
    columns: Columns
    guessed: Mapping[Guess, Columns]
    before: NDArray[np.int64]
    """See `sessions_before`."""


def agreement_ground(rows: ClinicRows) -> AgreementGround:
    """What was known before a capture is looked for among all of the patient's captures."""
    whole = columns_of(rows)
    return AgreementGround(rows, whole, columns_by_guess(rows, whole), sessions_before(rows))


def agreement_view(all_rows: ClinicRows, choice: AgreementChoice) -> AgreementView:
    """Count over the captures that were chosen."""
    return view_of(agreement_ground(all_rows), choice)


def view_of(ground: AgreementGround, choice: AgreementChoice) -> AgreementView:
    """The same, of what was worked out before."""
    kept = choice.places(ground.rows)
    rows, columns, beside = ground.rows, ground.columns, ground.guessed
    if len(kept) < len(rows):
        rows, columns = rows.of(kept), columns.drawn(kept)
        beside = drawn_by_guess(beside, columns, kept)
    told = rows.of(~np.isnan(rows.estimate_kg))
    people, _ = grouped(told.patient)
    drawn = drawn_again(rows.patient, rows.day, alone=people < 2)
    comparisons = tuple(compared(columns, guess, one, drawn) for guess, one in beside.items())
    return AgreementView(
        captures=len(told),
        refused=len(rows) - len(told),
        patients=people,
        figures=figures_of(columns),
        usual=figures_of(_where_told(beside[Guess.CLASS_MEAN], rows)),
        comparisons=comparisons,
        verdict=verdict(comparisons, people),
        limits=limits_of_agreement(told.estimate_kg - told.truth_kg, told.patient),
        curve=learning_curve(rows, beside, ground.before[kept]),
        patient=told.patient,
        pre=told.pre,
        scale_kg=told.truth_kg,
        estimate_kg=told.estimate_kg,
        day=told.day,
        told=told_figures(columns, drawn),
    )


def _where_told(guessed: Columns, rows: ClinicRows) -> Columns:
    said_kg = np.where(np.isnan(rows.estimate_kg), np.nan, guessed.said_kg)
    return replace(guessed, said_kg=said_kg)


def rows_meant(course: ClinicCourse, choice: AgreementChoice) -> ClinicRows:
    """The rows of the one origin that a choice is about."""
    return course.of_origin(course.origin_of(choice.origin, choice.patient)).rows


def agreement_of(course: ClinicCourse, choice: AgreementChoice) -> AgreementView:
    """Count over the captures of a course that were chosen."""
    view = agreement_view(rows_meant(course, choice), choice)
    return replace(view, kept_back=course.kept_back)


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()
