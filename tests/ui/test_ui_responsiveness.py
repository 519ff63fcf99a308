"""The window never stands still for more than 100 ms."""

import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.terms.records import Phase
from edema_desk.settings import Settings
from edema_desk.ui.places import PATIENT, PATIENTS, TODAY, Place
from edema_desk.ui.sheets.add_clip_dialog import AddClipDialog
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY as TODAY_DATE
from tests.ui.made_up_clinic import Clinic, made_up_clinic

LONGEST_GAP_S = 0.1
BEAT_MS = 5


SCHEDULE = Path("/proc/thread-self/schedstat")
"""Where Linux tells how long a thread was ready to run and had no processor."""


class Heart(QObject):
    """Beats in the window's event loop and notes the pauses between beats.

    `worked_s` is processor time of the window's thread in each pause. `stood_s` is the time that
    passed, less what the thread waited for a processor that other programs had (on Linux).
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)
        self._schedule: int | None = None
        self._last = (0.0, 0.0, 0.0)
        self.worked_s: list[float] = []
        self.stood_s: list[float] = []

    def start(self) -> None:
        if SCHEDULE.exists():
            self._schedule = os.open(SCHEDULE, os.O_RDONLY)
        self._last = self._clocks()
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        self.beat()
        self._timer.stop()
        if self._schedule is not None:
            os.close(self._schedule)

    def beat(self) -> None:
        now = self._clocks()
        worked_s, passed_s, waited_s = (a - b for a, b in zip(now, self._last, strict=True))
        self.worked_s.append(worked_s)
        self.stood_s.append(passed_s - waited_s)
        self._last = now

    def _clocks(self) -> tuple[float, float, float]:
        waited_s = 0.0
        if self._schedule is not None:
            waited_s = int(os.pread(self._schedule, 100, 0).split()[1]) / 1e9
        return time.thread_time(), time.monotonic(), waited_s


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
    for _ in range(6):  # a busy machine may hold up a round; a fault of ours shows in each
        hearts.append(use_the_window(app, desk, clip, qtbot))
        if max(hearts[-1].stood_s) < LONGEST_GAP_S:
            break
    app.close()
    app.deleteLater()
    assert len(hearts[-1].stood_s) > 50
    assert min(max(h.worked_s) for h in hearts) < LONGEST_GAP_S
    assert min(max(h.stood_s) for h in hearts) < LONGEST_GAP_S


def test_the_heart_notices_a_window_that_waits(qapp: QApplication, qtbot: QtBot) -> None:
    heart = Heart()
    heart.start()
    qtbot.wait(20)
    time.sleep(0.15)  # as a page would that waits for an answer
    qtbot.wait(20)
    heart.stop()
    assert max(heart.stood_s) > LONGEST_GAP_S
    assert max(heart.worked_s) < LONGEST_GAP_S
