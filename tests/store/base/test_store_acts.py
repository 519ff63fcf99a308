"""What holds for every act: done once, whole or not at all, audited."""

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.captures import begin_capture, complete_capture
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.captures.worklist import Counts, counts
from edema_desk.store.models.models import models
from edema_desk.store.people.patients import add_patient, set_dry_weight
from tests.store.base.acts_kit import DAY
from tests.store.store_samples import analysis, at, estimate, know_model, person


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
