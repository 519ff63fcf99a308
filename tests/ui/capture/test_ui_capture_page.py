"""The capture page: from its first moment to the estimate, and every trouble in place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.view import (
    CaptureView,
    Instruction,
    LightChange,
    LightNote,
    PictureMarks,
    Stage,
    Trouble,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, StoredEstimate
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.capture.acts import Act
from edema_desk.ui.capture.page import CapturePage
from tests.ui.capture.capture_kit import COUNTING, SESSION, Begin, press, show
from tests.ui.fakes.captures import WEBCAM, FakeLive
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import MODEL


def test_a_capture_begins_by_itself_where_nothing_is_doubtful(
    page: CapturePage, begin: Begin, desk: FakeDesk
) -> None:
    live = begin()
    order = live.order
    assert (order.patient_id, order.session_id, order.phase) == ("p0", SESSION, Phase.PRE)
    assert order.camera == WEBCAM
    assert page.stack.currentWidget() is page.live
    assert desk.captures.ready_asked == 1
    assert page.title() == "Before dialysis"
    assert page.subtitle() == "Session of 2 March 2026"


def test_what_a_moment_tells_is_on_the_screen(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    note = LightNote(LightChange.DARKER, date(2026, 2, 2), True)
    marks = PictureMarks(0.9, 0.2, 0.5, None, 0.5)
    begin(CaptureView(Stage.SEARCHING, Instruction.COME_CLOSER, marks=marks, light_note=note))
    assert page.live.plate.text() == "Come closer"
    assert "Darker than on 2 Feb 2026. Still usable." in page.live.light.text.text()
    assert page.live.light.isVisible()  # said before anything is recorded
    bars = page.side.marks.bars
    assert bars["face_size"].accessibleName() == "Face size: good"
    assert bars["facing"].accessibleName() == "Facing the camera: poor"
    assert bars["light"].accessibleName() == "Light: fair"
    assert bars["sharpness"].accessibleName() == "Sharpness: not known yet"
    assert not page.live.pill.isVisible()
    assert page.side.buttons.first.text() == "Start now"


def test_a_recording_is_paused_resumed_and_finished_by_buttons(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(COUNTING)
    assert page.live.pill.words.text() == "Recording 0:41 · 62 of 100 frames"
    assert not page.live.light.isVisible()
    page.side.buttons.second.click()
    paused = CaptureView(Stage.PAUSED, accepted=62, recorded_ms=41_000.0)
    show(live, paused, page, qtbot)
    assert page.live.plate.text() == "Paused"
    page.side.buttons.second.click()
    page.side.buttons.first.click()
    assert live.told == ["pause", "resume", "finish"]


def test_keys_start_pause_and_finish(page: CapturePage, begin: Begin, qtbot: QtBot) -> None:
    live = begin(CaptureView(Stage.SEARCHING))
    press(page, Qt.Key.Key_Space)
    show(live, COUNTING, page, qtbot)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_PageDown)
    assert live.told == ["start_now", "pause", "finish", "finish"]


def test_f5_of_a_clicker_is_claimed_before_the_window_takes_it(
    page: CapturePage, begin: Begin
) -> None:
    begin(COUNTING)
    claim = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    claim.ignore()
    assert page.event(claim)
    assert claim.isAccepted()


def test_keys_typed_into_the_weight_steer_nothing(page: CapturePage, begin: Begin) -> None:
    live = begin(COUNTING)
    page.side.weight.weight_edit.setFocus()
    QTest.keyClick(page.side.weight.weight_edit, Qt.Key.Key_Space)
    QTest.keyClick(page.side.weight.weight_edit, Qt.Key.Key_Return)
    assert live.told == []
    QTest.keyClick(page.side.weight.weight_edit, Qt.Key.Key_PageDown)  # a clicker is no typing
    assert live.told == ["finish"]


def test_enter_in_the_weight_enters_it_and_records_on(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(COUNTING)
    entry = page.side.weight
    qtbot.waitUntil(lambda: entry.save_button.isEnabled())
    QTest.keyClicks(entry.weight_edit, "68.2")
    entry.reason_edit.setText("Read wrongly")
    entry.weight_edit.setFocus()
    with qtbot.waitSignal(entry.saved):
        QTest.keyClick(entry.weight_edit, Qt.Key.Key_Return)
    assert live.told == []


def keep_estimate(desk: FakeDesk, live: FakeLive) -> None:
    """As the desk does: capture and estimate stand in the patient's course."""
    made = live.end()
    assert made is not None
    desk.clinic.captures["p0"].append(made)
    desk.clinic.estimates[made.capture_id] = StoredEstimate(
        "e", made.capture_id, MODEL, Moment.now(), excess_kg=2.3, spread_kg=0.4, refusal=None
    )


