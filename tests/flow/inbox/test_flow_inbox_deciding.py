"""What a person decides of a clip: whose it is, moved, set aside, undone."""

from dataclasses import replace

from edema_desk.domain.inbox.filing import AfterTakingIn, InboxDoubt, InboxState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot
from edema_desk.store.base.database import Store
from tests.flow.inbox.watched_folder import DAY, Folder


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
