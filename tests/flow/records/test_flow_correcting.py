"""A capture of somebody else is moved or deleted, and nothing that came of it stays."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from edema_desk.domain.course.views import Change, ChangeKind, SessionPair
from edema_desk.domain.keeping.removed import STAYS_DAYS
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import CaptureState, Phase, StoredEstimate, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.estimates import moved_captures
from edema_desk.flow.estimates.moved_captures import erase_removed
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.flow.records.clip_checking import ClipRounds
from edema_desk.flow.records.correcting import CaptureCorrecting
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.captures.analyses import estimate_in_force, kept_score
from edema_desk.store.captures.captures import capture, capture_states
from edema_desk.store.captures.cards import patient_card, session_pair
from edema_desk.store.people.patients import patient, photo_capture
from tests.flow.capturing.made_up_live import until
from tests.flow.estimates.test_flow_intake import Course

NURSE = Actor("nurse-1", frozenset({Role.NURSE}))
OTHER_NURSE = Actor("nurse-2", frozenset({Role.NURSE}))
CLINICIAN = Actor("clinician-1", frozenset({Role.CLINICIAN}))
_DAY_MS = 86_400_000


class Waiting:
    """An executor whose work is done when the test says so."""

    def __init__(self) -> None:
        self.left: list[Callable[[], Any]] = []

    def submit(self, work: Callable[[], Any]) -> None:
        self.left.append(work)

    def run(self) -> None:
        while self.left:
            self.left.pop(0)()


class Corrected:
    """Two patients, what is done with their captures, and what is told of it."""

    def __init__(self, clinic: Clinic, folder: Path) -> None:
        self.clinic, self.intake = clinic, Waiting()
        self.told: list[Change] = []
        for name in ("a", "b"):
            (folder / name).mkdir()
        self.one = Course(clinic, folder / "a", "104-221")
        self.other = Course(clinic, folder / "b", "104-222")
        self.desk = CaptureCorrecting(clinic, self.intake, Gate(), self.told.append)  # type: ignore[arg-type]

    def done(self, future: Future[Any]) -> Any:
        answer = future.result()
        self.intake.run()
        return answer

    def estimate(self, capture_id: str) -> StoredEstimate | None:
        return self.clinic.database.call(lambda store: estimate_in_force(store, capture_id))

    def move(self, capture_id: str, session_id: str | None, phase: Phase = Phase.PRE) -> Any:
        patient_id = self.other.patient_id
        return self.desk.move(new_id(), capture_id, patient_id, session_id, phase, "twin sister")

    def pair(self, session_id: str | None) -> SessionPair:
        assert session_id is not None
        return self.clinic.database.call(lambda store: session_pair(store, session_id))

    def photo_of(self, patient_id: str) -> str | None:
        found = self.clinic.database.call(lambda store: photo_capture(store, patient_id))
        return found.capture_id if found else None

    def has_photo(self, patient_id: str) -> bool:
        return self.clinic.database.call(lambda store: patient(store, patient_id)).has_photo


@pytest.fixture
def corrected(clinic: Clinic, tmp_path: Path) -> Iterator[Corrected]:
    made = Corrected(clinic, tmp_path)
    yield made
    made.desk.close()


def refused(future: Future[Any]) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        future.result()
    return caught.value.code


def reference_and_later(course: Course) -> tuple[str, str]:
    """A weighed capture, and one of a later day that rests on it."""
    first, second = course.session(2), course.session(4)
    course.weigh(first, 2, Phase.PRE, 2.0)
    return (
        course.clip(first, 2, Phase.PRE, g_kg=7.0),
        course.clip(second, 4, Phase.PRE, g_kg=7.6),
    )


def test_a_move_makes_the_estimates_of_both_patients_anew(corrected: Corrected) -> None:
    reference, later = reference_and_later(corrected.one)
    before = corrected.estimate(later)
    assert before is not None
    assert before.references == (reference,)
    earlier = corrected.other.session(1)
    corrected.other.weigh(earlier, 1, Phase.PRE, 1.0)
    corrected.other.clip(earlier, 1, Phase.PRE, g_kg=6.0)
    moved = corrected.done(corrected.move(reference, corrected.other.session(2)))
    assert moved.patient_id == corrected.other.patient_id
    left = corrected.estimate(later)
    assert left is not None
    assert (left.refusal, left.references) == (Refusal.NO_REFERENCE, ())
    now = corrected.estimate(reference)
    assert now is not None
    assert now.excess_kg == pytest.approx(2.0)  # 1 kg then, and 7.0 - 6.0 more
    assert reference not in now.references
    touched = {change.patient_id for change in corrected.told}
    assert touched == {corrected.one.patient_id, corrected.other.patient_id}


def test_the_photo_goes_with_the_face(corrected: Corrected) -> None:
    """The face of the wrong person must not stay beside a name."""
    one, other = corrected.one.patient_id, corrected.other.patient_id
    first = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    assert corrected.photo_of(one) == first
    second = corrected.one.clip(corrected.one.session(4), 4, Phase.PRE, g_kg=7.6)
    assert corrected.photo_of(one) == second, "the banner shows the last face"
    corrected.done(corrected.move(second, corrected.other.session(4)))
    assert (corrected.photo_of(one), corrected.photo_of(other)) == (first, second)
    corrected.done(corrected.desk.remove(new_id(), first, "nobody we know"))
    assert not corrected.has_photo(one)


def test_a_late_older_clip_does_not_become_the_photo(corrected: Corrected) -> None:
    newest = corrected.one.clip(corrected.one.session(4), 4, Phase.PRE, g_kg=7.6)
    corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    assert corrected.photo_of(corrected.one.patient_id) == newest


def test_a_move_without_a_session_opens_one_of_that_time(corrected: Corrected) -> None:
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    moved = corrected.done(corrected.move(capture_id, None))
    pair = corrected.pair(moved.session_id)
    assert pair.patient.patient_id == corrected.other.patient_id
    assert pair.entry.session.opened_at == moved.captured_at
    spot = corrected.done(corrected.move(capture_id, None, Phase.SPOT))
    assert (spot.session_id, spot.phase) == (None, Phase.SPOT)


def test_what_went_before_a_spot_capture_is_put_right_and_told(corrected: Corrected) -> None:
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    spot = corrected.done(corrected.move(capture_id, None, Phase.SPOT))
    corrected.told.clear()
    for said in ("meal", "  a walk "):
        corrected.done(corrected.desk.say_event(new_id(), capture_id, said))
    card = corrected.clinic.database.call(lambda store: patient_card(store, spot.patient_id))
    assert dict(card.events) == {capture_id: "a walk"}
    assert corrected.told == [Change(ChangeKind.SESSION, spot.patient_id, None)] * 2


def test_what_is_refused_leaves_nothing_behind(corrected: Corrected) -> None:
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    other = corrected.other.session(2)
    corrected.other.clip(other, 2, Phase.PRE, g_kg=6.0)
    assert refused(corrected.move(capture_id, other)) is ErrorCode.SESSION_TAKEN
    desk, patient_id = corrected.desk, corrected.other.patient_id
    without = desk.move(new_id(), capture_id, patient_id, None, Phase.PRE, "  ")
    assert refused(without) is ErrorCode.REASON_NEEDED
    assert refused(desk.remove(new_id(), capture_id, " ")) is ErrorCode.REASON_NEEDED
    corrected.intake.run()
    found = corrected.clinic.database.call(lambda store: capture(store, capture_id))
    assert found.patient_id == corrected.one.patient_id
    assert len(corrected.other.entries()) == 1, "no session was opened for what was refused"


def test_a_deleted_capture_counts_nowhere_and_can_be_taken_back(corrected: Corrected) -> None:
    reference, later = reference_and_later(corrected.one)
    session_id = corrected.clinic.database.call(lambda s: capture(s, reference)).session_id
    corrected.done(corrected.desk.remove(new_id(), reference, "somebody else's face"))
    assert [e.capture.capture_id for e in corrected.one.entries() if e.capture] == [later]
    left = corrected.estimate(later)
    assert left is not None
    assert left.refusal is Refusal.NO_REFERENCE
    with pytest.raises(ExpectedError) as caught:
        corrected.clinic.database.call(lambda store: capture(store, reference))
    assert caught.value.code is ErrorCode.CAPTURE_REMOVED
    pair = corrected.pair(session_id)
    (removed,) = pair.removed
    assert (removed.capture.capture_id, removed.reason) == (reference, "somebody else's face")
    assert (removed.actor, removed.erased) == ("local", False)
    again = corrected.desk.remove(new_id(), reference, "twice")
    assert refused(again) is ErrorCode.CAPTURE_REMOVED
    corrected.done(corrected.desk.take_back(new_id(), reference, "it was her"))
    assert len(corrected.one.entries()) == 2
    back = corrected.estimate(later)
    assert back is not None
    assert back.references == (reference,)
    assert corrected.estimate(reference) is not None


def test_the_place_of_a_deleted_capture_is_free(corrected: Corrected) -> None:
    session = corrected.one.session(2)
    wrong = corrected.one.clip(session, 2, Phase.PRE, g_kg=7.0)
    corrected.done(corrected.desk.remove(new_id(), wrong, "somebody else"))
    right = corrected.one.clip(session, 2, Phase.PRE, g_kg=7.0)  # the same bytes, even
    assert right != wrong
    back = corrected.desk.take_back(new_id(), wrong, "no, her")
    assert refused(back) is ErrorCode.SESSION_TAKEN


def test_after_a_week_key_and_faces_are_destroyed_and_the_row_stays(corrected: Corrected) -> None:
    clinic = corrected.clinic
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    sealed = clinic.library.clip(capture_id).path
    corrected.done(corrected.desk.remove(new_id(), capture_id, "somebody else"))
    now = Moment.now()
    almost = Moment(now.utc_ms + STAYS_DAYS * _DAY_MS - 60_000, now.offset_min)
    program = clinic.acting_as(Actor("program", frozenset({Role.PROGRAM})))
    assert erase_removed(program, clinic.library, almost) == 0
    assert sealed.exists()
    after = Moment(now.utc_ms + STAYS_DAYS * _DAY_MS + 60_000, now.offset_min)
    assert erase_removed(program, clinic.library, after) == 1
    assert erase_removed(program, clinic.library, after) == 0
    assert not sealed.exists()
    assert not clinic.library.has_crops(capture_id)
    with pytest.raises(ExpectedError):
        clinic.library.clip(capture_id)
    assert capture_id in clinic.database.call(capture_states)
    model_id = clinic.model.model_id
    assert clinic.database.call(lambda store: kept_score(store, capture_id, model_id)) is None
    back = corrected.desk.take_back(new_id(), capture_id, "no, her")
    assert refused(back) is ErrorCode.CAPTURE_ERASED
    assert clinic.database.call(verify_audit).sound


def test_who_may_move_and_delete(corrected: Corrected) -> None:
    """A nurse her own of the same day, a clinician any; what is refused is on record."""
    clinic = corrected.clinic
    nurse, other, doctor = (clinic.acting_as(a) for a in (NURSE, OTHER_NURSE, CLINICIAN))
    nurse_desk, other_desk, doctor_desk = (
        CaptureCorrecting(c, corrected.intake, Gate(), corrected.told.append)  # type: ignore[arg-type]
        for c in (nurse, other, doctor)
    )
    session = corrected.one.session(2)
    corrected.one.clinic = nurse
    own = corrected.one.clip(session, 2, Phase.PRE, g_kg=7.0)
    assert refused(other_desk.remove(new_id(), own, "not hers")) is ErrorCode.NOT_ALLOWED
    target = corrected.other.session(2)
    moved = other_desk.move(
        new_id(), own, corrected.other.patient_id, target, Phase.PRE, "not hers"
    )
    assert refused(moved) is ErrorCode.NOT_ALLOWED
    refusals = clinic.database.call(_refusals)
    assert refusals == ["remove_capture", "reassign_capture"]
    corrected.done(nurse_desk.remove(new_id(), own, "her own"))
    corrected.done(doctor_desk.take_back(new_id(), own, "a clinician may"))
    corrected.done(
        doctor_desk.move(new_id(), own, corrected.other.patient_id, target, Phase.PRE, "twin")
    )


def _refusals(store: Any) -> list[str]:
    with store.reading() as db:
        found = db.query("select details from audit where kind = 'refused' order by seq")
        return [str(row["details"]).split('"wanted":"')[1].split('"')[0] for row in found]


def test_a_capture_that_is_worked_on_stays_where_it_is(corrected: Corrected) -> None:
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    corrected.move(capture_id, corrected.other.session(2)).result()  # the analysis is to come
    again = corrected.desk.remove(new_id(), capture_id, "too early")
    assert refused(again) is ErrorCode.CAPTURE_UNFINISHED
    corrected.intake.run()
    state = corrected.clinic.database.call(lambda store: capture(store, capture_id)).state
    assert state is CaptureState.ANALYSED


def test_a_moved_capture_without_its_clip_is_estimated_from_what_is_known(
    corrected: Corrected,
) -> None:
    earlier = corrected.other.session(1)
    corrected.other.weigh(earlier, 1, Phase.PRE, 1.0)
    corrected.other.clip(earlier, 1, Phase.PRE, g_kg=6.0)
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    corrected.clinic.library.delete_clip(capture_id)
    corrected.done(corrected.move(capture_id, corrected.other.session(2)))
    now = corrected.estimate(capture_id)
    assert now is not None
    assert now.excess_kg == pytest.approx(2.0)


def test_a_move_that_was_cut_off_is_finished_at_the_next_start(corrected: Corrected) -> None:
    """Also where the clip is no longer kept: its faces must not go with it."""
    clinic = corrected.clinic
    ids = [
        corrected.one.clip(corrected.one.session(day), day, Phase.PRE, g_kg=7.0 + day)
        for day in (2, 4)
    ]
    for capture_id in ids:
        corrected.move(capture_id, None).result()
    corrected.intake.left.clear()  # the program ended
    clinic.library.delete_clip(ids[1])
    program = clinic.acting_as(Actor("program", frozenset({Role.PROGRAM})))
    assert finish_interrupted(program, Cancel()) == 2
    for capture_id in ids:
        found = clinic.database.call(lambda store, i=capture_id: capture(store, i))  # type: ignore[misc]
        assert found.patient_id == corrected.other.patient_id
        assert found.state in (CaptureState.ANALYSED, CaptureState.REFUSED)
        assert clinic.library.has_crops(capture_id)
        assert corrected.estimate(capture_id) is not None


def test_the_rounds_destroy_what_was_deleted_long_ago(
    corrected: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moved_captures, "STAYS_DAYS", -1)
    clinic = corrected.clinic
    capture_id = corrected.one.clip(corrected.one.session(2), 2, Phase.PRE, g_kg=7.0)
    corrected.done(corrected.desk.remove(new_id(), capture_id, "somebody else"))
    rounds = ClipRounds(clinic, Gate(), lambda change: None, first_after_s=0.0)
    try:
        until(lambda: not clinic.library.has_clip(capture_id))
    finally:
        rounds.close()
