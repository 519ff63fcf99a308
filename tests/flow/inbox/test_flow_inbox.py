"""A folder becomes captures: each file matched or asked, refused with a reason, taken in once."""

import json

import pytest

from edema_desk.domain.inbox.filing import InboxDoubt, InboxState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot
from edema_desk.flow.inbox.examining import inbox_told
from edema_desk.media.library import ClipLibrary
from edema_desk.settings import Settings, save_settings
from edema_desk.store.captures.inbox import inbox_item
from edema_desk.store.captures.spot_events import event_before
from tests.flow.inbox.watched_folder import DAY, Folder
from tests.flow.made_up_worker import MadeUpWorker


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
