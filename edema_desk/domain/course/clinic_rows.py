"""All captures of a clinic with a weight beside them, as arrays: what Agreement counts over.

A baseline may only know what was known then: days before. Whoever evaluates a study holds days
out instead (`agreement`, `baselines`); a clinic's estimates were made forward in time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.agreement import CLEAR_LOSS_KG, Columns

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Guess(StrEnum):
    """What could be said of a capture without a camera: that there is no excess; that it is as
    the last time; the patient's mean so far, in either phase; the mean of that phase."""

    DRY_WEIGHT = "dry_weight"
    LAST_TIME = "last_time"
    PATIENT_MEAN = "patient_mean"
    CLASS_MEAN = "class_mean"


@dataclass(frozen=True, slots=True)
class ClinicRows:
    """One place a capture of known scale excess, in time order within each patient.

    `estimate_kg`, `half_kg` and `p_edema` are NaN where the capture was refused. `session` is the
    same number for pre and post of one session. `day` is `date.toordinal`. `shift`, `camera` and
    `model` are numbers of names kept elsewhere, -1 for none.
    """

    patient: Ints
    session: Ints
    day: Ints
    pre: Flags
    truth_kg: Floats
    estimate_kg: Floats
    half_kg: Floats
    p_edema: Floats
    shift: Ints
    camera: Ints
    model: Ints

    def __len__(self) -> int:
        return len(self.patient)

    def of(self, kept: Flags | Ints) -> "ClinicRows":
        """The rows that are kept, or those of an index."""
        return ClinicRows(*(getattr(self, name)[kept] for name in self.__slots__))


def no_rows() -> ClinicRows:
    """Of a clinic that has none yet."""
    whole, real = np.zeros(0, np.int64), np.zeros(0)
    return ClinicRows(
        *(whole, whole, whole),
        pre=np.zeros(0, np.bool_),
        truth_kg=real,
        estimate_kg=real,
        half_kg=real,
        p_edema=real,
        shift=whole,
        camera=whole,
        model=whole,
    )


def earlier_means(rows: ClinicRows, *, by_phase: bool) -> Floats:
    """Mean truth of the patient's captures on earlier days, of the same phase or of both; NaN
    where there was none."""
    group = rows.patient * 2 + rows.pre if by_phase else rows.patient
    order = _by_day(group, rows.day)
    mean = np.full(len(rows), np.nan)
    mean[order] = _means_before(group[order], rows.day[order], rows.truth_kg[order])
    return mean


def earlier_last(rows: ClinicRows) -> Floats:
    """Truth of the patient's last capture of the same phase on an earlier day; NaN for none."""
    group = rows.patient * 2 + rows.pre
    order = _by_day(group, rows.day)
    first, start = _firsts(group[order], rows.day[order])
    before = start - 1
    there = before >= first
    last = np.full(len(rows), np.nan)
    last[order] = np.where(there, rows.truth_kg[order][np.maximum(before, 0)], np.nan)
    return last


def sessions_before(rows: ClinicRows) -> Ints:
    """On how many earlier days the patient had a capture of known excess: what each estimate
    could have learned from."""
    order = _by_day(rows.patient, rows.day)
    patient, day = rows.patient[order], rows.day[order]
    new_day = np.ones(len(rows), np.int64)
    if len(rows):
        new_day[1:] = (patient[1:] != patient[:-1]) | (day[1:] != day[:-1])
    running = np.cumsum(new_day)
    first, _ = _firsts(patient, day)
    counts = np.zeros(len(rows), np.int64)
    counts[order] = running - running[first] if len(rows) else running
    return counts


def guesses(rows: ClinicRows) -> Mapping[Guess, Floats]:
    """What each dumb guess says of each row, from earlier days only; NaN where it has nothing."""
    return {
        Guess.DRY_WEIGHT: np.zeros(len(rows)),
        Guess.LAST_TIME: earlier_last(rows),
        Guess.PATIENT_MEAN: earlier_means(rows, by_phase=False),
        Guess.CLASS_MEAN: earlier_means(rows, by_phase=True),
    }


