"""What is asked while it records: whose face it is, to discard, to leave; no key loses anything."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.identity import Verdict
from edema_desk.ui.capture.asking import Topic
from edema_desk.ui.capture.page import CapturePage
from tests.ui.capture.capture_kit import COUNTING, Begin, press, show


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
