"""Acts: done once, whole or not at all, audited; records are added, never overwritten."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.alike import Alike
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.analyses import (
    add_estimate,
    estimate_in_force,
    kept_score,
    record_analysis,
    references_for,
)
from edema_desk.store.captures.captures import (
    begin_capture,
    capture,
    capture_by_sha256,
    capture_states,
    complete_capture,
    mark_capture,
    reassign_capture,
    unfinished_captures,
)
from edema_desk.store.captures.cards import capture_detail, patient_card, session_pair
from edema_desk.store.captures.sessions import (
    enter_weighing,
    known_weights,
    open_session,
    session,
    session_states,
)
from edema_desk.store.captures.worklist import Counts, counts
from edema_desk.store.models.models import (
    ModelRecord,
    models,
    models_that_saw,
    note_model_saw,
    register_model,
)
from edema_desk.store.people.patients import (
    add_patient,
    numbers_from_elsewhere,
    patient,
    patients,
    photo,
    set_dry_weight,
    set_photo,
)
from tests.store.store_samples import (
    MODEL,
    analysis,
    at,
    estimate,
    know_model,
    person,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

DAY = date(2026, 3, 2)


def refuses(code: ErrorCode, act: Callable[[], object]) -> None:
    """`act` fails with `code`, and the store is as before."""
    with pytest.raises(ExpectedError) as caught:
        act()
    assert caught.value.code is code


def analysed(store: Store, patient_id: str, session_id: str, phase: Phase, hour: int) -> Capture:
    know_model(store)
    day = session(store, session_id).day
    one = stored_capture(store, patient_id, session_id, phase, at(day, hour))
    record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
    return capture(store, one.capture_id)


# patients


def test_patient_comes_with_schedule_and_dry_weight(store: Store) -> None:
    new = person(dry_weight_g=52_400)
    added = add_patient(store, new_id(), new)
    card = patient_card(store, added.patient_id)
    assert card.patient == added
    assert (added.name, added.kana, added.birth_date) == (new.name, new.kana, new.birth_date)
    assert card.schedule == new.schedule
    assert card.dry_weight_g == 52_400
    assert card.alike == ()


@pytest.mark.parametrize("number", ["1001", " 1001 ", "１００１"])
def test_chart_number_belongs_to_one_patient(store: Store, number: str) -> None:
    add_patient(store, new_id(), person("1001"))
    refuses(ErrorCode.CHART_NUMBER_TAKEN, lambda: add_patient(store, new_id(), person(number, "B")))
    assert len(patients(store)) == 1


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        ("", "A", ErrorCode.FIELD_EMPTY),
        ("  ", "A", ErrorCode.FIELD_EMPTY),
        ("1", " ", ErrorCode.FIELD_EMPTY),
        ("1" * 65, "A", ErrorCode.FIELD_TOO_LONG),
        ("1", "A" * 201, ErrorCode.FIELD_TOO_LONG),
    ],
)
def test_fields_are_checked(store: Store, number: str, name: str, code: ErrorCode) -> None:
    refuses(code, lambda: add_patient(store, new_id(), person(number, name)))


def test_impossible_dry_weight_adds_nobody(store: Store) -> None:
    refuses(
        ErrorCode.WEIGHT_OUT_OF_RANGE,
        lambda: add_patient(store, new_id(), person(dry_weight_g=5_240)),
    )
    assert patients(store) == ()
    assert audit_head(store).rows == 0


def test_search_and_those_who_are_alike(store: Store) -> None:
    first = add_patient(store, new_id(), person("1001", "山田 花子"))
    add_patient(store, new_id(), person("1002", "山田　花子", kana=""))
    add_patient(store, new_id(), person("1003", "佐藤 一郎", kana="サトウ イチロウ"))
    assert [p.chart_number for p in patients(store, "さとう")] == ["1003"]
    assert len(patients(store, "100")) == 3
    assert patients(store, "nobody") == ()
    (namesake, same_day) = patient_card(store, first.patient_id).alike
    assert namesake.same_name
    assert namesake.patient.chart_number == "1002"
    assert Alike.BIRTHDAY in same_day.ways
    assert not same_day.same_name


def test_photo_is_kept_and_replaced(store: Store) -> None:
    patient_id = some_patient(store)
    assert photo(store, patient_id) is None
    for jpeg in (b"\xff\xd8one", b"\xff\xd8two"):
        set_photo(store, new_id(), patient_id, jpeg)
        assert photo(store, patient_id) == jpeg
    assert patient(store, patient_id).has_photo
    with pytest.raises(ValueError, match="JPEG"):
        set_photo(store, new_id(), patient_id, b"GIF89a")


def test_dry_weight_of_the_same_day_is_corrected_with_a_reason(store: Store) -> None:
    patient_id = some_patient(store)
    set_dry_weight(store, new_id(), patient_id, 51_000, DAY)
    refuses(
        ErrorCode.REASON_NEEDED, lambda: set_dry_weight(store, new_id(), patient_id, 51_500, DAY)
    )
    set_dry_weight(store, new_id(), patient_id, 51_500, DAY, "misread")
    set_dry_weight(store, new_id(), patient_id, 51_600, DAY, "misread again")
    steps = patient_card(store, patient_id).trend.dry_weights
    assert [(s.valid_from, s.weight_g) for s in steps] == [
        (date(2020, 1, 1), 52_000),
        (DAY, 51_600),
    ]
    assert (steps[-1].reason, steps[-1].actor) == ("misread again", "local")


def test_people_by_origin(store: Store) -> None:
    some_patient(store, "1", origin="study A")
    some_patient(store, "2", origin="study B")
    assert numbers_from_elsewhere(store, ["1", "2", "３", " 2 "], "study A") == 1


# sessions and weights


def test_weights_are_corrected_not_overwritten(store: Store) -> None:
    patient_id = some_patient(store)
    session_id = session_on(store, patient_id, DAY)
    first = weigh(store, session_id, Phase.PRE, 54_000, at(DAY, 9))
    refuses(
        ErrorCode.REASON_NEEDED,
        lambda: enter_weighing(store, new_id(), session_id, Phase.PRE, 54_500, 0, at(DAY, 9), " "),
    )
    second = enter_weighing(
        store, new_id(), session_id, Phase.PRE, 56_700, 2_200, at(DAY, 9, 5), "shoes on"
    )
    pair = session_pair(store, session_id)
    assert pair.entry.pre is not None
    assert pair.entry.pre.net_g == 54_500
    assert pair.entry.pre.scale_excess_kg == pytest.approx(2.5)
    old, new = pair.weighings
    assert (old.weighing_id, old.net_g, old.supersedes) == (first, 54_000, None)
    assert (new.weighing_id, new.supersedes, new.reason) == (second, first, "shoes on")
    assert (new.gross_g, new.tare_g, new.weighed_at) == (56_700, 2_200, at(DAY, 9, 5))


def test_weight_that_cannot_be_a_patients_is_refused(store: Store) -> None:
    session_id = session_on(store, some_patient(store), DAY)
    for gross_g, tare_g in ((21_000, 2_000), (301_000, 0)):
        refuses(
            ErrorCode.WEIGHT_OUT_OF_RANGE,
            lambda g=gross_g, t=tare_g: enter_weighing(  # type: ignore[misc]
                store, new_id(), session_id, Phase.PRE, g, t, at(DAY)
            ),
        )
    refuses(
        ErrorCode.UNKNOWN_SESSION,
        lambda: enter_weighing(store, new_id(), "nowhere", Phase.PRE, 50_000, 0, at(DAY)),
    )


def test_session_keeps_its_plan_and_clinic_day(store: Store) -> None:
    patient_id = some_patient(store)
    late = at(DAY, 23, 30)
    kept = session(store, open_session(store, new_id(), patient_id, late, 7.5, 1800))
    assert (kept.day, kept.opened_at) == (DAY, late)
    assert (kept.planned_hours, kept.planned_removal_ml) == (7.5, 1800)
    refuses(ErrorCode.UNKNOWN_PATIENT, lambda: open_session(store, new_id(), "nobody", late))


def test_states_for_pairing_tell_phases_of_weights_and_captures(store: Store) -> None:
    patient_id = some_patient(store)
    old = session_on(store, patient_id, DAY - timedelta(days=2))
    weigh(store, old, Phase.PRE, 54_000, at(DAY))
    today = session_on(store, patient_id, DAY, 9)
    assert [s.phases for s in session_states(store, patient_id, at(DAY, 10))] == [frozenset()]
    weigh(store, today, Phase.PRE, 54_000, at(DAY))
    stored_capture(store, patient_id, today, Phase.POST, at(DAY, 13))
    states = session_states(store, patient_id, at(DAY, 10))
    assert [(s.session.session_id, s.phases) for s in states] == [
        (today, frozenset({Phase.PRE, Phase.POST}))
    ]


def test_known_weights_for_doubts(store: Store) -> None:
    patient_id = some_patient(store)
    before = session_on(store, patient_id, DAY - timedelta(days=2))
    weigh(store, before, Phase.POST, 52_100, at(DAY - timedelta(days=2), 13))
    today = session_on(store, patient_id, DAY)
    weigh(store, today, Phase.PRE, 54_300, at(DAY))
    weigh(store, today, Phase.POST, 52_200, at(DAY, 13))
    known = known_weights(store, patient_id, today, at(DAY, 13))
    assert (known.last_post_g, known.dry_weight_g, known.pre_g) == (52_100, 52_000, 54_300)
    new = known_weights(store, patient_id, None, at(DAY + timedelta(days=2)))
    assert (new.last_post_g, new.pre_g) == (52_200, None)


# captures and estimates


def test_capture_goes_from_before_its_first_frame_to_its_estimate(store: Store) -> None:
    patient_id = some_patient(store)
    know_model(store)
    session_id = session_on(store, patient_id, DAY)
    capture_id = new_id()
    row = begin_capture(
        store, new_id(), capture_id, patient_id, session_id, Phase.PRE, at(DAY), "file"
    )
    assert (row.state, row.sha256) == (CaptureState.RECORDING, None)
    assert [c.capture_id for c in unfinished_captures(store)] == [capture_id]
    row = complete_capture(store, new_id(), capture_id, "12" * 32, 61_500)
    assert (row.state, row.sha256, row.duration_ms) == (CaptureState.STORED, "12" * 32, 61_500)
    assert capture_by_sha256(store, patient_id, "12" * 32) == row
    assert unfinished_captures(store) == (row,)
    found = analysis()
    told = estimate(capture_id, references=("a", "b"))
    record_analysis(store, new_id(), capture_id, found, told)
    row = capture(store, capture_id)
    assert (row.state, row.frames_seen, row.frames_chosen) == (CaptureState.ANALYSED, 300, 9)
    assert unfinished_captures(store) == ()
    assert estimate_in_force(store, capture_id) == told
    detail = session_pair(store, session_id).pre
    assert detail is not None
    np.testing.assert_array_equal(detail.t_ms, found.t_ms)
    np.testing.assert_array_equal(detail.frame_scores, found.frame_scores)
    assert detail.refused == tuple(found.refused.items())
    assert detail.estimates == (told,)
    score = kept_score(store, capture_id, MODEL)
    assert score is not None
    assert score.score == found.score
    assert found.embedding is not None
    assert score.embedding.tobytes() == found.embedding.tobytes()
    assert kept_score(store, capture_id, "another") is None


def test_refused_capture_keeps_its_reason_and_frees_its_phase(store: Store) -> None:
    patient_id = some_patient(store)
    know_model(store)
    session_id = session_on(store, patient_id, DAY)
    bad = stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY))
    refusal = Refusal.BAD_LIGHT
    told = estimate(bad.capture_id, refusal=refusal)
    record_analysis(store, new_id(), bad.capture_id, analysis(refusal=refusal, frames=0), told)
    assert capture(store, bad.capture_id).state is CaptureState.REFUSED
    assert estimate_in_force(store, bad.capture_id) == told
    assert kept_score(store, bad.capture_id, MODEL) is None
    assert capture_detail(store, bad.capture_id).frame_scores.shape == (0, len(SCORE_NAMES))
    stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY, 9, 10))
    refuses(
        ErrorCode.SESSION_TAKEN,
        lambda: stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY, 9, 20)),
    )


def test_same_bytes_are_taken_once_for_a_patient(store: Store) -> None:
    patient_id, other_id = some_patient(store, "1"), some_patient(store, "2")
    one = session_on(store, patient_id, DAY)
    stored_capture(store, patient_id, one, Phase.PRE, at(DAY), "77" * 32)
    capture_id = new_id()
    begin_capture(store, new_id(), capture_id, patient_id, one, Phase.POST, at(DAY, 13), "file")
    refuses(
        ErrorCode.CLIP_DUPLICATE,
        lambda: complete_capture(store, new_id(), capture_id, "77" * 32, 60_000),
    )
    assert capture(store, capture_id).state is CaptureState.RECORDING
    mark_capture(store, new_id(), capture_id, CaptureState.INCOMPLETE)
    assert unfinished_captures(store)[-1].capture_id != capture_id
    theirs = session_on(store, other_id, DAY)
    stored_capture(store, other_id, theirs, Phase.PRE, at(DAY), "77" * 32)


def test_clip_that_was_given_up_can_be_taken_in_again(store: Store) -> None:
    patient_id = some_patient(store)
    session_id = session_on(store, patient_id, DAY)
    lost = stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY), "77" * 32)
    mark_capture(store, new_id(), lost.capture_id, CaptureState.INCOMPLETE)
    assert capture_by_sha256(store, patient_id, "77" * 32) is None
    again = stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY), "77" * 32)
    assert capture_by_sha256(store, patient_id, "77" * 32) == again
    entry = session_pair(store, session_id).entry.pre
    assert entry is not None
    assert entry.capture == again
    assert patient_card(store, patient_id).trend.sessions[0].pre == entry
    assert capture_states(store) == {
        lost.capture_id: CaptureState.INCOMPLETE,
        again.capture_id: CaptureState.STORED,
    }


def test_capture_of_one_cannot_go_into_a_session_of_another(store: Store) -> None:
    patient_id, other_id = some_patient(store, "1"), some_patient(store, "2")
    theirs = session_on(store, other_id, DAY)
    for session_id, phase in ((theirs, Phase.PRE), (None, Phase.PRE), (theirs, Phase.SPOT)):
        with pytest.raises(ExpectedError) as caught:
            stored_capture(store, patient_id, session_id, phase, at(DAY))
        assert caught.value.code is ErrorCode.UNKNOWN_SESSION
    assert counts(store).captures == 0


def test_wrong_patient_is_corrected_by_a_new_entry(store: Store) -> None:
    wrong, right = some_patient(store, "1"), some_patient(store, "2")
    one, other = session_on(store, wrong, DAY), session_on(store, right, DAY)
    moved = analysed(store, wrong, one, Phase.PRE, 9)
    refuses(
        ErrorCode.REASON_NEEDED,
        lambda: reassign_capture(
            store, new_id(), moved.capture_id, right, other, Phase.PRE, reason=""
        ),
    )
    now = reassign_capture(
        store, new_id(), moved.capture_id, right, other, Phase.PRE, "picked the neighbour"
    )
    assert (now.patient_id, now.session_id) == (right, other)
    assert now.state is CaptureState.STORED
    assert estimate_in_force(store, moved.capture_id) is None
    assert session_pair(store, one).pre is None
    assert patient_card(store, wrong).trend.sessions[0].pre is None
    pair = session_pair(store, other)
    assert pair.pre is not None
    assert len(pair.pre.estimates) == 1
    assert pair.entry.pre is not None
    assert pair.entry.pre.estimate is None
    again = estimate(moved.capture_id, 0.5)
    add_estimate(store, new_id(), again)
    assert capture(store, moved.capture_id).state is CaptureState.ANALYSED
    assert estimate_in_force(store, moved.capture_id) == again
    with store.reading() as db:
        entries = list(db.query("select patient_id, reason from assignment order by rowid"))
    assert [(e["patient_id"], e["reason"]) for e in entries] == [
        (wrong, ""),
        (right, "picked the neighbour"),
    ]


def test_newest_estimate_is_in_force_and_the_old_one_stays(store: Store) -> None:
    patient_id = some_patient(store)
    one = analysed(store, patient_id, session_on(store, patient_id, DAY), Phase.PRE, 9)
    later = estimate(one.capture_id, refusal=Refusal.NO_REFERENCE)
    add_estimate(store, new_id(), later)
    assert estimate_in_force(store, one.capture_id) == later
    assert [e.excess_kg for e in capture_detail(store, one.capture_id).estimates] == [1.25, None]


def test_estimate_is_a_number_with_spread_or_a_reason(store: Store) -> None:
    patient_id = some_patient(store)
    one = analysed(store, patient_id, session_on(store, patient_id, DAY), Phase.PRE, 9)
    good = {"excess_kg": 1.0, "spread_kg": 0.5, "refusal": None}
    for wrong in (
        {"refusal": "blurred"},
        {"excess_kg": None},
        {"spread_kg": None},
        {"excess_kg": None, "spread_kg": None},
        {"excess_kg": float("nan")},
        {"excess_kg": float("inf")},
        {"spread_kg": -0.1},
        {"p_edema": 1.01},
        {"interval_kind": "sure"},
        {"sd_kg": -0.1},
        {"transfer": ""},
    ):
        with pytest.raises(dbapi2.IntegrityError):
            _raw_estimate(store, one.capture_id, {**good, **wrong})
    _raw_estimate(store, one.capture_id, good)


def _raw_estimate(store: Store, capture_id: str, values: Mapping[str, object]) -> None:
    def work(db: Database) -> Done:
        assignment = db.execute(
            "select assignment_id from assignment_now where capture_id = ?", [capture_id]
        ).fetchone()[0]
        fixed = {
            "estimate_id": new_id(),
            "assignment_id": assignment,
            "model_id": MODEL,
            "made_utc_ms": 0,
            "made_offset_min": 0,
            "reference_ids": "[]",
            "program_version": "1",
            "act_id": act_id,
        }
        db.table("estimate").insert({**fixed, **values})
        return Done("")

    act_id = new_id()
    store.act(act_id, ActKind.ADD_ESTIMATE, work)


def test_failed_analysis_leaves_neither_arrays_nor_estimate(store: Store) -> None:
    patient_id = some_patient(store)
    session_id = session_on(store, patient_id, DAY)
    one = stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY))
    with pytest.raises(dbapi2.IntegrityError):  # the model was never registered
        record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
    assert capture(store, one.capture_id).state is CaptureState.STORED
    assert capture_detail(store, one.capture_id).t_ms.size == 0
    with pytest.raises(ValueError, match="another capture"):
        record_analysis(store, new_id(), one.capture_id, analysis(), estimate("other"))


def test_analysing_again_replaces_arrays_and_adds_an_estimate(store: Store) -> None:
    patient_id = some_patient(store)
    one = analysed(store, patient_id, session_on(store, patient_id, DAY), Phase.PRE, 9)
    again = analysis(g_kg=2.0, frames=11)
    record_analysis(store, new_id(), one.capture_id, again, estimate(one.capture_id, 2.0))
    detail = capture_detail(store, one.capture_id)
    assert len(detail.t_ms) == 11
    assert len(detail.estimates) == 2
    score = kept_score(store, one.capture_id, MODEL)
    assert score is not None
    assert score.score.g_kg == 2.0


def test_references_are_of_earlier_days_with_weight_and_dry_weight(store: Store) -> None:
    patient_id, other_id = some_patient(store, "1"), some_patient(store, "2")
    wanted = []
    for days in (4, 2):
        day = DAY - timedelta(days=days)
        session_id = session_on(store, patient_id, day)
        pre = analysed(store, patient_id, session_id, Phase.PRE, 9)
        analysed(store, patient_id, session_id, Phase.POST, 13)  # no weight after: not known
        weigh(store, session_id, Phase.PRE, 53_000 + days * 100, at(day))
        wanted.append((pre.capture_id, 1.0 + days / 10, day))
    today = session_on(store, patient_id, DAY)
    analysed(store, patient_id, today, Phase.PRE, 9)
    weigh(store, today, Phase.PRE, 54_000, at(DAY))
    theirs = session_on(store, other_id, DAY - timedelta(days=2))
    analysed(store, other_id, theirs, Phase.PRE, 9)
    weigh(store, theirs, Phase.PRE, 54_000, at(DAY))
    found = references_for(store, patient_id, at(DAY, 13), MODEL)
    assert [(k.capture.capture_id, k.day) for k in found] == [(c, d) for c, _, d in wanted]
    np.testing.assert_allclose([k.excess_kg for k in found], [e for _, e, _ in wanted])
    assert {k.score.g_kg for k in found} == {1.5}
    assert references_for(store, patient_id, at(DAY, 13), "another") == ()
    earliest = DAY - timedelta(days=4)
    assert references_for(store, patient_id, at(earliest, 13), MODEL) == ()


def test_pre_of_an_overnight_session_is_no_reference_of_its_post(store: Store) -> None:
    patient_id = some_patient(store)
    night = open_session(store, new_id(), patient_id, at(DAY, 22), 8.0)
    analysed(store, patient_id, night, Phase.PRE, 22)
    weigh(store, night, Phase.PRE, 54_000, at(DAY, 22))
    morning = at(DAY + timedelta(days=1), 6)
    assert references_for(store, patient_id, morning, MODEL) == ()
    two_days_on = at(DAY + timedelta(days=2), 6)
    assert len(references_for(store, patient_id, two_days_on, MODEL)) == 1


def test_morning_of_the_same_day_is_no_reference_of_the_night(store: Store) -> None:
    patient_id = some_patient(store)
    morning = session_on(store, patient_id, DAY, 6)
    analysed(store, patient_id, morning, Phase.PRE, 6)
    weigh(store, morning, Phase.PRE, 54_000, at(DAY, 6))
    assert references_for(store, patient_id, at(DAY, 23), MODEL) == ()
    assert len(references_for(store, patient_id, at(DAY + timedelta(days=1), 0), MODEL)) == 1


def test_references_follow_corrected_weights_and_dry_weights(store: Store) -> None:
    patient_id = some_patient(store)
    day = DAY - timedelta(days=2)
    session_id = session_on(store, patient_id, day)
    analysed(store, patient_id, session_id, Phase.PRE, 9)
    weigh(store, session_id, Phase.PRE, 53_000, at(day))
    enter_weighing(store, new_id(), session_id, Phase.PRE, 53_500, 0, at(day), "misread")
    set_dry_weight(store, new_id(), patient_id, 51_000, day)
    (known,) = references_for(store, patient_id, at(DAY), MODEL)
    assert known.excess_kg == pytest.approx(2.5)


def test_models_and_whom_they_saw(store: Store) -> None:
    first, second = some_patient(store, "1"), some_patient(store, "2")
    base = ModelRecord("base", "ab" * 32, {"format": 1, "note": "日本"})
    own = ModelRecord("own", "cd" * 32, {}, parent_id="base")
    register_model(store, new_id(), base)
    register_model(store, new_id(), own)
    rows = audit_head(store).rows
    register_model(store, new_id(), base)
    assert audit_head(store).rows == rows
    assert models(store) == (base, own)
    refuses(
        ErrorCode.MODEL_ALTERED,
        lambda: register_model(store, new_id(), ModelRecord("base", "ef" * 32, {})),
    )
    note_model_saw(store, new_id(), "own", [first])
    note_model_saw(store, new_id(), "own", [first, second])
    assert models_that_saw(store, first) == ("own",)
    assert models_that_saw(store, second) == ("own",)
    refuses(ErrorCode.UNKNOWN_PATIENT, lambda: note_model_saw(store, new_id(), "own", ["nobody"]))


# what holds for every act


def test_repeated_act_does_nothing_and_answers_the_same(store: Store) -> None:
    patient_id = add_patient(store, "a", person()).patient_id
    assert add_patient(store, "a", person()).patient_id == patient_id
    session_id = open_session(store, "s", patient_id, at(DAY))
    assert open_session(store, "s", patient_id, at(DAY)) == session_id
    weighing = enter_weighing(store, "w", session_id, Phase.PRE, 54_000, 0, at(DAY))
    assert enter_weighing(store, "w", session_id, Phase.PRE, 54_000, 0, at(DAY)) == weighing
    set_dry_weight(store, "d", patient_id, 52_000, DAY)
    set_dry_weight(store, "d", patient_id, 52_000, DAY)
    know_model(store)
    one = begin_capture(store, "b", "c1", patient_id, session_id, Phase.PRE, at(DAY), "file")
    assert (
        begin_capture(store, "b", "c1", patient_id, session_id, Phase.PRE, at(DAY), "file") == one
    )
    done = complete_capture(store, "c", "c1", "12" * 32, 1)
    assert complete_capture(store, "c", "c1", "12" * 32, 1) == done
    told = estimate("c1")
    record_analysis(store, "r", "c1", analysis(), told)
    record_analysis(store, "r", "c1", analysis(), told)
    assert counts(store) == Counts(1, 1, 1, 1)
    assert audit_head(store).rows == 8
    assert verify_audit(store).sound


def test_one_act_id_for_two_kinds_of_act_is_a_bug(store: Store) -> None:
    patient_id = add_patient(store, "a", person()).patient_id
    with pytest.raises(ValueError, match="two kinds"):
        open_session(store, "a", patient_id, at(DAY))


def test_act_that_fails_half_way_leaves_no_trace(store: Store) -> None:
    def work(db: Database) -> Done:
        db.table("patient").insert(
            {
                "patient_id": "p",
                "chart_number": "1",
                "name": "n",
                "kana": "",
                "origin": "clinic",
                "act_id": "a",
            }
        )
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        store.act("a", ActKind.ADD_PATIENT, work)
    assert counts(store).patients == 0
    assert audit_head(store).rows == 0
    add_patient(store, "a", person())


def test_act_without_its_record_of_it_cannot_be_kept(store: Store) -> None:
    def work(db: Database) -> Done:
        db.table("model").insert(
            {"model_id": "m", "sha256": "0" * 64, "card": "{}", "act_id": "an act that is not"}
        )
        return Done("m")

    with pytest.raises(dbapi2.IntegrityError):
        store.act("a", ActKind.REGISTER_MODEL, work)
    assert models(store) == ()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from([Phase.PRE, Phase.POST]), st.integers(50, 60)),
        min_size=1,
        max_size=12,
    )
)
def test_any_sequence_of_weights_keeps_all_and_shows_the_last(
    store: Store, entries: list[tuple[int, Phase, int]]
) -> None:
    patient_id = some_patient(store, new_id())
    sessions = [session_on(store, patient_id, DAY + timedelta(days=2 * i)) for i in range(3)]
    last: dict[tuple[int, Phase], int] = {}
    for which, phase, kg in entries:
        when = at(DAY + timedelta(days=2 * which), 9 if phase is Phase.PRE else 13)
        enter_weighing(store, new_id(), sessions[which], phase, kg * 1000, 0, when, "again")
        last[which, phase] = kg * 1000
    assert sum(len(session_pair(store, s).weighings) for s in sessions) == len(entries)
    trend = patient_card(store, patient_id).trend
    for which, entry in enumerate(trend.sessions):
        for phase, part in ((Phase.PRE, entry.pre), (Phase.POST, entry.post)):
            assert (part.net_g if part else None) == last.get((which, phase))
