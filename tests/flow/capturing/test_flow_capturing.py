"""A live capture from the first look to the estimate, with real threads and real files."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.view import Stage, Trouble
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.identity import Verdict
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.out_of_range import RangeCheck, Strangeness
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.capturing import keeping
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.store.captures.analyses import estimate_in_force
from edema_desk.store.captures.captures import capture, unfinished_captures
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.keys.locks import lock_capture
from edema_desk.store.people.patients import add_patient
from tests.flow.capturing.made_up_live import PACKETS, WAIT_S, MadeUpCamera, until
from tests.flow.made_up_station import Station, kept, recorded


def test_it_begins_by_itself_once_the_pose_holds(station: Station) -> None:
    live = station.begin()
    until(lambda: live.view.stage is Stage.HOLDING)
    until(lambda: live.view.stage is Stage.COUNTING)
    assert live.capture_id
    live.finish()
    kept(live)
    stages = list(dict.fromkeys(v.stage for v in station.views))
    wanted = [Stage.SEARCHING, Stage.HOLDING, Stage.COUNTING, Stage.FINISHING, Stage.DONE]
    assert [s for s in stages if s in wanted] == wanted


def test_what_was_recorded_is_what_the_camera_sent(station: Station) -> None:
    live = station.begin()
    recorded(live)
    live.finish()
    done = kept(live)
    assert (done.state, done.whole, done.source) == (CaptureState.ANALYSED, True, "camera")
    made = station.recording(done.capture_id)
    frames = station.frames(done.capture_id)
    assert made.take.packets
    assert made.take.dropped == 0
    assert len(frames) == made.take.frames > 15
    assert set(made.take.looked_ms) <= {frame.t_ms for frame in frames}
    assert len(made.take.looked_ms) > 4
    assert made.light is not None
    assert made.camera == station.camera.report


def test_nothing_is_decoded_anew_for_the_estimate(station: Station) -> None:
    live = station.begin()
    recorded(live, 0.3)
    live.finish()
    done = kept(live)
    assert station.clip_worker.analysed == 0
    estimate = station.clinic.database.call(lambda s: estimate_in_force(s, done.capture_id))
    assert estimate is not None


def test_a_session_is_opened_once_for_pre_and_its_weight(station: Station) -> None:
    at = Moment.now()
    session_id = station.clinic.database.call(
        lambda store: open_session(store, new_id(), station.patient_id, at)
    )
    live = station.begin(session_id=session_id)
    recorded(live, 0.2)
    assert live.session_id == session_id
    live.finish()
    assert kept(live).session_id == session_id


def test_discarding_leaves_no_byte(station: Station) -> None:
    live = station.begin()
    recorded(live)
    capture_id = live.capture_id
    live.discard()
    assert live.result.result(timeout=WAIT_S) is None
    assert not station.clinic.library.has_clip(capture_id)
    assert list(station.clinic.profile.clips.glob(f"{capture_id}*")) == []
    gone = station.clinic.database.call(lambda store: capture(store, capture_id))
    assert gone.state is CaptureState.INCOMPLETE


def test_before_a_pose_there_is_nothing_to_discard(station: Station) -> None:
    station.worker.slow_s = 0.5
    live = station.begin()
    live.discard()
    assert live.result.result(timeout=WAIT_S) is None
    assert station.ask(unfinished_captures) == ()


def test_a_pause_is_a_gap_somebody_asked_for(station: Station) -> None:
    live = station.begin()
    recorded(live, 0.4)
    live.pause()
    until(lambda: live.view.stage is Stage.PAUSED)
    time.sleep(0.6)
    live.resume()
    until(lambda: live.view.stage is Stage.COUNTING)
    time.sleep(0.3)
    live.finish()
    made = station.recording(kept(live).capture_id)
    (gap,) = made.take.gaps
    assert gap.asked
    assert gap.to_ms - gap.from_ms > 550


def test_a_gap_of_the_camera_is_noted(station: Station) -> None:
    live = station.begin()
    recorded(live, 0.3)
    stands_still_s = iter((0.0, 0.4))

    def manner(number: int) -> bytes:
        time.sleep(next(stands_still_s, 0.0))
        return PACKETS[number % len(PACKETS)]

    sent = station.camera.sent
    station.camera.manner = manner
    until(lambda: station.camera.sent > sent + 9)
    live.finish()
    made = station.recording(kept(live).capture_id)
    assert any(gap.to_ms - gap.from_ms > 390 and not gap.asked for gap in made.take.gaps)


def test_a_disk_that_fills_up_stops_in_time(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = station.begin()
    recorded(live)
    monkeypatch.setattr(keeping, "room_bytes", lambda folder: 10_000_000)
    until(lambda: live.view.stage is Stage.TROUBLE)
    assert live.view.trouble is Trouble.DISK_FULL
    live.finish()
    done = kept(live)
    assert (done.state, done.whole) == (CaptureState.ANALYSED, False)


def test_without_room_nothing_begins(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "room_bytes", lambda folder: 900_000_000)
    live = station.begin()
    with pytest.raises(ExpectedError) as caught:
        live.result.result(timeout=WAIT_S)
    assert caught.value.code is ErrorCode.DISK_NO_ROOM
    assert station.ask(unfinished_captures) == ()


def test_little_room_is_told_and_stops_nothing(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "room_bytes", lambda folder: 4_000_000_000)
    live = station.begin()
    until(lambda: live.view.trouble is Trouble.DISK_LOW)
    recorded(live)
    live.finish()
    assert kept(live).whole


def test_a_part_can_be_all_there_is(station: Station) -> None:
    live = station.begin()
    recorded(live)
    station.camera.gone.set()
    until(lambda: live.view.stage is Stage.TROUBLE)
    live.finish()
    done = kept(live)
    assert (done.state, done.whole) == (CaptureState.ANALYSED, False)


def test_a_lost_worker_costs_no_frame(station: Station) -> None:
    live = station.begin()
    recorded(live, 0.4)
    station.worker.dead = True
    until(lambda: live.view.trouble is Trouble.WORKER_GONE)
    time.sleep(0.4)
    live.finish()
    done = kept(live)
    assert done.state is CaptureState.ANALYSED
    assert station.clip_worker.analysed == 1
    assert len(station.frames(done.capture_id)) == station.recording(done.capture_id).take.frames
    assert not station.desk.gate.busy


def test_who_it_is_is_asked_and_never_decided(station: Station) -> None:
    station.worker.distance = 0.7
    station.worker.check = RangeCheck(None, Strangeness(0.1, None))
    live = station.begin()
    until(lambda: live.view.question is Verdict.OTHER)
    recorded(live)  # nothing is blocked
    live.answer(same=True)
    until(lambda: live.view.question is None)
    live.finish()
    assert station.recording(kept(live).capture_id).person_confirmed


def test_another_person_leaves_nothing(station: Station) -> None:
    station.worker.distance = 0.7
    live = station.begin()
    recorded(live)
    capture_id = live.capture_id
    live.answer(same=False)
    assert live.result.result(timeout=WAIT_S) is None
    assert not station.clinic.library.has_clip(capture_id)


def test_only_one_capture_at_a_time(station: Station) -> None:
    live = station.begin()
    with pytest.raises(ExpectedError) as caught:
        station.begin()
    assert caught.value.code is ErrorCode.CAPTURE_RUNNING
    live.discard()
    live.result.result(timeout=WAIT_S)
    again = station.begin()
    again.discard()
    again.result.result(timeout=WAIT_S)


def test_other_work_waits_meanwhile(station: Station) -> None:
    live = station.begin()
    with pytest.raises(ExpectedError):
        station.desk.gate.wait(_asked())
    live.discard()
    live.result.result(timeout=WAIT_S)
    station.desk.gate.wait(Cancel())


def _asked() -> Cancel:
    cancel = Cancel()
    cancel.set()
    return cancel


def test_a_clip_as_a_camera_ends_by_itself(station: Station) -> None:
    made_up = station.clinic.database.call(
        lambda store: add_patient(store, new_id(), NewPatient("D1", "Made Up", origin="demo"))
    )
    station.patient_id = made_up.patient_id
    clip = CameraAddress(CameraKind.FILE, "a.mkv")
    station.camera = MadeUpCamera(address=clip)
    live = station.begin(camera=clip)
    recorded(live)
    station.camera.gone.set()
    done = kept(live)
    assert (done.whole, done.source) == (True, "made-up camera")


def test_a_made_up_camera_is_refused_at_once(station: Station) -> None:
    live = station.begin(camera=CameraAddress(CameraKind.SYNTHETIC, "7"))
    with pytest.raises(ExpectedError) as caught:
        live.result.result(timeout=WAIT_S)
    assert caught.value.code is ErrorCode.CAMERA_MADE_UP
    assert station.cameras_opened == 0


def test_a_camera_that_does_not_open_says_so(station: Station) -> None:
    def busy(address: CameraAddress) -> MadeUpCamera:
        raise ExpectedError(ErrorCode.CAMERA_BUSY)

    station.desk._open_any = busy
    live = station.begin()
    with pytest.raises(ExpectedError) as caught:
        live.result.result(timeout=WAIT_S)
    assert caught.value.code is ErrorCode.CAMERA_BUSY


def test_a_program_that_ends_keeps_what_there_is(station: Station) -> None:
    live = station.begin()
    recorded(live)
    station.desk.close()
    assert live.result.result(timeout=WAIT_S) is None
    (left,) = station.clinic.database.call(unfinished_captures)
    assert (left.state, left.whole) == (CaptureState.STORED, False)
    assert finish_interrupted(station.clinic, Cancel()) == 1
    assert station.state(left.capture_id) is CaptureState.ANALYSED


def test_a_failure_leaves_a_part_that_the_next_start_finds(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = station.begin()
    recorded(live, 1.5)
    capture_id = live.capture_id
    monkeypatch.setattr(live._lead, "_follow", _raise)
    with pytest.raises(ExpectedError):
        live.result.result(timeout=WAIT_S)
    assert station.state(capture_id) is CaptureState.RECORDING
    assert finish_interrupted(station.clinic, Cancel()) == 1
    found = station.clinic.database.call(lambda store: capture(store, capture_id))
    assert (found.state, found.whole, found.recovered) == (CaptureState.ANALYSED, False, True)
    assert len(station.frames(capture_id)) > 15


def test_a_program_that_ends_between_the_clip_and_its_row_keeps_the_clip(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has its place, and nobody wrote down yet that it has."""
    live = station.begin()
    recorded(live)
    capture_id = live.capture_id
    monkeypatch.setattr(keeping, "end_recording", _raise)
    live.finish()
    with pytest.raises(ExpectedError):
        live.result.result(timeout=WAIT_S)
    assert station.state(capture_id) is CaptureState.RECORDING
    assert station.clinic.library.unfinished() == ()
    assert finish_interrupted(station.clinic, Cancel()) == 1
    found = station.clinic.database.call(lambda store: capture(store, capture_id))
    assert (found.state, found.recovered) == (CaptureState.ANALYSED, True)
    assert len(station.frames(capture_id)) == station.recording(capture_id).take.frames > 15


