"""V4, V5: the camera is lost in four ways, or the wall clock is set, while it records."""

import time
from collections.abc import Callable

import pytest

from edema_desk.domain.capture.view import Stage, Trouble
from edema_desk.domain.terms.records import CaptureState
from edema_desk.flow.capturing import sleep
from edema_desk.store.captures.captures import capture
from tests.flow.capturing.made_up_live import BLACK, MadeUpCamera, until
from tests.flow.made_up_station import Station, kept, recorded

NOTICED_WITHIN_S = 2.0
SLACK_S = 0.5
"""A busy machine; the limits themselves lie at 1.5 s."""


def _silent(camera: MadeUpCamera) -> None:
    camera.hangs.set()


def _frozen(camera: MadeUpCamera) -> None:
    first = camera.manner(0)
    camera.manner = lambda number: first


def _black(camera: MadeUpCamera) -> None:
    camera.manner = lambda number: BLACK


def _gone(camera: MadeUpCamera) -> None:
    camera.gone.set()


@pytest.mark.parametrize(
    ("worse", "trouble"),
    [
        (_gone, Trouble.CAMERA_GONE),
        (_silent, Trouble.CAMERA_SILENT),
        (_frozen, Trouble.CAMERA_FROZEN),
        (_black, Trouble.CAMERA_BLACK),
    ],
    ids=["gone", "silent", "frozen", "black"],
)
def test_a_lost_camera_is_noticed_and_the_part_kept(
    station: Station, worse: Callable[[MadeUpCamera], None], trouble: Trouble
) -> None:
    live = station.begin()
    recorded(live)
    part_id, began_s = live.capture_id, time.monotonic()
    worse(station.camera)
    until(lambda: live.view.trouble is trouble)
    assert time.monotonic() - began_s < NOTICED_WITHIN_S + SLACK_S
    until(lambda: live.view.stage is Stage.TROUBLE)
    station.camera.hangs.clear()
    station.camera.gone.set()  # plugged out and in
    live.again()
    recorded(live)
    live.finish()
    done = kept(live)
    assert done.capture_id != part_id
    assert done.whole
    until(lambda: station.state(part_id) is CaptureState.ANALYSED)
    part = station.clinic.database.call(lambda store: capture(store, part_id))
    assert not part.whole
    assert not part.recovered
    assert part.session_id == done.session_id
    assert len(station.frames(part_id)) == station.recording(part_id).take.frames > 10


def test_a_lid_that_was_closed_ends_the_take(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The camera goes on afterwards as if nothing had been: its clock stood still too."""
    slept_s = 0.0
    real = sleep.with_sleep_s
    monkeypatch.setattr(sleep, "with_sleep_s", lambda: real() + slept_s)
    live = station.begin()
    recorded(live)
    part_id = live.capture_id
    slept_s = 600.0
    until(lambda: live.view.stage is Stage.TROUBLE)
    assert live.view.trouble is Trouble.CAMERA_SILENT
    live.again()
    recorded(live)
    live.finish()
    assert kept(live).whole
    assert not station.recording(part_id).take.whole


@pytest.mark.parametrize("jump_s", [3600.0, -3600.0])
def test_a_clock_that_jumps_changes_no_time(
    station: Station, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    """V5: the wall clock is set while it records."""
    live = station.begin()
    recorded(live, 0.3)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump_s)
    began_s, first_ms = time.monotonic(), live.recorded_to_ms
    time.sleep(0.5)
    passed_ms, told_ms = 1000 * (time.monotonic() - began_s), live.recorded_to_ms - first_ms
    live.finish()
    made = station.recording(kept(live).capture_id)
    assert abs(told_ms - passed_ms) < 1000.0  # a busy machine may hold up a few frames
    times = [frame.t_ms for frame in station.frames(made.capture_id)]
    assert made.take.duration_ms == pytest.approx(times[-1], abs=1000 / 30)
    assert times == sorted(set(times))
