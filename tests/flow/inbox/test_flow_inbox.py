"""A folder becomes captures: matched or asked, once, whatever happens on the way, and undone."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import (
    AfterTakingIn,
    InboxDoubt,
    InboxEntry,
    InboxItem,
    InboxPlan,
    InboxState,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot
from edema_desk.flow.inbox.deciding import InboxDecisions
from edema_desk.flow.inbox.examining import inbox_told
from edema_desk.flow.inbox.rounds import InboxRounds
from edema_desk.flow.inbox.running import InboxRun
from edema_desk.flow.inbox.spool import Spool
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.media.library import ClipLibrary
from edema_desk.settings import Settings, save_settings
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.inbox import inbox_entries, inbox_item
from edema_desk.store.captures.spot_events import event_before
from edema_desk.store.people.patients import add_patient
from tests.flow.made_up_worker import MadeUpWorker, clip_file

DAY = date(2026, 3, 2)


class Folder:
    """An inbox folder of a clinic with two people, and short ways to look at it."""

    def __init__(self, clinic: Clinic, folder: Path) -> None:
        folder.mkdir()
        self.clinic, self.folder = clinic, folder
        self.now_s = 0.0
        self.plan = InboxPlan(folder)
        self.people = {number: self.add(number) for number in ("104-221", "104-222")}
        self.start()

    def add(self, number: str) -> str:
        new = NewPatient(number, f"Name of {number}", care_given=date(2026, 1, 5))
        return self.clinic.database.call(lambda s: add_patient(s, new_id(), new)).patient_id

    def start(self) -> None:
        """As at the start of the program."""
        self.spool = Spool(self.clinic.entered)
        self.run = InboxRun(self.clinic, self.spool, self.plan)
        self.run.rounds = InboxRounds(self.clinic, self.plan, lambda: self.now_s)
        self.decisions = InboxDecisions(self.clinic, self.spool)

    def put(self, name: str, g_kg: float | None = 1.0, refusal: str = "", hour: int = 9) -> Path:
        path = clip_file(self.folder, name, g_kg=g_kg, refusal=refusal)
        changed = datetime(DAY.year, DAY.month, DAY.day, hour).timestamp()
        os.utime(path, (changed, changed))
        return path

    def settle(self) -> None:
        """Look until everything rests and is done."""
        for _ in range(2):
            self.run.rounds.look()
            self.now_s += 5
        while self.run.step(unheard, Cancel()) is not None:
            self.run.rounds.look()

    def entries(self) -> dict[str, InboxEntry]:
        found = self.clinic.database.call(inbox_entries)
        return {entry.item.name: entry for entry in found}

    def item(self, name: str) -> InboxItem:
        return self.entries()[name].item

    def captures(self, number: str) -> list[Capture]:
        card = self.clinic.database.call(lambda s: patient_card(s, self.people[number]))
        return [e.capture for e in card.trend.entries() if e.capture is not None]

    def copies(self) -> int:
        return len([p for p in self.spool.folder.iterdir() if p.suffix == ".clip"])


@pytest.fixture
def folder(clinic: Clinic, tmp_path: Path) -> Iterator[Folder]:
    yield Folder(clinic, tmp_path / "tablet")
    check = clinic.database.call(verify_audit)
    assert check.sound


def test_pre_and_post_of_one_session_are_taken_in_whatever_their_order(folder: Folder) -> None:
    folder.put("104-221_2026-03-02_post.mp4", 1.0, hour=13)
    folder.put("104-221_2026-03-02_pre.mp4", 3.0)
    folder.settle()
    pre, post = folder.captures("104-221")
    assert (pre.phase, post.phase) == (Phase.PRE, Phase.POST)
    assert pre.session_id == post.session_id
    assert pre.captured_at == Moment.at_clinic(DAY, 9, 0)
    assert {pre.source, post.source} == {"inbox"}
    assert {pre.state, post.state} == {CaptureState.ANALYSED}
    assert {e.item.state for e in folder.entries().values()} == {InboxState.TAKEN_IN}
    assert folder.copies() == 0
    assert len(list(folder.folder.iterdir())) == 2  # the files stay where they are


def test_the_post_of_a_pre_that_comes_later_is_asked_until_then(folder: Folder) -> None:
    folder.put("104-221_2026-03-02_post.mp4", 1.0, hour=13)
    folder.settle()
    assert folder.item("104-221_2026-03-02_post.mp4").doubts == (InboxDoubt.WHICH_SESSION,)
    folder.put("104-221_2026-03-02_pre.mp4", 3.0)
    folder.settle()
    assert len(folder.captures("104-221")) == 2


def test_nothing_is_touched_before_it_rests(folder: Folder) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")
    folder.run.rounds.look()
    assert folder.run.step(unheard, Cancel()) is None
    assert folder.item(path.name).state is InboxState.RESTING
    with path.open("a") as file:
        file.write(" ")
    folder.now_s += 10
    assert folder.run.rounds.look() == 1
    assert folder.run.step(unheard, Cancel()) is None
    folder.settle()
    assert folder.item(path.name).state is InboxState.TAKEN_IN
    assert len(folder.entries()) == 1


def test_a_file_that_goes_before_it_rests_is_forgotten(folder: Folder) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")
    folder.run.rounds.look()
    path.unlink()
    folder.settle()
    assert folder.entries() == {}


def test_a_file_that_changes_while_it_is_copied_must_rest_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")
    copy = ClipLibrary.store_clip

    def growing(library: ClipLibrary, *rest: object) -> object:
        with path.open("a") as file:
            file.write(" ")
        return copy(library, *rest)  # type: ignore[arg-type]

    folder.run.rounds.look()
    folder.now_s += 5
    folder.run.rounds.look()
    with monkeypatch.context() as patched:
        patched.setattr(ClipLibrary, "store_clip", growing)
        folder.run.step(unheard, Cancel())
    assert folder.item(path.name).state is InboxState.RESTING
    assert folder.copies() == 0
    folder.settle()
    assert folder.item(path.name).state is InboxState.TAKEN_IN


def test_what_cannot_be_matched_waits_for_a_person(folder: Folder) -> None:
    folder.put("IMG_0001.mp4", 1.0)
    folder.settle()
    item = folder.item("IMG_0001.mp4")
    assert item.state is InboxState.WAITING
    assert set(item.doubts) == {InboxDoubt.NO_NUMBER, InboxDoubt.NO_PHASE}
    assert folder.spool.face(item.item_id) is not None
    assert folder.copies() == 1
    at = Moment.at_clinic(DAY, 8, 0)
    folder.decisions.assign(item.item_id, Slot(folder.people["104-222"], None, Phase.PRE, at))
    (folder.folder / "IMG_0001.mp4").unlink()  # the tablet cleans up: the copy is enough
    folder.settle()
    (taken,) = folder.captures("104-222")
    assert taken.captured_at == at
    assert folder.copies() == 0


def test_a_sidecar_that_comes_late_is_heard(folder: Folder) -> None:
    folder.put("IMG_0001.mp4")
    folder.settle()
    said = {"chart_number": "104-221", "captured_at": "2026-03-02T08:12", "phase": "pre"}
    (folder.folder / "IMG_0001.json").write_text(json.dumps({**said, "event": "meal"}))
    folder.settle()
    (taken,) = folder.captures("104-221")
    assert taken.captured_at == Moment.at_clinic(DAY, 8, 12)
    assert folder.item("IMG_0001.mp4").event == "meal"


@pytest.mark.parametrize(("phase", "kept"), [("spot", "昼食"), ("pre", "")])
def test_what_went_before_a_spot_clip_is_kept_with_its_capture(
    folder: Folder, phase: str, kept: str
) -> None:
    path = folder.put(f"104-221_2026-03-02_{phase}.mp4")
    path.with_suffix(".json").write_text(json.dumps({"event": "昼食"}), encoding="utf-8")
    folder.settle()
    item = folder.item(path.name)
    assert item.state is InboxState.TAKEN_IN
    assert item.capture_id is not None
    capture_id = item.capture_id
    assert folder.clinic.database.call(lambda s: event_before(s, capture_id)) == kept


def test_a_broken_sidecar_is_asked(folder: Folder) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")
    path.with_suffix(".json").write_text("{")
    folder.settle()
    assert folder.item(path.name).doubts == (InboxDoubt.SIDECAR_BROKEN,)


def test_a_phase_that_is_taken_is_asked(folder: Folder) -> None:
    folder.put("104-221_2026-03-02_pre.mp4", 1.0)
    folder.put("104-221_2026-03-02_pre (2).mp4", 2.0)
    folder.settle()
    assert len(folder.captures("104-221")) == 1
    states = sorted(e.item.state for e in folder.entries().values())
    assert states == [InboxState.TAKEN_IN, InboxState.WAITING]
    (waits,) = [e.item for e in folder.entries().values() if e.item.state is InboxState.WAITING]
    assert waits.doubts == (InboxDoubt.PHASE_TAKEN,)


def test_what_is_no_clip_is_refused_with_a_reason_and_can_be_tried_again(folder: Folder) -> None:
    path = folder.folder / "104-221_2026-03-02_pre.mp4"
    path.write_text("not a video")
    folder.settle()
    item = folder.item(path.name)
    reason = item.reason()
    assert item.state is InboxState.REFUSED
    assert reason is not None
    assert (reason.code, reason.params["name"]) == (ErrorCode.NOT_A_VIDEO, path.name)
    assert folder.copies() == 0
    folder.settle()
    assert len(folder.entries()) == 1
    folder.put(path.name)  # copied again, whole this time
    folder.settle()
    assert len(folder.captures("104-221")) == 1
    folder.decisions.retry(item.item_id)
    folder.settle()
    kept = folder.clinic.database.call(lambda s: inbox_item(s, item.item_id))
    assert kept.state is InboxState.RESTING  # its file is another one now


def test_a_face_that_cannot_be_used_is_kept_with_its_reason(folder: Folder) -> None:
    folder.put("104-221_2026-03-02_pre.mp4", None, "no_face")
    folder.settle()
    (entry,) = folder.entries().values()
    assert entry.item.state is InboxState.TAKEN_IN
    assert entry.refusal == "no_face"


def test_the_same_bytes_are_taken_in_once_for_anybody(folder: Folder) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")
    folder.settle()
    for name in ("104-222_2026-03-02_pre.mp4", "ward.mp4"):
        (folder.folder / name).write_bytes(path.read_bytes())
    folder.settle()
    for name in ("104-222_2026-03-02_pre.mp4", "ward.mp4"):
        entry = folder.entries()[name]
        assert entry.item.state is InboxState.DUPLICATE
        assert entry.twin is not None
        assert (entry.twin.chart_number, entry.twin_day) == ("104-221", DAY)
    assert folder.captures("104-222") == []
    assert folder.copies() == 0


def test_two_that_wait_with_the_same_bytes_are_one(folder: Folder) -> None:
    path = folder.put("a.mp4")
    (folder.folder / "b.mp4").write_bytes(path.read_bytes())
    folder.settle()
    states = sorted(e.item.state for e in folder.entries().values())
    assert states == [InboxState.DUPLICATE, InboxState.WAITING]


def test_undoing_brings_the_clip_back_though_the_file_is_gone(folder: Folder) -> None:
    folder.plan = replace(folder.plan, after=AfterTakingIn.DELETE)
    folder.start()
    path = folder.put("104-221_2026-03-02_pre.mp4", 2.0)
    folder.settle()
    assert not path.exists()
    (before,) = folder.captures("104-221")
    item = folder.decisions.undo(folder.item(path.name).item_id)
    assert (item.state, item.capture_id) == (InboxState.UNDONE, None)
    (after,) = folder.captures("104-221")
    assert (after.capture_id, after.state) == (before.capture_id, CaptureState.INCOMPLETE)
    assert not folder.clinic.library.has_clip(before.capture_id)
    assert folder.spool.face(item.item_id) is not None
    slot = Slot(folder.people["104-222"], None, Phase.PRE, before.captured_at)
    folder.decisions.assign(item.item_id, slot)
    folder.settle()
    (moved,) = folder.captures("104-222")
    assert moved.state is CaptureState.ANALYSED
    assert moved.capture_id != before.capture_id


def test_moving_to_another_patient_keeps_the_history(folder: Folder) -> None:
    folder.put("104-221_2026-03-02_pre.mp4", 2.0)
    folder.settle()
    item = folder.item("104-221_2026-03-02_pre.mp4")
    slot = Slot(folder.people["104-222"], None, Phase.PRE, Moment.at_clinic(DAY, 9, 0))
    folder.decisions.move(item.item_id, slot, unheard, Cancel())
    assert folder.captures("104-221") == []
    (moved,) = folder.captures("104-222")
    assert (moved.capture_id, moved.state) == (item.capture_id, CaptureState.ANALYSED)

    def assignments(store: Store) -> int:
        with store.reading() as db:
            return int(db.execute("select count(*) from assignment").fetchone()[0])

    assert folder.clinic.database.call(assignments) == 2
    (entry,) = folder.entries().values()
    assert entry.patient is not None
    assert entry.patient.chart_number == "104-222"


def test_setting_aside_is_undone(folder: Folder) -> None:
    folder.put("IMG_0001.mp4")
    folder.settle()
    item_id = folder.item("IMG_0001.mp4").item_id
    assert folder.decisions.set_aside(item_id).state is InboxState.SET_ASIDE
    folder.start()
    assert folder.decisions.undo(item_id).state is InboxState.WAITING
    assert folder.copies() == 1


def test_decisions_that_come_too_late_change_nothing(folder: Folder) -> None:
    folder.put("104-221_2026-03-02_pre.mp4")
    folder.settle()
    item = folder.item("104-221_2026-03-02_pre.mp4")
    slot = Slot(folder.people["104-222"], None, Phase.PRE, Moment.at_clinic(DAY, 9, 0))
    assert folder.decisions.assign(item.item_id, slot) == item
    assert folder.decisions.retry(item.item_id) == item
    assert folder.decisions.set_aside(item.item_id) == item


PLACES: tuple[tuple[str, str], ...] = (
    ("edema_desk.flow.inbox.working.keep_item", "copying"),
    ("edema_desk.media.library.ClipLibrary.store_clip", "first copy"),
    ("edema_desk.flow.inbox.working.matched", "matching"),
    ("edema_desk.flow.base.clinic.Clinic.analyse", "looking"),
    ("edema_desk.flow.estimates.intake.begin_capture", "beginning"),
    ("edema_desk.flow.estimates.intake.complete_capture", "sealed"),
    ("edema_desk.media.library.ClipLibrary.store_crops", "crops"),
    ("edema_desk.flow.estimates.intake.record_analysis", "analysis"),
    ("edema_desk.flow.inbox.working.InboxWork._taken", "done"),
    ("edema_desk.flow.inbox.spool.Spool.drop", "dropping"),
    ("edema_desk.flow.inbox.working.clear_source", "clearing"),
)


@pytest.mark.parametrize(("place", "name"), PLACES, ids=[name for _, name in PLACES])
@pytest.mark.parametrize("late", [0, 1])
def test_killed_anywhere_it_goes_on_and_does_nothing_twice(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, place: str, name: str, late: int
) -> None:
    """The call at `place` never happens, or is the last thing that does."""
    folder.plan = replace(folder.plan, after=AfterTakingIn.MOVE)
    folder.start()
    folder.put("104-221_2026-03-02_pre.mp4", 2.0)

    class Killed(BaseException):
        pass

    real = _found(place)

    def kill(*args: object, **kwargs: object) -> object:
        if late:
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(
            "edema_desk.flow.estimates.intake.give_up", lambda *_: None
        )  # nor is that done
        patched.setattr(place, kill)
        with pytest.raises(Killed):
            folder.settle()
    finish_interrupted(folder.clinic, Cancel())
    folder.start()
    folder.settle()
    (capture,) = folder.captures("104-221")
    assert capture.state is CaptureState.ANALYSED
    assert folder.item("104-221_2026-03-02_pre.mp4").state is InboxState.TAKEN_IN
    card = folder.clinic.database.call(lambda s: patient_card(s, folder.people["104-221"]))
    assert len(card.trend.sessions) == 1
    assert folder.copies() == 0
    assert [p.name for p in folder.folder.iterdir()] == ["done"]


def _found(place: str) -> Callable[..., object]:
    import importlib

    module, _, name = place.rpartition(".")
    try:
        holder: object = importlib.import_module(module)
    except ModuleNotFoundError:
        outer, _, inner = module.rpartition(".")
        holder = getattr(importlib.import_module(outer), inner)
    found: Callable[..., object] = getattr(holder, name)
    return found


def test_an_undo_that_is_interrupted_is_finished_at_the_start(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4", 2.0)
    folder.settle()
    item = folder.item(path.name)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("edema_desk.flow.inbox.deciding.give_up", killed)
        with pytest.raises(KeyboardInterrupt):
            folder.decisions.undo(item.item_id)
    folder.start()
    (capture,) = folder.captures("104-221")
    assert capture.state is CaptureState.INCOMPLETE
    assert folder.item(path.name).state is InboxState.UNDONE
    assert folder.copies() == 1


def test_what_there_is_no_room_for_is_not_even_begun(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.start()
    folder.put("104-221_2026-03-02_pre.mp4", 2.0)
    with monkeypatch.context() as patched:
        patched.setattr("edema_desk.flow.inbox.spool.room_bytes", lambda where: 900_000_000)
        patched.setattr(ClipLibrary, "store_clip", None)
        with pytest.raises(ExpectedError) as caught:
            folder.settle()
    assert caught.value.code is ErrorCode.DISK_FULL
    item = folder.item("104-221_2026-03-02_pre.mp4")
    assert (item.state, item.error) == (InboxState.RESTING, ErrorCode.DISK_FULL)
    folder.settle()
    assert folder.item("104-221_2026-03-02_pre.mp4").state is InboxState.TAKEN_IN


def test_a_full_disk_is_not_the_files_fault(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")

    def full(*_: object) -> None:
        raise ExpectedError(ErrorCode.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(Spool, "copy", full)
        with pytest.raises(ExpectedError):
            folder.settle()
    item = folder.item(path.name)
    assert (item.state, item.error) == (InboxState.RESTING, ErrorCode.DISK_FULL)
    folder.settle()
    item = folder.item(path.name)
    assert (item.state, item.error) == (InboxState.TAKEN_IN, None)


def test_a_file_beyond_all_measure_is_refused_before_it_is_copied(
    folder: Folder, worker: MadeUpWorker
) -> None:
    path = folder.put("104-221_2026-03-02_pre.mp4")
    with path.open("ab") as file:
        file.truncate(9 * 1024**3)  # a hole: it takes no room
    folder.settle()
    item = folder.item(path.name)
    assert (item.state, item.error) == (InboxState.REFUSED, ErrorCode.CLIP_TOO_LARGE)
    assert worker.analysed == 0


def test_no_plain_picture_and_no_name_is_left_in_the_profile(folder: Folder) -> None:
    folder.put("IMG_0001 SECRET-NAME.mp4")
    folder.settle()
    for path in folder.clinic.profile.root.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"SECRET-NAME" not in held
            assert b"g_kg" not in held
            assert b"\xff\xd8\xff\xe0" not in held


def test_several_that_wait_are_given_to_one_patient_by_their_own_times(folder: Folder) -> None:
    folder.put("a_2026-03-02_0900.mp4", 1.0)
    folder.put("b_2026-03-02_1300_post.mp4", 2.0)
    folder.put("c_2026-03-02_0930.mp4", 3.0)
    folder.settle()
    ids = {name[0]: entry.item.item_id for name, entry in folder.entries().items()}
    patient_id = folder.people["104-222"]
    folder.decisions.assign_several([ids["b"]], patient_id, None)
    folder.settle()
    unclear = folder.item("b_2026-03-02_1300_post.mp4")
    assert (unclear.state, unclear.doubts) == (InboxState.WAITING, (InboxDoubt.WHICH_SESSION,))
    folder.decisions.assign_several([ids["a"], ids["c"]], patient_id, Phase.PRE)
    folder.settle()
    pre, post = folder.captures("104-222")  # the post waited for no more than its session
    assert (pre.phase, post.phase) == (Phase.PRE, Phase.POST)
    assert pre.captured_at == Moment.at_clinic(DAY, 9, 0)
    assert folder.item("c_2026-03-02_0930.mp4").doubts == (InboxDoubt.PHASE_TAKEN,)


def test_the_doctor_says_how_the_inbox_stands(folder: Folder) -> None:
    profile = folder.clinic.profile

    def told() -> str:
        return folder.clinic.database.call(lambda store: inbox_told(store, profile))

    assert told() == "no folder is watched"
    folder.put("IMG_0001.mp4")
    folder.settle()
    save_settings(profile.settings, Settings(inbox=str(folder.folder)))
    assert "can be reached; 1 files wait for a person, 0 under way, 0 refused" in told()
    save_settings(profile.settings, Settings(inbox=str(folder.folder / "gone")))
    with pytest.raises(ExpectedError) as caught:
        told()
    assert caught.value.code is ErrorCode.INBOX_FOLDER_GONE
