"""`consent` and `patients` on the command line."""

from datetime import date

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.captures.captures import begin_capture
from edema_desk.store.people.consents import standings_of
from edema_desk.store.people.patients import add_patient, patients
from tests.commands.commands_runner import Commands
from tests.store.store_samples import at

DAY = date(2026, 3, 2)


@pytest.fixture
def profile(commands: Commands) -> Profile:
    made = Profile(commands.profile)
    with open_store(made) as store:
        for number in ("104-221", "104-222"):
            add_patient(store, new_id(), NewPatient(number, f"Name {number}"))
    return made


def allowed(profile: Profile, number: str = "104-221") -> set[Purpose]:
    with open_store(profile) as store:
        (one,) = [p for p in patients(store) if p.chart_number == number]
        return {p for p, s in standings_of(store, one.patient_id).items() if s.allowed}


def test_given_listed_and_withdrawn(commands: Commands, profile: Profile) -> None:
    where = ("--profile", profile.root)
    for purpose in ("care", "training"):
        told = commands.run("consent", "give", "104-221", purpose, "--day", "2026-03-02", *where)
        assert told.exit_code == 0, told.output
    assert allowed(profile) == {Purpose.CARE, Purpose.TRAINING}
    everybody = commands.run("consent", "list", *where).stdout.splitlines()
    assert everybody[0].split() == [
        *("104-221", "care", "given", "training", "given", "research", "not", "asked")
    ]
    assert "not asked" in everybody[1]
    told = commands.run("consent", "withdraw", "104-221", "training", "--remark", "letter", *where)
    assert told.exit_code == 0, told.output
    assert allowed(profile) == {Purpose.CARE}
    lines = commands.run("consent", "list", "104-221", *where).stdout
    assert [line.split()[1:3] for line in lines.splitlines()] == [
        *(["care", "given"], ["training", "given"], ["training", "withdrawn"])
    ]


def test_pictures_are_destroyed_only_with_care(commands: Commands, profile: Profile) -> None:
    where = ("--profile", profile.root)
    wrong = ("withdraw", "104-221", "research", "--remark", "x", "--destroy")
    assert commands.run("consent", *wrong, *where).exit_code == 2
    commands.run("consent", "give", "104-221", "care", *where)
    with open_store(profile) as store:
        patient_id = next(p for p in patients(store) if p.chart_number == "104-221").patient_id
        begin_capture(store, new_id(), new_id(), patient_id, None, Phase.SPOT, at(DAY), "file")
    right = ("withdraw", "104-221", "care", "--remark", "said so", "--destroy")
    told = commands.run("consent", *right, *where)
    assert told.exit_code == 0, told.output
    assert "1 captures" in told.stdout
    assert allowed(profile) == set()


def test_a_patient_is_erased_after_a_second_word(commands: Commands, profile: Profile) -> None:
    where = ("--profile", profile.root)
    asked = ("patients", "erase", "104-221", "--reason", "asked for it")
    wrong = commands.run(*asked, "--again", "104-222", *where)
    assert wrong.exit_code == 1
    assert "Nothing was erased" in wrong.stderr
    assert len(commands.run("patients", "list", *where).stdout.splitlines()) == 2
    right = commands.run(*asked, "--again", "104-221", *where)
    assert right.exit_code == 0, right.output
    left = commands.run("patients", "list", *where).stdout
    assert "104-222" in left
    assert "104-221" not in left
    gone = commands.run("patients", "list", "--erased", *where).stdout
    assert "asked for it" in gone
    unknown = commands.run("consent", "list", "104-221", *where)
    assert unknown.exit_code == 1
