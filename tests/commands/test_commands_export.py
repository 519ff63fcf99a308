"""`export` on the command line, read again by what others made."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from edema_desk.domain.course.exporting import study_code
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.keeping.record_of_acts import ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import heads_in
from edema_desk.store.audit.reading import acts
from edema_desk.store.base.database import open_store
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.patients import add_patient, set_dry_weight
from tests.commands.commands_runner import Commands
from tests.store.store_samples import at

DAY = date(2026, 3, 2)
NAME = '=HYPERLINK("x"), "Sato"\n花'


@pytest.fixture
def profile(commands: Commands) -> Profile:
    """Somebody who agreed to everything, somebody to care alone, and a made-up person."""
    made = Profile(commands.profile)
    with open_store(made) as store:
        for chart, name, origin, agreed in (
            ("104-221", NAME, "clinic", tuple(Purpose)),
            ("-4711", "@only care", "clinic", (Purpose.CARE,)),
            ("D-1", "Made Up", "demo", ()),
        ):
            new = NewPatient(chart, name, origin=origin)
            who = add_patient(store, new_id(), new).patient_id
            set_dry_weight(store, new_id(), who, 50_000, date(2026, 1, 1))
            session_id = open_session(store, new_id(), who, at(DAY), 4.0)
            enter_weighing(store, new_id(), session_id, Phase.PRE, 52_500, 0, at(DAY))
            for purpose in agreed:
                set_consent(store, new_id(), who, purpose, DAY, given=True)
    return made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_tables_go_out_under_codes_and_it_is_said_who_stays(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    out = tmp_path / "tables"
    told = commands.run("export", "csv", out, "--profile", profile.root)
    assert told.exit_code == 0, told.output
    assert "1 patient, 1 session and 0 spot captures" in told.stdout
    assert "1 patient stays here" in told.stdout
    (row,) = rows(out / "sessions.csv")
    assert (row["origin"], row["name"], row["pre_excess_kg"]) == ("clinic", "", "2.5")
    note = (out / "README.txt").read_text(encoding="utf-8")
    assert "not for diagnosis" in note
    assert "診断" in note
    with open_store(profile) as store:
        (noted,) = acts(store, ActFilter(kind=ActKind.EXPORT_PATIENTS))
    assert heads_in(profile.audit_heads)[-1].head.rows > noted.row
    again = commands.run("export", "csv", out, "--profile", profile.root)
    assert again.exit_code == 1
    assert "already holds something" in again.stderr


def test_a_name_needs_its_patient_and_no_cell_of_it_runs(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    where = ("--profile", profile.root)
    everybody = commands.run("export", "csv", tmp_path / "a", "--named", *where)
    assert everybody.exit_code == 1
    assert "one by one" in everybody.stderr
    for number, (chart, name) in enumerate((("104-221", f"'{NAME}"), ("-4711", "'@only care"))):
        out = tmp_path / str(number)
        told = commands.run("export", "csv", out, "--named", "--patient", chart, *where)
        assert told.exit_code == 0, told.output
        (row,) = rows(out / "sessions.csv")
        assert row["name"].split() == name.split()
        assert row["chart_number"].removeprefix("'") == chart
        assert not row["chart_number"].startswith("-")


def test_bundles_are_valid_and_made_up_people_say_so(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    where = ("--profile", profile.root)
    out = tmp_path / "bundles"
    told = commands.run("export", "fhir", out, "--origin", "demo", *where)
    assert told.exit_code == 0, told.output
    (path,) = out.glob("*.json")
    bundle = json.loads(path.read_text(encoding="utf-8"))
    Bundle.model_validate(bundle)
    person = next(e["resource"] for e in bundle["entry"] if "name" not in e["resource"])
    assert person["meta"]["tag"][0]["code"] == "demo"
    assert person["meta"]["security"][0]["code"] == "HTEST"
    mixed = commands.run(
        *("export", "fhir", tmp_path / "b", "--patient", "D-1", "--patient", "104-221"), *where
    )
    assert mixed.exit_code == 1
    assert "Export them separately" in mixed.stderr
    other = commands.run(
        *("export", "fhir", tmp_path / "b", "--patient", "D-1", "--origin", "clinic"), *where
    )
    assert other.exit_code == 1


def test_a_period_and_a_patient_that_give_nothing_leave_nothing(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    where = ("--profile", profile.root)
    for number, asked in enumerate(
        (("csv", "--from", "2026-03-03"), ("csv", "--to", "2026-03-01"), ("study",))
    ):
        kind, *options = asked
        out = tmp_path / str(number)
        told = commands.run("export", kind, out, *options, *where)
        assert told.exit_code == 1
        assert "nothing that may go out" in told.stderr
        assert not out.exists()
    unknown = commands.run("export", "csv", tmp_path / "u", "--patient", "nobody", *where)
    assert unknown.exit_code == 1
    same = commands.run("study", "export", tmp_path / "s", *where)
    assert same.exit_code == 1
    assert "nothing that may go out" in same.stderr


def test_the_code_is_the_same_in_each_export(
    commands: Commands, profile: Profile, tmp_path: Path
) -> None:
    for name, kind in (("a", "csv"), ("b", "csv"), ("c", "fhir")):
        told = commands.run("export", kind, tmp_path / name, "--profile", profile.root)
        assert told.exit_code == 0, told.output
    (code,) = {rows(tmp_path / name / "sessions.csv")[0]["patient_code"] for name in ("a", "b")}
    assert (tmp_path / "c" / f"{code}.json").exists()
    with open_store(profile) as store:
        (noted, *_) = acts(store, ActFilter(kind=ActKind.EXPORT_PATIENTS))
    assert noted.patient_id is not None
    assert study_code(noted.patient_id) == code
