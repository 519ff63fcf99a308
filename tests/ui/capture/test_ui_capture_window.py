"""The capture page in its window: reached from Today and a patient, left only with a word."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.settings import Settings, load_settings
from edema_desk.ui.capture.asking import Topic
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.places import CAPTURE, PATIENT, SETTINGS, TODAY
from tests.ui.fakes.captures import SECOND, WEBCAM, FakeLive
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import made_up_clinic

TODAY_DATE = date(2026, 3, 2)
SESSION = f"p0-{TODAY_DATE}"
COUNTING = CaptureView(Stage.COUNTING, accepted=20, recorded_ms=12_000.0)
Record = Callable[[], FakeLive]


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(made_up_clinic(8, 60, TODAY_DATE), tmp_path)


@pytest.fixture
def app(qapp: QApplication, desk: FakeDesk) -> Iterator[App]:
    made = App(qapp, desk, Settings("en", "light", voice="off"), lambda: TODAY_DATE)
    made.window.show()
    yield made
    made.language.choose("en")
    if desk.captures.lives:
        desk.captures.lives[-1].moment = CaptureView(Stage.ENDED)
    made.close()
    made.deleteLater()


@pytest.fixture
def window(app: App) -> MainWindow:
    return app.window


@pytest.fixture
def record(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> Record:
    """Come from a patient and record."""

    def begin() -> FakeLive:
        window.go_to_patient("p0")
        window.patient.capture_wanted.emit("p0", SESSION, Phase.PRE)
        qtbot.waitUntil(lambda: bool(desk.captures.lives))
        live = desk.captures.lives[-1]
        live.show(COUNTING)
        qtbot.waitUntil(lambda: window.capture.live._view is COUNTING)
        return live

    return begin


def key_of(window: MainWindow) -> str:
    return window._way[-1].key


def test_escape_while_nothing_is_recorded_goes_back_at_once(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.go_to_patient("p0")
    window.go_to_capture("p0", SESSION, Phase.PRE)
    qtbot.waitUntil(lambda: bool(desk.captures.lives))
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert key_of(window) == PATIENT
    assert desk.captures.lives[-1].told == ["discard"]


def test_escape_while_recording_asks_and_a_second_one_stays(
    window: MainWindow, record: Record
) -> None:
    live = record()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert key_of(window) == CAPTURE
    assert window.capture.live.question.topic == Topic.LEAVE
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.capture.live.question.topic == ""
    assert live.told == []


def test_the_way_that_was_wanted_is_gone_once_it_is_free(
    window: MainWindow, record: Record, qtbot: QtBot
) -> None:
    live = record()
    window._on_rail(SETTINGS)
    assert key_of(window) == CAPTURE
    window.capture.live.question.answers["discard"].click()
    live.end(kept=False)
    qtbot.waitUntil(lambda: key_of(window) == SETTINGS)
    window.back()
    assert key_of(window) == SETTINGS  # the rail begins the way anew


def test_a_scan_of_the_next_patient_waits_for_the_recording(
    window: MainWindow, desk: FakeDesk, record: Record, qtbot: QtBot
) -> None:
    live = record()
    window.today.capture_wanted.emit("p1", None, Phase.PRE)
    assert window.capture.patient_id == "p0"
    window.capture.live.question.answers["discard"].click()
    live.end(kept=False)
    qtbot.waitUntil(lambda: window.capture.patient_id == "p1")
    assert key_of(window) == CAPTURE


def test_the_window_is_not_closed_over_a_recording(
    window: MainWindow, record: Record, qtbot: QtBot
) -> None:
    live = record()
    assert not window.close()
    assert window.isVisible()
    window.capture.live.question.answers["discard"].click()
    with qtbot.waitSignal(window.closed):
        live.end(kept=False)


def test_staying_forgets_that_the_window_was_to_be_closed(
    window: MainWindow, record: Record, qtbot: QtBot
) -> None:
    live = record()
    window.close()
    window.capture.live.question.answers["stay"].click()
    window.capture.stranger.click()
    window.capture.live.question.answers["discard"].click()
    live.end(kept=False)
    qtbot.waitUntil(lambda: key_of(window) == PATIENT)
    assert window.isVisible()


def test_the_next_patient_is_on_today_and_nothing_leads_back_into_a_capture(
    window: MainWindow, record: Record, qtbot: QtBot
) -> None:
    live = record()
    live.end()
    qtbot.waitUntil(lambda: window.capture.stack.currentWidget() is window.capture.result)
    window.capture.session_wanted.emit(SESSION)
    window.back()
    assert key_of(window) == PATIENT
    window.capture.done.emit()
    assert key_of(window) == TODAY


def test_sound_and_camera_are_remembered_on_every_page(
    app: App, window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.captures.offered = (WEBCAM, SECOND)
    window.go_to_capture("p0", SESSION, Phase.PRE)
    page = window.capture
    qtbot.waitUntil(lambda: page.setup is not None and SECOND in page.setup.camera_buttons)
    assert window.capture.setup is not None
    window.capture.setup.camera_buttons[SECOND].click()
    window.capture.tools.sound["off"].click()
    window.settings.looks.themes._buttons["dark"].click()  # does not undo what was chosen elsewhere
    app.theme.choose("light")
    app.keeper.close()
    kept = load_settings(desk.profile.settings)
    assert (kept.voice, kept.camera, kept.theme) == ("speak", SECOND.locator, "dark")
    assert kept.camera_name == SECOND.name


def test_the_capture_fits_into_the_smallest_window(window: MainWindow, record: Record) -> None:
    record()
    wanted = window.minimumSizeHint()
    assert wanted.width() <= 1280
    assert wanted.height() <= 720


@pytest.mark.parametrize("height_px", [720, 1080])
def test_the_last_bar_is_in_sight_without_scrolling(
    window: MainWindow, record: Record, qtbot: QtBot, height_px: int
) -> None:
    record()
    window.capture.side.weight.old.hide()  # as where no weight was entered yet
    window.resize(1280, height_px)
    last = window.capture.side.marks.bars["same_light"]
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())


def test_from_a_patient_the_time_of_the_capture_is_asked(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.go_to_patient("p0")
    qtbot.waitUntil(lambda: window.patient.card is not None)
    window.patient.record.click()
    assert key_of(window) == CAPTURE
    page = window.capture
    qtbot.waitUntil(lambda: page.setup is not None and WEBCAM in page.setup.camera_buttons)
    assert page.setup is not None
    assert page.setup.phases.isVisible()
    assert page.title() == "Record"  # neither before nor in between as yet
    assert not desk.captures.lives


def test_what_lacks_today_is_recorded_and_of_another_day_comes_from_a_file(
    window: MainWindow, qtbot: QtBot
) -> None:
    latest = window.patient.latest
    window.go_to_patient("p0")
    qtbot.waitUntil(lambda: latest._entry is not None)
    entry = latest._entry
    assert entry is not None
    latest._entry = replace(entry, capture=None)
    with qtbot.waitSignal(latest.clip_asked):
        latest._on_act()
    latest._entry = replace(entry, capture=None, at=Moment.now())
    with qtbot.waitSignal(latest.capture_asked):
        latest._on_act()
