"""The group `keys`: what opens the profile, the key store of the system, lost passwords."""

from pathlib import Path

import keyring
import pytest
from click.testing import Result
from keyring.backend import KeyringBackend

from edema_desk.commands import keys, shell
from edema_desk.flow.people.access import reset_administrator, sign_in
from edema_desk.paths import Profile
from edema_desk.store.base.entered import Entered, enter_here
from tests.commands.commands_runner import Commands
from tests.flow.people.signed_in import ADMINISTRATOR, CHEAP, PASSWORD, with_administrator
from tests.store.keys.test_store_system_store import MadeUpStore

OTHER = "another long password"


@pytest.fixture
def store() -> MadeUpStore:
    """In place of the system's own, for the one test."""
    return MadeUpStore()


@pytest.fixture(autouse=True)
def _system(store: MadeUpStore, monkeypatch: pytest.MonkeyPatch) -> None:
    backend: KeyringBackend = store
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    """These commands need no worker."""
    return Commands(tmp_path / "profile")


@pytest.fixture
def profile(commands: Commands) -> Profile:
    return Profile(commands.profile)


def run(commands: Commands, *arguments: str) -> Result:
    return commands.run("keys", *arguments, "--profile", commands.profile)


def test_state_says_what_opens_it(commands: Commands, profile: Profile) -> None:
    assert "no key yet" in run(commands, "state").output
    enter_here(profile)
    assert f"in clear in {profile.data_key}" in run(commands, "state").output
    with_administrator(profile)
    assert "passwords of 1 users and the recovery code" in run(commands, "state").output


def test_key_goes_to_the_system_and_back(
    commands: Commands, profile: Profile, store: MadeUpStore
) -> None:
    key = enter_here(profile).data_key
    assert run(commands, "to-system-store").exit_code == 0
    assert list(store.kept.values()) == [key.hex()]
    assert "key store of this system" in run(commands, "state").output
    assert enter_here(profile).data_key == key
    assert run(commands, "to-file").exit_code == 0
    assert profile.data_key.read_text() == key.hex()
    assert not store.kept


def test_without_a_store_the_key_stays(
    commands: Commands, profile: Profile, store: MadeUpStore
) -> None:
    before = enter_here(profile).data_key
    store.shut = True
    told = run(commands, "to-system-store")
    assert told.exit_code == 1
    assert "no key store that EdemaDesk can use" in told.output
    assert enter_here(profile).data_key == before


def test_with_users_there_is_nothing_to_move(commands: Commands, profile: Profile) -> None:
    with_administrator(profile)
    for way in ("to-system-store", "to-file"):
        told = run(commands, way)
        assert told.exit_code == 1
        assert "their passwords open it" in told.output


def test_lost_password(
    commands: Commands, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cheaply(into: Entered, user_id: str, password: str) -> str:
        return reset_administrator(into, user_id, password, CHEAP)

    def write(variable: str, text: str) -> None:
        file = tmp_path / variable
        file.write_text(text + "\n", encoding="utf-8")
        monkeypatch.setenv(variable, str(file))

    monkeypatch.setattr(keys, "reset_administrator", cheaply)
    assert "Nobody has to sign in" in run(commands, "recover", ADMINISTRATOR).output
    code = with_administrator(profile)
    write(keys.RECOVERY_FILE_VARIABLE, code[:-1])
    write(shell.NEW_PASSWORD_FILE_VARIABLE, OTHER)
    assert "no recovery code" in run(commands, "recover", ADMINISTRATOR).output
    write(keys.RECOVERY_FILE_VARIABLE, code.lower())
    assert run(commands, "recover", "nobody").exit_code == 1
    told = run(commands, "recover", ADMINISTRATOR.upper())
    assert told.exit_code == 0
    assert sign_in(profile, ADMINISTRATOR, OTHER).actor.name == "Hana Mori"
    assert "does not open" in run(commands, "recover", ADMINISTRATOR).output
    assert OTHER not in told.output
    assert PASSWORD not in told.output
