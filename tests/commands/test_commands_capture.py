"""`capture` on the command line: what it refuses leaves nothing, what it records is all there."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edema_desk.cli import main
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import new_id
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.captures.worklist import Counts, counts
from edema_desk.store.people.patients import add_patient


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """With one person of the clinic and one made-up one."""
    made = Profile(tmp_path / "clinic")
    with open_store(made) as store:
        for number, origin in (("1001", "clinic"), ("D1", "demo")):
            new = NewPatient(
                number,
                "Sato Haruko",
                dry_weight_g=52_000,
                origin=origin,
                care_given=date(2026, 1, 5),
            )
            add_patient(store, new_id(), new)
    return made


def run(profile: Profile, *options: str) -> Result:
    return CliRunner().invoke(main, ["capture", *options, "--profile", str(profile.root)])


def held(profile: Profile) -> Counts:
    with open_store(profile) as store:
        return counts(store)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--patient", "9", "--camera", "synthetic:7"), "no patient with the chart number 9"),
        (("--patient", "1001", "--camera", "synthetic:7"), "cannot stand for a patient"),
        (("--patient", "D1", "--camera", "synthetic:7", "--weight", "80"), "80 kg or its time"),
        (("--patient", "D1", "--camera", "synthetic:7", "--weight", "154 lb"), "pounds"),
        (("--patient", "D1", "--camera", "ftp://x"), "camera"),
    ],
)
def test_what_is_refused_leaves_nothing(
    profile: Profile, options: tuple[str, ...], said: str
) -> None:
    done = run(profile, "--phase", "pre", *options)
    assert done.exit_code == 1
    assert said in done.output
    assert (held(profile).sessions, held(profile).captures) == (0, 0)


def test_a_post_without_a_pre_is_asked(profile: Profile) -> None:
    done = run(profile, "--phase", "post", "--patient", "D1", "--camera", "synthetic:7")
    assert done.exit_code == 1
    assert "--new-session" in done.output
    assert held(profile).sessions == 0


@pytest.mark.parametrize(
    "options", [("--phase", "spot", "--weight", "54"), ("--phase", "pre", "--event", "a meal")]
)
def test_what_does_not_go_together_is_wrong_usage(
    profile: Profile, options: tuple[str, ...]
) -> None:
    done = run(profile, "--patient", "D1", "--camera", "synthetic:7", *options)
    assert done.exit_code == 2


def test_a_made_up_person_is_recorded_and_estimated(profile: Profile) -> None:
    done = run(
        *(profile, "--phase", "pre", "--patient", "D1", "--camera", "synthetic:7"),
        *("--weight", "54,1", "--seconds", "3", "--json"),
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["phase"] == "pre"
    assert told["whole"] is True
    assert told["duration_s"] >= 2.5
    assert told["frames_chosen"] >= 8
    assert told["refusal"] == "no_reference"
    assert held(profile) == Counts(patients=2, sessions=1, captures=1, estimates=1)
    again = run(profile, "--phase", "pre", "--patient", "D1", "--camera", "synthetic:7")
    assert again.exit_code == 1  # the phase has its capture
    assert held(profile).captures == 1
