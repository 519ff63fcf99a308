"""The test of a camera for a dialog: pictures and progress on the window's thread, then the end."""

import threading
from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.passport_job import PassportJob
from tests.ui.fakes.passports import FakePassports, made_passport

WEBCAM = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Webcam")


@pytest.fixture
def passports(jobs: DeskJobs) -> FakePassports:
    return cast(FakePassports, jobs.desk.passports)


@pytest.fixture
def job(jobs: DeskJobs) -> PassportJob:
    return PassportJob(jobs, jobs)


def test_pictures_progress_and_the_passport(
    job: PassportJob, passports: FakePassports, qtbot: QtBot
) -> None:
    job.start("a1", WEBCAM)
    job.start("a2", WEBCAM)
    assert passports.acts == ["a1"]
    with qtbot.waitSignal(job.progressed) as told, qtbot.waitSignal(job.pictured) as pictured:
        passports.tell("paper", 55.0)
    assert told.args == ["paper", 55.0, 120.0, 65.0]
    picture = pictured.args[0]
    assert isinstance(picture, QImage)
    assert (picture.width(), picture.height()) == (640, 360)
    assert picture.pixelColor(10, 10) == QColor(200, 40, 40)
    made = made_passport()
    with qtbot.waitSignal(job.finished) as done:
        passports.end(made)
    assert done.args == [made]
    assert not job.busy


def test_a_picture_is_shown_though_the_camera_writes_over_it(
    job: PassportJob, passports: FakePassports, qtbot: QtBot
) -> None:
    shown: list[QImage] = []
    threads: list[int] = []

    class Page(QObject):
        def keep(self, image: QImage) -> None:
            shown.append(image)
            threads.append(threading.get_ident())

    page = Page(job)
    job.pictured.connect(page.keep)
    job.start("a1", WEBCAM)
    assert passports.show is not None
    frame = np.full((480, 640, 3), 120, np.uint8)

    def camera(show: Callable[[Image], None]) -> None:
        show(frame)
        frame[:] = 0

    thread = threading.Thread(target=camera, args=(passports.show,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].pixelColor(5, 5) == QColor(120, 120, 120)
    assert threads == [threading.get_ident()]


def test_cancelling_asks_and_waits(
    job: PassportJob, passports: FakePassports, qtbot: QtBot
) -> None:
    job.start("a1", WEBCAM)
    job.cancel()
    assert passports.cancel.asked
    assert job.busy
    with qtbot.waitSignal(job.failed) as failed:
        passports.end(None)
    assert failed.args[0].code is ErrorCode.CANCELLED
    assert not job.busy


def test_a_dialog_that_goes_hears_nothing(
    job: PassportJob, passports: FakePassports, qtbot: QtBot
) -> None:
    job.start("a1", WEBCAM)
    job.abandon()
    assert passports.cancel.asked
    with qtbot.assertNotEmitted(job.finished, wait=50):
        passports.end(made_passport())


def test_failures_and_bugs_are_told_apart(
    job: PassportJob, passports: FakePassports, qtbot: QtBot
) -> None:
    job.start("a1", WEBCAM)
    with qtbot.waitSignal(job.failed) as failed:
        passports.fail(ExpectedError(ErrorCode.CAMERA_BUSY))
    assert failed.args[0].code is ErrorCode.CAMERA_BUSY
    job.start("a2", WEBCAM)
    with qtbot.waitSignal(job.broke):
        passports.fail(KeyError("x"))
    assert not job.busy
