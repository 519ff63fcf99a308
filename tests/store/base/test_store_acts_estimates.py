"""Estimates, what they refer to, and the models that made them: added, never overwritten."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.errors import ErrorCode
from edema_desk.store.audit.verifying import audit_head
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.analyses import (
    add_estimate,
    estimate_in_force,
    kept_score,
    record_analysis,
    references_for,
)
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.cards import capture_detail
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.models.models import (
    ModelRecord,
    models,
    models_that_saw,
    note_model_saw,
    register_model,
)
from edema_desk.store.people.patients import set_dry_weight
from tests.store.base.acts_kit import DAY, analysed, refuses
from tests.store.store_samples import (
    MODEL,
    analysis,
    at,
    estimate,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)


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
