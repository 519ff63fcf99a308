"""Signing in without keys: whoever is in `people` with the password beside the name."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar, cast

from edema_desk.domain.terms.people import LOCAL, Actor, Role
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.seat import Seat
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.people.signing_in import SignIns
from edema_desk.store.base.database import Store

T = TypeVar("T")
NURSE = Actor("nurse-1", frozenset({Role.NURSE}), "Aoki Yui")
CLINICIAN = Actor("clinician-1", frozenset({Role.CLINICIAN}), "Baba Ken")
ADMINISTRATOR = Actor("administrator-1", frozenset({Role.ADMINISTRATOR}), "Mori Hana")
PASSWORD = "correct horse battery"


class FakeDoor:
    """Questions are asked on the pool of the fake desk, which has no store."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.seat = Seat(LOCAL)
        self._pool = pool

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        return self._pool.submit(work, cast(Store, None))


class FakeSigns(SignIns):
    """`locks` holds how each lock came; `errors` are raised by the next tries, in order."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fake sign in")
        self.people = {"aoki": NURSE, "baba": CLINICIAN}
        self.locks: list[bool] = []
        self.errors: list[ExpectedError] = []

    def lock(self, *, by_itself: bool) -> None:
        if not self._sitting.locked:
            self.locks.append(by_itself)
            self._sitting.lock()

    def unlock(self, password: str) -> Future[Actor]:
        logins = {actor.actor_id: login for login, actor in self.people.items()}
        return self.switch(logins[self._sitting.person.actor_id], password)

    def switch(self, login: str, password: str) -> Future[Actor]:
        def work() -> Actor:
            if self.errors:
                raise self.errors.pop(0)
            if login not in self.people or password != PASSWORD:
                raise ExpectedError(ErrorCode.SIGN_IN_WRONG)
            self._sitting.take(self.people[login])
            return self.people[login]

        return self._thread.submit(work)

    def close(self) -> None:
        self._thread.shutdown()
