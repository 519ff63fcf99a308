"""A row that is not as its act wrote it is found; what was erased on purpose is not missed."""

import json
from collections.abc import Callable

import pytest
from sqlite_utils import Database

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.chain import AuditFault, row_hash
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.seals import SEALED
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.captures import reassign_capture
from edema_desk.store.captures.sessions import set_planned_hours
from edema_desk.store.models.models import note_model_saw
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.erasing import destroy_pictures, erase_patient
from tests.store.audit.tampering import DAY, busy_day, tampered
from tests.store.store_samples import (
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)


def let_go(db: Database, *tables: str) -> None:
    for table in tables:
        db.execute(f"drop trigger {table}_no_update")
        db.execute(f"drop trigger {table}_no_delete")


def edit_weight(db: Database) -> None:
    let_go(db, "weighing")
    db.execute("update weighing set gross_g = gross_g - 1000")


def edit_reason(db: Database) -> None:
    let_go(db, "dry_weight")
    db.execute("update dry_weight set reason = 'as told by the physician' where rowid = 1")


def lose_weight(db: Database) -> None:
    let_go(db, "weighing")
    db.execute("delete from weighing")


def put_in_weight(db: Database) -> None:
    row = next(db.query("select * from dry_weight limit 1"))
    put = {**row, "entry_id": "put in", "valid_from": "2026-12-01", "weight_g": 40_000}
    db.table("dry_weight").insert(put)


def move_session(db: Database) -> None:
    db.execute("update session set day = '2026-03-09'")


def unseal_weight(db: Database) -> None:
    """The row's seal is taken from the last act, and the chain's end made anew."""
    edit_weight(db)
    row = next(db.query("select * from audit order by seq desc limit 1"))
    details = json.loads(row["details"])
    del details["rows"], row["hash"]
    row["details"] = json.dumps(details)
    db.table("audit").update(row["seq"], {**row, "hash": row_hash(row)})


@pytest.mark.parametrize(
    ("tamper", "fault", "row"),
    [
        (unseal_weight, AuditFault.VALUE_ALTERED, 4),
        (edit_weight, AuditFault.VALUE_ALTERED, 4),
        (edit_reason, AuditFault.VALUE_ALTERED, 2),
        (lose_weight, AuditFault.VALUE_MISSING, 4),
        (put_in_weight, AuditFault.VALUE_ALTERED, 2),
        (move_session, AuditFault.VALUE_ALTERED, 3),
    ],
)
def test_a_row_that_is_not_as_its_act_wrote_it_is_found(
    profile: Profile, tamper: Callable[[Database], None], fault: AuditFault, row: int
) -> None:
    with open_store(profile) as store:
        patient_id = some_patient(store)
        session_id = session_on(store, patient_id, DAY)
        weigh(store, session_id, Phase.PRE, 54_000, at(DAY))
        assert verify_audit(store).sound
    tampered(profile, tamper)
    with open_store(profile) as store:
        check = verify_audit(store)
    assert (check.fault, check.at_row) == (fault, row)


def test_what_may_change_may_change_and_a_column_may_be_added(profile: Profile) -> None:
    with open_store(profile) as store:
        busy_day(store)
        with store.reading() as db:
            session_id = db.execute("select session_id from session").fetchone()[0]
        set_planned_hours(store, new_id(), session_id, 5.0)

    def add_column(db: Database) -> None:
        db.execute("alter table weighing add column scale text not null default 'A'")

    tampered(profile, add_column)
    with open_store(profile) as store:
        assert verify_audit(store).sound


def test_every_table_that_is_kept_forever_is_sealed(store: Store) -> None:
    with store.reading() as db:
        found = db.query(
            "select tbl_name from sqlite_master where name like '%\\_no\\_update' escape '\\'"
        )
        kept = {row["tbl_name"] for row in found} - {"act", "audit"}
        named = {t for t in kept if "act_id" in {c.name for c in db.table(t).columns}}
    assert named - set(SEALED) == set()


def test_what_was_erased_on_purpose_is_not_missed_and_nothing_else_is_excused(
    profile: Profile,
) -> None:
    with open_store(profile) as store:
        gone, other = some_patient(store, "1001"), some_patient(store, "1002")
        know_model(store)
        note_model_saw(store, new_id(), "base", [gone, other])
        sessions = {whom: session_on(store, whom, DAY) for whom in (gone, other)}
        for whom, session_id in sessions.items():
            weigh(store, session_id, Phase.PRE, 54_000, at(DAY))
            one = stored_capture(store, whom, session_id, Phase.PRE, at(DAY))
            record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
        moved = stored_capture(store, other, sessions[other], Phase.POST, at(DAY, 14))
        reassign_capture(
            *(store, new_id(), moved.capture_id, gone, sessions[gone], Phase.POST), "wrong bed"
        )
        erase_patient(store, new_id(), gone, "1001", "asked for it")
        with store.reading() as db:
            left = db.execute("select count(*) from weighing").fetchone()[0]
        assert left == 1
        assert verify_audit(store).sound
    tampered(profile, edit_weight)
    with open_store(profile) as store:
        assert verify_audit(store).fault is AuditFault.VALUE_ALTERED


def test_pictures_that_were_destroyed_leave_weights_under_proof(profile: Profile) -> None:
    with open_store(profile) as store:
        whom = some_patient(store)
        know_model(store)
        session_id = session_on(store, whom, DAY)
        weigh(store, session_id, Phase.PRE, 54_000, at(DAY))
        one = stored_capture(store, whom, session_id, Phase.PRE, at(DAY))
        record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
        today = Moment.now().day
        set_consent(store, new_id(), whom, Purpose.CARE, today, given=False, remark="told me")
        destroy_pictures(store, new_id(), whom)
        assert verify_audit(store).sound
    tampered(profile, edit_weight)
    with open_store(profile) as store:
        assert verify_audit(store).fault is AuditFault.VALUE_ALTERED
