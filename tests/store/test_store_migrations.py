"""Migrations: from blank and from every earlier layout with data; a newer database stays as is."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.keys.cipher import settle, unlock
from edema_desk.store.keys.keys import make_data_key, read_data_key
from edema_desk.store.migrations import MIGRATIONS
from edema_desk.store.people.patients import patients
from tests.store.store_samples import some_patient

STEPS = tuple(m.name for m in MIGRATIONS.pending(Database(memory=True)))


def schema(profile: Profile) -> dict[str, str]:
    with open_store(profile) as store, store.reading() as db:
        found = db.query("select name, sql from sqlite_master where sql is not null")
        return {row["name"]: row["sql"] for row in found}


def old_database(profile: Profile, before: str, path: Path | None = None) -> None:
    """A database as it was before the step `before`, with a patient where there is a table."""
    profile.create()
    key = make_data_key(profile)
    db = unlock(path or profile.database, key, create=True)
    settle(db)
    MIGRATIONS.apply(db, stop_before=before)
    if "patient" in db.table_names():
        db.execute("BEGIN")
        act = {"kind": "k", "actor": "local", "utc_ms": 1, "offset_min": 540}
        db.table("act").insert({"act_id": "old", **act})
        db.table("patient").insert(
            {
                "patient_id": "p",
                "chart_number": "1001",
                "name": "山田",
                "kana": "",
                "origin": "clinic",
                "act_id": "old",
            }
        )
        db.table("schedule").insert(
            {"patient_id": "p", "weekdays": "024", "shift": 1, "bed": "", "act_id": "old"}
        )
        db.execute("COMMIT")
    db.close()


@pytest.mark.parametrize("before", STEPS[1:])
def test_every_earlier_layout_becomes_the_present_one(
    profile: Profile, tmp_path: Path, before: str
) -> None:
    old_database(profile, before)
    with open_store(profile) as store:
        there = [p.chart_number for p in patients(store)]
        assert there == (["1001"] if STEPS.index(before) > 1 else [])
        assert store.settings()["foreign_keys"] == 1
        some_patient(store, "1002")
    assert schema(profile) == schema(Profile(tmp_path / "blank"))
    (copy,) = profile.backups.iterdir()
    check_database_file(copy, read_data_key(profile))
    kept = unlock(copy, read_data_key(profile))
    assert len(MIGRATIONS.applied(kept)) == STEPS.index(before)
    kept.close()


def test_each_step_says_why_and_the_history_is_numbered() -> None:
    numbers = [int(name[1:4]) for name in STEPS]
    assert numbers == sorted(set(numbers))
    import edema_desk.store.migrations as history

    for name in STEPS:
        assert len(getattr(history, name).__doc__) > 40


def test_every_table_is_strict(store: Store) -> None:
    with store.reading() as db:
        loose = [t.name for t in db.tables if not t.strict and not t.name.startswith("sqlite_")]
    assert loose == []


def test_opening_again_migrates_and_copies_nothing(profile: Profile) -> None:
    for _ in range(2):
        open_store(profile).close()
    assert list(profile.backups.iterdir()) == []


def test_newer_database_is_refused_unchanged(profile: Profile) -> None:
    with open_store(profile) as store:
        some_patient(store)
    db = unlock(profile.database, read_data_key(profile))
    settle(db)
    db.table("_sqlite_migrations").insert(
        {"migration_set": "edema_desk", "name": "m999_of_the_future", "applied_at": "2036"}
    )
    db.close()
    files = {p: p.read_bytes() for p in profile.root.iterdir() if p.is_file()}
    with pytest.raises(ExpectedError) as caught:
        open_store(profile)
    assert caught.value.code is ErrorCode.DATABASE_NEWER
    assert {p: p.read_bytes() for p in profile.root.iterdir() if p.is_file()} == files


def with_failing_step() -> Migrations:
    """Today's history and two more steps, the second of which fails."""
    future = Migrations("edema_desk")
    for name in STEPS:
        future(name=name)(lambda db: None)

    @future()
    def m997_works(db: Database) -> None:
        db.execute("alter table patient add column allergy text")

    @future()
    def m998_fails(db: Database) -> None:
        db.execute("delete from schedule")
        raise RuntimeError("half way")

    return future


def test_failing_migration_leaves_the_old_database_and_a_copy(profile: Profile) -> None:
    with open_store(profile) as store:
        some_patient(store)
    before = schema(profile)
    with pytest.raises(RuntimeError, match="half way"):
        open_store(profile, migrations=with_failing_step())
    assert schema(profile) == before
    with open_store(profile) as store:
        assert len(patients(store)) == 1
        with store.reading() as db:
            assert db.table("schedule").count == 1
    assert len(list(profile.backups.iterdir())) == 1


def test_migration_that_loses_what_is_referred_to_is_refused(profile: Profile) -> None:
    with open_store(profile) as store:
        some_patient(store)
    careless = Migrations("edema_desk")
    for name in STEPS:
        careless(name=name)(lambda db: None)

    @careless()
    def m999_forgets(db: Database) -> None:
        db.execute("delete from patient")

    with pytest.raises(ExpectedError) as caught:
        open_store(profile, migrations=careless)
    assert caught.value.code is ErrorCode.DATABASE_DAMAGED
    with open_store(profile) as store:
        assert len(patients(store)) == 1


def test_transform_of_a_referenced_table_keeps_what_refers_to_it(profile: Profile) -> None:
    with open_store(profile) as store:
        some_patient(store)
    future = Migrations("edema_desk")
    for name in STEPS:
        future(name=name)(lambda db: None)

    @future()
    def m999_transforms(db: Database) -> None:
        db.execute("drop trigger model_no_update")
        db.table("camera_passport").transform(rename={"camera": "camera_name"})

    with open_store(profile, migrations=future) as store, store.reading() as db:
        assert "camera_name" in db.table("camera_passport").columns_dict
        assert db.table("schedule").count == 1
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_killed_while_migrating_is_old_or_new_never_between(profile: Profile) -> None:
    old_database(profile, STEPS[1])
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from edema_desk.paths import Profile\n"
        "from edema_desk.store.base.database import open_store\n"
        "from edema_desk.store.migrations import MIGRATIONS\n"
        "steps = MIGRATIONS._migrations\n"
        "step = steps[int(sys.argv[2])]\n"
        "work = step.fn\n"
        "step.fn = lambda db: (work(db), os.kill(os.getpid(), signal.SIGKILL))\n"
        "open_store(Profile(Path(sys.argv[1])))\n"
    )
    for number in (1, len(STEPS) - 1):
        arguments = [sys.executable, "-c", program, str(profile.root), str(number)]
        assert subprocess.run(arguments, check=False).returncode == -9
        db = unlock(profile.database, read_data_key(profile))
        assert [m.name for m in MIGRATIONS.applied(db)] == [STEPS[0]]
        db.close()
    with open_store(profile) as store:
        assert verify_audit(store).sound
        assert audit_head(store).rows == 0
