"""Taking in a clip file: choices, progress, stopping, the result, and failures in place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.sheets.add_clip_dialog import AddClipDialog
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY

Open = Callable[..., AddClipDialog]
OPEN_TODAY = f"p0-{TODAY}"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    made = tmp_path / "clip.mp4"
    made.write_bytes(b"x")
    return made


@pytest.fixture
def open_dialog(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> Open:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def make(
        patient_id: str = "p0",
        session_id: str | None = OPEN_TODAY,
        phase: Phase | None = Phase.POST,
    ) -> AddClipDialog:
        dialog = AddClipDialog(jobs, theme, patient_id, session_id, phase, window)
        dialog.open()
        settled()
        return dialog

    return make


def test_from_choosing_to_the_estimate(
    open_dialog: Open, desk: FakeDesk, clip: Path, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialog = open_dialog()
    dialog.drop.take(clip)
    dialog.save()
    assert dialog.working.isVisible()
    assert not dialog.form.isVisible()
    qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    assert dialog.outcome.estimate.value.text() == "+2.3"
    assert dialog.outcome.estimate.unit.text() == "kg ±0.4"
    assert "Research use" in dialog.outcome._research.text()
    with qtbot.waitSignal(dialog.session_wanted) as wished:
        dialog.open_button.click()
    assert wished.args == [OPEN_TODAY]


def test_a_refusal_says_why_and_what_to_do(
    open_dialog: Open, desk: FakeDesk, clip: Path, qtbot: QtBot
) -> None:
    desk.faults.clip_refusal = Refusal.TURNED_AWAY
    dialog = open_dialog()
    dialog.drop.take(clip)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    assert "looking at the lens" in dialog.outcome.refusal.text.text()
    assert not dialog.outcome.estimate.isVisible()
    dialog.save_button.click()


def test_nothing_is_taken_in_before_all_is_said(open_dialog: Open, desk: FakeDesk) -> None:
    dialog = open_dialog(phase=None)
    dialog.save()
    assert dialog.file_wrong.isVisible()
    assert dialog.phase_wrong.isVisible()
    assert "add_clip" not in desk.asked
    dialog.reject()


def test_stopping_brings_the_form_back_with_what_was_chosen(
    open_dialog: Open, desk: FakeDesk, clip: Path, qtbot: QtBot
) -> None:
    desk.faults.clip_steps = 10_000
    dialog = open_dialog()
    dialog.drop.take(clip)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.bar.value() > 0)
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: dialog.form.isVisible())
    assert "Stopped as you asked" in dialog.failure.text.text()
    assert dialog.drop.path == clip
    assert not [
        c
        for c in desk.clinic.captures["p0"]
        if c.phase is Phase.POST and c.session_id == OPEN_TODAY
    ]
    dialog.reject()


def test_closing_twice_does_not_wait_for_a_worker_that_hangs(
    open_dialog: Open, desk: FakeDesk, clip: Path, jobs: DeskJobs, qtbot: QtBot
) -> None:
    desk.faults.clip_steps, desk.faults.clip_step_s = 2, 0.2
    dialog = open_dialog()
    dialog.drop.take(clip)
    dialog.save()
    dialog.reject()
    assert dialog.job.stopping
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    qtbot.waitUntil(lambda: jobs.waiting == 0)


@pytest.mark.parametrize(
    "error",
    [
        ExpectedError(ErrorCode.NOT_A_VIDEO, name="clip.mp4"),
        ExpectedError(ErrorCode.CLIP_DUPLICATE),
        ExpectedError(ErrorCode.WORKER_FAILED),
        ExpectedError(ErrorCode.DISK_FULL),
    ],
    ids=lambda error: error.code.value,
)
def test_failures_are_said_in_place_and_can_be_tried_again(
    open_dialog: Open, desk: FakeDesk, clip: Path, qtbot: QtBot, error: ExpectedError
) -> None:
    desk.faults.errors["add_clip"] = error
    dialog = open_dialog()
    dialog.drop.take(clip)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.failure.isVisible())
    assert dialog.form.isVisible()
    assert dialog.drop.path == clip
    del desk.faults.errors["add_clip"]
    dialog.save()
    qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    ids = {act_id for name, act_id in desk.acts if name == "add_clip"}
    assert len(ids) == 1
    dialog.accept()


def test_a_bug_gives_the_form_back(
    open_dialog: Open, desk: FakeDesk, jobs: DeskJobs, clip: Path, qtbot: QtBot
) -> None:
    desk.faults.errors["add_clip"] = RuntimeError()
    dialog = open_dialog()
    dialog.drop.take(clip)
    with qtbot.waitSignal(jobs.bug_found):
        dialog.save()
    assert dialog.form.isVisible()
    dialog.reject()


def test_in_between_belongs_to_no_session(
    open_dialog: Open, desk: FakeDesk, clip: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(session_id=None, phase=Phase.SPOT)
    dialog.drop.take(clip)
    assert not dialog.session.isVisible()
    assert dialog.event_choice.isVisible()
    dialog.event_choice.chips._buttons["meal"].click()
    dialog.save()
    qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    assert desk.clinic.captures["p0"][-1].session_id is None
    assert desk.event == "meal"
    assert not dialog.open_button.isVisible()
    dialog.accept()


def test_a_file_is_dropped(open_dialog: Open, clip: Path) -> None:
    dialog = open_dialog()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(clip))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.drop.dropEvent(drop)
    assert dialog.drop.path == clip
    assert dialog.use_file_time.isVisible()
    dialog.use_file_time.click()
    assert dialog.at_edit.date().year() > 2025
    dialog.reject()


def test_a_time_that_has_not_come_is_asked_about(
    open_dialog: Open, desk: FakeDesk, clip: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    dialog.drop.take(clip)
    later = dialog.at_edit.dateTime().addYears(2000)
    dialog.at_edit.setDateTime(later)
    dialog.save()
    assert "has not come yet" in dialog.failure.text.text()
    assert "add_clip" not in desk.asked
    dialog.at_edit.setDateTime(later.addDays(1))
    dialog.save()
    assert "add_clip" not in desk.asked, "another time is asked about anew"
    dialog.save()
    qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    assert desk.asked["add_clip"] == 1
