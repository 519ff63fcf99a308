"""Users as a whole: the row that says what somebody may, and the key slot a password opens.

The row comes first and the slot last. Whatever ends in between, nobody can sign in who has no
enabled row; a slot that is left over is taken away by `tidy`.
"""

from collections.abc import Iterable

from edema_desk.domain.keeping.passwords import check_password
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Account, Role, User
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.store.base.database import Store
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.users import (
    add_user,
    change_user,
    note_own_password,
    note_password,
    user,
    user_of_login,
    users,
)


class UserAccounts:
    """By whoever sits in the seat of `database`. Every method waits: for the database, and most
    of them for a password to be derived. Errors are those of `store.users` and `Keyring`."""

    def __init__(self, database: DatabaseDoor, keyring: Keyring, data_key: bytes) -> None:
        self._database, self._keyring, self._data_key = database, keyring, data_key

    def all(self) -> tuple[Account, ...]:
        """Everyone who ever was a user, and whether a password is kept for them."""
        return self._database.call(self.ask)

    def ask(self, store: Store) -> tuple[Account, ...]:
        """The same, on the database thread."""
        known = users(store)
        slots = self._keyring.user_ids() if known else frozenset()
        return tuple(Account(one, one.user_id in slots and not one.disabled) for one in known)

    def of_login(self, login: str) -> User:
        """Who signs in by that name. Raises UNKNOWN_USER."""
        return self._database.call(lambda store: require_login(store, login))

    def add(self, act_id: str, login: str, name: str, roles: Iterable[Role], password: str) -> User:
        """Add a user who can sign in. The same act again finishes what was begun."""
        check_password(login, password)
        made = self._database.call(lambda store: add_user(store, act_id, login, name, roles))
        self._keyring.add_user(made.user_id, made.login, password, self._data_key)
        return made

    def change(
        self,
        act_id: str,
        user_id: str,
        *,
        name: str | None = None,
        roles: Iterable[Role] | None = None,
    ) -> User:
        """Another name, other roles."""
        return self._database.call(
            lambda store: change_user(store, act_id, user_id, name=name, roles=roles)
        )

    def disable(self, act_id: str, user_id: str) -> User:
        """Shut a user out: nobody signs in by that name, and the password opens nothing."""
        shut_out = self._database.call(
            lambda store: change_user(store, act_id, user_id, disabled=True)
        )
        self._keyring.remove_user(user_id)
        return shut_out

    def enable(self, act_id: str, user_id: str, password: str) -> User:
        """Let a user in again, with a new password."""

        def act(store: Store) -> User:
            store.require(ActKind.CHANGE_USER)
            check_password(user(store, user_id).login, password)
            return change_user(store, act_id, user_id, disabled=False)

        let_in = self._database.call(act)
        self._keyring.add_user(user_id, let_in.login, password, self._data_key)
        return let_in

    def set_password(self, act_id: str, user_id: str, password: str) -> User:
        """Give a user another password, who has forgotten it or has none. Who is shut out
        stays so."""

        def act(store: Store) -> User:
            store.require(ActKind.SET_PASSWORD)
            one = user(store, user_id)
            check_password(one.login, password)
            note_password(store, act_id, user_id)
            return one

        one = self._database.call(act)
        if not one.disabled:
            self._keyring.add_user(user_id, one.login, password, self._data_key)
        return one

    def change_own_password(self, act_id: str, old: str, new: str) -> None:
        """Another password for who sits there. SIGN_IN_WRONG when the old one is not theirs."""
        own_id = self._database.seat.actor.actor_id
        self._keyring.change_password(own_id, old, new)
        self._database.call(lambda store: note_own_password(store, act_id))

    def tidy(self) -> None:
        """Take away the slots of people who may not sign in."""
        if not self._database.call(users):
            return
        slots = self._keyring.user_ids()  # first: who is being added meanwhile has a row already
        may = {one.user_id for one in self._database.call(users) if not one.disabled}
        for user_id in slots - may:
            self._keyring.remove_user(user_id)


def require_login(store: Store, login: str) -> User:
    """Who signs in by that name. Raises ExpectedError UNKNOWN_USER."""
    found = user_of_login(store, login)
    if found is None:
        raise ExpectedError(ErrorCode.UNKNOWN_USER)
    return found
