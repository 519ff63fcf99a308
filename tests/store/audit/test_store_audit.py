"""The audit: whole, nameless, and no tampering goes unseen; append-only tables stay so."""

import json
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import audit_head, verify_audit, verify_tail
from edema_desk.store.base.chain import AuditFault, AuditHead, ChainWalk, hash_at, row_hash
from edema_desk.store.base.database import Done, Store, open_store
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.people.patients import add_patient, set_dry_weight
from tests.store.audit.tampering import DAY, busy_day, tampered
from tests.store.store_samples import PLANTED_NAME, at, person, session_on, some_patient

FOREVER = (
    "act",
    "audit",
    "dry_weight",
    "weighing",
    "assignment",
    "estimate",
    "model",
    "model_saw",
    "consent",
    "note",
    "judgement",
    "event",
)


def test_append_only_tables_refuse_change_delete_and_replacement(store: Store) -> None:
    busy_day(store)
    with store.reading() as db:
        before = {table: list(db.table(table).rows) for table in FOREVER}
    for table, rows in before.items():
        assert rows, table
        column = next(iter(rows[0]))
        marks = ", ".join("?" for _ in rows[0])
        for sql, values in (
            (f"update {table} set {column} = {column}", []),  # noqa: S608
            (f"delete from {table}", []),  # noqa: S608
            (f"insert or replace into {table} values ({marks})", list(rows[0].values())),  # noqa: S608
        ):
            with pytest.raises(dbapi2.IntegrityError, match="append-only"), store.reading() as db:
                db.execute(sql, values)
    with store.reading() as db:
        assert before == {table: list(db.table(table).rows) for table in FOREVER}


def test_every_act_has_its_audit_row_without_a_name(store: Store) -> None:
    store = store.by(Actor("nurse-7", frozenset({Role.NURSE})))
    patient_id = add_patient(store, "act-1", person("PLANTED-1", PLANTED_NAME)).patient_id
    session_id = session_on(store, patient_id, DAY)
    enter_weighing(store, "act-3", session_id, Phase.PRE, 56_000, 2_000, at(DAY), "by hand")
    with store.reading() as db:
        rows = list(db.table("audit").rows)
    assert [r["kind"] for r in rows] == ["add_patient", "open_session", "enter_weighing"]
    assert {r["actor"] for r in rows} == {"nurse-7"}
    assert {r["patient_id"] for r in rows} == {patient_id}
    assert [r["seq"] for r in rows] == [1, 2, 3]
    told = json.loads(rows[2]["details"])
    assert (told["gross_g"], told["tare_g"], told["session_id"]) == (56_000, 2_000, session_id)
    now_ms = time.time() * 1000
    assert all(now_ms - 60_000 < r["utc_ms"] <= now_ms + 1 for r in rows)
    for planted in (PLANTED_NAME, "PLANTED", "ヤマダ"):
        assert planted not in json.dumps(rows, ensure_ascii=False)


def edit(db: Database) -> None:
    db.execute("update audit set details = replace(details, '50000', '49000') where seq = 4")


def take_out(db: Database) -> None:
    db.execute("delete from audit where seq = 3")


def take_out_and_close_the_gap(db: Database) -> None:
    take_out(db)
    for seq in range(4, 8):
        db.execute("update audit set seq = ? where seq = ?", [seq - 1, seq])


def put_in(db: Database) -> None:
    row = next(db.query("select * from audit where seq = 7"))
    db.table("act").insert(
        {
            "act_id": "x",
            "kind": row["kind"],
            "actor": "y",
            "utc_ms": 0,
            "offset_min": 0,
        }
    )
    db.table("audit").insert({**row, "seq": 8, "act_id": "x", "actor": "y", "hash": "f" * 64})


def change_actor_of_act(db: Database) -> None:
    db.execute("update act set actor = 'somebody else' where rowid = 5")


def cut_tail(db: Database) -> None:
    db.execute("delete from audit where seq > 5")


def replace_row(db: Database) -> None:
    row = next(db.query("select * from audit where seq = 4"))
    db.table("audit").insert({**row, "patient_id": "another"}, replace=True, pk="seq")