def test_the_end_shows_estimate_scale_and_dry_weight_and_leads_on(
    page: CapturePage, begin: Begin, desk: FakeDesk, qtbot: QtBot
) -> None:
    held = desk.clinic.captures["p0"]
    held[:] = [c for c in held if c.session_id != SESSION]
    live = begin(COUNTING)
    keep_estimate(desk, live)
    qtbot.waitUntil(lambda: page.result.result.estimate.isVisible())
    assert page.stack.currentWidget() is page.result
    assert page.result.result.estimate.value.text() == "+2.3"
    assert page.result.result.scale.isVisible()
    assert page.result.dry.value.text() != "–"
    assert "Research use" in page.result.result._research.text()
    assert page.side.buttons.first.text() == "Next patient"
    with qtbot.assertNotEmitted(page.done):
        press(page, Qt.Key.Key_Return)  # meant for the recording: the result is seen first
    with qtbot.waitSignal(page.done):
        page.side.buttons.first.click()


def test_a_recording_that_was_cut_short_says_so(
    page: CapturePage, begin: Begin, desk: FakeDesk, settled: Callable[[], None]
) -> None:
    live = begin(COUNTING)
    made = live.end()
    settled()
    assert made is not None
    assert page._card is not None
    assert not page.result.cut.isVisible()
    page.result.show_capture(replace(made, whole=False), page._card)
    assert "cut short" in page.result.cut.text.text()


def test_a_weight_that_was_typed_is_entered_before_the_next_patient(
    page: CapturePage, begin: Begin, desk: FakeDesk, qtbot: QtBot
) -> None:
    live = begin(COUNTING)
    live.end()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.result)
    page.side.weight.weight_edit.setText("300")
    with qtbot.assertNotEmitted(page.done):
        page.do(Act.NEXT_PATIENT)


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_trouble_is_one_sentence_and_something_to_do(
    page: CapturePage, begin: Begin, trouble: Trouble
) -> None:
    begin(CaptureView(Stage.TROUBLE, accepted=5, recorded_ms=9000.0, trouble=trouble))
    assert page.live.trouble.isVisible()
    assert page.live.trouble.text.text().count(".") >= 2
    assert page.side.buttons.first.isVisible()


def test_after_camera_trouble_a_new_take_is_one_press(page: CapturePage, begin: Begin) -> None:
    live = begin(CaptureView(Stage.TROUBLE, recorded_ms=9000.0, trouble=Trouble.CAMERA_GONE))
    press(page, Qt.Key.Key_PageDown)
    assert live.told == ["again"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ErrorCode.CAMERA_BUSY, "Another program is using the camera"),
        (ErrorCode.CAMERA_REFUSED, "did not answer"),
        (ErrorCode.DISK_FULL, "Make room on the disk"),
    ],
)
def test_why_there_is_no_capture_is_said_in_place(
    page: CapturePage, begin: Begin, qtbot: QtBot, code: ErrorCode, words: str
) -> None:
    live = begin()
    live.end(ExpectedError(code))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert words in page.empty.text.text()
    assert page.side.buttons.first.text() == "Try again"
    with qtbot.waitSignal(page.clip_wanted) as wished:
        page.side.buttons.second.click()
    assert wished.args == ["p0", SESSION, Phase.PRE]


def test_the_picture_is_a_mirror(page: CapturePage, begin: Begin, qtbot: QtBot) -> None:
    live = begin()
    pixels = np.zeros((540, 960, 3), np.uint8)
    pixels[:, :480] = (250, 0, 0)  # what the camera sees at its left
    live.picture = pixels
    show(live, CaptureView(Stage.SEARCHING), page, qtbot)
    seen = page.live.preview.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    middle = seen.height() // 2
    assert seen.pixelColor(seen.width() - 8, middle).red() > 200
    assert seen.pixelColor(8, middle).red() < 60


def test_the_last_picture_is_dark_while_the_camera_opens_again(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin()
    live.picture = np.full((90, 160, 3), 255, np.uint8)
    seen = {}
    for stage in (Stage.COUNTING, Stage.OPENING):
        show(live, CaptureView(stage), page, qtbot)
        picture = page.live.preview.grab().toImage()
        seen[stage] = picture.pixelColor(30, picture.height() // 2).lightness()
    assert seen[Stage.COUNTING] > 240
    assert seen[Stage.OPENING] < 200


def test_made_up_pictures_are_marked(page: CapturePage, begin: Begin) -> None:
    begin(CaptureView(Stage.COUNTING, recorded_ms=5.0, made_up=True))
    assert page.live.made_up.isVisible()


def test_large_targets_for_gloves(page: CapturePage, begin: Begin) -> None:
    begin(COUNTING)
    for one in (page.side.buttons.first, page.side.buttons.second):
        assert one.height() >= 64
    assert page.side.buttons.third.height() >= 44
    assert page.stranger.height() >= 44
