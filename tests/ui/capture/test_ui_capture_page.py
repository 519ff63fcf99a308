"""The capture page: from Today to the estimate, every trouble in place, nothing lost by a press."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.view import (
    CaptureView,
    Instruction,
    LightChange,
    LightNote,
    PictureMarks,
    Stage,
    Trouble,
)
from edema_desk.domain.terms.identity import Verdict
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase, StoredEstimate
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.capture.acts import Act
from edema_desk.ui.capture.asking import Topic
from edema_desk.ui.capture.page import CapturePage
from edema_desk.ui.parts.theme import Theme
from tests.ui.fakes.captures import SECOND, WEBCAM, FakeLive
from tests.ui.fakes.desk import FakeDesk
from tests.ui.made_up_clinic import MODEL, made_up_clinic

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


def test_another_face_is_asked_about_while_the_recording_goes_on(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    asked = CaptureView(Stage.COUNTING, accepted=9, recorded_ms=5000.0, question=Verdict.OTHER)
    live = begin(asked)
    question = page.live.question
    assert question.isVisible()
    assert "does not look like" in question.text.text()
    assert page.side.buttons.first.isVisible()  # nothing is blocked
    question.answers["same"].click()
    assert live.answered_same is True
    show(live, COUNTING, page, qtbot)
    assert not question.isVisible()


def test_not_this_patient_stops_and_keeps_nothing_unless_it_is(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(CaptureView(Stage.COUNTING, recorded_ms=5000.0, question=Verdict.UNSURE))
    page.live.question.answers["stop"].click()
    assert live.told == ["pause"]
    assert page.live.question.topic == Topic.STRANGER
    page.live.question.answers["stay"].click()
    assert live.told == ["pause", "answer", "resume"]
    page.stranger.click()
    page.live.question.answers["discard"].click()
    assert live.told[-1] == "discard"
    with qtbot.waitSignal(page.leave_wanted), qtbot.assertNotEmitted(page.left):
        live.end(kept=False)


def test_not_this_patient_before_anything_is_recorded_goes_back_at_once(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(CaptureView(Stage.SEARCHING))
    with qtbot.waitSignal(page.done):
        page.stranger.click()
    assert live.told == ["discard"]


def test_a_recording_is_thrown_away_only_after_a_question(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(COUNTING)
    page.side.buttons.third.click()
    assert live.told == []
    assert page.live.question.headline.text() == "Discard the recording of 0:41?"
    page.live.question.answers["stay"].click()
    page.side.buttons.third.click()
    page.live.question.answers["discard"].click()
    live.end(kept=False)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert page.empty.headline.text() == "The recording was discarded"
    page.side.buttons.first.click()  # record again
    qtbot.waitUntil(lambda: page.job.busy)


def test_leaving_while_it_records_is_asked_and_tells_when_it_may(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(COUNTING)
    assert not page.let_go()
    assert page.live.question.topic == Topic.LEAVE
    assert not page.let_go()  # Esc a second time: stay
    assert page.live.question.topic == ""
    assert not page.let_go()
    page.live.question.answers["discard"].click()
    with qtbot.waitSignal(page.left):
        live.end(kept=False)
    assert page.let_go()


def test_enter_presses_the_answer_that_stands_out(page: CapturePage, begin: Begin) -> None:
    live = begin(COUNTING)
    page.side.buttons.third.click()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown):
        press(page, key)
    assert live.told == []  # neither paused nor finished behind the question
    press(page, Qt.Key.Key_Return)
    assert page.live.question.topic == ""
    assert live.told == []


def test_enter_presses_the_button_that_has_the_keyboard(page: CapturePage, begin: Begin) -> None:
    live = begin(COUNTING)
    page.side.buttons.second.setFocus()
    QTest.keyClick(page.side.buttons.second, Qt.Key.Key_Return)
    assert live.told == ["pause"]
    page.let_go()
    discard = page.live.question.answers["discard"]
    discard.setFocus()
    QTest.keyClick(discard, Qt.Key.Key_Return)
    assert live.told == ["pause", "discard"]


def test_a_question_is_withdrawn_when_the_recording_ends_meanwhile(
    page: CapturePage, begin: Begin, qtbot: QtBot
) -> None:
    live = begin(COUNTING)
    page.let_go()
    show(live, CaptureView(Stage.FINISHING, recorded_ms=41_000.0), page, qtbot)
    assert not page.live.question.isVisible()
    assert page.let_go()  # what is kept anyway needs no question
    assert "discard" not in live.told


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
