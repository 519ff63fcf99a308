"""Captures: from before their first frame on, each clip once, given to another by a new entry."""

import numpy as np
import pytest

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import (
    add_estimate,
    estimate_in_force,
    kept_score,
    record_analysis,
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
from edema_desk.store.captures.worklist import counts
from tests.store.base.acts_kit import DAY, analysed, refuses
from tests.store.store_samples import (
    MODEL,
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
)


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