def columns_of(rows: ClinicRows) -> Columns:
    """The rows with their estimates, ready for `agreement.figures_of`."""
    pre, post = _pairs(rows)
    loss, told, clear = (np.full(len(rows), np.nan) for _ in range(3))
    loss[pre] = rows.truth_kg[pre] - rows.truth_kg[post]
    told[pre] = rows.estimate_kg[pre] - rows.estimate_kg[post]
    clear[pre] = clear[post] = loss[pre]
    return Columns(
        patient=rows.patient,
        truth_kg=rows.truth_kg,
        said_kg=rows.estimate_kg,
        usual_kg=earlier_means(rows, by_phase=True),
        half_width_kg=rows.half_kg,
        right=np.where(np.isnan(rows.p_edema), np.nan, (rows.p_edema > 0.5) == rows.pre),
        p_edema=rows.p_edema,
        pre=rows.pre,
        clear_loss=clear >= CLEAR_LOSS_KG - 1e-9,
        said_loss_kg=told,
        true_loss_kg=loss,
    )


def columns_by_guess(rows: ClinicRows, columns: Columns) -> Mapping[Guess, Columns]:
    """The same rows with what each dumb guess says of them, which has no interval and calls
    nothing present or absent. `columns` are those of the rows themselves."""
    pre, post = _pairs(rows)
    found = {}
    for guess, said_kg in guesses(rows).items():
        told = np.full(len(rows), np.nan)
        told[pre] = said_kg[pre] - said_kg[post]
        found[guess] = _guessed(columns, said_kg, told)
    return found


def drawn_by_guess(
    by_guess: Mapping[Guess, Columns], columns: Columns, index: Ints
) -> Mapping[Guess, Columns]:
    """The rows of `index` of each guess; `columns` are those of these rows already, which share
    what is the same: a clinic's captures are many."""
    return {
        guess: _guessed(columns, one.said_kg[index], one.said_loss_kg[index])
        for guess, one in by_guess.items()
    }


def _guessed(columns: Columns, said_kg: Floats, said_loss_kg: Floats) -> Columns:
    nothing = np.broadcast_to(np.nan, said_kg.shape)
    return replace(
        columns,
        said_kg=said_kg,
        half_width_kg=nothing,
        right=nothing,
        p_edema=nothing,
        said_loss_kg=said_loss_kg,
    )


def _pairs(rows: ClinicRows) -> tuple[Ints, Ints]:
    """Where pre and post of the same session stand."""
    pre, post = np.flatnonzero(rows.pre), np.flatnonzero(~rows.pre)
    _, of_pre, of_post = np.intersect1d(
        rows.session[pre], rows.session[post], assume_unique=True, return_indices=True
    )
    return pre[of_pre], post[of_post]


def _by_day(group: Ints, day: Ints) -> Ints:
    """The order by group and day within it. As one number a row: courses come nearly sorted, which
    a stable sort of one key makes use of, while one of two keys takes six times as long."""
    return np.argsort(group * (date.max.toordinal() + 1) + day, kind="stable")


def _firsts(group: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Of sorted rows: where the group of each begins, and where its day begins in the group."""
    place = np.arange(len(group))
    new_group = np.ones(len(group), np.bool_)
    new_group[1:] = group[1:] != group[:-1]
    new_day = new_group.copy()
    new_day[1:] |= day[1:] != day[:-1]
    return (
        np.maximum.accumulate(np.where(new_group, place, 0)),
        np.maximum.accumulate(np.where(new_day, place, 0)),
    )


def _means_before(group: Ints, day: Ints, truth_kg: Floats) -> Floats:
    first, start = _firsts(group, day)
    sums = np.concatenate([[0.0], np.cumsum(truth_kg)])
    count = start - first
    mean: Floats = np.full(len(group), np.nan)
    np.divide(sums[start] - sums[first], count, out=mean, where=count > 0)
    return mean
