"""Users without passwords that take time; `acts` holds what was done."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import Account, Role, User
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.user_desk import UserDesk

T = TypeVar("T")
CODE = "ABCDE-FGHJK-LMNPQ-RSTUV"


class FakeUsers(UserDesk):
    """With `fails` the next act fails."""

    def __init__(self, tell: Callable[[Change], None]) -> None:
        self._tell = tell
        self.kept: dict[str, Account] = {}
        self.acts: list[tuple[object, ...]] = []
        self.fails: ExpectedError | None = None

    def have(self, login: str, *roles: Role, disabled: bool = False, password: bool = True) -> User:
        user = User(f"id-{login}", login, login.title(), frozenset(roles), disabled)
        self.kept[user.user_id] = Account(user, password and not disabled)
        return user

    def accounts(self) -> Future[tuple[Account, ...]]:
        return _answered(tuple(self.kept.values()))

    def add(
        self, act_id: str, login: str, name: str, roles: Iterable[Role], password: str
    ) -> Future[User]:
        user = User(f"id-{login}", login, name, frozenset(roles))
        return self._do(Account(user, True), "add", act_id, login, name, set(roles), password)

    def change(
        self,
        act_id: str,
        user_id: str,
        *,
        name: str | None = None,
        roles: Iterable[Role] | None = None,
    ) -> Future[User]:
        one = self.kept[user_id]
        given = one.user.roles if roles is None else frozenset(roles)
        user = replace(one.user, name=name or one.user.name, roles=given)
        return self._do(replace(one, user=user), "change", act_id, user_id, name, set(given))

    def disable(self, act_id: str, user_id: str) -> Future[User]:
        out = Account(replace(self.kept[user_id].user, disabled=True), False)
        return self._do(out, "disable", act_id, user_id)

    def enable(self, act_id: str, user_id: str, password: str) -> Future[User]:
        back = Account(replace(self.kept[user_id].user, disabled=False), True)
        return self._do(back, "enable", act_id, user_id, password)

    def set_password(self, act_id: str, user_id: str, password: str) -> Future[User]:
        one = replace(self.kept[user_id], can_sign_in=True)
        return self._do(one, "set_password", act_id, user_id, password)

    def change_own_password(self, act_id: str, old: str, new: str) -> Future[None]:
        if old != "the old password":
            return _failed(ExpectedError(ErrorCode.SIGN_IN_WRONG))
        self.acts.append(("change_own_password", act_id, old, new))
        return _answered(None)

    def new_recovery_code(self) -> Future[str]:
        self.acts.append(("new_recovery_code",))
        return _answered(CODE)

    def close(self) -> None:
        """Nothing is open."""

    def _do(self, after: Account, *act: object) -> Future[User]:
        self.acts.append(act)
        if self.fails is not None:
            error, self.fails = self.fails, None
            return _failed(error)
        self.kept[after.user.user_id] = after
        self._tell(Change(ChangeKind.USERS))
        return _answered(after.user)


def _answered(value: T) -> Future[T]:
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer


def _failed(error: ExpectedError) -> Future[T]:
    answer: Future[T] = Future()
    answer.set_exception(error)
    return answer
