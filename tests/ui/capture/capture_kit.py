"""The capture page on a screen, and captures of p0's open session."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.view import CaptureView, Instruction, Stage
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.capture.page import CapturePage
from edema_desk.ui.parts.theme import Theme
from tests.ui.fakes.captures import FakeLive
from tests.ui.fakes.desk import FakeDesk

SESSION = "p0-2026-03-02"
COUNTING = CaptureView(Stage.COUNTING, Instruction.HOLD_STILL, accepted=62, recorded_ms=41_000.0)
Begin = Callable[..., FakeLive]


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot) -> CapturePage:
    made = CapturePage(jobs, theme, "off")
    qtbot.addWidget(made)
    made.resize(1300, 760)
    made.show()
    return made


@pytest.fixture
def begin(page: CapturePage, desk: FakeDesk, qtbot: QtBot) -> Begin:
    """Begin a capture of p0's open session and show it a moment."""

    def make(view: CaptureView | None = None) -> FakeLive:
        count = len(desk.captures.lives)
        page.show_capture("p0", SESSION, Phase.PRE)
        qtbot.waitUntil(lambda: len(desk.captures.lives) > count)
        live = desk.captures.lives[-1]
        if view is not None:
            show(live, view, page, qtbot)
        return live

    return make


def show(live: FakeLive, view: CaptureView, page: CapturePage, qtbot: QtBot) -> None:
    live.show(view)
    qtbot.waitUntil(lambda: page.live._view is view)


def press(page: CapturePage, key: Qt.Key) -> None:
    QTest.keyClick(page, key)
