"""The inbox beside everything else: watched, giving way to captures, one process at a time."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.course.views import Change, NewPatient
from edema_desk.domain.inbox.filing import InboxEntry, InboxPlan, InboxState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot
from edema_desk.flow.inbox import desk as inbox_desk
from edema_desk.flow.inbox import rounds, scanning
from edema_desk.flow.inbox.desk import InboxDesk
from edema_desk.flow.inbox.running import inbox_lock, run_on_folder
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.people.patients import add_patient
from tests.flow.made_up_worker import MadeUpWorker, clip_file

WAIT_S = 20.0


class Door:
    """A gate that a test opens and shuts."""

    def __init__(self) -> None:
        self.busy = False


class Running:
    """An inbox desk with executors of its own."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.door = clinic, Door()
        self.changes: list[Change] = []
        self.pools = (ThreadPoolExecutor(1), ThreadPoolExecutor(1))
        keys = CaptureKeys(clinic.profile.capture_keys, read_data_key(clinic.profile))
        library = ClipLibrary(clinic.profile.clips, keys)
        self.inbox = InboxDesk(
            clinic, *self.pools, library, self.changes.append, self.door, look_every_s=0.02
        )

    def close(self) -> None:
        self.inbox.close()
        for pool in self.pools:
            pool.shutdown()

    def entries(self) -> dict[str, InboxEntry]:
        return {e.item.name: e for e in self.inbox.entries().result(WAIT_S)}

    def until(self, told: Callable[[], bool]) -> None:
        end_s = time.monotonic() + WAIT_S
        while not told():
            assert time.monotonic() < end_s, self.entries()
            time.sleep(0.02)

    def state(self, name: str) -> InboxState | None:
        entry = self.entries().get(name)
        return entry.item.state if entry else None


