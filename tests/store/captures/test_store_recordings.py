"""Recordings: there before their first frame, never whole by mistake, never of made-up faces."""

from dataclasses import replace
from datetime import date

import pytest

from edema_desk.domain.capture.camera import (
    CameraAddress,
    CameraKind,
    CameraMode,
    CameraReport,
    Setting,
)
from edema_desk.domain.capture.sight import LightReading
from edema_desk.domain.capture.take import Gap, Recording, Take
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import begin_capture, capture, unfinished_captures
from edema_desk.store.captures.recordings import (
    RecordingStart,
    begin_recording,
    earlier_recordings,
    end_recording,
    parts_kept,
    recording,
)
from edema_desk.store.captures.sessions import session
from edema_desk.store.captures.spot_events import event_before, say_event
from edema_desk.store.captures.worklist import counts
from tests.store.store_samples import at, session_on, some_patient

MONDAY = date(2026, 3, 2)
USB = CameraReport(
    CameraAddress(CameraKind.LOCAL, "/dev/video0", "Desk camera"),
    CameraMode(1920, 1080, 30.0, "MJPG"),
    "V4L2",
    (Setting("exposure", 120.0, 120.0), Setting("white_balance_K", 4600.0, None)),
)
CLIP = CameraReport(
    CameraAddress(CameraKind.FILE, "/clips/a.mkv"), CameraMode(640, 480, 30.0), "file"
)


def start(patient_id: str, day: date = MONDAY, camera: CameraReport = USB) -> RecordingStart:
    return RecordingStart(new_id(), patient_id, None, Phase.PRE, at(day, 8), camera)


def ended(capture_id: str, *, whole: bool = True) -> Recording:
    take = Take(
        5400, 2, (Gap(1000.0, 1400.0), Gap(9000.0, 12000.0, asked=True)), 180_012.0, True, whole
    )
    return Recording(capture_id, USB, take, LightReading(131.5, 1.4, 0.7), person_confirmed=True)


def test_a_recording_opens_its_session_and_is_there_before_its_first_frame(store: Store) -> None:
    patient_id = some_patient(store)
    begun = begin_recording(store, new_id(), start(patient_id))
    assert begun.state is CaptureState.RECORDING
    assert not begun.whole
    assert begun.session_id is not None
    assert session(store, begun.session_id).day == MONDAY
    kept = recording(store, begun.capture_id)
    assert kept is not None
    assert kept.camera == USB
    assert kept.take.whole is False
    assert unfinished_captures(store) == (begun,)


def test_a_session_that_a_weight_opened_meanwhile_is_joined(store: Store) -> None:
    patient_id = some_patient(store)
    opened = session_on(store, patient_id, MONDAY, 8)
    begun = begin_recording(store, new_id(), start(patient_id))
    assert begun.session_id == opened
    assert counts(store).sessions == 1


def test_all_that_is_known_of_it_comes_back(store: Store) -> None:
    begun = begin_recording(store, new_id(), start(some_patient(store)))
    told = ended(begun.capture_id)
    stored = end_recording(store, new_id(), "a" * 64, told)
    assert (stored.state, stored.whole, stored.duration_ms) == (CaptureState.STORED, True, 180_012)
    assert recording(store, begun.capture_id) == told


def test_what_went_before_is_known_however_the_clip_came(store: Store) -> None:
    patient_id = some_patient(store)
    by_camera = replace(start(patient_id), session_id=None, phase=Phase.SPOT, event="meal")
    recorded = begin_recording(store, "b", by_camera).capture_id
    told = ("c", "f1", patient_id, None, Phase.SPOT, by_camera.at, "file", "toilet")
    as_file = begin_capture(store, *told).capture_id
    assert begin_capture(store, *told).capture_id == as_file
    assert (event_before(store, recorded), event_before(store, as_file)) == ("meal", "toilet")
    silent = begin_capture(
        store, "d", "f2", patient_id, None, Phase.SPOT, by_camera.at, "file"
    ).capture_id
    assert event_before(store, silent) == ""
    say_event(store, "e", recorded, "rising")
    assert event_before(store, recorded) == "rising"
    say_event(store, "f", recorded, "")
    assert event_before(store, recorded) == ""


