"""`edema-desk audit`: listed, verified, a head printed and typed back in, exported."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from edema_desk.domain.terms.records import new_id
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.people.patients import set_dry_weight
from tests.commands.commands_runner import Commands
from tests.store.store_samples import some_patient


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    made = Commands(tmp_path / "clinic")
    with open_store(Profile(made.profile)) as store:
        patient_id = some_patient(store)
        set_dry_weight(store, new_id(), patient_id, 51_000, date(2026, 11, 2))
    return made


def audit(commands: Commands, *arguments: str | Path) -> tuple[int, str]:
    name, *rest = arguments
    done = commands.run("audit", name, "--profile", commands.profile, *rest)
    return done.exit_code, done.output


def tamper(commands: Commands, sql: str) -> None:
    profile = Profile(commands.profile)
    db: Database = unlock(profile.database, read_data_key(profile))
    for row in list(db.query("select name from sqlite_master where type = 'trigger'")):
        db.execute(f"drop trigger {row['name']}")
    db.execute(sql)
    db.close()


def test_the_newest_acts_come_first_and_may_be_chosen(commands: Commands) -> None:
    code, told = audit(commands, "list")
    assert code == 0
    lines = told.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "Set the dry weight" in lines[0]
    assert "1001" in lines[0]
    assert len(audit(commands, "list", "--act", "add_patient")[1].splitlines()) == 1
    assert len(audit(commands, "list", "--patient", "1001", "--count", "2")[1].splitlines()) == 2
    assert audit(commands, "list", "--patient", "1002")[1] == ""
    assert audit(commands, "list", "--to", "2020-01-01")[1] == ""
    assert len(audit(commands, "list", "--from", "2020-01-01")[1].splitlines()) == 3


def test_a_printed_head_is_typed_back_in(commands: Commands) -> None:
    code, sheet = audit(commands, "head")
    assert code == 0
    found = re.search(r"^code\s+(\S+)$", sheet, re.MULTILINE)
    assert found is not None
    typed = found[1].lower().replace("-", " ")
    assert audit(commands, "verify", "--head", typed) == (0, "The record is whole: 5 acts.\n")
    code, told = audit(commands, "verify", "--head", typed[:-1])
    assert code == 1
    assert "41 signs" in told


def test_another_record_does_not_go_on_from_a_printed_head(
    commands: Commands, tmp_path: Path
) -> None:
    found = re.search(r"^code\s+(\S+)$", audit(commands, "head")[1], re.MULTILINE)
    assert found is not None
    other = Commands(tmp_path / "other")
    with open_store(Profile(other.profile)) as store:
        for number in range(6):
            some_patient(store, str(number))
    code, told = audit(other, "verify", "--head", found[1])
    assert code == 1
    assert "does not go on" in told


def test_a_changed_record_is_told_and_fails(commands: Commands) -> None:
    tamper(commands, "update dry_weight set weight_g = 52500")
    code, told = audit(commands, "verify")
    assert code == 1
    assert "act 2 wrote was changed" in told


def test_an_export_is_on_record_and_replaces_no_file(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    assert audit(commands, "export", path)[0] == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["row"] for row in csv.DictReader(file)] == ["3", "2", "1"]
    before = path.read_bytes()
    assert audit(commands, "export", path)[0] == 1
    assert path.read_bytes() == before
    assert "Exported" in audit(commands, "list", "--act", "export")[1]
