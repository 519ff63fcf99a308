"""The group `keys`: where the key of a profile lies, and the way in when passwords are lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from edema_desk.commands.shell import (
    NEW_PASSWORD_FILE_VARIABLE,
    asked_password,
    profile_at,
    profile_option,
    told_plainly,
)
from edema_desk.domain.terms.people import tidy_login
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.access import (
    administrators,
    needs_sign_in,
    open_with_recovery,
    reset_administrator,
)
from edema_desk.paths import Profile
from edema_desk.store.base.entered import enter_here
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.keys.keys import in_system_store, move_to_file, move_to_system_store
from edema_desk.store.keys.locks import opening

RECOVERY_FILE_VARIABLE = "EDEMA_DESK_RECOVERY_CODE_FILE"


@click.group()
def keys() -> None:
    """Where the key of the records lies, and the way in when passwords are lost."""


@keys.command()
@profile_option
def state(profile_dir: Path | None) -> None:
    """Say what opens the profile."""
    with told_plainly():
        profile = profile_at(profile_dir)
        if needs_sign_in(profile):
            count = len(Keyring(profile).user_ids())
            click.echo(f"The passwords of {count} users and the recovery code open this profile.")
        elif not profile.data_key.exists():
            click.echo("There is no key yet; it is made at the first start.")
        elif in_system_store(profile):
            click.echo("There are no users. The key lies in the key store of this system.")
        else:
            click.echo(f"There are no users. The key lies in clear in {profile.data_key}.")


@keys.command()
@click.argument("login")
@profile_option
def recover(login: str, profile_dir: Path | None) -> None:
    """Give the administrator LOGIN a new password by the recovery code.

    The code is asked for, or read from the file that EDEMA_DESK_RECOVERY_CODE_FILE names. It ends;
    a new one is printed once.
    """
    with told_plainly():
        profile = profile_at(profile_dir)
        if not needs_sign_in(profile):
            raise ExpectedError(ErrorCode.NO_USERS)
        into = open_with_recovery(profile, asked_password("Recovery code", RECOVERY_FILE_VARIABLE))
        whose = [one for one in administrators(into) if one.login == tidy_login(login)]
        if not whose:
            raise ExpectedError(ErrorCode.UNKNOWN_USER)
        password = asked_password(
            f"New password of {login}", NEW_PASSWORD_FILE_VARIABLE, twice=True
        )
        code = reset_administrator(into, whose[0].user_id, password)
        click.echo(f"{login} can sign in with the new password.")
        click.echo(f"Recovery code, shown only now: {code}")


@keys.command(name="to-system-store")
@profile_option
def to_system_store(profile_dir: Path | None) -> None:
    """Move the key of a profile without users into the key store of this system."""
    with told_plainly(), _key_held(profile_dir) as profile:
        move_to_system_store(profile)
        click.echo("The key lies in the key store of this system now, and nowhere else.")


@keys.command(name="to-file")
@profile_option
def to_file(profile_dir: Path | None) -> None:
    """Move the key of a profile without users back into its file."""
    with told_plainly(), _key_held(profile_dir) as profile:
        move_to_file(profile)
        click.echo(f"The key lies in {profile.data_key} now.")


@contextmanager
def _key_held(profile_dir: Path | None) -> Iterator[Profile]:
    """A profile whose key nobody changes meanwhile, made when there is none."""
    profile = profile_at(profile_dir)
    if needs_sign_in(profile):
        raise ExpectedError(ErrorCode.KEY_WITH_USERS)
    enter_here(profile)
    with translated(profile), opening(profile):
        yield profile
