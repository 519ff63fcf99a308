"""Backups and restoring as a window sees them: told on its thread, one thing at a time."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from edema_desk.domain.keeping.backup import BackupProgress
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import Pace, back_up
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.jobs.restore_job import RestoreJob
from edema_desk.paths import Profile
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import enter_here
from tests.store.store_samples import some_patient


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "clinic")
    with open_store(made) as store:
        some_patient(store)
    door = DatabaseThread(made)
    back_up(enter_here(made), door, BackupFolder(made.backups), known_folder=False, pace=Pace())
    door.close()
    return made


@pytest.fixture
def job(profile: Profile, qtbot: QtBot) -> Iterator[RestoreJob]:
    owner = QObject()
    made = RestoreJob(profile, owner)
    yield made
    made.close()


def test_it_looks_restores_and_tells_how_far_it_is(job: RestoreJob, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.offered, timeout=20_000) as found:
        job.look(job.folder)
    assert len(found.args[0]) == 1
    told: list[BackupProgress] = []
    job.progressed.connect(told.append)
    with qtbot.waitSignal(job.restored, timeout=20_000) as restored:
        job.start(job.folder, found.args[0][0], "", "", "")
    assert restored.args[0].generation == found.args[0][0]
    assert told[-1].share == 1.0


def test_a_folder_without_backups_fails_in_words(
    job: RestoreJob, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(job.failed, timeout=20_000) as failed:
        job.look(tmp_path / "nothing")
    error = failed.args[0]
    assert isinstance(error, ExpectedError)
    assert error.code is ErrorCode.BACKUP_NONE


def test_cancelled_it_says_so_and_can_be_begun_again(
    job: RestoreJob, profile: Profile, qtbot: QtBot
) -> None:
    began = threading.Event()

    def wait(*arguments: object, **named: object) -> None:
        pace = arguments[4]
        assert isinstance(pace, Pace)
        began.set()
        while True:
            pace.ease()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("edema_desk.jobs.restore_job.restore", wait)
        with qtbot.waitSignal(job.failed, timeout=20_000) as failed:
            job.start(job.folder, None, "", "", "")
            assert began.wait(20)
            job.cancel()
    assert failed.args[0].code is ErrorCode.CANCELLED
    with qtbot.waitSignal(job.restored, timeout=20_000):
        job.start(job.folder, None, "", "", "")


def test_a_bug_is_no_failure(
    job: RestoreJob, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: Path) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("edema_desk.jobs.restore_job.offered", broken)
    with qtbot.waitSignal(job.broke, timeout=20_000) as broke:
        job.look(job.folder)
    assert isinstance(broke.args[0], RuntimeError)
