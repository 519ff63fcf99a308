"""A number that is made later is held against the references that made it possible."""

import threading
from pathlib import Path

import pytest

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.identity import Likeness, Verdict
from edema_desk.domain.terms.out_of_range import RangeCheck
from edema_desk.domain.terms.records import CaptureState, Phase, StoredEstimate
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.estimates.renewing import estimate_anew, renew
from edema_desk.store.captures.captures import capture
from tests.flow.estimates.test_flow_intake import Course
from tests.flow.made_up_worker import JPEG, MadeUpWorker

OTHER = RangeCheck(Likeness(0.8, Verdict.OTHER), None)
KNOWN = RangeCheck(Likeness(0.2, Verdict.SAME), None)


@pytest.fixture
def course(clinic: Clinic, worker: MadeUpWorker, tmp_path: Path) -> Course:
    """Two days filmed, none weighed."""
    worker.range_check = KNOWN
    made = Course(clinic, tmp_path)
    for day, g_kg in ((2, 7.0), (4, 7.5)):
        made.clip(made.session(day), day, Phase.PRE, g_kg=g_kg)
    worker.compared.clear()
    return made


def weigh_first(course: Course) -> None:
    first, _ = course.entries()
    assert first.capture is not None
    assert first.capture.session_id is not None
    course.weigh(first.capture.session_id, 2, Phase.PRE, 2.0)


def second(course: Course) -> StoredEstimate:
    estimate = course.entries()[1].estimate
    assert estimate is not None
    return estimate


def renewed(course: Course) -> int:
    return estimate_anew(course.clinic, course.clinic.library, course.patient_id)


def test_it_is_compared_with_the_reference_it_did_not_have(
    course: Course, worker: MadeUpWorker
) -> None:
    assert renewed(course) == 0
    assert worker.compared == [], "without a reference there is nothing to compare"
    weigh_first(course)
    assert renewed(course) == 1
    ((seen, references),) = worker.compared
    assert seen.crops == (JPEG,) * 6
    assert (references.embeddings.shape, len(references.crops)) == ((1, 512), 2)
    assert second(course).excess_kg == pytest.approx(2.5)
    assert renewed(course) == 0
    assert len(worker.compared) == 1


def test_somebody_else_gets_the_reason_and_is_no_reference(
    course: Course, worker: MadeUpWorker
) -> None:
    worker.range_check = OTHER
    weigh_first(course)
    assert renewed(course) == 0
    assert second(course).refusal is Refusal.OTHER_PERSON
    assert second(course).excess_kg is None
    capture_id = second(course).capture_id
    kept = course.clinic.database.call(lambda store: capture(store, capture_id))
    assert kept.state is CaptureState.REFUSED
    worker.range_check = KNOWN
    session_id = kept.session_id
    assert session_id is not None
    course.weigh(session_id, 4, Phase.PRE, 2.4)
    course.clip(course.session(6), 6, Phase.PRE, g_kg=7.2)
    assert len(course.entries()[2].estimate.references) == 1  # type: ignore[union-attr]
    assert renewed(course) == 0


def test_a_worker_that_fails_leaves_it_waiting(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> RangeCheck:
        raise ExpectedError(ErrorCode.WORKER_FAILED)

    weigh_first(course)
    with monkeypatch.context() as patched:
        patched.setattr(MadeUpWorker, "check_range", crash)
        with pytest.raises(ExpectedError):
            renewed(course)
        assert renew(course.clinic, course.clinic.library, course.patient_id) == 0
    assert second(course).refusal is Refusal.NO_REFERENCE
    assert renew(course.clinic, course.clinic.library, course.patient_id) == 1


def test_an_act_that_came_first_is_not_overruled(course: Course, worker: MadeUpWorker) -> None:
    """While the worker compares, the same capture gets its number from another thread."""
    weigh_first(course)
    ask = worker.check_range
    asked: list[int] = []

    def slow(*given: object, **named: object) -> RangeCheck:
        if not asked:
            asked.append(1)
            asked.append(renewed(course))
        return ask(*given, **named)  # type: ignore[arg-type]

    worker.check_range = slow  # type: ignore[method-assign]
    assert renewed(course) == 0
    assert asked == [1, 1]
    assert second(course).excess_kg == pytest.approx(2.5)


def test_the_worker_is_never_asked_on_the_database_thread(
    course: Course, worker: MadeUpWorker
) -> None:
    names: list[str] = []
    ask = worker.check_range

    def noted(*given: object, **named: object) -> RangeCheck:
        names.append(threading.current_thread().name)
        return ask(*given, **named)  # type: ignore[arg-type]

    worker.check_range = noted  # type: ignore[method-assign]
    weigh_first(course)
    course.clip(course.session(6), 6, Phase.PRE, g_kg=7.2)  # renews the second day's, too
    assert second(course).excess_kg is not None
    assert len(names) == 2
    assert not [name for name in names if name.startswith("database")]
