"""Every way out of a live capture leaves nothing held, nobody waiting, and no byte lost."""

import threading
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.terms.records import CaptureState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.capturing import desk as desk_module
from edema_desk.flow.capturing import leading, live, looking, take_writer, taking
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.media.library import ClipLibrary
from edema_desk.media.recording.recorder import ClipRecorder
from edema_desk.media.room import room_bytes
from edema_desk.store.captures.captures import unfinished_captures
from edema_desk.store.keys.locks import lock_capture
from tests.flow.capturing.made_up_live import MadeUpLiveWorker, good_sight, until
from tests.flow.made_up_station import Station, kept, recorded


def nothing_is_held(station: Station) -> bool:
    """Whether others may record and work."""
    with lock_capture(station.clinic.profile):
        return not station.desk.gate.busy


class BugError(Exception):
    """What nobody expected."""


def _bug(*_: object) -> NoReturn:
    raise BugError


def test_a_capture_that_cannot_even_begin_holds_nothing(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(desk_module, "LiveCapture", _bug)
        with pytest.raises(BugError):
            station.begin()
    assert nothing_is_held(station)
    made = station.begin()
    made.discard()
    assert made.result.result(timeout=10) is None


def test_a_bug_at_the_end_keeps_nobody_waiting(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = station.begin()
    recorded(made, 0.2)
    monkeypatch.setattr(looking.Looker, "close", _bug)
    made.finish()
    kept(made)
    assert made.view.stage is Stage.DONE
    assert nothing_is_held(station)


def test_after_the_close_nothing_begins(station: Station) -> None:
    station.desk.close()
    with pytest.raises(ExpectedError) as caught:
        station.begin()
    assert caught.value.code is ErrorCode.CANCELLED
    assert nothing_is_held(station)


def test_no_room_for_the_first_byte_gives_the_place_back(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise ExpectedError(ErrorCode.DISK_FULL)

    monkeypatch.setattr(ClipLibrary, "record", full)
    made = station.begin()
    until(lambda: made.view.stage is Stage.SEARCHING)
    made.start_now()
    with pytest.raises(ExpectedError) as caught:
        made.result.result(timeout=10)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert station.ask(unfinished_captures) == ()


@pytest.fixture
def hung(station: Station, monkeypatch: pytest.MonkeyPatch) -> "HungDisk":
    return HungDisk(station, monkeypatch)


class HungDisk:
    """A disk that takes no more once `hang` was called, until `answer`."""

    def __init__(self, station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
        self._answers = threading.Event()
        self._answers.set()
        self._stuck = threading.Event()
        self._recorders = [t for t in threading.enumerate() if t.name == "recorder"]
        monkeypatch.setattr(taking, "WRITTEN_WITHIN_S", 0.4)
        monkeypatch.setattr(take_writer, "CUT_WITHIN_S", 0.2)
        real = ClipRecorder.write_packet

        def write(recorder: ClipRecorder, t_ms: float, packet: bytes) -> None:
            if not self._answers.is_set():
                self._stuck.set()
            self._answers.wait(20)
            real(recorder, t_ms, packet)

        monkeypatch.setattr(ClipRecorder, "write_packet", write)

    def hang(self) -> None:
        """From now on; returns once something waits for it."""
        self._answers.clear()
        assert self._stuck.wait(10)

    def answer(self) -> None:
        """And see the recorder's thread end."""
        self._answers.set()
        until(lambda: not any(t.name == "recorder" for t in threading.enumerate()))


def test_a_disk_that_hangs_ends_the_capture_and_loses_nothing(
    station: Station, hung: HungDisk
) -> None:
    """What is still open is not taken for what can be recovered."""
    made = station.begin()
    recorded(made, 0.6)
    hung.hang()
    made.finish()
    with pytest.raises(ExpectedError) as caught:
        made.result.result(timeout=10)
    assert caught.value.code is ErrorCode.DISK_FAILED
    assert nothing_is_held(station)
    (left,) = station.clinic.database.call(unfinished_captures)
    assert left.state is CaptureState.RECORDING
    hung.answer()
    assert finish_interrupted(station.clinic, Cancel()) == 1
    assert station.state(left.capture_id) is CaptureState.ANALYSED
    assert len(station.frames(left.capture_id)) > 10


def test_the_program_ends_although_a_disk_hangs(station: Station, hung: HungDisk) -> None:
    made = station.begin()
    recorded(made, 0.4)
    hung.hang()
    began_s = time.monotonic()
    station.desk.close()
    assert time.monotonic() - began_s < 8.0
    assert made.result.done()
    hung.answer()


def test_the_program_ends_although_a_capture_does_not(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, lets_go = threading.Event(), threading.Event()

    def follow(*_: object) -> None:
        stuck.set()
        lets_go.wait(20)

    monkeypatch.setattr(live, "STOP_WITHIN_S", 0.2)
    monkeypatch.setattr(leading.CaptureLead, "_follow", follow)
    made = station.begin()
    assert stuck.wait(10)
    station.desk.close()
    assert not made.result.done()
    lets_go.set()
    made.result.result(timeout=10)


def test_the_end_of_the_program_does_not_wait_for_an_analysis(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The live worker died, so that the file is asked: the next start can do that."""
    asked = threading.Event()

    def never_done(*args: object, cancelled: object = None, **_: object) -> NoReturn:
        asked.set()
        assert callable(cancelled)
        until(cancelled)
        raise ExpectedError(ErrorCode.CANCELLED)

    made = station.begin()
    recorded(made, 0.4)
    capture_id = made.capture_id
    with monkeypatch.context() as patched:
        patched.setattr(station.clip_worker, "analyse", never_done)
        station.worker.dead = True
        made.finish()
        assert asked.wait(10)
        station.desk.close()
    assert made.result.done()
    assert station.state(capture_id) is CaptureState.STORED
    assert finish_interrupted(station.clinic, Cancel()) == 1
    assert station.recording(capture_id).take.whole


def test_a_pause_nobody_ends_ends_before_the_clip_is_too_long_to_be_opened(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leading, "LONGEST_CLIP_MS", 1500.0)
    made = station.begin()
    recorded(made, 0.4)
    made.pause()
    done = kept(made)
    assert done.whole
    assert done.duration_ms is not None
    assert done.duration_ms < 1500


def test_a_search_of_hours_fills_no_memory(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    look, real = MadeUpLiveWorker.look, MadeUpLiveWorker.begin

    def begin(worker: MadeUpLiveWorker) -> None:
        begun.append(len(worker.looked_ms))
        real(worker)

    def looks_away(worker: MadeUpLiveWorker, t_ms: float, **picture: Any) -> Sight:
        look(worker, t_ms, **picture)
        return good_sight(t_ms, HeadPoseYaw_deg=70.0)

    monkeypatch.setattr(looking, "MOST_SEARCHED", 4)
    monkeypatch.setattr(leading, "LOOK_GAP_S", 0.02)
    monkeypatch.setattr(MadeUpLiveWorker, "begin", begin)
    monkeypatch.setattr(MadeUpLiveWorker, "look", looks_away)
    made = station.begin()
    until(lambda: len(begun) >= 3)
    assert max(begun) <= 5
    made.discard()
    made.result.result(timeout=10)


def test_what_was_searched_is_never_forgotten_while_it_records(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_SEARCHED", 4)
    made = station.begin()
    recorded(made, 0.0)
    until(lambda: len(station.worker.looked_ms) > 8)
    made.finish()
    looked = station.recording(kept(made).capture_id).take.looked_ms
    assert len(looked) > 8


def test_a_worker_that_was_made_ready_for_nobody_is_let_go(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = threading.Event()
    monkeypatch.setattr(desk_module, "IDLE_S", 0.2)
    monkeypatch.setattr(station.worker, "close", closed.set)
    station.desk.get_ready()
    assert closed.wait(5)


def test_a_worker_in_use_is_not_let_go(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = threading.Event()
    monkeypatch.setattr(desk_module, "IDLE_S", 0.2)
    monkeypatch.setattr(station.worker, "close", closed.set)
    station.desk.get_ready()
    made = station.begin()
    station.desk.get_ready()
    recorded(made, 0.5)
    assert not closed.is_set()
    made.discard()
    made.result.result(timeout=10)
    assert closed.wait(5)


def test_a_folder_that_is_gone_is_a_failure_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        room_bytes(tmp_path / "gone")
    assert caught.value.code is ErrorCode.DISK_FAILED


@pytest.mark.parametrize("waits", [True, False], ids=["waits for the capture", "is under way"])
def test_a_part_that_is_still_to_be_analysed_keeps_no_program_open(
    station: Station, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    asked = threading.Event()

    def never_done(*args: object, cancelled: object = None, **_: object) -> NoReturn:
        asked.set()
        assert callable(cancelled)
        until(cancelled)
        raise ExpectedError(ErrorCode.CANCELLED)

    made = station.begin()
    recorded(made, 0.4)
    part_id = made.capture_id
    station.camera.gone.set()
    until(lambda: made.view.stage is Stage.TROUBLE)
    with monkeypatch.context() as patched:
        patched.setattr(station.clip_worker, "analyse", never_done)
        made.again()
        recorded(made, 0.2)
        if not waits:
            made.finish()
            kept(made)
            assert asked.wait(10)
        began_s = time.monotonic()
        station.desk.close()
        station.desk._intake.submit(int).result(timeout=5)
        assert time.monotonic() - began_s < 5.0
    assert asked.is_set() is not waits
    assert station.state(part_id) is CaptureState.STORED
    assert finish_interrupted(station.clinic, Cancel()) == (2 if waits else 1)
