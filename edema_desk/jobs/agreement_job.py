"""The questions of the page Agreement, one after another: courses, what is told, who drifts."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.course.agreement_view import AgreementChoice, AgreementView
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.drift_view import Drift, PatientDrift
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.progress import Cancel
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.long_job import Begin, LongJob

Chooser = Callable[[ClinicCourse], AgreementChoice]
"""Which captures count, in the numbers of the course that is held."""


class _Step(StrEnum):
    """In the order in which they are asked."""

    COURSE = "course"
    VIEW = "view"
    PATIENTS = "patients"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class Standing:
    """How estimates stand beside the scale by now, of each patient and of all together."""

    clinic: Drift
    patients: tuple[PatientDrift, ...]


class AgreementJob(QObject):
    """`course_came(ClinicCourse)`, then `view_came(AgreementView)`, then `standing_came(Standing)`.

    `progressed` as `LongJob`; `failed(ExpectedError)` or `broke()` end the row. `working_changed`
    follows `working`. What was asked of courses that changed meanwhile is thrown away.
    """

    course_came = Signal(object)
    view_came = Signal(object)
    standing_came = Signal(object)
    progressed = Signal(str, float, float, object)
    failed = Signal(object)
    broke = Signal()
    working_changed = Signal(bool)

    def __init__(self, jobs: DeskJobs, chooser: Chooser, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._chooser = jobs.desk.agreement, chooser
        self.course: ClinicCourse | None = None
        self._wanted: set[_Step] = set()
        self._step: _Step | None = None
        self._stale = False
        self._patients: tuple[PatientDrift, ...] = ()
        self._drift_of = ""
        self._job = LongJob(jobs, self)
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(self._on_answer)
        self._job.failed.connect(self._on_failure)
        self._job.broke.connect(self._on_bug)

    @property
    def working(self) -> bool:
        """Whether an answer is still to come."""
        return self._step is not None

    def refresh(self) -> None:
        """Ask everything again: courses changed, or were never asked for."""
        self._stale = self.working
        self._wanted = set(_Step)
        self._next()

    def choose(self) -> None:
        """Other captures count now; of another origin others drift, too."""
        if self.course is not None:
            self._wanted.add(_Step.VIEW)
            if self._origin(self.course) != self._drift_of:
                self._wanted |= {_Step.PATIENTS, _Step.CLINIC}
            self._next()

    def cancel(self) -> None:
        """Stop; `failed` follows with CANCELLED."""
        self._wanted = set()
        self._job.cancel()

    def abandon(self) -> None:
        """Stop, and tell nothing any more."""
        self._wanted = set()
        self._job.abandon()
        self._end()

    def _next(self) -> None:
        if self._job.busy:
            return
        step = next((one for one in _Step if one in self._wanted), None)
        if step is None:
            self._end()
            return
        begin = self._beginning(step)
        self._wanted.discard(step)
        before, self._step = self._step, step
        if before is None:
            self.working_changed.emit(True)
        self._job.run(begin)

    def _beginning(self, step: _Step) -> Begin:
        desk, course = self._desk, self.course
        if step is _Step.COURSE or course is None:
            return desk.course
        if step is _Step.PATIENTS:
            self._drift_of = self._origin(course)
            return partial(desk.drift, origin=self._drift_of)
        if step is _Step.CLINIC:
            return partial(desk.clinic_drift, origin=self._drift_of)
        choice = self._chooser(course)

        def view(tell: Callable[[object], None], cancel: Cancel) -> Future[AgreementView]:
            return desk.view(choice, tell, cancel)

        return view

    def _origin(self, course: ClinicCourse) -> str:
        choice = self._chooser(course)
        return course.origin_of(choice.origin, choice.patient)

    def _on_answer(self, answer: object) -> None:
        step, stale, self._stale = self._step, self._stale, False
        if not stale:
            self._hand_on(step, answer)
        self._next()

    def _hand_on(self, step: _Step | None, answer: object) -> None:
        if step is _Step.COURSE and isinstance(answer, ClinicCourse):
            self.course = answer
            self.course_came.emit(answer)
        elif step is _Step.VIEW and _Step.VIEW not in self._wanted:
            self.view_came.emit(answer)
        elif step is _Step.PATIENTS and isinstance(answer, tuple):
            self._patients = answer
        elif step is _Step.CLINIC and isinstance(answer, Drift):
            self.standing_came.emit(Standing(answer, self._patients))

    def _on_failure(self, error: ExpectedError) -> None:
        stale, self._stale = self._stale, False
        if stale:  # it was asked again meanwhile
            self._next()
            return
        self._wanted = set()
        self._end()
        self.failed.emit(error)

    def _on_bug(self) -> None:
        self._wanted, self._stale = set(), False
        self._end()
        self.broke.emit()

    def _end(self) -> None:
        if self._step is not None:
            self._step = None
            self.working_changed.emit(False)
