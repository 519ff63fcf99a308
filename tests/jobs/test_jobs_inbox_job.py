"""The inbox told on the window's thread: often, and yet one word at a time."""

import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from edema_desk.domain.inbox.filing import InboxPlan
from edema_desk.flow.base.progress import Progress
from edema_desk.flow.inbox.desk import InboxStatus
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.inbox_job import InboxJob
from tests.ui.fakes.desk import FakeDesk


class Ear(QObject):
    """Counts, and notes on which thread it hears."""

    def __init__(self, job: InboxJob) -> None:
        super().__init__()
        self.heard = 0
        self.threads: set[QThread] = set()
        job.changed.connect(self.on_changed)

    def on_changed(self) -> None:
        self.heard += 1
        self.threads.add(QThread.currentThread())


def test_many_changes_are_told_once_on_the_windows_thread(
    jobs: DeskJobs, desk: FakeDesk, qtbot: QtBot
) -> None:
    owner = QObject()
    job = InboxJob(jobs, owner)
    ear = Ear(job)
    assert jobs.waiting == 0  # standing by is no waiting

    def chatter() -> None:
        for done in range(1000):
            desk.inbox.say(InboxStatus(InboxPlan(), None, "i", Progress("copy", done, 1000)))

    speaker = threading.Thread(target=chatter)
    speaker.start()
    speaker.join()
    qtbot.waitUntil(lambda: ear.heard > 0)
    QCoreApplication.processEvents()
    assert ear.heard < 10
    assert ear.threads == {QThread.currentThread()}
    assert job.item_id == "i"
    assert job.progress == ("copy", 0.999, None)
    owner.deleteLater()


def test_nothing_is_told_to_who_is_gone(jobs: DeskJobs, desk: FakeDesk, qtbot: QtBot) -> None:
    owner = QObject()
    InboxJob(jobs, owner)
    owner.deleteLater()
    QCoreApplication.processEvents()
    desk.inbox.tell()
    desk.inbox.tell()
    QCoreApplication.processEvents()


def test_the_plan_is_read_from_settings(jobs: DeskJobs, desk: FakeDesk) -> None:
    owner = QObject()
    job = InboxJob(jobs, owner)
    job.watch("/tablet", "delete")
    assert job.plan.folder == Path("/tablet")
    assert job.plan.after == "delete"
    job.watch("", "nonsense")
    assert job.plan == InboxPlan()
    owner.deleteLater()
