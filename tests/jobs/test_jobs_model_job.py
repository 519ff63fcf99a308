"""Work with models for a page: progress, what came of it, cancelling, one at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.flow.desk import Desk
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.model_jobs import ModelJob


class _Models:
    """Keeps what was asked, and lets the test answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.future: Future[Any] = Future()
        self.tell: Listener = lambda progress: None
        self.cancel = Cancel()

    def install(self, package: Path) -> Future[Any]:
        self.asked.append(("install", package.name))
        return self.future

    def compare(self, first: str, second: str, tell: Listener, cancel: Cancel) -> Future[Any]:
        self.asked.append(("compare", first, second))
        self.tell, self.cancel = tell, cancel
        return self.future

    def reestimate(self, tell: Listener, cancel: Cancel) -> Future[Any]:
        self.asked.append(("reestimate",))
        self.tell, self.cancel = tell, cancel
        return self.future


class _Desk:
    def __init__(self) -> None:
        self.models = _Models()

    def listen(self, listener: Callable[..., object]) -> None:
        del listener

    def close(self) -> None:
        pass


@pytest.fixture
def desk() -> _Desk:
    return _Desk()


@pytest.fixture
def job(desk: _Desk, qtbot: QtBot) -> Iterator[ModelJob]:
    del qtbot
    page = QObject()
    jobs = DeskJobs(cast(Desk, desk), page)
    yield ModelJob(jobs, page)
    jobs.close()


def test_progress_then_the_answer(desk: _Desk, job: ModelJob, qtbot: QtBot) -> None:
    job.compare("a", "b")
    assert job.busy
    assert desk.models.asked == [("compare", "a", "b")]
    with qtbot.waitSignal(job.progressed) as told:
        desk.models.tell(Progress("evaluate", 1, 4, 9.0))
    assert told.args == ["evaluate", 1, 4, 9.0]
    with qtbot.waitSignal(job.finished) as done:
        desk.models.future.set_result("figures")
    assert done.args == ["figures"]
    assert not job.busy


def test_one_at_a_time(desk: _Desk, job: ModelJob, qtbot: QtBot) -> None:
    job.install(Path("/models/trial"))
    job.reestimate()
    assert desk.models.asked == [("install", "trial")]
    with qtbot.waitSignal(job.failed) as failed:
        desk.models.future.set_exception(ExpectedError(ErrorCode.MODEL_UNSIGNED, name="trial"))
    assert failed.args[0].code is ErrorCode.MODEL_UNSIGNED
    desk.models.future = Future()
    job.reestimate()
    assert desk.models.asked[-1] == ("reestimate",)


def test_cancelling_asks_and_waits(desk: _Desk, job: ModelJob, qtbot: QtBot) -> None:
    job.reestimate()
    job.cancel()
    assert desk.models.cancel.asked
    assert job.busy
    with qtbot.waitSignal(job.failed) as failed:
        desk.models.future.set_exception(ExpectedError(ErrorCode.CANCELLED))
    assert failed.args[0].code is ErrorCode.CANCELLED


def test_a_page_that_goes_hears_nothing(desk: _Desk, job: ModelJob, qtbot: QtBot) -> None:
    job.reestimate()
    job.abandon()
    assert desk.models.cancel.asked
    with qtbot.assertNotEmitted(job.finished, wait=50):
        desk.models.future.set_result(None)


def test_a_bug_is_told_as_one(desk: _Desk, job: ModelJob, qtbot: QtBot) -> None:
    job.reestimate()
    with qtbot.waitSignal(job.broke):
        desk.models.future.set_exception(KeyError("x"))
    assert not job.busy
