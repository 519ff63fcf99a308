"""`edema-desk backup`: now, list, verify, restore."""

from pathlib import Path

import pytest

from edema_desk.commands.backup import CODE_FILE_VARIABLE
from edema_desk.commands.shell import PASSWORD_FILE_VARIABLE
from edema_desk.domain.terms.people import RECOVERY, Role
from edema_desk.domain.terms.records import new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import heads_in
from edema_desk.store.audit.verifying import audit_head
from edema_desk.store.base.clinic_settings import set_clinic_setting
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.users import add_user
from tests.commands.commands_runner import Commands
from tests.store.store_samples import some_patient

PASSWORD = "correct horse battery"


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    made = tmp_path / "usb"
    made.mkdir()
    return made


@pytest.fixture
def into(commands: Commands, usb: Path) -> Entered:
    profile = Profile(commands.profile)
    with open_store(profile) as store:
        some_patient(store)
        set_clinic_setting(store, new_id(), "backup_folder", str(usb))
    return enter_here(profile)


@pytest.fixture
def code(into: Entered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The recovery code, once there is an administrator called hana."""
    with open_store(into) as store:
        admin = add_user(store, new_id(), "hana", "Hana", frozenset({Role.ADMINISTRATOR}))
    keyring = Keyring(into.profile, Cost(1, 8, 1))
    made = keyring.create(into.data_key)
    keyring.add_user(admin.user_id, "hana", PASSWORD, into.data_key)
    into.profile.data_key.unlink()
    for name, text in ((PASSWORD_FILE_VARIABLE, PASSWORD), (CODE_FILE_VARIABLE, made)):
        (tmp_path / name).write_text(text + "\n")
        monkeypatch.setenv(name, str(tmp_path / name))
    return made


def test_make_list_and_verify(commands: Commands, into: Entered, usb: Path) -> None:
    made = commands.run("backup", "now")
    assert made.exit_code == 0, made.output
    assert f"1 backup in {usb}" in made.output
    listed = commands.run("backup", "list")
    assert "1 patient, " in listed.output
    verified = commands.run("backup", "verify")
    assert verified.exit_code == 0
    assert verified.output.endswith("All is well.\n")


def test_what_commands_did_is_signed_before_it_is_copied(
    commands: Commands, into: Entered, usb: Path
) -> None:
    commands.run("backup", "now")
    with open_store(into) as store:
        some_patient(store, "104-300")
        rows = audit_head(store).rows
    commands.run("backup", "now")
    assert max(head.head.rows for head in heads_in(usb)) >= rows


def test_damage_is_found(commands: Commands, into: Entered, usb: Path) -> None:
    commands.run("backup", "now")
    path = next(usb.glob("generations/*.db"))
    content = bytearray(path.read_bytes())
    content[9000] ^= 1
    path.write_bytes(content)
    verified = commands.run("backup", "verify", usb)
    assert verified.exit_code == 1
    assert f"Damaged: the backup {path.stem}" in verified.output


def test_a_folder_that_is_away(commands: Commands, into: Entered, usb: Path) -> None:
    commands.run("backup", "now")
    usb.rename(usb.with_name("pulled out"))
    assert "is not there since" in commands.run("backup", "list").output
    failed = commands.run("backup", "now")
    assert failed.exit_code == 1
    assert f"The backup folder {usb} is not there." in failed.output


@pytest.mark.parametrize("way", [("--user", "hana"), ("--recovery-code",)])
def test_restore_on_another_machine(
    commands: Commands, into: Entered, code: str, usb: Path, tmp_path: Path, way: tuple[str, ...]
) -> None:
    assert commands.run("backup", "now", "--user", "hana").exit_code == 0
    other = tmp_path / "other"
    done = commands.run("backup", "restore", usb, "--profile", other, *way)
    assert done.exit_code == 0, done.output
    assert "1 patient, " in done.output
    listed = commands.run("backup", "list", "--profile", other, "--user", "hana")
    assert listed.exit_code == 0, listed.output
    assert not Profile(other).data_key.exists()


def test_restore_asks_who_it_is(
    commands: Commands, into: Entered, code: str, usb: Path, tmp_path: Path
) -> None:
    commands.run("backup", "now", "--user", "hana")
    done = commands.run("backup", "restore", usb, "--profile", tmp_path / "other")
    assert done.exit_code == 1
    assert not (tmp_path / "other").exists()
    wrong = commands.run(
        *("backup", "restore", usb, "--profile", tmp_path / "other", "--user", "nobody")
    )
    assert wrong.exit_code == 1
    assert not (tmp_path / "other").exists()


def test_restore_over_a_damaged_database(commands: Commands, into: Entered, usb: Path) -> None:
    commands.run("backup", "now")
    into.profile.database.write_bytes(b"damaged")
    name = next(usb.glob("generations/*.db")).stem
    done = commands.run("backup", "restore", usb, "--generation", name)
    assert done.exit_code == 0, done.output
    assert "What was in the way lies in" in done.output
    assert commands.run("backup", "list").exit_code == 0
    none = commands.run("backup", "restore", usb, "--generation", "unknown")
    assert none.exit_code == 1


def test_only_an_administrator_puts_a_backup_over_whole_records(
    commands: Commands, into: Entered, code: str, usb: Path
) -> None:
    """Erased people, roles and corrections of before would come back with it."""
    keyring = Keyring(into.profile, Cost(1, 8, 1))
    with open_store(into.by(RECOVERY)) as store:
        nurse = add_user(store, new_id(), "aki", "Aki", frozenset({Role.NURSE}))
    keyring.add_user(nurse.user_id, "aki", PASSWORD, into.data_key)
    commands.run("backup", "now", "--user", "hana")
    before = into.profile.database.read_bytes()
    refused = commands.run("backup", "restore", usb, "--user", "aki")
    assert refused.exit_code == 1
    assert "Your role does not allow this" in refused.output
    assert not list(into.profile.root.glob("set-aside-*"))
    assert commands.run("backup", "restore", usb, "--user", "hana").exit_code == 0
    into.profile.database.write_bytes(before[:5000])  # whoever comes first mends what is damaged
    mended = commands.run("backup", "restore", usb, "--user", "aki")
    assert mended.exit_code == 0, mended.output


def test_a_folder_without_backups(commands: Commands, tmp_path: Path) -> None:
    done = commands.run("backup", "restore", tmp_path / "nothing")
    assert done.exit_code == 1
    assert "There is no backup in" in done.output