def test_the_times_looked_at_are_kept_to_the_bit(store: Store) -> None:
    begun = begin_recording(store, new_id(), start(some_patient(store)))
    looked = (0.0, 33.0, 99.0, 180_000.0)
    take = Take(4, 0, (), 180_000.0, False, looked_ms=looked)
    end_recording(store, new_id(), "b" * 64, Recording(begun.capture_id, USB, take))
    kept = recording(store, begun.capture_id)
    assert kept is not None
    assert kept.take.looked_ms == looked


def test_a_retry_makes_nothing_twice(store: Store) -> None:
    act_id, order = new_id(), start(some_patient(store))
    first, second = begin_recording(store, act_id, order), begin_recording(store, act_id, order)
    assert first == second
    assert (counts(store).sessions, counts(store).captures) == (1, 1)


def test_a_part_leaves_its_phase_free_and_a_whole_one_does_not(store: Store) -> None:
    patient_id = some_patient(store)
    part = begin_recording(store, new_id(), start(patient_id))
    end_recording(store, new_id(), "c" * 64, ended(part.capture_id, whole=False))
    again = RecordingStart(new_id(), patient_id, part.session_id, Phase.PRE, at(MONDAY, 8), USB)
    whole = begin_recording(store, new_id(), again)
    end_recording(store, new_id(), "d" * 64, ended(whole.capture_id))
    with pytest.raises(ExpectedError) as caught:
        begin_capture(
            store, new_id(), new_id(), patient_id, part.session_id, Phase.PRE, at(MONDAY, 9), "file"
        )
    assert caught.value.code is ErrorCode.SESSION_TAKEN
    assert not capture(store, part.capture_id).whole


def test_a_made_up_camera_is_not_for_patients_of_the_clinic(store: Store) -> None:
    with pytest.raises(ExpectedError) as caught:
        begin_recording(store, new_id(), start(some_patient(store), camera=CLIP))
    assert caught.value.code is ErrorCode.CAMERA_MADE_UP
    assert counts(store).sessions == 0


def test_the_same_bytes_are_not_taken_twice(store: Store) -> None:
    patient_id = some_patient(store)
    first = begin_recording(store, new_id(), start(patient_id))
    end_recording(store, new_id(), "e" * 64, ended(first.capture_id))
    second = begin_recording(store, new_id(), start(patient_id, date(2026, 3, 4)))
    with pytest.raises(ExpectedError) as caught:
        end_recording(store, new_id(), "e" * 64, ended(second.capture_id))
    assert caught.value.code is ErrorCode.CLIP_DUPLICATE


def test_a_network_cameras_password_is_not_kept(store: Store) -> None:
    address = CameraAddress(CameraKind.NETWORK, "rtsp://nurse:secret@10.0.0.7/1", "Bay 2")
    report = CameraReport(address, CameraMode(1280, 720, 25.0), "network")
    begun = begin_recording(store, new_id(), start(some_patient(store), camera=report))
    kept = recording(store, begun.capture_id)
    assert kept is not None
    assert kept.camera is not None
    assert "secret" not in kept.camera.address.locator
    assert "10.0.0.7" in kept.camera.address.locator


def test_earlier_recordings_are_the_newest_whole_ones(store: Store) -> None:
    patient_id = some_patient(store)
    ids = []
    for number, day in enumerate((date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 6))):
        begun = begin_recording(store, new_id(), start(patient_id, day))
        end_recording(store, new_id(), f"{number}" * 64, ended(begun.capture_id, whole=number != 1))
        ids.append(begun.capture_id)
    found = earlier_recordings(store, patient_id, at(date(2026, 3, 9), 8), 5)
    assert [r.capture_id for _, r in found] == [ids[2], ids[0]]
    assert found[0][0] == at(date(2026, 3, 6), 8)
    assert earlier_recordings(store, patient_id, at(date(2026, 3, 6), 8), 5)[0][1].light is not None


def test_the_parts_that_are_kept(store: Store) -> None:
    patient_id = some_patient(store)
    part = begin_recording(store, new_id(), start(patient_id))
    assert parts_kept(store) == ()  # nothing of it is on the disk yet
    end_recording(store, new_id(), "f" * 64, ended(part.capture_id, whole=False))
    whole = begin_recording(store, new_id(), start(patient_id, date(2026, 3, 4)))
    end_recording(store, new_id(), "9" * 64, ended(whole.capture_id))
    assert [c.capture_id for c in parts_kept(store)] == [part.capture_id]
