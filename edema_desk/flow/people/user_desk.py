"""Users, from a desk whose window never waits."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import NOBODY, PROGRAM, Account, Role, User
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.people.access import new_recovery_code
from edema_desk.flow.people.user_accounts import UserAccounts
from edema_desk.store.base.database import Store
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.users import users

T = TypeVar("T")


class UserDesk:
    """The users of one clinic. Futures as in `Desk`; each act is that of who sits there when it
    is asked for. See `UserAccounts` for what each does, and fails with."""

    def __init__(
        self,
        clinic: Clinic,
        sitting: Sitting,
        tell: Callable[[Change], None],
        *,
        keyring: Keyring | None = None,
    ) -> None:
        self._clinic, self._sitting, self._tell = clinic, sitting, tell
        self._keyring = keyring or Keyring(clinic.profile)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="users")

    def accounts(self) -> Future[tuple[Account, ...]]:
        """Everyone who ever was a user, and whether a password is kept for them."""
        return self._sitting.ask(self._of(self._clinic).ask)

    def add(
        self, act_id: str, login: str, name: str, roles: Iterable[Role], password: str
    ) -> Future[User]:
        """Add a user who can sign in."""
        return self._begin(lambda them: them.add(act_id, login, name, roles, password))

    def change(
        self,
        act_id: str,
        user_id: str,
        *,
        name: str | None = None,
        roles: Iterable[Role] | None = None,
    ) -> Future[User]:
        """Another name, other roles. They hold from now on, also for who sits at the desk."""
        return self._begin(lambda them: them.change(act_id, user_id, name=name, roles=roles))

    def disable(self, act_id: str, user_id: str) -> Future[User]:
        """Shut a user out. Who sits at the desk has to leave it."""
        return self._begin(lambda them: them.disable(act_id, user_id))

    def enable(self, act_id: str, user_id: str, password: str) -> Future[User]:
        """Let a user in again, with a new password."""
        return self._begin(lambda them: them.enable(act_id, user_id, password))

    def set_password(self, act_id: str, user_id: str, password: str) -> Future[User]:
        """Give a user another password."""
        return self._begin(lambda them: them.set_password(act_id, user_id, password))

    def change_own_password(self, act_id: str, old: str, new: str) -> Future[None]:
        """Another password for who sits at the desk."""
        return self._begin(lambda them: them.change_own_password(act_id, old, new))

    def new_recovery_code(self) -> Future[str]:
        """Another recovery code; the earlier one ends."""
        into = self._clinic.entered.by(self._clinic.database.seat.actor)
        return self._thread.submit(new_recovery_code, into)

    def follow(self, change: Change) -> None:
        """Another program may have changed who sits here. On whatever thread tells it."""
        person = self._sitting.person
        if change.kind is not ChangeKind.ELSEWHERE or not person.known:
            return

        def look(store: Store) -> None:
            mine = [one for one in users(store) if one.user_id == person.actor_id]
            if mine and (mine[0].disabled or mine[0].actor != person):
                self._sit_down_again(mine[0])
                self._tell(Change(ChangeKind.USERS))

        with suppress(RuntimeError):  # closing: nobody sits there any more
            self._clinic.acting_as(PROGRAM).database.submit(look)

    def tidy(self) -> None:
        """Take away what a killed program left behind. Waits."""
        self._of(self._clinic.acting_as(PROGRAM)).tidy()

    def close(self) -> None:
        """Finish what was begun."""
        self._thread.shutdown()

    def _of(self, clinic: Clinic) -> UserAccounts:
        return UserAccounts(clinic.database, self._keyring, clinic.entered.data_key)

    def _begin(self, work: Callable[[UserAccounts], T]) -> Future[T]:
        them = self._of(self._clinic.for_who_sits_there())

        def do() -> T:
            done = work(them)
            if isinstance(done, User):
                self._sit_down_again(done)
            self._tell(Change(ChangeKind.USERS))
            return done

        return self._thread.submit(do)

    def _sit_down_again(self, changed: User) -> None:
        """Who changed the own roles has the new ones at once."""
        own = changed.user_id == self._sitting.person.actor_id
        if own and not self._sitting.locked:  # who comes back to a locked desk is looked up then
            self._sitting.take(NOBODY if changed.disabled else changed.actor)