@pytest.mark.parametrize(
    ("tamper", "fault", "row"),
    [
        (edit, AuditFault.ROW_ALTERED, 4),
        (replace_row, AuditFault.ROW_ALTERED, 4),
        (take_out, AuditFault.ROW_MISSING, 3),
        (take_out_and_close_the_gap, AuditFault.ROW_ALTERED, 3),
        (put_in, AuditFault.ROW_ALTERED, 8),
        (change_actor_of_act, AuditFault.ACT_ALTERED, 5),
        (cut_tail, AuditFault.ACT_ALTERED, 6),
    ],
)
def test_tampering_is_found_at_its_row(
    profile: Profile, tamper: Callable[[Database], None], fault: AuditFault, row: int
) -> None:
    with open_store(profile) as store:
        seven_acts(store)
        assert verify_audit(store).sound
    tampered(profile, tamper)
    with open_store(profile) as store:
        check = verify_audit(store)
    assert (check.fault, check.at_row) == (fault, row)
    assert not check.sound


def seven_acts(store: Store) -> None:
    patient_id = some_patient(store)
    for grams in range(49_000, 54_000, 1_000):
        set_dry_weight(store, new_id(), patient_id, grams, date(2026, 1, grams // 1000 - 40))
    assert audit_head(store).rows == 7


def cut_all_tails(db: Database) -> None:
    db.execute("drop trigger dry_weight_no_delete")
    late = "select act_id from audit where seq > 5"
    db.execute(f"delete from dry_weight where act_id in ({late})")  # noqa: S608
    db.execute("delete from act where act_id in (select act_id from audit where seq > 5)")
    cut_tail(db)


def remake_all(db: Database) -> None:
    db.execute("update act set actor = 'innocent'")
    previous = "0" * 64
    for row in list(db.query("select * from audit order by seq")):
        row.pop("hash")
        row.update(actor="innocent", previous_hash=previous)
        previous = row_hash(row)
        db.table("audit").update(row["seq"], {**row, "hash": previous})


@pytest.mark.parametrize("tamper", [cut_all_tails, remake_all])
def test_what_the_chain_cannot_show_an_earlier_head_does(
    profile: Profile, tamper: Callable[[Database], None]
) -> None:
    with open_store(profile) as store:
        seven_acts(store)
        known = audit_head(store)
    tampered(profile, tamper)
    with open_store(profile) as store:
        assert verify_audit(store).sound
        check = verify_audit(store, known)
    assert (check.fault, check.at_row) == (AuditFault.HEAD_DIFFERS, 7)


def test_a_chain_is_followed_in_steps_of_any_size(store: Store) -> None:
    seven_acts(store)
    for most in (1, 2, 3, 7, 8):
        walk = ChainWalk({7: audit_head(store).hash})
        steps = 1
        with store.reading() as db:
            while walk.step(db, most):
                steps += 1
        assert walk.check == verify_audit(store)
        assert steps == 7 // most + 1


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(), st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text()))
def test_whatever_an_act_tells_its_row_is_found_whole(
    store: Store, result: str, told: dict[str, str | int | bool | None]
) -> None:
    told.pop("rows", None)
    assume("\x00" not in result)
    clean = {k: v for k, v in told.items() if "\x00" not in f"{k}{v}"}
    store.act(new_id(), ActKind.EXPORT, lambda _: Done(result, None, clean))
    assert verify_audit(store).sound


def edit_two(db: Database) -> None:
    db.execute("update audit set actor = 'x' where seq in (3, 6)")


def test_the_tail_after_a_known_head_is_followed_alone(profile: Profile) -> None:
    with open_store(profile) as store:
        seven_acts(store)
        with store.reading() as db:
            since = AuditHead(5, str(hash_at(db, 5)))
        assert verify_tail(store, since) == verify_audit(store)
        assert verify_tail(store, AuditHead(5, "0" * 64)).fault is AuditFault.HEAD_DIFFERS
        assert verify_tail(store, AuditHead(8, "0" * 64)).fault is AuditFault.HEAD_DIFFERS
    tampered(profile, edit_two)
    with open_store(profile) as store:
        assert verify_tail(store, since).at_row == 6


def test_an_earlier_head_stays_good_while_acts_are_added(store: Store) -> None:
    assert verify_audit(store, AuditHead(0, "0" * 64)).sound
    patient_id = some_patient(store)
    known = audit_head(store)
    session_on(store, patient_id, DAY)
    check = verify_audit(store, known)
    assert check.sound
    assert check.head.rows == known.rows + 1
