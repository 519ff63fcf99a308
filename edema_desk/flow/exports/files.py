"""Patients leave the program as files: counted before, whole or not at all, and on record."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from edema_desk import __version__
from edema_desk.domain.course.exporting import ExportedPatient, Period, study_code
from edema_desk.domain.models.export_plan import ExportCount, ExportKind, ExportWish, WentOut
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.places import Shared
from edema_desk.domain.terms.records import Patient
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.clinic_csv import write_clinic_tables
from edema_desk.exchange.fhir_bundle import Source, patient_bundle, write_bundle
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.part_folder import clear_unfinished, part_folder
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.flow.base.sitting import Ask
from edema_desk.flow.exports.note import write_note
from edema_desk.flow.exports.study import (
    check_room,
    counted_study,
    study_parts,
    write_study,
)
from edema_desk.store.base.database import Store
from edema_desk.store.base.places import shared_by
from edema_desk.store.leaving import exporting
from edema_desk.store.leaving.exporting import Leaving, course_to_export, note_went_out

Pause = Callable[[], None]
CheckTold = Callable[[Store, Collection[str], Period], None]
"""Raises ExpectedError where figures of these patients' days are kept back from who acts."""


def preview_export(
    clinic: Clinic,
    wish: ExportWish,
    listener: Listener,
    cancel: Cancel,
    pause: Pause = lambda: None,
) -> ExportCount:
    """What would go out, as `export_patients` counts it.

    Raises ExpectedError as `store.exporting.who_may_leave`, CANCELLED.
    """
    leaving = clinic.database.call(lambda store: exporting.who_may_leave(store, wish))
    if wish.kind is not ExportKind.STUDY:
        return clinic.database.call(lambda store: _counted(store, wish, leaving))[0]
    courses = _courses(clinic, wish, leaving.patients, "gather", listener, _going_on(cancel, pause))
    return counted_study(study_parts(courses, clinic.own_library()), leaving.not_agreed)


def export_patients(
    clinic: Clinic,
    act_id: str,
    wish: ExportWish,
    out: Path,
    listener: Listener,
    cancel: Cancel,
    pause: Pause = lambda: None,
) -> ExportCount:
    """Write what is wished into the new folder `out`; what went out. `pause` is called between
    pieces and may wait.

    Raises ExpectedError NOT_ALLOWED before anything is written, EXPORT_*, OUTPUT_*, CANCELLED:
    then nothing is there.
    """
    leaving = clinic.database.call(lambda store: exporting.who_may_leave(store, wish))
    going_on = _going_on(cancel, pause)
    with part_folder(clinic.profile, out) as part:
        write = _write_study if wish.kind is ExportKind.STUDY else _write_courses
        count, patients = write(clinic, wish, leaving, part.folder, listener, going_on)
        if not count.patients:
            raise ExpectedError(ErrorCode.EXPORT_NOBODY)
        write_note(part.folder, wish, Moment.now())
        ids = tuple(patient.patient_id for patient in patients)
        went = WentOut(wish, ids, count.sessions, count.spots, count.clips)
        cancel.check()
        clinic.database.call(lambda store: note_went_out(store, act_id, went))
        part.put_in_place()
    return count


_Wrote = tuple[ExportCount, Sequence[Patient]]


def _going_on(cancel: Cancel, pause: Pause) -> Pause:
    def go_on() -> None:
        cancel.check()
        pause()

    return go_on


def _write_courses(
    clinic: Clinic,
    wish: ExportWish,
    leaving: Leaving,
    folder: Path,
    listener: Listener,
    going_on: Pause,
) -> _Wrote:
    count, with_any = clinic.database.call(lambda store: _counted(store, wish, leaving))
    courses = _courses(clinic, wish, with_any, "export", listener, going_on)
    if wish.kind is ExportKind.TABLES:
        write_clinic_tables(folder, courses)
        return count, with_any
    source = Source(__version__, Moment.now())
    for course in courses:
        write_bundle(folder / f"{course.code}.json", patient_bundle(course, source))
    return count, with_any


