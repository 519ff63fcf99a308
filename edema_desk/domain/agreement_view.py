"""Everything the page Agreement tells of the captures that were chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.agreement import Figures, figures_of
from edema_desk.domain.clinic_rows import (
    ClinicRows,
    Guess,
    columns_by_guess,
    columns_of,
    sessions_before,
)
from edema_desk.domain.clinic_verdict import (
    Comparison,
    CurvePoint,
    Verdict,
    compared,
    learning_curve,
    verdict,
)
from edema_desk.domain.exporting import Period
from edema_desk.domain.limits_of_agreement import LimitsOfAgreement, limits_of_agreement

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AgreementChoice:
    """Which captures count; None and an open period let all through. Numbers are those of the
    clinic's rows."""

    patient: int | None = None
    shift: int | None = None
    camera: int | None = None
    model: int | None = None
    period: Period = field(default_factory=Period)

    def places(self, rows: ClinicRows) -> NDArray[np.int64]:
        """Where the rows stand that count."""
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
    by_guess: Mapping[Guess, Figures]
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    limits: LimitsOfAgreement
    curve: tuple[CurvePoint, ...]
    patient: NDArray[np.int64]
    pre: NDArray[np.bool_]
    scale_kg: Floats
    estimate_kg: Floats

    @property
    def mean_kg(self) -> Floats:
        """Of estimate and scale: where a capture stands across the plot of differences."""
        return (self.scale_kg + self.estimate_kg) / 2

    @property
    def difference_kg(self) -> Floats:
        """Estimate less scale."""
        return self.estimate_kg - self.scale_kg


def agreement_view(all_rows: ClinicRows, choice: AgreementChoice) -> AgreementView:
    """Count over the captures that were chosen. What was known before a capture is looked for
    among all of the patient's captures, chosen or not."""
    whole = columns_of(all_rows)
    guessed = columns_by_guess(all_rows, whole)
    kept = choice.places(all_rows)
    rows, columns = all_rows.of(kept), whole.drawn(kept)
    beside = {guess: one.drawn(kept) for guess, one in guessed.items()}
    told = ~np.isnan(rows.estimate_kg)
    people = len(np.unique(rows.patient[told]))
    comparisons = tuple(compared(columns, guess, one, rows.day) for guess, one in beside.items())
    return AgreementView(
        captures=int(told.sum()),
        refused=int((~told).sum()),
        patients=people,
        figures=figures_of(columns),
        by_guess={guess: figures_of(one) for guess, one in beside.items()},
        comparisons=comparisons,
        verdict=verdict(comparisons, people),
        limits=limits_of_agreement((rows.estimate_kg - rows.truth_kg)[told], rows.patient[told]),
        curve=learning_curve(rows, beside, sessions_before(all_rows)[kept]),
        patient=rows.patient[told],
        pre=rows.pre[told],
        scale_kg=rows.truth_kg[told],
        estimate_kg=rows.estimate_kg[told],
    )


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()
