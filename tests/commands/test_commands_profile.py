"""Profiles and models that do not open: a sentence, exit code 1, nothing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from edema_desk import paths
from edema_desk.flow.base import model as flow_model
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.keys import read_data_key
from tests.commands.commands_runner import Commands


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "profile")
    open_store(made).close()
    return made


def break_key(profile: Profile) -> None:
    profile.data_key.write_text("0" * 64 + "\n")


def lose_key(profile: Profile) -> None:
    profile.data_key.unlink()


def damage(profile: Profile) -> None:
    data = bytearray(profile.database.read_bytes())
    data[len(data) // 2] ^= 1
    data[5000] ^= 1
    profile.database.write_bytes(data)


def make_newer(profile: Profile) -> None:
    database = unlock(profile.database, read_data_key(profile))
    database.table("_sqlite_migrations").insert(
        {"migration_set": "edema_desk", "name": "m999_of_the_future", "applied_at": "2036"}
    )
    database.close()


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (make_newer, "newer version"),
        (break_key, "does not open with the key"),
        (lose_key, "no key file"),
        (damage, "damaged"),
    ],
    ids=["newer", "wrong-key", "no-key", "damaged"],
)
def test_doctor_names_what_is_wrong_and_changes_nothing(
    commands: Commands, profile: Profile, harm: Callable[[Profile], None], sentence: str
) -> None:
    harm(profile)
    before = profile.database.read_bytes()
    result = commands.run("doctor", "--profile", profile.root)
    assert result.exit_code == 1
    assert sentence in result.output
    assert profile.database.read_bytes() == before


def test_an_altered_or_missing_model_is_named(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    shutil.copytree(paths.models_dir(), models)
    monkeypatch.setattr(flow_model, "models_dir", lambda: models)
    weights = models / "base" / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    altered = commands.run("doctor", "--profile", tmp_path / "profile")
    assert altered.exit_code == 1
    assert "not those its card names" in altered.output
    shutil.rmtree(models / "base")
    for command in (("analyse", "a.mp4"), ("compare", "a.mp4", "b.mp4")):
        result = commands.run(*command)
        assert result.exit_code == 1
        assert "is missing" in result.stderr


def test_a_profile_that_cannot_be_written(commands: Commands, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    result = commands.run("study", "import", tmp_path, "--profile", blocked / "profile")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_outputs_that_are_taken(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "something").touch()
    result = commands.run(
        "study", "synthesise", tmp_path, "--patients", "1", "--days", "1", "--seed", "1"
    )
    assert result.exit_code == 1
    assert "already holds something" in result.stderr


def test_studies_that_are_none(commands: Commands, tmp_path: Path) -> None:
    for folder, sentence in ((tmp_path / "none", "no study.csv"), (tmp_path, "no study.csv")):
        result = commands.run("study", "import", folder, "--profile", tmp_path / "profile")
        assert result.exit_code == 1
        assert sentence in result.stderr