def _write_study(
    clinic: Clinic,
    wish: ExportWish,
    leaving: Leaving,
    folder: Path,
    listener: Listener,
    going_on: Pause,
) -> _Wrote:
    library = clinic.own_library()
    courses = _courses(clinic, wish, leaving.patients, "gather", listener, going_on)
    parts = study_parts(courses, library)
    check_room(folder, parts)
    watch, done_bytes = Stopwatch("export", max(parts.size_bytes, 1), listener), 0

    def step(size: int) -> None:
        nonlocal done_bytes
        going_on()
        done_bytes += size
        watch.report(done_bytes)

    count, codes = write_study(folder, parts, library, leaving.not_agreed, step)
    return count, [p for p in leaving.patients if study_code(p.patient_id) in codes]


def _courses(
    clinic: Clinic,
    wish: ExportWish,
    patients: Sequence[Patient],
    what: str,
    listener: Listener,
    going_on: Pause,
) -> Iterator[ExportedPatient]:
    """One after another, so that none but one is held."""
    watch = Stopwatch(what, len(patients), listener)
    for number, patient in enumerate(patients):
        going_on()
        yield _course(clinic, patient, wish)
        watch.report(number + 1)


def _course(clinic: Clinic, patient: Patient, wish: ExportWish) -> ExportedPatient:
    return clinic.database.call(
        lambda store: course_to_export(store, patient.patient_id, wish.period, named=wish.named)
    )


def _counted(store: Store, wish: ExportWish, leaving: Leaving) -> tuple[ExportCount, list[Patient]]:
    """What the tables of a period hold, and the patients with anything in it."""
    ids = [patient.patient_id for patient in leaving.patients]
    sessions = exporting.sessions_within(store, ids, wish.period)
    spots = exporting.spots_within(store, ids, wish.period)
    with_any = [p for p in leaving.patients if p.patient_id in sessions.keys() | spots.keys()]
    count = ExportCount(
        patients=len(with_any),
        sessions=sum(sessions.values()),
        spots=sum(spots.values()),
        not_agreed=leaving.not_agreed,
        nothing=len(ids) - len(with_any),
    )
    return count, with_any


class ExportDesk:
    """One export after another, on a thread of its own; what a person began goes on as theirs."""

    def __init__(
        self,
        clinic: Clinic,
        gate: Gate,
        sign: Callable[[], Future[Any]],
        ask: Ask,
        check_told: CheckTold = lambda store, patient_ids, period: None,
    ) -> None:
        self._check_told = check_told
        self._clinic, self._gate, self._sign, self._ask = clinic, gate, sign, ask
        self._work = ThreadPoolExecutor(1, thread_name_prefix="exports")
        self._closing = Cancel()

    def begin(self) -> None:
        """Remove what an export left that was killed."""
        self._work.submit(clear_unfinished, self._clinic.profile)

    def close(self) -> None:
        """What runs stops and leaves nothing."""
        self._closing.set()
        self._work.shutdown(cancel_futures=True)

    def origins(self) -> Future[tuple[str, ...]]:
        """Where the patients there are come from; an export is of one origin."""
        return self._ask(exporting.origins)

    def shared(self, folder: Path) -> Future[Shared | None]:
        """What shares the folder that an export shall go into with others; None for nothing."""
        return self._work.submit(shared_by, folder)

    def preview(self, wish: ExportWish, listener: Listener, cancel: Cancel) -> Future[ExportCount]:
        """Count what would go out. Progress is told on another thread. Fails with
        LEAVES_JUDGE_FIRST, else as `preview_export`."""
        mine = self._clinic.for_who_sits_there()

        def work() -> ExportCount:
            self._check(mine, wish)
            return preview_export(mine, wish, listener, cancel, self._closing.check)

        return self._work.submit(work)

    def export(
        self, act_id: str, wish: ExportWish, out: Path, listener: Listener, cancel: Cancel
    ) -> Future[ExportCount]:
        """Write it into the new folder `out`; that goes on record, and a head is signed."""
        mine = self._clinic.for_who_sits_there()

        def pause() -> None:
            self._closing.check()
            self._gate.wait(cancel)

        def work() -> ExportCount:
            self._check(mine, wish)
            count = export_patients(mine, act_id, wish, out, listener, cancel, pause)
            self._sign().result()
            return count

        return self._work.submit(work)

    def _check(self, mine: Clinic, wish: ExportWish) -> None:
        """A study folder holds no estimates, so it tells nothing that is kept back."""
        if wish.kind is ExportKind.STUDY:
            return

        def check(store: Store) -> None:
            whom = {patient.patient_id for patient in exporting.who_may_leave(store, wish).patients}
            self._check_told(store, whom, wish.period)

        mine.database.call(check)
