"""Users: who works with the program, what they are called and may do. Their keys lie elsewhere."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.people import GIVEN_ROLES, Role, User, tidy_login
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.people.patients import LONGEST_NAME

LONGEST_LOGIN = 64


# acts


def add_user(
    store: Store,
    act_id: str,
    login: str,
    name: str,
    roles: Iterable[Role],
    *,
    user_id: str | None = None,
) -> User:
    """Add a user, who cannot sign in before a password is kept for them.

    Raises ExpectedError NOT_ALLOWED, FIELD_EMPTY, FIELD_TOO_LONG, ROLES_EMPTY, LOGIN_TAKEN.
    """
    entered_login = _checked("login", tidy_login(login), LONGEST_LOGIN)
    new = User(
        user_id or new_id(),
        entered_login,
        _checked("name", name.strip(), LONGEST_NAME),
        _checked_roles(roles),
    )

    def work(db: Database) -> Done:
        if _of_login(db, new.login) is not None:
            raise ExpectedError(ErrorCode.LOGIN_TAKEN)
        row = {"user_id": new.user_id, "login": new.login, "act_id": act_id}
        db.table("user").insert(row)
        _insert_state(db, act_id, new)
        return Done(new.user_id, None, {"user_id": new.user_id, "roles": _role_words(new.roles)})

    return user(store, store.act(act_id, ActKind.ADD_USER, work))


def change_user(
    store: Store,
    act_id: str,
    user_id: str,
    *,
    name: str | None = None,
    roles: Iterable[Role] | None = None,
    disabled: bool | None = None,
) -> User:
    """Call a user otherwise, give other roles, or shut out and let in again. What is not given
    stays. The record keeps old and new roles, and that the name is another.

    Raises ExpectedError NOT_ALLOWED, UNKNOWN_USER, FIELD_EMPTY, FIELD_TOO_LONG, ROLES_EMPTY, and
    LAST_ADMINISTRATOR where nobody who can administrate would be left.
    """

    def work(db: Database) -> Done:
        before = _require(db, user_id)
        after = replace(
            before,
            name=before.name if name is None else _checked("name", name.strip(), LONGEST_NAME),
            roles=before.roles if roles is None else _checked_roles(roles),
            disabled=before.disabled if disabled is None else disabled,
        )
        others = any(_administrates(u) for u in _all(db) if u.user_id != user_id)
        if _administrates(before) and not _administrates(after) and not others:
            raise ExpectedError(ErrorCode.LAST_ADMINISTRATOR)
        if after != before:
            _insert_state(db, act_id, after)
        return Done(user_id, None, _difference(before, after))

    return user(store, store.act(act_id, ActKind.CHANGE_USER, work))


def note_password(store: Store, act_id: str, user_id: str) -> None:
    """Keep on record that an administrator gives a user another password. Note it before.

    Raises ExpectedError NOT_ALLOWED, UNKNOWN_USER.
    """
    _note_password(store, act_id, ActKind.SET_PASSWORD, user_id)


def note_own_password(store: Store, act_id: str) -> None:
    """Keep on record that who asks changed their own password.

    Raises ExpectedError NOT_ALLOWED, UNKNOWN_USER.
    """
    _note_password(store, act_id, ActKind.CHANGE_OWN_PASSWORD, store.actor.actor_id)


def _note_password(store: Store, act_id: str, kind: ActKind, user_id: str) -> None:
    def work(db: Database) -> Done:
        _require(db, user_id)
        return Done(user_id, None, {"user_id": user_id})

    store.act(act_id, kind, work)


# questions


def users(store: Store) -> tuple[User, ...]:
    """Everyone who ever was a user, by name."""
    with store.reading(Question.USERS) as db:
        return _all(db)


def user(store: Store, user_id: str) -> User:
    """One user. Raises ExpectedError UNKNOWN_USER."""
    with store.reading(Question.USERS) as db:
        return _require(db, user_id)


def user_of_login(store: Store, login: str) -> User | None:
    """Who signs in by that name, or None. One who is disabled is found too."""
    with store.reading(Question.USERS) as db:
        return _of_login(db, tidy_login(login))


def user_names(store: Store) -> Mapping[str, str]:
    """What those whose ids stand in the record of acts are called now."""
    with store.reading(Question.USERS) as db:
        return names_in(db)


# within a transaction


def names_in(db: Database) -> dict[str, str]:
    """See `user_names`."""
    return {row["user_id"]: row["name"] for row in db.query("select user_id, name from user_now")}


def _all(db: Database) -> tuple[User, ...]:
    return tuple(_user_of(row) for row in db.query("select * from user_now order by name, login"))


def _of_login(db: Database, login: str) -> User | None:
    found = db.query("select * from user_now where login = ?", [login])
    return next((_user_of(row) for row in found), None)


def _require(db: Database, user_id: str) -> User:
    found = list(db.query("select * from user_now where user_id = ?", [user_id]))
    if not found:
        raise ExpectedError(ErrorCode.UNKNOWN_USER)
    return _user_of(found[0])


def _insert_state(db: Database, act_id: str, new: User) -> None:
    row = {
        "user_id": new.user_id,
        "name": new.name,
        "roles": json.dumps(_role_words(new.roles)),
        "disabled": int(new.disabled),
        "act_id": act_id,
    }
    db.table("user_state").insert(row)


def _user_of(row: Mapping[str, Any]) -> User:
    roles = frozenset(Role(word) for word in json.loads(row["roles"]))
    return User(row["user_id"], row["login"], row["name"], roles, bool(row["disabled"]))


def _administrates(one: User) -> bool:
    return Role.ADMINISTRATOR in one.roles and not one.disabled


def _difference(before: User, after: User) -> dict[str, str | bool | tuple[str, ...]]:
    """For the record of acts, in which nobody is named."""
    told: dict[str, str | bool | tuple[str, ...]] = {"user_id": before.user_id}
    if after.name != before.name:
        told["other_name"] = True
    if after.roles != before.roles:
        told |= {"from_roles": _role_words(before.roles), "roles": _role_words(after.roles)}
    if after.disabled != before.disabled:
        told |= {"from_disabled": before.disabled, "disabled": after.disabled}
    return told


def _role_words(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(sorted(role.value for role in roles))


def _checked(field: str, text: str, limit: int) -> str:
    if not text:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field=field)
    if len(text) > limit:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field=field, limit=limit)
    return text


def _checked_roles(roles: Iterable[Role]) -> frozenset[Role]:
    given = frozenset(roles)
    if not given:
        raise ExpectedError(ErrorCode.ROLES_EMPTY)
    if not given <= frozenset(GIVEN_ROLES):
        raise ValueError("a role that is given to nobody")
    return given