@pytest.fixture
def running(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(scanning, "REST_S", 0.0)
    monkeypatch.setattr(inbox_desk, "_PAUSE_S", 0.02)
    clinic.database.call(
        lambda s: add_patient(
            s, new_id(), NewPatient("104-221", "Sato", care_given=date(2026, 1, 5))
        )
    )
    made = Running(clinic)
    yield made
    made.close()
    assert "inbox" not in {t.name for t in threading.enumerate()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tablet"
    made.mkdir()
    return made


def test_what_is_put_into_the_folder_is_taken_in_and_told(running: Running, folder: Path) -> None:
    clip_file(folder, "104-221_2026-03-02_pre.mp4", g_kg=1.0)
    heard: list[None] = []
    running.inbox.listen(lambda: heard.append(None))
    running.inbox.watch(InboxPlan(folder))
    running.until(lambda: running.state("104-221_2026-03-02_pre.mp4") is InboxState.TAKEN_IN)
    running.until(lambda: bool(running.changes))
    (change,) = running.changes
    assert change.patient_id is not None
    assert heard
    entry = running.entries()["104-221_2026-03-02_pre.mp4"]
    assert running.inbox.face(entry.item.item_id).result(WAIT_S) is not None


def test_decisions_are_worked_off_by_themselves(running: Running, folder: Path) -> None:
    clip_file(folder, "clip.mp4", g_kg=1.0)
    running.inbox.watch(InboxPlan(folder))
    running.until(lambda: running.state("clip.mp4") is InboxState.WAITING)
    item_id = running.entries()["clip.mp4"].item.item_id
    assert running.inbox.face(item_id).result(WAIT_S) is not None
    running.inbox.set_aside(item_id).result(WAIT_S)
    running.inbox.undo(item_id).result(WAIT_S)
    patient_id = running.clinic.database.call(
        lambda s: add_patient(
            s, new_id(), NewPatient("104-222", "Kato", care_given=date(2026, 1, 5))
        )
    ).patient_id
    slot = Slot(patient_id, None, Phase.SPOT, Moment.at_clinic(date(2026, 3, 2), 9, 0))
    running.inbox.assign(item_id, slot).result(WAIT_S)
    running.until(lambda: running.state("clip.mp4") is InboxState.TAKEN_IN)
    running.inbox.undo(item_id).result(WAIT_S)
    assert running.state("clip.mp4") is InboxState.UNDONE


def test_nothing_is_done_while_a_capture_runs(
    running: Running, folder: Path, worker: MadeUpWorker
) -> None:
    running.door.busy = True
    clip_file(folder, "104-221_2026-03-02_pre.mp4", g_kg=1.0)
    running.inbox.watch(InboxPlan(folder))
    time.sleep(0.3)
    assert running.entries() == {}
    assert worker.analysed == 0
    running.door.busy = False
    running.until(lambda: running.state("104-221_2026-03-02_pre.mp4") is InboxState.TAKEN_IN)


def test_a_capture_that_begins_stops_the_work_which_goes_on_afterwards(
    running: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip_file(folder, "104-221_2026-03-02_pre.mp4", g_kg=1.0)
    analyse = Clinic.analyse
    tries: list[int] = []

    def interrupted(clinic: Clinic, source: object, listener: object, cancel: Cancel) -> object:
        if not tries:
            tries.append(1)
            running.door.busy = True
        if cancel.asked:  # the worker may fail in any way when it is stopped
            raise ExpectedError(ErrorCode.WORKER_FAILED)
        return analyse(clinic, source, listener, cancel)  # type: ignore[arg-type]

    monkeypatch.setattr(Clinic, "analyse", interrupted)
    running.inbox.watch(InboxPlan(folder))
    running.until(lambda: bool(tries))
    running.until(lambda: running.state("104-221_2026-03-02_pre.mp4") is InboxState.COPIED)
    assert running.inbox.status.error is None
    running.door.busy = False
    running.until(lambda: running.state("104-221_2026-03-02_pre.mp4") is InboxState.TAKEN_IN)


def test_a_folder_that_goes_and_comes_back(running: Running, folder: Path) -> None:
    away = folder.rename(folder.with_name("away"))
    running.inbox.watch(InboxPlan(folder))
    running.until(lambda: running.inbox.status.error is not None)
    error = running.inbox.status.error
    assert error is not None
    assert error.code is ErrorCode.INBOX_FOLDER_GONE
    clip_file(away, "104-221_2026-03-02_pre.mp4", g_kg=1.0)
    away.rename(folder)
    running.until(lambda: running.state("104-221_2026-03-02_pre.mp4") is InboxState.TAKEN_IN)
    running.until(lambda: running.inbox.status.error is None)


def test_another_folder_is_watched_at_once_and_none_is_left_alone(
    running: Running, folder: Path, tmp_path: Path
) -> None:
    running.inbox.watch(InboxPlan(folder))
    other = tmp_path / "other"
    other.mkdir()
    clip_file(other, "a.mp4", g_kg=1.0)
    running.inbox.watch(InboxPlan(other))
    running.until(lambda: running.state("a.mp4") is InboxState.WAITING)
    running.inbox.watch(InboxPlan())
    time.sleep(0.3)  # a look that has begun is ended
    clip_file(other, "b.mp4", g_kg=2.0)
    time.sleep(0.2)
    assert set(running.entries()) == {"a.mp4"}


def test_one_process_at_a_time(running: Running, folder: Path, clinic: Clinic) -> None:
    clip_file(folder, "a.mp4", g_kg=1.0)
    with inbox_lock(clinic.profile) as lock:
        assert lock.take()
        running.inbox.watch(InboxPlan(folder))
        time.sleep(0.2)
        assert running.entries() == {}
        lock.release()
    running.until(lambda: running.state("a.mp4") is InboxState.WAITING)
    with pytest.raises(ExpectedError) as caught:
        run_on_folder(
            *(clinic, InboxPlan(folder), unheard, Cancel()), once=True, on_item=lambda _: None
        )
    assert caught.value.code is ErrorCode.INBOX_BUSY


def test_a_bug_ends_neither_the_watch_nor_the_rest(
    running: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip_file(folder, "a.mp4", g_kg=1.0)
    real, broken = scanning.scan, [1]

    def scan(path: Path) -> object:
        if broken:
            broken.clear()
            raise ZeroDivisionError
        return real(path)

    monkeypatch.setattr("edema_desk.flow.inbox.rounds.scan", scan)
    running.inbox.watch(InboxPlan(folder))
    running.until(lambda: running.state("a.mp4") is InboxState.WAITING)


def test_a_share_that_does_not_answer_keeps_no_window_open(
    running: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = threading.Event(), threading.Event()
    real = scanning.scan

    def slow(where: Path) -> tuple[scanning.FoundFile, ...]:
        asked.set()
        answers.wait(WAIT_S)
        return real(where)

    monkeypatch.setattr(rounds, "scan", slow)
    monkeypatch.setattr(inbox_desk, "CLOSE_WITHIN_S", 0.2)
    clip_file(folder, "104-221_2026-03-02_pre.mp4", g_kg=1.0)
    running.inbox.watch(InboxPlan(folder))
    assert asked.wait(WAIT_S)
    began_s = time.monotonic()
    running.inbox.close()
    assert time.monotonic() - began_s < 5.0
    answers.set()
    running.until(lambda: "inbox" not in {t.name for t in threading.enumerate()})
    assert running.entries() == {}  # it came too late to do anything
