"""A5: somebody with the key changes the record past the program; each time it is found."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from edema_desk.domain.keeping.head_code import head_code, read_head_code
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.records.auditing import HeadSigner, verify_record
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import append_head, copy_heads, heads_in, signing_key
from edema_desk.store.audit.proof import fits_printed, verify_newest
from edema_desk.store.base.chain import FIRST_HASH, AuditFault, chain_head, row_hash
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.base.seals import digest
from edema_desk.store.keys.cipher import settle, unlock
from edema_desk.store.keys.keys import read_data_key
from tests.store.store_samples import at, session_on, some_patient, weigh

DAYS = [date(2026, 11, day) for day in (2, 4, 6, 9, 11)]


def five_sessions(store: Store, patient_id: str) -> None:
    """Pre and post of five sessions, three acts each."""
    for day in DAYS:
        session_id = session_on(store, patient_id, day)
        weigh(store, session_id, Phase.PRE, 54_000, at(day))
        weigh(store, session_id, Phase.POST, 52_000, at(day, 13))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "clinic")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    folder.mkdir()
    return folder


@pytest.fixture
def clinic_with_heads(profile: Profile, elsewhere: Path) -> str:
    """A record with two signed heads that were copied; the code that was printed of the last.

    Acts 1 and 2 are the patient's, 3 the key's, 4 to 18 the sessions'."""
    thread = DatabaseThread(profile)
    signer = HeadSigner(enter_here(profile), thread)
    patient_id = thread.call(some_patient)
    signer.sign().result()
    thread.call(lambda store: five_sessions(store, patient_id))
    signed = signer.sign().result()
    thread.close()
    assert signed is not None
    copy_heads(profile, elsewhere)
    return head_code(signed.head.rows, Moment(signed.utc_ms, 0), signed.head.hash)


def tampered(profile: Profile, tamper: Callable[[Database], None]) -> None:
    """Every trigger goes first, and references count for nothing."""
    db = unlock(profile.database, read_data_key(profile))
    settle(db)
    db.execute("PRAGMA foreign_keys = OFF")
    for row in list(db.query("select name from sqlite_master where type = 'trigger'")):
        db.execute(f"drop trigger {row['name']}")
    tamper(db)
    db.close()


def edit(db: Database) -> None:
    db.execute("update audit set actor = 'somebody else' where seq = 7")


def delete_in_the_middle(db: Database) -> None:
    act_id = db.execute("select act_id from audit where seq = 8").fetchone()[0]
    for table in ("audit", "act", "weighing", "session"):
        db.execute(f"delete from {table} where act_id = ?", [act_id])  # noqa: S608


def cut_the_tail(db: Database) -> None:
    late = [row[0] for row in db.execute("select act_id from audit where seq > 14").fetchall()]
    tables = [t.name for t in db.tables if "act_id" in {c.name for c in t.columns}]
    for table in tables:
        for act_id in late:
            db.execute(f"delete from {table} where act_id = ?", [act_id])  # noqa: S608


def insert_or_replace(db: Database) -> None:
    row = next(db.query("select * from audit where seq = 5"))
    db.table("audit").insert({**row, "patient_id": "another"}, replace=True, pk="seq")


def make_all_anew(db: Database) -> None:
    """Another weight, its seal, and every hash after it: database and chain fit again."""
    db.execute("update weighing set gross_g = gross_g + 1000 where rowid = 1")
    weight = db.execute("select * from weighing where rowid = 1").fetchone()
    seal = f"weighing 1 {len(weight)} {digest([weight], len(weight))}"
    previous = FIRST_HASH
    for row in list(db.query("select * from audit order by seq")):
        row.pop("hash")
        details = json.loads(row["details"])
        if row["seq"] == 5:
            details.update(gross_g=details["gross_g"] + 1000, rows=[seal])
        row["details"] = json.dumps(details, sort_keys=True, separators=(",", ":"))
        row["previous_hash"] = previous
        previous = row_hash(row)
        db.table("audit").update(row["seq"], {**row, "hash": previous})


def edit_a_weight(db: Database) -> None:
    db.execute("update weighing set gross_g = gross_g - 1500 where rowid = 4")


@pytest.mark.parametrize(
    ("tamper", "fault", "row"),
    [
        (edit, AuditFault.ROW_ALTERED, 7),
        (delete_in_the_middle, AuditFault.ROW_MISSING, 8),
        (cut_the_tail, AuditFault.HEAD_DIFFERS, 18),
        (make_all_anew, AuditFault.HEAD_DIFFERS, 18),
        (insert_or_replace, AuditFault.ROW_ALTERED, 5),
        (edit_a_weight, AuditFault.VALUE_ALTERED, 9),
    ],
)
def test_what_was_done_to_the_record_is_found(
    profile: Profile,
    clinic_with_heads: str,
    tamper: Callable[[Database], None],
    fault: AuditFault,
    row: int,
) -> None:
    thread = DatabaseThread(profile)
    assert verify_record(thread).sound
    thread.close()
    # the act that tells of this verification comes behind the signed head
    tampered(profile, tamper)
    thread = DatabaseThread(profile)
    check = verify_record(thread)
    thread.close()
    assert (check.fault, check.at_row) == (fault, row)


def test_a_cut_record_is_found_as_soon_as_the_program_starts(
    profile: Profile, clinic_with_heads: str
) -> None:
    tampered(profile, cut_the_tail)
    thread = DatabaseThread(profile)
    assert thread.call(verify_newest).fault is AuditFault.HEAD_DIFFERS
    thread.close()


def test_who_has_the_signing_key_too_is_found_by_the_copy_and_by_the_printed_code(
    profile: Profile, elsewhere: Path, clinic_with_heads: str
) -> None:
    """The key that signs lies under the data key: who makes all anew can sign all anew."""

    def make_and_sign(db: Database) -> None:
        make_all_anew(db)
        key = signing_key(profile, read_data_key(profile))
        assert key is not None
        key_line = profile.audit_heads.read_bytes().splitlines(keepends=True)[0]
        profile.audit_heads.write_bytes(key_line)
        append_head(profile, key, chain_head(db), Moment.now())

    tampered(profile, make_and_sign)
    assert len(heads_in(profile.audit_heads)) == 1
    thread = DatabaseThread(profile).acting_as(LOCAL)
    assert verify_record(thread).sound  # nothing on this PC can tell
    copied = verify_record(thread, elsewhere=(elsewhere,))
    assert (copied.fault, copied.at_row) == (AuditFault.HEAD_DIFFERS, 18)
    printed = read_head_code(clinic_with_heads)
    assert not thread.call(lambda store: fits_printed(store, printed))


def test_an_honest_record_goes_on_from_what_was_printed(
    profile: Profile, elsewhere: Path, clinic_with_heads: str
) -> None:
    thread = DatabaseThread(profile)
    thread.call(lambda store: session_on(store, some_patient(store, new_id()[:8]), DAYS[0]))
    assert verify_record(thread, elsewhere=(elsewhere,)).sound
    printed = read_head_code(clinic_with_heads)
    assert thread.call(lambda store: fits_printed(store, printed))
    thread.close()
