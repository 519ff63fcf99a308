"""A window over a made-up clinic to be locked and unlocked, and captures before its camera."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from edema_desk.app import App
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.records import Phase
from edema_desk.settings import Settings
from tests.ui.fakes.captures import WEBCAM, FakeLive
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fakes.signs import NURSE, PASSWORD
from tests.ui.fixtures import TODAY as TODAY_DATE
from tests.ui.made_up_clinic import Clinic, made_up_clinic

SESSION = f"p0-{TODAY_DATE - timedelta(days=3)}"
RECORDING = CaptureView(Stage.COUNTING, recorded_ms=21_000)
Made = Callable[[Clinic], App]


@pytest.fixture
def make(qapp: QApplication, tmp_path: Path) -> Iterator[Made]:
    made: list[App] = []

    def opened(clinic: Clinic) -> App:
        desk = FakeDesk(clinic, tmp_path)
        desk.sitting.take(NURSE)
        app = App(qapp, desk, Settings("en", "light"), lambda: TODAY_DATE)
        app.window.show()
        made.append(app)
        return app

    yield opened
    for app in made:
        app.language.choose("en")
        app.theme.choose("light")
        app.close()
        app.deleteLater()


@pytest.fixture
def app(make: Made, qtbot: QtBot) -> App:
    app = make(made_up_clinic(8, 60, TODAY_DATE))
    qtbot.waitUntil(lambda: app.jobs.waiting == 0, timeout=20_000)
    return app


def fake(app: App) -> FakeDesk:
    assert isinstance(app.jobs.desk, FakeDesk)
    return app.jobs.desk


def unlock(app: App, qtbot: QtBot, password: str = PASSWORD, login: str = "") -> None:
    guard, form = app.window.guard, app.window.guard.cover.form
    if login:
        form.login_edit.setText(login)
    form.password_edit.setText(password)
    form.press()

    def answered() -> bool:
        return not isValid(guard) or not guard.locked or form.act.isEnabled()

    qtbot.waitUntil(answered, timeout=20_000)


def seat_left(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: app.jobs.desk.sitting.locked, timeout=20_000)


def capturing(app: App, qtbot: QtBot) -> FakeLive:
    """A capture before the camera."""
    captures = fake(app).captures
    captures.offered = (WEBCAM,)
    app.window.go_to_capture("p0", SESSION, Phase.PRE)
    qtbot.waitUntil(lambda: bool(captures.lives), timeout=20_000)
    return captures.lives[-1]


def recording(app: App, qtbot: QtBot, view: CaptureView = RECORDING) -> FakeLive:
    """A capture of which something would be lost."""
    live = capturing(app, qtbot)
    live.show(view)
    qtbot.waitUntil(lambda: app.window.capture.job.at_stake, timeout=20_000)
    return live
