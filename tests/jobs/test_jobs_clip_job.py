"""Taking in a clip: progress, an end of each kind, cancel, and a dialog that goes."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.clip_job import ClipJob, ClipOrder
from edema_desk.jobs.desk_jobs import DeskJobs
from tests.ui.fakes.desk import FakeDesk

ORDER = ClipOrder("act", Path("clip.mp4"), "p0", None, Phase.SPOT, Moment(0, 540))


class Diary(QObject):
    """Writes down what a job tells, in order."""

    def __init__(self, job: ClipJob) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.done: list[float] = []
        self.ends: list[object] = []
        job.started.connect(self.on_started)
        job.progressed.connect(self.on_progress)
        job.finished.connect(self.on_finished)
        job.failed.connect(self.on_failed)
        job.broke.connect(self.on_broke)

    def on_started(self) -> None:
        self.lines.append("started")

    def on_progress(self, what: str, done: float, total: float, left_s: float | None) -> None:
        self.lines.append(what)
        self.done.append(done / total)

    def on_finished(self, capture: Capture) -> None:
        self.lines.append("finished")
        self.ends.append(capture)

    def on_failed(self, error: ExpectedError) -> None:
        self.lines.append("failed")
        self.ends.append(error)

    def on_broke(self) -> None:
        self.lines.append("broke")
        self.ends.append(None)


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def job(jobs: DeskJobs, owner: QObject) -> ClipJob:
    return ClipJob(jobs, owner)


@pytest.fixture
def diary(job: ClipJob) -> Diary:
    return Diary(job)


def test_a_job_starts_progresses_and_finishes(job: ClipJob, diary: Diary, qtbot: QtBot) -> None:
    job.start(ORDER)
    assert job.busy
    qtbot.waitUntil(lambda: bool(diary.ends))
    assert diary.lines[0] == "started"
    assert diary.lines[-1] == "finished"
    assert diary.done == sorted(diary.done)
    assert diary.done[-1] == 1.0
    assert isinstance(diary.ends[0], Capture)


def test_a_second_start_while_busy_does_nothing(
    job: ClipJob, diary: Diary, desk: FakeDesk, qtbot: QtBot
) -> None:
    job.start(ORDER)
    job.start(ORDER)
    qtbot.waitUntil(lambda: bool(diary.ends))
    assert desk.asked["add_clip"] == 1


def test_cancel_ends_in_cancelled(job: ClipJob, diary: Diary, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.faults.clip_steps = 10_000
    job.start(ORDER)
    qtbot.waitUntil(lambda: len(diary.lines) > 2)
    job.cancel()
    assert job.stopping
    told = len(diary.lines)
    qtbot.waitUntil(lambda: bool(diary.ends))
    error = diary.ends[0]
    assert isinstance(error, ExpectedError)
    assert error.code is ErrorCode.CANCELLED
    assert diary.lines[told:] == ["failed"]  # no progress is told once stopping was asked


def test_failure_and_bug_leave_a_job_that_can_start_again(
    job: ClipJob, diary: Diary, jobs: DeskJobs, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.faults.errors["add_clip"] = ExpectedError(ErrorCode.NOT_A_VIDEO, name="x")
    job.start(ORDER)
    qtbot.waitUntil(lambda: len(diary.ends) == 1)
    assert not job.busy
    desk.faults.errors["add_clip"] = KeyError()
    with qtbot.waitSignal(jobs.bug_found):
        job.start(ORDER)
    assert diary.lines[-1] == "broke"
    del desk.faults.errors["add_clip"]
    job.start(ORDER)
    qtbot.waitUntil(lambda: len(diary.ends) == 3)
    assert isinstance(diary.ends[2], Capture)


def test_an_abandoned_job_stops_and_is_silent(
    job: ClipJob, diary: Diary, jobs: DeskJobs, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.faults.clip_steps = 10_000
    job.start(ORDER)
    qtbot.waitUntil(lambda: len(diary.lines) > 1)
    job.abandon()
    told = len(diary.lines)
    desk.close()  # waits for the running clip, which stops at its next step
    QCoreApplication.processEvents()
    assert len(diary.lines) == told
    assert jobs.waiting == 0
