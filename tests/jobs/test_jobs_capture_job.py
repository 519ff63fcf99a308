"""A capture for the window: coalesced, ended in each way, and never two at once."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.capture_job import CaptureJob
from edema_desk.jobs.desk_jobs import DeskJobs
from tests.ui.fakes.captures import FakeLive, spot_order
from tests.ui.fakes.desk import FakeDesk

Started = Callable[[], tuple[CaptureJob, FakeLive]]


@pytest.fixture
def owner(jobs: DeskJobs) -> QObject:
    return QObject(jobs)


@pytest.fixture
def job(jobs: DeskJobs, owner: QObject) -> CaptureJob:
    return CaptureJob(jobs, owner)


@pytest.fixture
def started(job: CaptureJob, desk: FakeDesk) -> Started:
    def start() -> tuple[CaptureJob, FakeLive]:
        job.start(spot_order(f"a{len(desk.captures.lives)}"))
        return job, desk.captures.lives[-1]

    return start


def test_many_changes_of_many_threads_are_few_letters_and_the_last_is_shown(
    started: Started, desk: FakeDesk, qtbot: QtBot
) -> None:
    job, live = started()
    shown: list[float] = []
    job.shown.connect(lambda: shown.append(job.view.recorded_ms))

    def change(first: int) -> None:
        for step in range(500):
            live.show(CaptureView(Stage.COUNTING, recorded_ms=first + step))

    threads = [threading.Thread(target=change, args=(k * 1000,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    live.show(CaptureView(Stage.COUNTING, recorded_ms=99_999.0))
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == 99_999.0)
    assert len(shown) <= 4  # 2001 changes while the window did something else
    job.abandon()


def test_a_change_that_comes_while_the_window_rests_is_shown_after_it(
    started: Started, qtbot: QtBot
) -> None:
    """No news is lost between two pictures, though the second comes too early to be shown."""
    job, live = started()
    for step in (1.0, 2.0, 3.0):
        live.show(CaptureView(Stage.COUNTING, recorded_ms=step))
        qtbot.wait(2)
    seen: list[float] = []
    job.shown.connect(lambda: seen.append(job.view.recorded_ms))
    qtbot.waitUntil(lambda: seen == [3.0])
    job.abandon()


@pytest.mark.parametrize(
    ("end", "signal"),
    [
        (lambda live: live.end(), "finished"),
        (lambda live: live.end(kept=False), "discarded"),
        (lambda live: live.end(ExpectedError(ErrorCode.CAMERA_MISSING)), "failed"),
        (lambda live: live.end(RuntimeError()), "broke"),
    ],
    ids=["finished", "discarded", "failed", "broke"],
)
def test_each_end_is_told_once(
    started: Started,
    jobs: DeskJobs,
    qtbot: QtBot,
    end: Callable[[FakeLive], None],
    signal: str,
) -> None:
    job, live = started()
    spies = {n: QSignalSpy(getattr(job, n)) for n in ("finished", "discarded", "failed", "broke")}
    end(live)
    qtbot.waitUntil(lambda: not job.busy)
    assert {name: spy.count() for name, spy in spies.items()} == {
        name: int(name == signal) for name in spies
    }
    assert jobs.waiting == 0


def test_the_next_capture_waits_until_the_one_before_let_go_of_its_camera(
    started: Started, job: CaptureJob, desk: FakeDesk, qtbot: QtBot
) -> None:
    _, first = started()
    job.discard()
    job.abandon()
    discarded = QSignalSpy(job.discarded)
    job.start(spot_order("second"))
    assert desk.captures.lives == [first]  # else it would be refused as running
    assert job.view.stage is Stage.OPENING
    first.end(kept=False)
    qtbot.waitUntil(lambda: len(desk.captures.lives) == 2)
    assert desk.captures.lives[-1].order.act_id == "second"
    assert discarded.count() == 0  # the end of the first is nobody's any more
    assert job.busy
    job.abandon()


def test_one_that_still_waits_for_the_one_before_can_be_discarded(
    started: Started, job: CaptureJob, desk: FakeDesk, jobs: DeskJobs, qtbot: QtBot
) -> None:
    _, first = started()
    job.discard()
    job.abandon()
    discarded = QSignalSpy(job.discarded)
    job.start(spot_order("second"))
    job.discard()
    qtbot.waitUntil(lambda: discarded.count() == 1)
    assert not job.busy
    first.end(kept=False)
    qtbot.wait(20)
    assert desk.captures.lives == [first]
    assert jobs.waiting == 0


def test_what_keeps_a_capture_from_beginning_is_a_failure(
    job: CaptureJob, desk: FakeDesk, jobs: DeskJobs
) -> None:
    desk.captures.begin(spot_order("of another program"), lambda: None)
    failed: list[ExpectedError] = []
    job.failed.connect(failed.append)
    job.start(spot_order())
    assert [e.code for e in failed] == [ErrorCode.CAPTURE_RUNNING]
    assert not job.busy
    assert jobs.waiting == 0


def test_the_picture_is_a_copy_and_the_same_until_there_is_a_newer_one(started: Started) -> None:
    job, live = started()
    pixels = np.zeros((4, 6, 3), np.uint8)
    pixels[0, 0] = (200, 10, 20)
    live.picture = pixels
    first = job.picture()
    assert first is not None
    assert (first.width(), first.height()) == (6, 4)
    pixels[:] = 255  # the camera's buffer is used again
    color = first.pixelColor(0, 0)
    assert (color.red(), color.green(), color.blue()) == (200, 10, 20)
    assert job.picture() is first
    live.picture = np.ascontiguousarray(pixels[:, ::2])
    second = job.picture()
    assert second is not None
    assert second.width() == 3
    live.picture = pixels[:, 1:4]  # a part of a larger buffer: its rows lie apart
    third = job.picture()
    assert third is not None
    assert third.pixelColor(2, 3).red() == 255
    job.abandon()


def test_commands_reach_the_capture_in_order_and_without_one_do_nothing(
    started: Started, job: CaptureJob
) -> None:
    for command in (job.start_now, job.pause, job.resume, job.finish, job.discard, job.again):
        command()
    assert job.picture() is None
    _, live = started()
    job.start_now()
    job.pause()
    job.resume()
    job.answer(same=True)
    job.again()
    job.finish()
    assert live.told == ["start_now", "pause", "resume", "answer", "again", "finish"]
    job.abandon()


@pytest.mark.parametrize(
    ("stage", "recorded_ms", "at_stake"),
    [
        (Stage.SEARCHING, 0.0, False),
        (Stage.COUNTING, 500.0, True),
        (Stage.PAUSED, 500.0, True),
        (Stage.TROUBLE, 500.0, True),
        (Stage.FINISHING, 500.0, False),
    ],
)
def test_only_what_is_recorded_and_not_kept_yet_is_at_stake(
    started: Started, stage: Stage, recorded_ms: float, at_stake: bool
) -> None:
    job, live = started()
    live.show(CaptureView(stage, recorded_ms=recorded_ms))
    assert job.at_stake is at_stake
    job.abandon()
    assert not job.at_stake
