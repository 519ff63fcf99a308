"""A study folder becomes patients, sessions, weights and captures of the profile."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from itertools import groupby
from pathlib import Path

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.domain.terms.weights import WeightDoubt, weight_doubts
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import RefusedRow, StudyReading, read_study
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.flow.estimates.intake import give_up, keep_file
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import estimate_in_force
from edema_desk.store.captures.sessions import known_weights
from edema_desk.store.keys.locks import taking_in
from edema_desk.store.leaving.imports import (
    ImportedSession,
    StudyCapture,
    StudySession,
    import_session,
)
from edema_desk.store.people.patients import numbers_from_elsewhere

_USUAL_TIME: Mapping[Phase, time] = {
    Phase.PRE: time(9, 0),
    Phase.POST: time(13, 0),
    Phase.SPOT: time(11, 0),
}
"""For rows without a time of their own."""


@dataclass(frozen=True, slots=True)
class DoubtfulWeight:
    """A weight that was taken although it is doubtful, by its line."""

    line: int
    doubt: WeightDoubt


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What came of an import. `no_estimate` counts captures taken that have no number."""

    study: str
    rows: int
    taken: int
    there_before: int
    no_estimate: int
    refused: tuple[RefusedRow, ...]
    doubtful: tuple[DoubtfulWeight, ...]


@dataclass(slots=True)
class _Tally:
    taken: int = 0
    there_before: int = 0
    no_estimate: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    doubtful: list[DoubtfulWeight] = field(default_factory=list)


def import_study(
    clinic: Clinic,
    folder: Path,
    *,
    prefix: str = "",
    origin: str | None = None,
    person: Callable[[NewPatient], NewPatient] = lambda new: new,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> ImportSummary:
    """Take in every row of the study that can be read, day by day, so that earlier days are
    references of later ones. Importing again changes nothing.

    `person` may dress up a study's person before they are added. Raises ExpectedError: those of
    `read_study`, STUDY_NO_ROWS, ORIGIN_CONFLICT, CANCELLED, DISK_FULL.
    """
    cancel = cancel or Cancel()
    reading = read_study(folder)
    origin = origin or reading.name
    numbers = sorted({prefix + row.patient_id for row in reading.rows})
    taken_numbers = clinic.database.call(
        lambda store: numbers_from_elsewhere(store, numbers, origin)
    )
    if taken_numbers:
        raise ExpectedError(ErrorCode.ORIGIN_CONFLICT, count=taken_numbers)
    tally = _Tally(refused=list(reading.refused))
    watch = Stopwatch("import", len(reading.rows), listener)
    done = 0
    for rows in _sessions(reading.rows):
        cancel.check()
        new = person(NewPatient(prefix + rows[0].patient_id, rows[0].patient_id, origin=origin))
        with taking_in(clinic.profile, cancel.check):  # no other program gives it up meanwhile
            _take_session(clinic, reading, rows, new, tally, cancel)
        done += len(rows)
        watch.report(done)
    return ImportSummary(
        reading.name,
        len(reading.rows) + len(reading.refused),
        tally.taken,
        tally.there_before,
        tally.no_estimate,
        tuple(sorted(tally.refused, key=lambda r: r.line)),
        tuple(tally.doubtful),
    )


def captured_at(row: StudyRow) -> Moment:
    """When a row's capture was made, by the clinic's clock."""
    at = row.at or _USUAL_TIME[row.phase]
    return Moment.at_clinic(row.day, at.hour, at.minute)


def _sessions(rows: Sequence[StudyRow]) -> Iterator[list[StudyRow]]:
    """Rows of one person and day together, in the order of time."""
    ordered = sorted(rows, key=lambda r: (r.day, r.patient_id, captured_at(r)))
    for _, together in groupby(ordered, key=lambda r: (r.day, r.patient_id)):
        yield list(together)


def _take_session(
    clinic: Clinic,
    reading: StudyReading,
    rows: Sequence[StudyRow],
    new: NewPatient,
    tally: _Tally,
    cancel: Cancel,
) -> None:
    captures = tuple(
        StudyCapture(
            new_id(),
            row.phase,
            captured_at(row),
            row.weight_g,
            row.clip.relative_to(reading.folder).as_posix(),
        )
        for row in rows
    )
    session = StudySession(new, rows[0].day, rows[0].dry_weight_g, captures)
    try:
        kept = clinic.database.call(lambda store: import_session(store, new_id(), session))
    except ExpectedError as error:
        if error.code in _WHOLE_IMPORT:
            raise
        tally.refused.extend(RefusedRow(row.line, error) for row in rows)
        return
    clinic.database.call(lambda store: _note_doubts(store, kept, rows, tally))
    for row, capture in zip(rows, kept.captures, strict=True):
        _take_clip(clinic, row, capture, tally, cancel)


_WHOLE_IMPORT = frozenset(
    {
        ErrorCode.DISK_FULL,
        ErrorCode.CANCELLED,
        ErrorCode.DATABASE_DAMAGED,
        ErrorCode.DATABASE_BUSY,
        ErrorCode.WORKER_FAILED,
        ErrorCode.WORKER_TIMEOUT,
        ErrorCode.MODEL_MISSING,
        ErrorCode.MODEL_ALTERED,
        ErrorCode.MODEL_CARD_INVALID,
        ErrorCode.MODEL_NEWER,
    }
)
"""Failures that concern more than one row: they end the import."""


def _take_clip(
    clinic: Clinic, row: StudyRow, capture: Capture, tally: _Tally, cancel: Cancel
) -> None:
    def estimate_of(store: Store) -> bool | None:
        said = estimate_in_force(store, capture.capture_id)
        return None if said is None else said.excess_kg is not None

    if capture.state in (CaptureState.ANALYSED, CaptureState.REFUSED):
        has_number = clinic.database.call(estimate_of)
        if has_number is not None:
            tally.there_before += 1
            return
    try:
        keep_file(clinic, capture.capture_id, row.clip, unheard, cancel)
    except ExpectedError as error:
        if capture.state is not CaptureState.INCOMPLETE:
            give_up(clinic, capture.capture_id)
        if error.code in _WHOLE_IMPORT:
            raise
        tally.refused.append(RefusedRow(row.line, error))
        return
    tally.taken += 1
    tally.no_estimate += not clinic.database.call(estimate_of)


def _note_doubts(
    store: Store, kept: ImportedSession, rows: Sequence[StudyRow], tally: _Tally
) -> None:
    for row in rows:
        if row.weight_g is None or kept.session_id is None:
            continue
        known = known_weights(store, kept.patient_id, kept.session_id, captured_at(row))
        doubts = weight_doubts(
            row.weight_g,
            last_post_g=known.last_post_g,
            dry_weight_g=row.dry_weight_g,
            pre_g=known.pre_g,
            is_post=row.phase is Phase.POST,
        )
        tally.doubtful.extend(DoubtfulWeight(row.line, doubt) for doubt in doubts)
