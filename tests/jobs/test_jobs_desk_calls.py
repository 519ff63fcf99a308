"""Answers of the desk come on the window's thread, to whoever still wants them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY


class Listener(QObject):
    """Notes what came, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[int] = set()

    def hear(self, value: object = None) -> None:
        self.heard.append(value)
        self.threads.add(threading.get_ident())


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_answers_come_on_the_window_thread(
    jobs: DeskJobs, desk: FakeDesk, listener: Listener, qtbot: QtBot
) -> None:
    call = DeskCall(jobs, listener)
    call.answered.connect(listener.hear)
    with qtbot.waitSignal(call.answered):
        call.start(desk.worklist(TODAY))
    assert listener.threads == {threading.get_ident()}
    assert len(listener.heard) == 1
    assert not call.waiting


def test_an_answer_that_is_there_already_still_comes_later(
    jobs: DeskJobs, listener: Listener, qtbot: QtBot
) -> None:
    """A slot that runs inside `start` would surprise every page."""
    done: Future[int] = Future()
    done.set_result(7)
    call = DeskCall(jobs, listener)
    call.answered.connect(listener.hear)
    call.start(done)
    assert listener.heard == []
    qtbot.waitUntil(lambda: listener.heard == [7])


def test_a_newer_call_drops_the_older_answer(
    jobs: DeskJobs, listener: Listener, qtbot: QtBot
) -> None:
    older: Future[str] = Future()
    newer: Future[str] = Future()
    call = DeskCall(jobs, listener)
    call.answered.connect(listener.hear)
    call.start(older)
    call.start(newer)
    newer.set_result("new")
    older.set_result("old")
    qtbot.waitUntil(lambda: bool(listener.heard))
    QCoreApplication.processEvents()
    assert listener.heard == ["new"]


def test_forgetting_ends_the_waiting(jobs: DeskJobs, listener: Listener) -> None:
    late: Future[str] = Future()
    call = DeskCall(jobs, listener)
    call.answered.connect(listener.hear)
    waits: list[bool] = []
    call.waiting_changed.connect(waits.append)
    call.start(late)
    call.forget()
    late.set_result("late")
    QCoreApplication.processEvents()
    assert listener.heard == []
    assert waits == [True, False]
    assert jobs.waiting == 0


def test_a_closed_page_gets_no_answer_and_nothing_breaks(
    jobs: DeskJobs, qtbot: QtBot, listener: Listener
) -> None:
    page = QObject()
    call = DeskCall(jobs, page)
    call.answered.connect(listener.hear)
    with ThreadPoolExecutor(1) as pool:
        gate = threading.Event()
        call.start(pool.submit(gate.wait, 5.0))
        page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gate.set()
    QCoreApplication.processEvents()
    assert listener.heard == []
    assert jobs.waiting == 0


def test_expected_failures_and_bugs_go_different_ways(
    jobs: DeskJobs, desk: FakeDesk, listener: Listener, qtbot: QtBot
) -> None:
    call = DeskCall(jobs, listener)
    call.failed.connect(listener.hear)
    desk.faults.errors["worklist"] = ExpectedError(ErrorCode.DATABASE_BUSY)
    with qtbot.waitSignal(call.failed):
        call.start(desk.worklist(TODAY))
    assert isinstance(listener.heard[0], ExpectedError)
    desk.faults.errors["worklist"] = ZeroDivisionError()
    with qtbot.waitSignal(jobs.bug_found) as told:
        call.start(desk.worklist(TODAY))
    assert isinstance((told.args or [None])[0], ZeroDivisionError)
    assert len(listener.heard) == 1
    assert not call.waiting


def test_changes_are_told_on_the_window_thread(
    jobs: DeskJobs, desk: FakeDesk, listener: Listener, qtbot: QtBot
) -> None:
    jobs.changed.connect(listener.hear)
    with qtbot.waitSignal(jobs.changed):
        desk.set_dry_weight("a", "p0", 50_000, TODAY, "")
    assert listener.heard == [Change(ChangeKind.PATIENT, "p0")]
    assert listener.threads == {threading.get_ident()}


def test_nothing_comes_after_detaching(
    jobs: DeskJobs, desk: FakeDesk, listener: Listener, settled: Callable[[], None]
) -> None:
    call = DeskCall(jobs, listener)
    call.answered.connect(listener.hear)
    jobs.changed.connect(listener.hear)
    desk.faults.delay_s = 0.05
    future = desk.set_dry_weight("a", "p0", 50_000, TODAY, "")
    call.start(future)
    jobs.detach()
    future.result(5)
    QCoreApplication.processEvents()
    assert listener.heard == []


def test_many_letters_from_many_threads_all_arrive(
    jobs: DeskJobs, listener: Listener, qtbot: QtBot
) -> None:
    ticket = jobs.expect(listener, listener.hear)

    def send(start: int) -> None:
        for i in range(start, start + 500):
            jobs.post(ticket, i)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(0, 2000, 500)))
    qtbot.waitUntil(lambda: len(listener.heard) == 2000)
    assert sorted(str(h) for h in listener.heard) == sorted(str(i) for i in range(2000))
    assert listener.threads == {threading.get_ident()}
