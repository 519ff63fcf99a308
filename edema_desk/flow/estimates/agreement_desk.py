"""What the page Agreement asks: all courses together, what is told of them, and who drifts."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

from edema_desk.domain.course.agreement_view import (
    AgreementChoice,
    AgreementGround,
    AgreementView,
    agreement_ground,
    view_of,
)
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.course_rows import gathered
from edema_desk.domain.course.drift_view import Drift, PatientDrift, clinic_drift, patient_drifts
from edema_desk.domain.course.veil import veiled_course
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import NOBODY, Actor
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.base.notes_desk import Untold
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.flow.base.sitting import Sitting
from edema_desk.store.base.database import Store
from edema_desk.store.courses.whole_course import course_rows, kept_rows
from edema_desk.store.people.patients import patients

T = TypeVar("T")

_TOUCHES_COURSES = frozenset(
    {ChangeKind.PATIENTS, ChangeKind.PATIENT, ChangeKind.SESSION, ChangeKind.ELSEWHERE}
)


@dataclass(frozen=True, slots=True)
class _Asks:
    """Who asks, and the patients' days that are kept back from them."""

    who: Actor
    untold: frozenset[tuple[str, date]] = frozenset()


class AgreementDesk:
    """A part of the `Desk`; one question at a time, on a thread of its own. Futures as there.

    The courses stay in memory until one of them changes or somebody leaves the seat.
    """

    def __init__(
        self,
        clinic: Clinic,
        sitting: Sitting,
        untold: Untold = lambda store: frozenset(),
    ) -> None:
        self._clinic, self._sitting, self._untold = clinic, sitting, untold
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="agreement")
        self._turn = threading.Lock()
        self._round = 0
        self._held: ClinicCourse | None = None
        self._veiled: tuple[ClinicCourse, frozenset[tuple[str, date]], ClinicCourse] | None = None
        self._worked_out: tuple[ClinicCourse, str, AgreementGround] | None = None
        self._cancels: list[Cancel] = []

    def course(self, listener: Listener, cancel: Cancel) -> Future[ClinicCourse]:
        """The captures of all patients but those whose figures are kept back from who asks;
        progress `course` by patients. Fails with NOT_ALLOWED, CANCELLED."""
        return self._ask(listener, cancel, lambda course: course)

    def view(
        self, choice: AgreementChoice, listener: Listener, cancel: Cancel
    ) -> Future[AgreementView]:
        """What is told of the captures that are chosen. Fails as `course`."""

        def work(course: ClinicCourse) -> AgreementView:
            origin = course.origin_of(choice.origin, choice.patient)
            return replace(
                view_of(self._ground(course, origin), choice), kept_back=course.kept_back
            )

        return self._ask(listener, cancel, work)

    def drift(
        self, listener: Listener, cancel: Cancel, origin: str | None = None
    ) -> Future[tuple[PatientDrift, ...]]:
        """How each patient's estimates stand, of one origin. Fails as `course`."""
        return self._ask(
            listener, cancel, lambda c: patient_drifts(c.of_origin(c.origin_of(origin)))
        )

    def clinic_drift(
        self, listener: Listener, cancel: Cancel, origin: str | None = None
    ) -> Future[Drift]:
        """How the estimates of one origin stand together. Fails as `course`."""
        return self._ask(listener, cancel, lambda c: clinic_drift(c.of_origin(c.origin_of(origin))))

    def follow(self, change: Change) -> None:
        """Something was written."""
        if change.kind in _TOUCHES_COURSES:
            self.forget()

    def forget(self) -> None:
        """Keep no course in memory, neither one that is being gathered."""
        with self._turn:
            self._round += 1
            self._held = self._veiled = self._worked_out = None

    def close(self) -> None:
        """Stop what is under way."""
        for cancel in self._cancels:
            cancel.set()
        self._thread.shutdown(cancel_futures=True)
        self.forget()

    def _ask(
        self, listener: Listener, cancel: Cancel, work: Callable[[ClinicCourse], T]
    ) -> Future[T]:
        """In the name of whoever sits there once somebody does."""
        asks = [_Asks(NOBODY)]

        def allowed(store: Store) -> None:
            with store.reading():
                who = store.actor
            asks[0] = _Asks(who, self._untold(store))

        def answer() -> T:
            door = self._clinic.database.acting_as(asks[0].who)
            return work(self._told(self._course(door, listener, cancel), asks[0]))

        self._cancels = [*(c for c in self._cancels if not c.asked), cancel]
        return self._sitting.ask_then(self._thread, allowed, answer)

    def _told(self, course: ClinicCourse, asks: _Asks) -> ClinicCourse:
        """The same object for the same question, as what is worked out of it is kept."""
        if not asks.untold:
            return course
        with self._turn:
            kept = self._veiled
        if kept is None or kept[0] is not course or kept[1] != asks.untold:
            days = [(patient_id, day.toordinal()) for patient_id, day in asks.untold]
            kept = course, asks.untold, veiled_course(course, days)
            with self._turn:
                if self._held is course:
                    self._veiled = kept
        return kept[2]

    def _ground(self, course: ClinicCourse, origin: str) -> AgreementGround:
        """Worked out once of a course that is held."""
        with self._turn:
            kept, round_ = self._worked_out, self._round
        if kept is None or kept[0] is not course or kept[1] != origin:
            kept = course, origin, agreement_ground(course.of_origin(origin).rows)
            with self._turn:
                if round_ == self._round:
                    self._worked_out = kept
        return kept[2]

    def _course(self, door: DatabaseDoor, listener: Listener, cancel: Cancel) -> ClinicCourse:
        with self._turn:
            held, round_ = self._held, self._round
        if held is not None:
            return held
        course = gather_course(door, listener, cancel)
        with self._turn:
            if round_ == self._round:
                self._held = course
        return course


def gather_course(door: DatabaseDoor, listener: Listener, cancel: Cancel) -> ClinicCourse:
    """The captures of all patients, those whose course is not kept asked one by one; progress
    `course` counts these. Raises ExpectedError NOT_ALLOWED, CANCELLED."""
    people, rows = door.call(patients), door.call(kept_rows)
    missing = [p.patient_id for p in people if p.patient_id not in rows]
    watch = Stopwatch("course", len(missing), listener)
    for number, patient_id in enumerate(missing):
        cancel.check()
        watch.report(number)
        rows[patient_id] = door.call(partial(course_rows, patient_id=patient_id))
    return gathered([(p, rows[p.patient_id]) for p in people])
