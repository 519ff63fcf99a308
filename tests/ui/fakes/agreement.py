"""All courses of the made-up clinic, asked as those of a desk."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from edema_desk.domain.course.agreement_view import AgreementChoice, AgreementView, agreement_of
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.course_rows import gathered, rows_of_course
from edema_desk.domain.course.drift_view import Drift, PatientDrift, clinic_drift, drift_of
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.flow.estimates.agreement_desk import AgreementDesk
from tests.ui.made_up_clinic import Clinic

T = TypeVar("T")


class FakeAgreement(AgreementDesk):
    """`error` is what the next questions fail with; `steps` of progress take `step_s` each."""

    def __init__(self, clinic: Clinic) -> None:
        self._made_up = clinic
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="fake-agreement")
        self.error: Exception | None = None
        self.choices: list[AgreementChoice] = []
        self.steps, self.step_s = 0, 0.01

    def course(self, listener: Listener, cancel: Cancel) -> Future[ClinicCourse]:
        return self._run(listener, cancel, self.made_up_course)

    def view(
        self, choice: AgreementChoice, listener: Listener, cancel: Cancel
    ) -> Future[AgreementView]:
        self.choices.append(choice)
        return self._run(listener, cancel, lambda: agreement_of(self.made_up_course(), choice))

    def drift(
        self, listener: Listener, cancel: Cancel, origin: str | None = None
    ) -> Future[tuple[PatientDrift, ...]]:
        return self._run(
            listener,
            cancel,
            lambda: tuple(
                PatientDrift(patient, drift_of(self._made_up.trend(patient_id)))
                for patient_id, patient in self._made_up.patients.items()
                if origin in (None, patient.origin)
            ),
        )

    def clinic_drift(
        self, listener: Listener, cancel: Cancel, origin: str | None = None
    ) -> Future[Drift]:
        def work() -> Drift:
            course = self.made_up_course()
            return clinic_drift(course.of_origin(course.origin_of(origin)))

        return self._run(listener, cancel, work)

    def made_up_course(self) -> ClinicCourse:
        """The clinic's own."""
        return gathered(
            [
                (
                    patient,
                    rows_of_course(
                        self._made_up.trend(patient_id),
                        self._made_up.schedules[patient_id].shift,
                        {},
                    ),
                )
                for patient_id, patient in self._made_up.patients.items()
            ]
        )

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _run(self, listener: Listener, cancel: Cancel, work: Callable[[], T]) -> Future[T]:
        def run() -> T:
            if self.error is not None:
                raise self.error
            watch = Stopwatch("course", self.steps, listener)
            for step in range(self.steps):
                cancel.check()
                watch.report(step)
                time.sleep(self.step_s)
            cancel.check()
            return work()

        return self._pool.submit(run)
