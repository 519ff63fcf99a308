"""What is settled before a capture: the camera, the phase and the session."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase
from edema_desk.ui.capture.page import CapturePage
from tests.ui.capture.capture_kit import COUNTING, SESSION, press, show
from tests.ui.fakes.captures import SECOND, WEBCAM
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import made_up_clinic


def test_without_a_camera_the_clip_file_and_the_weight_remain(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    desk.captures.offered = ()
    page.show_capture("p0", SESSION, Phase.PRE)
    settled()
    assert page.empty.headline.text() == "No camera"
    assert page.side.buttons.second.text() == "Add a clip file"
    assert page.side.weight.isVisible()


def test_among_several_cameras_one_press_chooses_and_it_is_remembered(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None], qtbot: QtBot
) -> None:
    desk.captures.offered = (WEBCAM, SECOND)
    page.show_capture("p0", SESSION, Phase.PRE)
    settled()
    assert not desk.captures.lives
    assert page.setup is not None
    with qtbot.waitSignal(page.camera_chosen) as chosen:
        page.setup.camera_buttons[SECOND].click()
    assert chosen.args == [SECOND]
    assert desk.captures.lives[-1].order.camera == SECOND
    page.close_camera()
    desk.captures.lives[-1].end(kept=False)
    page.show_capture("p0", SESSION, Phase.PRE)
    qtbot.waitUntil(lambda: len(desk.captures.lives) == 2)  # without a question


def test_a_usual_camera_that_is_not_there_is_never_replaced_silently(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    page.usual_camera = SECOND
    page.show_capture("p0", SESSION, Phase.PRE)
    settled()
    assert not desk.captures.lives
    assert page.stack.currentWidget() is page.setup


def test_a_network_camera_is_taken_though_it_cannot_be_found(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None], qtbot: QtBot
) -> None:
    page.usual_camera = CameraAddress(CameraKind.NETWORK, "rtsp://user:pw@camera/1")
    desk.captures.offered = ()
    page.show_capture("p0", SESSION, Phase.PRE)
    qtbot.waitUntil(lambda: bool(desk.captures.lives))
    assert desk.captures.lives[-1].order.camera == page.usual_camera


def test_made_up_pictures_are_never_offered_for_patients_of_the_clinic(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    desk.clinic = made_up_clinic(2, 5, date(2026, 3, 2), CLINIC_ORIGIN)
    page.usual_camera = CameraAddress(CameraKind.SYNTHETIC, "7")
    desk.captures.offered = ()
    page.show_capture("p0", None, Phase.PRE)
    settled()
    assert page.empty.headline.text() == "No camera"


def test_in_between_asks_what_was_before(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    page.show_capture("p0", None, None)
    settled()
    assert page.setup is not None
    page.setup.phases._buttons[Phase.SPOT].click()
    page.setup.event_choice.chips._buttons["meal"].click()
    page.setup.begin.click()
    order = desk.captures.lives[-1].order
    assert (order.phase, order.session_id, order.event) == (Phase.SPOT, None, "meal")
    assert not page.side.weight.isVisible()
    assert page.title() == "In between"


def test_enter_opens_the_camera_once_all_is_said(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    page.show_capture("p0", None, None)
    settled()
    assert page.setup is not None
    page.setFocus()
    press(page, Qt.Key.Key_Return)
    assert not desk.captures.lives  # before, after or in between is not said yet
    page.setup.phases._buttons[Phase.PRE].setFocus()
    page.setup.phases._buttons[Phase.SPOT].click()
    press(page, Qt.Key.Key_Return)
    assert desk.captures.lives[-1].order.phase is Phase.SPOT


def test_a_doubtful_session_is_asked(
    page: CapturePage, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    page.show_capture("p3", None, Phase.POST)  # nobody of the clinic is open today by the clock
    settled()
    assert not desk.captures.lives
    assert page.setup is not None
    assert page.setup.session.asking
    assert not page.setup.begin.isEnabled()
    page.setup.session._chips._buttons["new"].click()
    page.setup.begin.click()
    assert desk.captures.lives[-1].order.session_id is None


def test_a_weight_that_opened_the_session_first_is_followed(
    page: CapturePage, desk: FakeDesk, qtbot: QtBot
) -> None:
    """Two sessions of one treatment would part its weight from its face."""
    page.show_capture("p0", None, Phase.PRE)
    qtbot.waitUntil(lambda: bool(desk.captures.lives))
    first = desk.captures.lives[-1]
    assert first.order.session_id is None
    show(first, CaptureView(Stage.SEARCHING), page, qtbot)
    page.side.weight.saved.emit(SESSION)
    assert first.told == [f"use_session {SESSION}"]
    assert len(desk.captures.lives) == 1  # the camera stays open


def test_a_session_that_the_recording_opened_is_told_to_the_weight(
    page: CapturePage, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(page.side.weight, "use_session", told.append)
    page.show_capture("p0", None, Phase.PRE)
    qtbot.waitUntil(lambda: bool(desk.captures.lives))
    live = desk.captures.lives[-1]
    live.begun_session = SESSION
    show(live, COUNTING, page, qtbot)
    show(live, CaptureView(Stage.LOST, recorded_ms=42_000.0), page, qtbot)
    assert told == [SESSION]
