"""A clip file becomes a capture, whole or not at all."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.estimates.renewing import estimate_anew
from edema_desk.flow.people.recovering import finish_interrupted
from edema_desk.media.library import ClipLibrary, StoredClip
from edema_desk.store.captures.captures import begin_capture, unfinished_captures
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.keys.locks import nobody_takes_in, taking_in
from edema_desk.store.people.patients import add_patient, patient, set_dry_weight
from tests.flow.made_up_worker import MadeUpWorker, clip_file


class Course:
    """A patient and short ways to add to their course."""

    def __init__(self, clinic: Clinic, folder: Path, number: str = "104-221") -> None:
        self.clinic, self.folder = clinic, folder
        new = NewPatient(number, "Sato Haruko", care_given=date(2026, 1, 5))
        self.patient_id = clinic.database.call(
            lambda store: add_patient(store, new_id(), new)
        ).patient_id
        clinic.database.call(
            lambda store: set_dry_weight(
                store, new_id(), self.patient_id, 50_000, date(2026, 1, 1), ""
            )
        )

    def session(self, day: int) -> str:
        at = Moment.at_clinic(date(2026, 3, day), 9, 0)
        return self.clinic.database.call(
            lambda store: open_session(store, new_id(), self.patient_id, at)
        )

    def weigh(self, session_id: str, day: int, phase: Phase, excess_kg: float) -> None:
        at = self.at(day, phase)
        grams = 50_000 + round(1000 * excess_kg)
        self.clinic.database.call(
            lambda store: enter_weighing(store, new_id(), session_id, phase, grams, 0, at)
        )

    def at(self, day: int, phase: Phase) -> Moment:
        return Moment.at_clinic(date(2026, 3, day), 9 if phase is Phase.PRE else 13, 0)

    def clip(
        self, session_id: str, day: int, phase: Phase, g_kg: float | None, refusal: str = ""
    ) -> str:
        path = clip_file(self.folder, f"{day}-{phase}.mp4", g_kg=g_kg, refusal=refusal)
        slot = Slot(self.patient_id, session_id, phase, self.at(day, phase))
        return take_in(self.clinic, new_id(), path, slot, unheard, Cancel()).capture_id

    def entries(self) -> tuple[PhaseEntry, ...]:
        return self.clinic.database.call(
            lambda store: patient_card(store, self.patient_id)
        ).trend.entries()


@pytest.fixture
def course(clinic: Clinic, tmp_path: Path) -> Course:
    return Course(clinic, tmp_path)


def test_the_second_day_is_estimated_from_the_first(course: Course) -> None:
    first = course.session(2)
    course.weigh(first, 2, Phase.PRE, 2.0)
    course.clip(first, 2, Phase.PRE, g_kg=7.0)
    course.weigh(first, 2, Phase.POST, 0.0)
    course.clip(first, 2, Phase.POST, g_kg=5.0)
    second = course.session(4)
    course.clip(second, 4, Phase.PRE, g_kg=7.6)
    said = [e.estimate for e in course.entries()]
    assert said[0] is not None
    assert said[0].refusal == "no_reference"
    assert said[1] is not None
    assert said[1].refusal == "no_reference"  # the same day is no reference
    assert said[2] is not None
    assert said[2].excess_kg == pytest.approx(2.6)  # each reference says 0 + 2.6, 2 + 0.6
    assert said[2].spread_kg is not None
    assert said[2].spread_kg >= 0.5
    assert len(said[2].references) == 2


def test_a_weight_that_comes_late_makes_the_waiting_estimates(course: Course) -> None:
    first, second = course.session(2), course.session(4)
    course.clip(first, 2, Phase.PRE, g_kg=7.0)
    course.clip(second, 4, Phase.PRE, g_kg=7.5)
    assert course.entries()[1].estimate is not None
    assert course.entries()[1].estimate.excess_kg is None  # type: ignore[union-attr]
    course.weigh(first, 2, Phase.PRE, 2.0)
    assert estimate_anew(course.clinic, course.clinic.library, course.patient_id) == 1
    said = course.entries()[1].estimate
    assert said is not None
    assert said.excess_kg == pytest.approx(2.5)


def test_a_clip_without_a_face_is_kept_with_its_reason(course: Course) -> None:
    session = course.session(2)
    course.clip(session, 2, Phase.PRE, g_kg=None, refusal="no_face")
    (entry,) = course.entries()
    assert entry.estimate is not None
    assert entry.estimate.refusal == "no_face"
    assert entry.capture is not None
    assert entry.capture.state is CaptureState.REFUSED


def test_an_unreadable_clip_leaves_nothing(course: Course, tmp_path: Path) -> None:
    session = course.session(2)
    bad = tmp_path / "bad.mp4"
    bad.write_text("not a video")
    slot = Slot(course.patient_id, session, Phase.PRE, course.at(2, Phase.PRE))
    with pytest.raises(ExpectedError) as caught:
        take_in(course.clinic, new_id(), bad, slot, unheard, Cancel())
    assert caught.value.code is ErrorCode.NOT_A_VIDEO
    assert course.entries() == ()
    assert list(course.clinic.profile.clips.iterdir()) == []


def test_a_new_session_is_opened_by_a_clip_that_is_taken_in_and_by_no_other(
    course: Course, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_text("not a video")
    good = clip_file(tmp_path, "good.mp4", g_kg=7.0)
    slot = Slot(course.patient_id, None, Phase.PRE, course.at(2, Phase.PRE))
    with pytest.raises(ExpectedError):
        take_in(course.clinic, new_id(), bad, slot, unheard, Cancel())
    card = course.clinic.database.call(lambda store: patient_card(store, course.patient_id))
    assert card.trend.sessions == ()
    taken = take_in(course.clinic, new_id(), good, slot, unheard, Cancel())
    card = course.clinic.database.call(lambda store: patient_card(store, course.patient_id))
    assert [s.session.session_id for s in card.trend.sessions] == [taken.session_id]


def test_the_same_clip_is_not_taken_twice(course: Course) -> None:
    session = course.session(2)
    course.clip(session, 2, Phase.PRE, g_kg=7.0)
    again = course.session(4)
    slot = Slot(course.patient_id, again, Phase.PRE, course.at(4, Phase.PRE))
    with pytest.raises(ExpectedError) as caught:
        take_in(course.clinic, new_id(), course.folder / "2-pre.mp4", slot, unheard, Cancel())
    assert caught.value.code is ErrorCode.CLIP_DUPLICATE


def test_cancelling_leaves_nothing(course: Course) -> None:
    session = course.session(2)
    cancel = Cancel()

    def stop_half_way(progress: Progress) -> None:
        if progress.what == "analyse":
            cancel.set()

    path = clip_file(course.folder, "a.mp4", g_kg=1.0)
    slot = Slot(course.patient_id, session, Phase.PRE, course.at(2, Phase.PRE))
    with pytest.raises(ExpectedError) as caught:
        take_in(course.clinic, new_id(), path, slot, stop_half_way, cancel)
    assert caught.value.code is ErrorCode.CANCELLED
    assert course.entries() == ()


def test_no_room_for_the_clip_frees_its_place(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = course.session(2)

    def full(*_: object) -> None:
        raise ExpectedError(ErrorCode.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(ClipLibrary, "store_clip", full)
        with pytest.raises(ExpectedError) as caught:
            course.clip(session, 2, Phase.PRE, g_kg=7.0)
    assert caught.value.code is ErrorCode.DISK_FULL
    course.clip(session, 2, Phase.PRE, g_kg=7.0)  # there is room again: the same act works
    assert course.entries()[0].capture is not None
    assert course.entries()[0].capture.state is CaptureState.ANALYSED  # type: ignore[union-attr]


def test_what_was_interrupted_is_finished_or_given_up(
    course: Course, worker: MadeUpWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = course.session(2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ClipLibrary, "store_crops", killed)
        with pytest.raises(KeyboardInterrupt):
            course.clip(session, 2, Phase.PRE, g_kg=7.0)
    course.clinic.database.call(
        lambda store: begin_capture(
            store,
            new_id(),
            new_id(),
            course.patient_id,
            session,
            Phase.POST,
            course.at(2, Phase.POST),
            "file",
        )
    )
    assert len(course.clinic.database.call(unfinished_captures)) == 2
    assert finish_interrupted(course.clinic, Cancel()) == 2
    assert course.clinic.database.call(unfinished_captures) == ()
    pre, post = course.entries()
    assert pre.capture is not None
    assert pre.capture.state is CaptureState.ANALYSED
    assert post.capture is not None
    assert post.capture.state is CaptureState.INCOMPLETE
    assert worker.analysed == 2  # once from the file, once from the sealed clip


def test_what_another_program_takes_in_is_not_given_up(course: Course) -> None:
    """A window starts while an import or the inbox of the command line works."""
    session = course.session(2)
    begun = course.clinic.database.call(
        lambda store: begin_capture(
            *(store, new_id(), new_id(), course.patient_id, session, Phase.POST),
            *(course.at(2, Phase.POST), "file"),
        )
    )
    with taking_in(course.clinic.profile, Cancel().check):
        assert finish_interrupted(course.clinic, Cancel()) == 0
        (left,) = course.clinic.database.call(unfinished_captures)
        assert left.capture_id == begun.capture_id
    assert finish_interrupted(course.clinic, Cancel()) == 1
    assert course.clinic.database.call(unfinished_captures) == ()


def test_taking_in_is_known_to_other_programs(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, seen = course.session(2), list[bool]()
    real = ClipLibrary.store_clip

    def look(library: ClipLibrary, *args: Any, **kwargs: Any) -> StoredClip:
        with nobody_takes_in(course.clinic.profile) as alone:
            seen.append(alone)
        return real(library, *args, **kwargs)

    monkeypatch.setattr(ClipLibrary, "store_clip", look)
    course.clip(session, 2, Phase.PRE, g_kg=7.0)
    with nobody_takes_in(course.clinic.profile) as alone:
        assert (seen, alone) == ([False], True)


def test_while_the_left_is_cleared_up_nobody_begins(course: Course) -> None:
    cancel = Cancel()
    cancel.set()
    with nobody_takes_in(course.clinic.profile) as alone:
        assert alone
        with (
            pytest.raises(ExpectedError) as caught,
            taking_in(course.clinic.profile, cancel.check),
        ):
            pass
    assert caught.value.code is ErrorCode.CANCELLED


def test_one_that_cannot_be_finished_keeps_no_other(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = course.session(2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for phase in (Phase.PRE, Phase.POST):
        with monkeypatch.context() as patched:
            patched.setattr(ClipLibrary, "store_crops", killed)
            with pytest.raises(KeyboardInterrupt):
                course.clip(session, 2, phase, g_kg=7.0)
    first, _ = course.clinic.database.call(unfinished_captures)
    path = course.clinic.library.clip(first.capture_id).path
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert finish_interrupted(course.clinic, Cancel()) == 1
    (left,) = course.clinic.database.call(unfinished_captures)
    assert left.capture_id == first.capture_id
    assert course.clinic.library.has_clip(first.capture_id)


def test_the_first_clip_gives_the_photo(course: Course) -> None:
    session = course.session(2)
    course.clip(session, 2, Phase.PRE, g_kg=7.0)
    shown = course.clinic.database.call(lambda store: patient(store, course.patient_id))
    assert shown.has_photo


def test_a_model_changed_beside_the_program_is_said(course: Course, worker: MadeUpWorker) -> None:
    worker.model_id = "base-of-another-day"
    session_id = course.session(2)
    with pytest.raises(ExpectedError) as caught:
        course.clip(session_id, 2, Phase.PRE, g_kg=1.0)
    assert caught.value.code is ErrorCode.MODEL_ALTERED
    assert course.clinic.database.call(unfinished_captures) == ()
