"""The data key in the operating system's store: a made-up one, or none at all."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.keys import system_store
from edema_desk.store.keys.keys import (
    destroy_data_key,
    in_system_store,
    move_to_file,
    move_to_system_store,
    read_data_key,
)


class MadeUpStore(KeyringBackend):
    """Keeps secrets in memory; `shut` as when nobody unlocked it, `forgetful` as a broken one."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.shut = False
        self.forgetful = False

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.shut:
            raise KeyringLocked("locked")
        if not self.forgetful:
            self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        if self.shut:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> MadeUpStore:
    made = MadeUpStore()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


def refused(profile: Profile, work: object) -> ErrorCode:
    assert callable(work)
    with pytest.raises(ExpectedError) as caught:
        work(profile)
    return caught.value.code


def test_key_lies_in_the_store_and_nowhere_else(
    profile: Profile, store: Store, system: MadeUpStore
) -> None:
    store.close()
    key = read_data_key(profile)
    with profile.data_key.open("rb") as old:
        move_to_system_store(profile)
        assert old.read() == b"0" * 64  # the file that lost its name is overwritten
    assert in_system_store(profile)
    assert list(system.kept.values()) == [key.hex()]
    assert key.hex() not in profile.data_key.read_text()
    open_store(profile).close()
    move_to_system_store(profile)  # once more does nothing
    assert len(system.kept) == 1
    move_to_file(profile)
    assert (in_system_store(profile), read_data_key(profile), system.kept) == (False, key, {})
    move_to_file(profile)
    open_store(profile).close()


@pytest.mark.parametrize("fault", ["shut", "forgetful"])
def test_store_that_does_not_keep_it_gets_nothing(
    profile: Profile, store: Store, system: MadeUpStore, fault: str
) -> None:
    key = read_data_key(profile)
    setattr(system, fault, True)
    assert refused(profile, move_to_system_store) is ErrorCode.KEY_STORE_MISSING
    assert profile.data_key.read_text() == key.hex()


def test_store_that_is_shut_or_of_somebody_else(
    profile: Profile, store: Store, system: MadeUpStore
) -> None:
    store.close()
    move_to_system_store(profile)
    pointer = profile.data_key.read_text()
    system.shut = True
    assert refused(profile, open_store) is ErrorCode.KEY_STORE_MISSING
    assert refused(profile, move_to_file) is ErrorCode.KEY_STORE_MISSING
    system.shut = False
    system.kept.clear()
    assert refused(profile, open_store) is ErrorCode.KEY_STORE_EMPTY
    assert profile.data_key.read_text() == pointer


def test_without_the_package_it_is_said(
    profile: Profile, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_store, "_PACKAGE", "no_such_package_here")
    assert refused(profile, move_to_system_store) is ErrorCode.KEY_STORE_MISSING
    assert not system_store.forget("anything")


def test_destroyed_it_is_gone_from_both(
    profile: Profile, store: Store, system: MadeUpStore
) -> None:
    move_to_system_store(profile)
    destroy_data_key(profile)
    assert not system.kept
    assert not profile.data_key.exists()
    destroy_data_key(profile)