def test_what_another_program_records_is_left_alone(station: Station) -> None:
    live = station.begin()
    recorded(live)
    station.desk.close()
    with lock_capture(station.clinic.profile):
        assert finish_interrupted(station.clinic, Cancel()) == 0
    assert finish_interrupted(station.clinic, Cancel()) == 1


def _raise(*_: object) -> None:
    raise ExpectedError(ErrorCode.DATABASE_BUSY)


def test_earlier_light_is_compared(station: Station) -> None:
    long_ago = Moment.of(datetime.now(UTC) - timedelta(days=2))
    session_id = station.clinic.database.call(
        lambda store: open_session(store, new_id(), station.patient_id, long_ago)
    )
    station.clinic.database.call(
        lambda store: enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, long_ago)
    )
    first = station.begin(session_id=session_id)
    recorded(first, 0.3)
    first.finish()
    kept(first)
    second = station.begin(Phase.POST, session_id)
    until(lambda: second.view.marks.same_light is not None)
    assert second.view.marks.same_light == pytest.approx(1.0)
    second.discard()
    second.result.result(timeout=WAIT_S)


def test_a_weight_may_open_the_session_first(station: Station) -> None:
    live = station.begin()
    until(lambda: live.view.stage is Stage.SEARCHING)
    session_id = station.clinic.database.call(
        lambda store: open_session(store, new_id(), station.patient_id, Moment.now())
    )
    live.use_session(session_id)
    recorded(live, 0.2)
    live.finish()
    assert kept(live).session_id == session_id
