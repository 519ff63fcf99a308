"""The row of questions of Agreement: in order, once each, and never an answer that is old."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.agreement_view import AgreementChoice, AgreementView, agreement_view
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import no_rows
from edema_desk.domain.course.drift_view import Drift, PatientDrift
from edema_desk.domain.statistics.drift import Watch
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.jobs.agreement_job import AgreementJob
from edema_desk.jobs.desk_jobs import DeskJobs
from tests.ui.fakes.agreement import FakeAgreement
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY, nothing_left
from tests.ui.made_up_clinic import Clinic, made_up_clinic

__all__ = ["nothing_left"]


def course(patients: int) -> ClinicCourse:
    return ClinicCourse(no_rows(), (), ("m",) * patients, ())


class HeldAgreement(FakeAgreement):
    """Answers when the test says so."""

    def __init__(self, clinic: Clinic) -> None:
        super().__init__(clinic)
        self.asked: list[str] = []
        self.answers: list[Future[object]] = []
        self.origins: list[str | None] = []
        self.cancels: list[Cancel] = []
        self.listener: Listener | None = None

    def course(self, listener: Listener, cancel: Cancel) -> Future[ClinicCourse]:
        self.listener = listener
        return self._hold("course", cancel)

    def view(
        self, choice: AgreementChoice, listener: Listener, cancel: Cancel
    ) -> Future[AgreementView]:
        self.choices.append(choice)
        return self._hold("view", cancel)

    def drift(
        self, listener: Listener, cancel: Cancel, origin: str | None = None
    ) -> Future[tuple[PatientDrift, ...]]:
        self.origins.append(origin)
        return self._hold("drift", cancel)

    def clinic_drift(
        self, listener: Listener, cancel: Cancel, origin: str | None = None
    ) -> Future[Drift]:
        self.origins.append(origin)
        return self._hold("clinic", cancel)

    def _hold(self, what: str, cancel: Cancel) -> Future:  # type: ignore[type-arg]  # of any
        self.asked.append(what)
        self.cancels.append(cancel)
        made: Future[object] = Future()
        self.answers.append(made)
        return made


class Kit:
    def __init__(self, qtbot: QtBot, jobs: DeskJobs, desk: HeldAgreement, parent: QObject) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.chosen = AgreementChoice()
        self.job = AgreementJob(jobs, lambda _: self.chosen, parent)
        self.courses: list[ClinicCourse] = []
        self.views: list[AgreementView] = []
        self.standings: list[object] = []
        self.errors: list[ExpectedError] = []
        self.job.course_came.connect(self.courses.append)
        self.job.view_came.connect(self.views.append)
        self.job.standing_came.connect(self.standings.append)
        self.job.failed.connect(self.errors.append)

    def answer(self, value: object) -> None:
        """To the newest question; waits until it is handed on."""
        before = len(self.desk.asked)
        self.desk.answers[-1].set_result(value)
        self.qtbot.waitUntil(lambda: len(self.desk.asked) > before or not self.job.working)


@pytest.fixture
def kit(qtbot: QtBot, tmp_path: Path) -> object:
    fake = FakeDesk(made_up_clinic(1, 1, TODAY), tmp_path)
    held = HeldAgreement(fake.clinic)
    fake.agreement = held
    jobs, parent = DeskJobs(fake), QObject()
    yield Kit(qtbot, jobs, held, parent)
    parent.deleteLater()
    jobs.close()
    jobs.deleteLater()


VIEW = agreement_view(no_rows(), AgreementChoice())


def run_through(kit: Kit) -> None:
    kit.job.refresh()
    for value in (course(1), VIEW, (), Drift(Watch(), 3)):
        kit.answer(value)


def test_all_is_asked_once_and_in_order(kit: Kit) -> None:
    run_through(kit)
    assert kit.desk.asked == ["course", "view", "drift", "clinic"]
    assert (len(kit.courses), len(kit.views), len(kit.standings)) == (1, 1, 1)
    assert not kit.job.working


def test_another_choice_asks_only_what_is_told(kit: Kit) -> None:
    run_through(kit)
    kit.chosen = AgreementChoice(shift=2)
    kit.job.choose()
    kit.answer(VIEW)
    assert kit.desk.asked[4:] == ["view"]
    assert kit.desk.choices[-1].shift == 2
    assert len(kit.views) == 2


def test_another_origin_asks_for_its_drift_too(kit: Kit) -> None:
    run_through(kit)
    kit.chosen = AgreementChoice(origin="demo")
    kit.job.choose()
    for value in (VIEW, (), Drift(Watch(), 1)):
        kit.answer(value)
    assert kit.desk.asked[4:] == ["view", "drift", "clinic"]
    assert kit.desk.origins == ["clinic", "clinic", "demo", "demo"]
    assert len(kit.standings) == 2


def test_the_newest_choice_wins(kit: Kit) -> None:
    run_through(kit)
    kit.job.choose()
    kit.chosen = AgreementChoice(shift=3)
    kit.job.choose()
    kit.answer(VIEW)
    assert len(kit.views) == 1  # the answer to the older choice is not shown
    kit.answer(VIEW)
    assert len(kit.views) == 2
    assert [choice.shift for choice in kit.desk.choices] == [None, None, 3]


def test_what_was_asked_of_old_courses_is_thrown_away(kit: Kit) -> None:
    kit.job.refresh()
    kit.answer(course(1))
    kit.job.refresh()  # something was written while the view was worked out
    kit.answer(VIEW)
    assert kit.views == []
    kit.answer(course(2))
    kit.answer(VIEW)
    assert [len(one.models) for one in kit.courses] == [1, 2]
    assert len(kit.views) == 1


def test_cancelling_ends_the_row(kit: Kit) -> None:
    kit.job.refresh()
    assert kit.desk.listener is not None
    told: list[tuple[object, ...]] = []
    kit.job.progressed.connect(lambda *args: told.append(args))
    kit.desk.listener(Progress("course", 3, 12, 4.0))
    kit.qtbot.waitUntil(lambda: len(told) == 1)
    assert told == [("course", 3, 12, 4.0)]
    kit.job.cancel()
    assert kit.desk.cancels[-1].asked
    kit.desk.answers[-1].set_exception(ExpectedError(ErrorCode.CANCELLED))
    kit.qtbot.waitUntil(lambda: len(kit.errors) == 1)
    assert kit.errors[0].code is ErrorCode.CANCELLED
    assert kit.desk.asked == ["course"]
    assert not kit.job.working


def test_a_failure_of_old_courses_is_not_told(kit: Kit) -> None:
    kit.job.refresh()
    kit.job.refresh()
    kit.desk.answers[-1].set_exception(ExpectedError(ErrorCode.DISK_FULL))
    kit.qtbot.waitUntil(lambda: len(kit.desk.asked) == 2)
    assert kit.errors == []


def test_nothing_is_told_after_it_was_abandoned(kit: Kit, qtbot: QtBot) -> None:
    changes: list[bool] = []
    kit.job.working_changed.connect(changes.append)
    kit.job.refresh()
    kit.job.abandon()
    kit.desk.answers[-1].set_result(course(1))
    qtbot.wait(20)
    assert changes == [True, False]
    assert kit.courses == []
