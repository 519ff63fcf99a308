"""The first administrator: everything under a new data key, nothing lost, nothing left."""

from pathlib import Path

import pytest

from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.access import (
    make_first_administrator,
    needs_sign_in,
    open_with_recovery,
)
from edema_desk.media.keys import CaptureKeys
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.keys import cipher
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.people.patients import add_patient, patients
from edema_desk.store.people.users import users
from tests.flow.people.signed_in import CHEAP, PASSWORD, as_administrator, with_administrator
from tests.store.store_samples import person


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A profile at work: one patient, keys of a clip, of the inbox and of a study."""
    made = Profile(tmp_path / "clinic")
    with open_store(made) as store:
        add_patient(store, new_id(), person())
    made.cache_keys.parent.mkdir()
    for path in key_files(made):
        CaptureKeys(path, enter_here(made).data_key).new("one")
    return made


def key_files(profile: Profile) -> tuple[Path, ...]:
    return profile.capture_keys, profile.inbox_keys, profile.cache_keys


def test_nothing_is_lost(profile: Profile) -> None:
    before = enter_here(profile)
    keys = [CaptureKeys(path, before.data_key).get("one") for path in key_files(profile)]
    with open_store(before) as store:
        head = audit_head(store)
    with_administrator(profile)
    into = as_administrator(profile)
    assert [CaptureKeys(path, into.data_key).get("one") for path in key_files(profile)] == keys
    with open_store(into) as store:
        assert [p.chart_number for p in patients(store)] == ["1001"]
        assert verify_audit(store, head).sound
        assert [user.login for user in users(store)] == ["hana"]
        assert store.settings()["journal_mode"] == "wal"


def test_nothing_is_left_under_the_old_key(profile: Profile) -> None:
    before = enter_here(profile)
    (profile.backups / "before-migration-x.db").write_bytes(profile.database.read_bytes())
    generations = profile.backups / "generations"
    generations.mkdir()
    (generations / "x.db").write_bytes(profile.database.read_bytes())
    (profile.backups / "capture.keys").write_bytes(profile.capture_keys.read_bytes())
    aside = profile.root / "set-aside-x"
    aside.mkdir()
    (aside / "edema-desk.db").write_bytes(profile.database.read_bytes())
    profile.audit_key.write_bytes(b"wrapped by the old key")
    with_administrator(profile)
    assert not profile.data_key.exists()
    for path in profile.root.rglob("*"):
        if path.is_file():
            assert before.data_key.hex().encode() not in path.read_bytes()
            assert before.data_key not in path.read_bytes()
        if path.suffix == ".db":
            with pytest.raises(Exception, match="not a database"):
                unlock(path, before.data_key)
    for path in key_files(profile):
        with pytest.raises(ExpectedError):
            CaptureKeys(path, before.data_key).get("one")
    left = {path.name for path in profile.root.iterdir()}
    assert not left & {"rotation", "set-aside-x", "audit.key", "edema-desk.db-journal"}
    assert list(profile.backups.rglob("*")) == [generations]


def test_second_first_administrator_is_refused(profile: Profile) -> None:
    before = enter_here(profile)
    with_administrator(profile)
    with pytest.raises(ExpectedError) as caught:
        make_first_administrator(before, "eve", "Eve", PASSWORD, CHEAP)
    assert caught.value.code is ErrorCode.SIGN_IN_NEEDED


@pytest.mark.parametrize(
    ("login", "name", "password", "code"),
    [
        ("hana", "Hana", "short", ErrorCode.PASSWORD_SHORT),
        ("hana.mori.88", "Hana", "Hana.Mori.88", ErrorCode.PASSWORD_IS_LOGIN),
        (" ", "Hana", PASSWORD, ErrorCode.FIELD_EMPTY),
        ("hana", "", PASSWORD, ErrorCode.FIELD_EMPTY),
        ("h" * 65, "Hana", PASSWORD, ErrorCode.FIELD_TOO_LONG),
    ],
)
def test_refused_changes_nothing(
    profile: Profile, login: str, name: str, password: str, code: ErrorCode
) -> None:
    key = profile.data_key.read_bytes()
    with pytest.raises(ExpectedError) as caught:
        make_first_administrator(enter_here(profile), login, name, password, CHEAP)
    assert caught.value.code is code
    assert not needs_sign_in(profile)
    assert profile.data_key.read_bytes() == key
    assert not profile.rotation.exists()
    with open_store(profile) as store:
        assert len(patients(store)) == 1
        assert users(store) == ()


def test_open_desk_is_not_pulled_away(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "BUSY_TIMEOUT_S", 0.1)
    with open_store(profile) as store:
        with pytest.raises(ExpectedError) as caught:
            with_administrator(profile)
        assert caught.value.code is ErrorCode.DATABASE_BUSY
        assert len(patients(store)) == 1
    assert not needs_sign_in(profile)


def test_full_disk_leaves_the_old_profile(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("edema_desk.store.base.rotation.write_private", full)
    with pytest.raises(ExpectedError) as caught:
        with_administrator(profile)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert not needs_sign_in(profile)
    with open_store(profile) as store:
        assert len(patients(store)) == 1
    assert not profile.rotation.exists()


def test_a_profile_that_was_never_opened(tmp_path: Path) -> None:
    fresh = Profile(tmp_path / "fresh")
    with_administrator(fresh)
    with open_store(as_administrator(fresh)) as store:
        assert patients(store) == ()


def test_what_cannot_be_finished_is_said(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds a file open, as Windows lets it."""

    def held(*_: object) -> None:
        raise PermissionError(13, "in use")

    before = enter_here(profile)
    with monkeypatch.context() as patch:
        patch.setattr("edema_desk.store.base.rotation.destroy_data_key", held)
        code = with_administrator(profile)  # the code is shown this once, whatever happens
        with pytest.raises(ExpectedError) as caught:
            open_store(before)
        assert caught.value.code is ErrorCode.PROFILE_NOT_WRITABLE
    with open_store(as_administrator(profile)) as store:  # the next start finishes it
        assert len(patients(store)) == 1
    assert not profile.data_key.exists()
    assert open_with_recovery(profile, code)
