"""Whether the camera says more than the calendar, in a word; and how that grows with sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.clinic_rows import ClinicRows, Guess
from edema_desk.domain.statistics.agreement import Columns
from edema_desk.domain.statistics.groups import grouped
from edema_desk.domain.statistics.sureness import Drawn

FEWEST_CAPTURES = 20
FEWEST_PATIENTS = 5
"""Of three whose camera is worth nothing, all are better by chance in one clinic of eight."""
STEPS = (1, 2, 3, 4, 5, 7, 10, 15, 25)
"""A step of the learning curve holds the captures with so many sessions before and those up to
the next step; the last is open."""


class Verdict(StrEnum):
    """How the estimates stand against the best dumb guess."""

    TOO_FEW = "too_few"
    WORSE = "worse"
    NOT_BETTER = "not_better"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The estimates' mean absolute error beside that of a guess on the same captures, and by how
    much the guess is worse (positive: the camera is better), with its 95 % interval by patients
    drawn again; for one patient alone by the patient's days."""

    guess: Guess
    captures: int
    mae_kg: float
    guess_mae_kg: float
    gain_low_kg: float
    gain_high_kg: float

    @property
    def gain_kg(self) -> float:
        """How much nearer the estimates lie."""
        return self.guess_mae_kg - self.mae_kg


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The error of captures whose patients had about so many sessions before."""

    sessions: int
    captures: int
    patients: int
    mae_kg: float
    guess_mae_kg: float
    """Of the patient's usual value in that phase."""


def compared(columns: Columns, guess: Guess, guessed: Columns, drawn: Drawn) -> Comparison:
    """Estimates against one guess, where both say something; `drawn` holds the same rows."""
    error = np.abs(columns.said_kg - columns.truth_kg)
    other = np.abs(guessed.said_kg - guessed.truth_kg)
    both = ~(np.isnan(error) | np.isnan(other))
    if not both.any():
        nan = float("nan")
        return Comparison(guess, 0, nan, nan, nan, nan)
    gain = drawn.mean(other - error)
    mae, guess_mae = float(error[both].mean()), float(other[both].mean())
    return Comparison(guess, gain.count, mae, guess_mae, gain.low, gain.high)


def hardest(comparisons: Sequence[Comparison]) -> Comparison | None:
    """That with the guess which is hardest to beat; None where none has captures enough."""
    known = [c for c in comparisons if c.captures >= FEWEST_CAPTURES]
    return min(known, key=lambda c: c.gain_kg, default=None)


def verdict(comparisons: Sequence[Comparison], patients: int) -> Verdict:
    """Against the guess that is hardest to beat. One patient alone is judged by days."""
    against = hardest(comparisons)
    if against is None or 1 < patients < FEWEST_PATIENTS:
        return Verdict.TOO_FEW
    if against.gain_low_kg > 0:
        return Verdict.BETTER
    return Verdict.WORSE if against.gain_high_kg < 0 else Verdict.NOT_BETTER


def learning_curve(
    rows: ClinicRows, by_guess: Mapping[Guess, Columns], before: NDArray[np.int64]
) -> tuple[CurvePoint, ...]:
    """The error by how many sessions lay `before` each row (see `sessions_before`); steps without
    a capture are left out."""
    error = np.abs(rows.estimate_kg - rows.truth_kg)
    usual = np.abs(by_guess[Guess.CLASS_MEAN].said_kg - rows.truth_kg)
    step = np.searchsorted(STEPS, before, side="right") - 1
    points = []
    for number, sessions in enumerate(STEPS):
        here = (step == number) & ~np.isnan(error)
        if here.any():
            guessed = usual[here][~np.isnan(usual[here])]
            points.append(
                CurvePoint(
                    sessions,
                    int(here.sum()),
                    grouped(rows.patient[here])[0],
                    float(error[here].mean()),
                    float(guessed.mean()) if len(guessed) else float("nan"),
                )
            )
    return tuple(points)
