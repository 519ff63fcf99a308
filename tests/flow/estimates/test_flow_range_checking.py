"""A capture is held against the patient's earlier ones before it gets a number."""

from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.identity import Likeness, Verdict
from edema_desk.domain.terms.out_of_range import RangeCheck, Strangeness
from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.store.captures.captures import capture
from edema_desk.store.people.patients import patient
from tests.flow.estimates.test_flow_intake import Course
from tests.flow.made_up_worker import JPEG, MadeUpWorker

OTHER = RangeCheck(Likeness(0.8, Verdict.OTHER), None)
STRANGE = RangeCheck(Likeness(0.2, Verdict.SAME), Strangeness(1.0, 9.0))
KNOWN = RangeCheck(Likeness(0.2, Verdict.SAME), Strangeness(0.5, 0.5))


@pytest.fixture
def course(clinic: Clinic, tmp_path: Path) -> Course:
    """One session of both phases and the second one open."""
    made = Course(clinic, tmp_path)
    first = made.session(2)
    for phase, g_kg in ((Phase.PRE, 7.0), (Phase.POST, 5.0)):
        made.weigh(first, 2, phase, g_kg - 5.0)
        made.clip(first, 2, phase, g_kg=g_kg)
    return made


@pytest.mark.parametrize(
    ("check", "refusal"),
    [(OTHER, Refusal.OTHER_PERSON), (STRANGE, Refusal.UNLIKE_TRAINING), (KNOWN, None)],
)
def test_only_a_familiar_face_gets_a_number(
    course: Course, worker: MadeUpWorker, check: RangeCheck, refusal: Refusal | None
) -> None:
    worker.range_check = check
    kept = course.clip(course.session(4), 4, Phase.PRE, g_kg=7.6)
    estimate = course.entries()[2].estimate
    assert estimate is not None
    assert estimate.refusal is refusal
    assert (estimate.excess_kg is None) == (refusal is not None)
    state = course.clinic.database.call(lambda store: capture(store, kept)).state
    assert state is (CaptureState.REFUSED if refusal else CaptureState.ANALYSED)


def test_a_refused_face_is_never_a_reference(course: Course, worker: MadeUpWorker) -> None:
    worker.range_check = OTHER
    second = course.session(4)
    course.weigh(second, 4, Phase.PRE, 2.6)
    course.clip(second, 4, Phase.PRE, g_kg=7.6)
    worker.range_check = KNOWN
    course.clip(course.session(6), 6, Phase.PRE, g_kg=7.2)
    said = [entry.estimate for entry in course.entries()]
    assert said[2] is not None
    assert said[2].excess_kg is None, "a weight that came made a number of a refused face"
    assert said[3] is not None
    assert len(said[3].references) == 2


def test_a_comparison_that_fails_leaves_the_clip_to_be_taken_in_again(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> RangeCheck:
        raise ExpectedError(ErrorCode.WORKER_FAILED)

    session = course.session(4)
    with monkeypatch.context() as patched:
        patched.setattr(MadeUpWorker, "check_range", crash)
        with pytest.raises(ExpectedError) as caught:
            course.clip(session, 4, Phase.PRE, g_kg=7.6)
    assert caught.value.code is ErrorCode.WORKER_FAILED
    kept = course.clip(session, 4, Phase.PRE, g_kg=7.6)
    state = course.clinic.database.call(lambda store: capture(store, kept)).state
    assert state is CaptureState.ANALYSED


def test_a_first_capture_unlike_any_face_never_counts(
    clinic: Clinic, worker: MadeUpWorker, tmp_path: Path
) -> None:
    """Else a mask of the first day would be a reference, or get its number afterwards."""
    course = Course(clinic, tmp_path)
    worker.range_check = RangeCheck(None, Strangeness(2.0, None))
    kept = course.clip(course.session(4), 4, Phase.PRE, g_kg=7.0)
    assert len(worker.compared) == 1
    assert clinic.database.call(lambda store: capture(store, kept)).state is CaptureState.REFUSED
    (entry,) = course.entries()
    assert entry.estimate is not None
    assert entry.estimate.refusal is Refusal.UNLIKE_TRAINING


def test_what_is_compared(course: Course, worker: MadeUpWorker) -> None:
    for _, references in worker.compared:  # of the first day, which no other came before
        assert references.embeddings.shape == (0, 512)
        assert references.crops == ()
    course.clip(course.session(4), 4, Phase.PRE, g_kg=7.6)
    *_, pair = worker.compared
    seen, references = pair
    assert np.array_equal(seen.embeddings, np.ones((1, 512), np.float16))
    assert seen.crops == (JPEG,) * 6
    assert references.embeddings.shape == (2, 512)
    assert references.crops == (JPEG,) * 4


def test_references_whose_crops_are_gone_still_compare_by_their_embedding(
    course: Course, worker: MadeUpWorker
) -> None:
    for entry in course.entries():
        assert entry.capture is not None
        course.clinic.library.erase(entry.capture.capture_id)
    course.clip(course.session(4), 4, Phase.PRE, g_kg=7.6)
    references = worker.compared[-1][1]
    assert references.crops == ()
    assert references.embeddings.shape == (2, 512)


@pytest.mark.parametrize(("check", "kept"), [(OTHER, False), (STRANGE, False), (KNOWN, True)])
def test_a_strangers_face_never_becomes_the_photo(
    clinic: Clinic, tmp_path: Path, worker: MadeUpWorker, check: RangeCheck, kept: bool
) -> None:
    worker.range_check = check
    course = Course(clinic, tmp_path)
    course.clip(course.session(2), 2, Phase.PRE, g_kg=7.6)
    known = clinic.database.call(lambda store: patient(store, course.patient_id))
    assert known.has_photo is kept
