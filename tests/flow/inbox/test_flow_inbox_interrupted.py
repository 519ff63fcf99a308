"""Killed at any step or without room, the inbox goes on and does nothing twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from edema_desk.domain.inbox.filing import AfterTakingIn, InboxState
from edema_desk.domain.terms.records import CaptureState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.inbox.spool import Spool
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.media.library import ClipLibrary
from edema_desk.store.captures.cards import patient_card
from tests.flow.inbox.watched_folder import Folder

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
