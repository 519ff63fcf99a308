"""The window never stands still for more than 100 ms."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.records import Phase
from edema_desk.settings import Settings
from edema_desk.ui.add_clip_dialog import AddClipDialog
from edema_desk.ui.main_window import PATIENT, PATIENTS, TODAY, Place
from tests.ui.fake_desk import FakeDesk
from tests.ui.fixtures import TODAY as TODAY_DATE
from tests.ui.made_up_clinic import Clinic, made_up_clinic

LONGEST_GAP_S = 0.1
BEAT_MS = 5


class Heart(QObject):
    """Beats in the window's event loop and notes the pauses between beats.

    Two clocks: `worked_s` is processor time of the window's thread, which nothing outside can
    lengthen; `passed_s` is the clock on the wall, which a busy machine lengthens too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)
        self._last = (0.0, 0.0)
        self.worked_s: list[float] = []
        self.passed_s: list[float] = []

    def start(self) -> None:
        self._last = (time.thread_time(), time.monotonic())
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        self.beat()
        self._timer.stop()

    def beat(self) -> None:
        now = (time.thread_time(), time.monotonic())
        self.worked_s.append(now[0] - self._last[0])
        self.passed_s.append(now[1] - self._last[1])
        self._last = now


@pytest.fixture(scope="module")
def large_clinic() -> Clinic:
    """200 people with three months of sessions."""
    return made_up_clinic(200, 90, TODAY_DATE)


def use_the_window(app: App, desk: FakeDesk, clip: Path, qtbot: QtBot) -> Heart:
    """A clip is taken in slowly while someone searches and walks through the pages."""
    window = app.window
    desk.faults.clip_steps, desk.faults.clip_step_s = 80, 0.01
    heart = Heart()
    heart.start()
    window.source.refresh()
    window.dialogs.ask_clip("p0", f"p0-{TODAY_DATE}", Phase.POST)
    sheet = window.dialogs.open_sheet
    assert isinstance(sheet, AddClipDialog)
    sheet.drop.take(clip)
    qtbot.waitUntil(lambda: sheet.save_button.isEnabled(), timeout=20_000)
    sheet.save()
    for query in ("t", "た", "1", ""):
        window.today._search.setText(query)
        qtbot.wait(150)
        window.source.refresh()
    for place in (Place(PATIENTS), Place(PATIENT, "p7"), Place(TODAY)):
        window.go(place)
        qtbot.wait(60)
    qtbot.waitUntil(lambda: sheet.outcome.isVisible(), timeout=20_000)
    heart.stop()
    sheet.accept()
    return heart


def test_200_patients_and_a_slow_clip(
    qapp: QApplication, large_clinic: Clinic, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = FakeDesk(large_clinic, tmp_path)
    app = App(qapp, desk, Settings("en", "light"), lambda: TODAY_DATE)
    app.window.show()
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"x")
    hearts = []
    for _ in range(3):  # a busy machine may hold up one or two rounds
        hearts.append(use_the_window(app, desk, clip, qtbot))
        if max(hearts[-1].passed_s) < LONGEST_GAP_S:
            break
    app.close()
    app.deleteLater()
    assert len(hearts[-1].passed_s) > 50
    assert max(max(h.worked_s) for h in hearts) < LONGEST_GAP_S
    assert min(max(h.passed_s) for h in hearts) < LONGEST_GAP_S
