"""The group `users`: who may sign in, and what each may do."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import click

from edema_desk.commands.shell import (
    NEW_PASSWORD_FILE_VARIABLE,
    asked_password,
    entered_at,
    profile_at,
    profile_option,
    told_plainly,
)
from edema_desk.domain.terms.people import GIVEN_ROLES, Account, Role
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.people.access import needs_sign_in, new_recovery_code, sign_in
from edema_desk.flow.people.first_administrator import make_first_administrator
from edema_desk.flow.people.user_accounts import UserAccounts
from edema_desk.store.base.entered import Entered
from edema_desk.store.keys.keyring import Keyring

_role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in GIVEN_ROLES]),
    help="What this person is in the clinic; may be given more than once.",
)


@click.group()
def users() -> None:
    """Who may sign in: add, list, change, shut out.

    New passwords are asked for twice, or read from the file that EDEMA_DESK_NEW_PASSWORD_FILE
    names.
    """


def _accounts(profile_dir: Path | None) -> AbstractContextManager[UserAccounts]:
    return _opened(entered_at(profile_dir))


@contextmanager
def _opened(into: Entered) -> Iterator[UserAccounts]:
    database = DatabaseThread(into)
    try:
        yield UserAccounts(database, Keyring(into.profile), into.data_key)
    finally:
        database.close()


@users.command(name="list")
@profile_option
def list_(profile_dir: Path | None) -> None:
    """Everyone who ever was a user."""
    with told_plainly(), _accounts(profile_dir) as accounts:
        for account in accounts.all():
            click.echo(_line(account))


def _line(account: Account) -> str:
    one = account.user
    roles = ", ".join(role.value for role in GIVEN_ROLES if role in one.roles)
    state = "shut out" if one.disabled else "" if account.can_sign_in else "has no password"
    return f"{one.login:20} {one.name:28} {roles:36} {state}".rstrip()


@users.command()
@click.argument("login")
@click.argument("name")
@_role_option
@profile_option
def add(login: str, name: str, roles: tuple[str, ...], profile_dir: Path | None) -> None:
    """Add the user LOGIN, called NAME.

    The first one is an administrator: from then on everybody signs in. The recovery code is
    printed once; keep it under lock and key, outside this PC.
    """
    given = frozenset(map(Role, roles))
    with told_plainly():
        if not needs_sign_in(profile_at(profile_dir)):
            _add_first(entered_at(profile_dir), login, name, given)
            return
        with _accounts(profile_dir) as accounts:
            made = accounts.add(new_id(), login, name, given, _new_password(login))
            click.echo(f"{made.login} can sign in.")


def _add_first(into: Entered, login: str, name: str, roles: frozenset[Role]) -> None:
    if Role.ADMINISTRATOR not in roles:
        raise click.UsageError("The first user is an administrator: --role administrator.")
    password = _new_password(login)
    code = make_first_administrator(into, login, name, password)
    if roles != {Role.ADMINISTRATOR}:
        with _opened(sign_in(into.profile, login, password)) as accounts:
            accounts.change(new_id(), accounts.of_login(login).user_id, roles=roles)
    click.echo(f"{login} is the administrator. From now on everybody signs in.")
    click.echo(f"Recovery code, shown only now: {code}")


@users.command(name="roles")
@click.argument("login")
@_role_option
@profile_option
def roles_(login: str, roles: tuple[str, ...], profile_dir: Path | None) -> None:
    """Give LOGIN these roles and no others."""
    with told_plainly(), _accounts(profile_dir) as accounts:
        one = accounts.of_login(login)
        changed = accounts.change(new_id(), one.user_id, roles=map(Role, roles))
        click.echo(_line(Account(changed, can_sign_in=True)))


@users.command()
@click.argument("login")
@click.argument("name")
@profile_option
def rename(login: str, name: str, profile_dir: Path | None) -> None:
    """Call LOGIN by another NAME. The record keeps the acts and the earlier name."""
    with told_plainly(), _accounts(profile_dir) as accounts:
        accounts.change(new_id(), accounts.of_login(login).user_id, name=name)
        click.echo(f"{login} is called {name}.")


@users.command()
@click.argument("login")
@profile_option
def disable(login: str, profile_dir: Path | None) -> None:
    """Shut LOGIN out. What they did stays on record under their name."""
    with told_plainly(), _accounts(profile_dir) as accounts:
        accounts.disable(new_id(), accounts.of_login(login).user_id)
        click.echo(f"{login} is shut out.")


@users.command()
@click.argument("login")
@profile_option
def enable(login: str, profile_dir: Path | None) -> None:
    """Let LOGIN in again, with a new password."""
    with told_plainly(), _accounts(profile_dir) as accounts:
        one = accounts.of_login(login)
        accounts.enable(new_id(), one.user_id, _new_password(login))
        click.echo(f"{login} can sign in again.")


@users.command()
@click.argument("login")
@profile_option
def password(login: str, profile_dir: Path | None) -> None:
    """Give LOGIN a new password: an administrator, to somebody who forgot theirs."""
    with told_plainly(), _accounts(profile_dir) as accounts:
        one = accounts.of_login(login)
        accounts.set_password(new_id(), one.user_id, _new_password(login))
        click.echo(f"{login} has a new password.")


@users.command(name="recovery-code")
@profile_option
def recovery_code(profile_dir: Path | None) -> None:
    """Print a new recovery code, once. The earlier one opens nothing any more."""
    with told_plainly():
        if not needs_sign_in(profile_at(profile_dir)):
            raise ExpectedError(ErrorCode.NO_USERS)
        code = new_recovery_code(entered_at(profile_dir))
        click.echo(f"Recovery code, shown only now: {code}")


def _new_password(login: str) -> str:
    return asked_password(f"New password of {login}", NEW_PASSWORD_FILE_VARIABLE, twice=True)
