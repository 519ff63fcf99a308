"""A recording goes on under the cover, and is kept whoever comes next."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.capture.view import CaptureView, Instruction, Stage
from tests.ui.entrance.locking_kit import RECORDING, capturing, recording, seat_left, unlock


def test_a_recording_goes_on_under_the_cover(app: App, qtbot: QtBot) -> None:
    window = app.window
    counting = replace(RECORDING, instruction=Instruction.COME_CLOSER, accepted=12)
    live = recording(app, qtbot, counting)
    window.guard.lock()
    seat_left(app, qtbot)
    cover = window.guard.cover
    assert cover.recording.isVisible()
    assert "0:21" in cover.pill.words.text()
    assert cover.cue.text() == "Come closer"
    assert live.told == []
    live.show(CaptureView(Stage.FINISHING, recorded_ms=63_000))
    live.end()
    qtbot.waitUntil(lambda: not window.capture.job.busy, timeout=20_000)
    assert not window.capture.empty.isVisible()
    unlock(app, qtbot)
    qtbot.waitUntil(lambda: app.jobs.waiting == 0, timeout=20_000)
    assert window.capture.stack.currentWidget() is window.capture.result
    assert live.told == []


def test_a_camera_before_which_nothing_was_recorded_is_closed(app: App, qtbot: QtBot) -> None:
    live = capturing(app, qtbot)
    live.show(CaptureView(Stage.SEARCHING))
    app.window.guard.lock()
    assert live.told == ["discard"]
    live.end(kept=False)


def test_somebody_else_ends_a_recording_and_it_is_kept(app: App, qtbot: QtBot) -> None:
    window, live = app.window, recording(app, qtbot)
    window.guard.switch()
    unlock(app, qtbot, login="baba")
    qtbot.waitUntil(lambda: app.window is not window, timeout=20_000)
    assert live.told == ["finish"]
    live.end()


def test_closing_a_locked_window_discards_no_recording(app: App, qtbot: QtBot) -> None:
    window, live = app.window, recording(app, qtbot)
    window.guard.lock()
    assert window.close()
    assert live.told == []
    live.end()
