"""Fixtures of all tests with a window: no screen, and nothing a test makes outlives it."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.paths import resources_dir
from edema_desk.ui.parts.theme import Theme
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import made_up_clinic

TODAY = date(2026, 3, 2)
"""The Monday on which the made-up clinic stands."""


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The light dress, in English."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return Theme(qapp, resources_dir(), "light")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FakeDesk]:
    """A desk over eight made-up people."""
    made = FakeDesk(made_up_clinic(8, 60, TODAY), tmp_path)
    yield made
    made.close()


@pytest.fixture
def jobs(qapp: QApplication, desk: FakeDesk) -> Iterator[DeskJobs]:
    """The way to the fake desk."""
    made = DeskJobs(desk)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def settled(jobs: DeskJobs, qtbot: QtBot) -> Callable[[], None]:
    """Wait until every answer has come."""

    def wait() -> None:
        qtbot.waitUntil(lambda: jobs.waiting == 0, timeout=20_000)

    return wait


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Destroy what was closed, and fail on windows, timers and threads that are left."""
    threads = set(threading.enumerate())
    before = QApplication.topLevelWidgets()
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    alive_now = QApplication.topLevelWidgets()
    widgets = [w for w in alive_now if w.parent() is None and w not in before]
    assert not widgets, f"widgets left over: {widgets}"
    held = Shiboken.getAllValidWrappers()
    running = [t for t in held if isinstance(t, QTimer) and t.isActive()]
    assert not running, f"timers left running: {running}"
    working = [t for t in held if isinstance(t, QThread) and t.isRunning()]
    assert not working, f"threads left running: {working}"
    alive = {t for t in threading.enumerate() if t.is_alive()} - threads
    assert not alive, f"threads left running: {alive}"
