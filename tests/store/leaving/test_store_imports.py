"""Taking in a study: whole sessions, found again, never doubled, never mixed with others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edema_desk.domain.course.trend import dry_weight_on
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import complete_capture, mark_capture, reassign_capture
from edema_desk.store.captures.cards import patient_card, session_pair
from edema_desk.store.captures.sessions import session
from edema_desk.store.captures.worklist import Counts, counts
from edema_desk.store.leaving.imports import StudyCapture, StudySession, import_session
from edema_desk.store.people.patients import patients
from tests.store.store_samples import at, session_on, some_patient

DAY = date(2026, 3, 2)


def study_session(
    number: str = "P001",
    day: date = DAY,
    dry_g: int = 52_000,
    pre_g: int = 54_000,
    origin: str = "study A",
) -> StudySession:
    """Pre and post of one day, and a spot clip in between."""
    name = f"{origin}/{number}_{day}"
    return StudySession(
        NewPatient(number, number, origin=origin),
        day,
        dry_g,
        (
            StudyCapture(new_id(), Phase.POST, at(day, 13), 52_100, f"{name}_post.mp4"),
            StudyCapture(new_id(), Phase.PRE, at(day, 9), pre_g, f"{name}_pre.mp4"),
            StudyCapture(new_id(), Phase.SPOT, at(day, 11), None, f"{name}_spot.mp4"),
        ),
    )


def test_one_act_brings_patient_session_weights_and_captures(store: Store) -> None:
    study = study_session()
    done = import_session(store, new_id(), study)
    assert done.session_id is not None
    assert session(store, done.session_id).opened_at == at(DAY, 9)
    assert [c.capture_id for c in done.captures] == [c.capture_id for c in study.captures]
    assert {c.state for c in done.captures} == {CaptureState.RECORDING}
    card = patient_card(store, done.patient_id)
    assert (card.patient.origin, card.patient.chart_number) == ("study A", "P001")
    (entry,) = card.trend.sessions
    assert entry.pre is not None
    assert entry.post is not None
    assert (entry.pre.net_g, entry.post.net_g, entry.dry_weight_g) == (54_000, 52_100, 52_000)
    assert len(card.trend.spots) == 1
    assert audit_head(store).rows == 1


def test_importing_again_changes_nothing(store: Store) -> None:
    first = import_session(store, "act", study_session())
    complete_capture(store, new_id(), first.captures[0].capture_id, "ab" * 32, 1)
    before = audit_head(store)
    for act_id in ("act", new_id()):
        again = import_session(store, act_id, study_session())
        assert (again.patient_id, again.session_id) == (first.patient_id, first.session_id)
        ids = [c.capture_id for c in again.captures]
        assert ids == [c.capture_id for c in first.captures]
        assert again.captures[0].state is CaptureState.STORED
    assert audit_head(store) == before
    assert counts(store) == Counts(1, 1, 3, 0)


def test_amended_study_corrects_the_weight_and_adds_the_new_row(store: Store) -> None:
    study = study_session()
    import_session(store, new_id(), replace(study, captures=study.captures[1:]))
    done = import_session(store, new_id(), study_session(pre_g=54_400))
    assert done.session_id is not None
    pair = session_pair(store, done.session_id)
    assert [(w.phase, w.net_g) for w in pair.weighings] == [
        (Phase.PRE, 54_000),
        (Phase.PRE, 54_400),
        (Phase.POST, 52_100),
    ]
    assert pair.weighings[1].reason == "study import"
    assert counts(store) == Counts(1, 1, 3, 0)


def test_people_of_another_origin_are_left_alone(store: Store) -> None:
    some_patient(store, "P001")
    with pytest.raises(ExpectedError) as caught:
        import_session(store, new_id(), study_session())
    assert caught.value.code is ErrorCode.ORIGIN_CONFLICT
    assert counts(store) == Counts(1, 0, 0, 0)


def test_two_clips_for_one_phase_are_refused_whole(store: Store) -> None:
    import_session(store, new_id(), study_session())
    study = study_session()
    twice = replace(study.captures[1], capture_id=new_id(), source="study A/other.mp4")
    with pytest.raises(ExpectedError) as caught:
        import_session(store, new_id(), replace(study, captures=(twice,)))
    assert caught.value.code is ErrorCode.SESSION_TAKEN
    assert counts(store).captures == 3


def test_clip_whose_bytes_did_not_come_is_found_again(store: Store) -> None:
    first = import_session(store, new_id(), study_session())
    lost = first.captures[1].capture_id
    mark_capture(store, new_id(), lost, CaptureState.INCOMPLETE)
    again = import_session(store, new_id(), study_session())
    assert (again.captures[1].capture_id, again.captures[1].state) == (
        lost,
        CaptureState.INCOMPLETE,
    )


def test_capture_moved_by_hand_is_not_brought_back(store: Store) -> None:
    first = import_session(store, new_id(), study_session())
    other = import_session(store, new_id(), study_session("P002"))
    moved = first.captures[1].capture_id
    day = DAY + timedelta(days=7)
    session_id = session_on(store, other.patient_id, day)
    reassign_capture(
        store, new_id(), moved, other.patient_id, session_id, Phase.PRE, "wrong row in the study"
    )
    again = import_session(store, new_id(), study_session())
    assert again.captures[1].patient_id == other.patient_id
    assert counts(store).captures == 6


def test_same_study_under_another_prefix_brings_other_people_their_own_clips(store: Store) -> None:
    first = import_session(store, new_id(), study_session("P001"))
    study = study_session("P001")
    again = replace(study, patient=replace(study.patient, chart_number="B-P001"))
    second = import_session(store, new_id(), again)
    assert {c.patient_id for c in second.captures} == {second.patient_id}
    assert counts(store) == Counts(2, 2, 6, 0)
    assert first.patient_id != second.patient_id


def test_act_id_of_another_session_is_a_bug(store: Store) -> None:
    import_session(store, "act", study_session())
    with pytest.raises(ValueError, match="another session"):
        import_session(store, "act", study_session("P002"))
    assert len(patients(store)) == 1


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.permutations(range(5)), st.lists(st.integers(51, 52), min_size=5, max_size=5))
@example([0, 4, 2, 1, 3], [52, 52, 51, 52, 52])
def test_dry_weight_of_each_day_is_the_studys_in_whatever_order_it_comes(
    store: Store, order: list[int], dry_kg: list[int]
) -> None:
    number = new_id()
    days = [DAY + timedelta(days=2 * n) for n in range(5)]
    for n in order:
        done = import_session(store, new_id(), study_session(number, days[n], dry_kg[n] * 1000))
    steps = patient_card(store, done.patient_id).trend.dry_weights
    assert [dry_weight_on(day, steps) for day in days] == [kg * 1000 for kg in dry_kg]
    assert verify_audit(store).sound
