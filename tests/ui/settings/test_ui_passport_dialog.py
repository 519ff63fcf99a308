"""The two-minute test on the screen: what to do in each part, and what each item says."""

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.passport import Cause, ItemVerdict, PassportItem
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.settings.passport_dialog import PassportDialog
from edema_desk.ui.settings.passport_words import advice_text, figure_text, found_text, verdict_text
from edema_desk.words import of_passport
from tests.ui.fakes.passports import FAULTY, FIGURES, FakePassports, made_passport

WEBCAM = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Webcam")


@pytest.fixture
def passports(jobs: DeskJobs) -> FakePassports:
    return cast(FakePassports, jobs.desk.passports)


@pytest.fixture
def dialog(jobs: DeskJobs, theme: Theme, qtbot: QtBot) -> Iterator[PassportDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = PassportDialog(jobs, theme, WEBCAM, "Webcam", window)
    made.open()
    yield made
    if isValid(made):  # not closed by the test
        made.close()


def said(widget: QWidget) -> str:
    return " | ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


def test_it_says_what_to_do_in_each_part_and_shows_the_picture(
    dialog: PassportDialog, passports: FakePassports, qtbot: QtBot
) -> None:
    assert "A test of two minutes" in said(dialog)
    assert dialog.focusWidget() is dialog.save_button  # Enter begins it
    dialog.save_button.click()
    assert "The camera is being opened" in said(dialog)
    assert not dialog.save_button.isEnabled()
    for part, words in (
        ("still", "Leave everything as it is"),
        ("paper", "Hold white paper into the middle"),
        ("after", "Take the paper away"),
    ):
        with qtbot.waitSignal(dialog.job.progressed):
            passports.tell(part, 60.0)
        assert dialog.instruction.text() == words
    assert dialog.picture.has_image
    assert dialog.bar.value() == 500
    assert "about 60 s to go" in said(dialog)


def test_each_item_says_what_was_found_and_what_to_do(
    dialog: PassportDialog, passports: FakePassports, qtbot: QtBot
) -> None:
    dialog.save_button.click()
    with qtbot.waitSignal(dialog.job.finished):
        passports.end(made_passport(FAULTY))
    shown = said(dialog)
    assert "Tested on 2 Mar 2026: not good enough yet." in shown
    assert "The picture got darker or brighter when paper was held up." in shown
    assert "Switch off automatic exposure in the camera's own program." in shown
    assert "bad · changes by 14 %" in shown
    assert "good · 30 pictures a second" in shown
    assert "Nothing in the picture had clear edges." in shown
    assert dialog.save_button.text() == "Close"
    dialog.save_button.click()
    assert not dialog.isVisible()


def test_a_failure_is_said_in_place_and_can_be_tried_again(
    dialog: PassportDialog, passports: FakePassports, qtbot: QtBot
) -> None:
    dialog.save_button.click()
    with qtbot.waitSignal(dialog.job.failed):
        passports.fail(ExpectedError(ErrorCode.CAMERA_BUSY))
    assert "Another program is using the camera." in said(dialog)
    assert dialog.save_button.isEnabled()
    dialog.save_button.click()
    assert "Another program" not in said(dialog)
    assert len(set(passports.acts)) == 2


def test_closing_stops_the_test(dialog: PassportDialog, passports: FakePassports) -> None:
    dialog.save_button.click()
    dialog.reject()
    assert passports.cancel.asked


def test_every_item_verdict_and_cause_has_its_words() -> None:
    assert set(of_passport.PASSPORT_ITEMS) == {i.value for i in PassportItem}
    assert set(of_passport.PASSPORT_GOOD) == {i.value for i in PassportItem}
    assert set(of_passport.PASSPORT_FIGURES) == {i.value for i in PassportItem}
    assert set(of_passport.PASSPORT_CAUSES) == {c.value for c in Cause} - {"fine"}
    for verdict in ItemVerdict:
        assert verdict_text(verdict)
    for cause in Cause:
        assert bool(advice_text(cause)) == (cause is not Cause.FINE)
    for result in made_passport().results:
        assert "{" not in figure_text(result)
        assert found_text(result)
    for words in of_passport.PASSPORT_CAUSES.values():
        assert "{" not in words.text.format_map(FIGURES)
