"""The way in, before there is a desk: passwords are slow on purpose, and the window never waits."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from edema_desk.domain.terms.people import User
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.people import access
from edema_desk.paths import Profile
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.base.places import check_live_place
from edema_desk.store.keys.cipher import check_library
from edema_desk.store.keys.locks import lock_window

ASKED_AGAIN = frozenset(
    {
        ErrorCode.SIGN_IN_WRONG,
        ErrorCode.SIGN_IN_WAIT,
        ErrorCode.FIELD_EMPTY,
        ErrorCode.FIELD_TOO_LONG,
        ErrorCode.PASSWORD_SHORT,
        ErrorCode.PASSWORD_IS_LOGIN,
        ErrorCode.RECOVERY_CODE_MISTYPED,
        ErrorCode.RECOVERY_CODE_WRONG,
    }
)
"""Whoever sits there can mend these by typing something else."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the recovery code opened, and whose password may be set there."""

    into: Entered
    administrators: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class WayIn:
    """What the entrance does with one profile; see `flow.access` and `flow.desk.open_desk`."""

    check: Callable[[], None]
    needs_sign_in: Callable[[], bool]
    here: Callable[[], Entered]
    sign_in: Callable[[str, str], Entered]
    make_first: Callable[[str, str, str], str]
    recover: Callable[[str], Recovered]
    reset: Callable[[Entered, str, str], str]
    open: Callable[[Entered], Desk]


def way_into(profile: Profile) -> WayIn:
    """The ways into a profile on this PC."""

    def make_first(login: str, name: str, password: str) -> str:
        return access.make_first_administrator(enter_here(profile), login, name, password)

    def recover(code: str) -> Recovered:
        into = access.open_with_recovery(profile, code)
        return Recovered(into, access.administrators(into))

    def check() -> None:
        check_library()
        check_live_place(profile)
        profile.create()
        with lock_window(profile):
            pass

    return WayIn(
        check=check,
        needs_sign_in=lambda: access.needs_sign_in(profile),
        here=lambda: enter_here(profile),
        sign_in=lambda login, password: access.sign_in(profile, login, password),
        make_first=make_first,
        recover=recover,
        reset=access.reset_administrator,
        open=lambda into: open_desk(into, window=True),
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """Something is over; `then` gets what came of it."""

    future: Future[Any]
    then: Callable[[Any], None]


class Entrance(QObject):
    """One thing at a time, each on a thread of its own; all signals on the window's.

    It ends with `opened()`, when there is a `desk`. On the way: `code_made(str)`, a new recovery
    code, after which
    `go_on` signs in with the password just made; `recovered(tuple[User, ...])`, after which
    `reset` is called for one of these.
    `failed(ExpectedError)` where typing something else may help, `stuck(ExpectedError)` where it
    may not, `bug_found(BaseException)`.
    """

    opened = Signal()
    code_made = Signal(str)
    recovered = Signal(object)
    failed = Signal(object)
    stuck = Signal(object)
    bug_found = Signal(object)
    busy_changed = Signal(bool)
    _came = Signal(object)

    def __init__(self, way: WayIn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._way = way
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="entrance")
        self.desk: Desk | None = None
        """Open, once somebody is in; whoever takes it closes it."""
        self._made: tuple[str, str] | None = None
        self._recovered: Recovered | None = None
        self._came.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def sign_in(self, login: str, password: str) -> None:
        """Open the profile as somebody."""
        way = self._way
        self._start(lambda: way.open(way.sign_in(login, password)), self._on_opened)

    def make_first(self, login: str, name: str, password: str) -> None:
        """Make the first administrator."""
        way, self._made = self._way, (login, password)
        self._start(lambda: way.make_first(login, name, password), self.code_made.emit)

    def recover(self, code: str) -> None:
        """Come in by the recovery code."""
        self._start(lambda: self._way.recover(code), self._on_recovered)

    def reset(self, user: User, password: str) -> None:
        """Give an administrator a new password, once recovered."""
        found, self._made = self._recovered, (user.login, password)
        if found is not None:
            into, user_id = found.into, user.user_id
            self._start(lambda: self._way.reset(into, user_id, password), self.code_made.emit)

    def go_on(self) -> None:
        """Sign in with what was just made."""
        made, self._made, self._recovered = self._made, None, None
        if made is not None:
            self.sign_in(*made)

    def close(self) -> None:
        """Wait for what is under way; its end is told to nobody."""
        self._came.disconnect(self._on_done)
        self._thread.shutdown()

    def _on_opened(self, desk: Desk) -> None:
        self.desk = desk
        self.opened.emit()

    def _on_recovered(self, found: Recovered) -> None:
        self._recovered = found
        self.recovered.emit(found.administrators)

    def _start(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        came = self._came

        def tell(done: Future[Any]) -> None:
            came.emit(_Done(done, then))

        self.busy_changed.emit(True)
        self._thread.submit(work).add_done_callback(tell)

    def _on_done(self, done: _Done) -> None:
        self.busy_changed.emit(False)
        error = done.future.exception()
        if error is None:
            done.then(done.future.result())
        elif isinstance(error, ExpectedError):
            (self.failed if error.code in ASKED_AGAIN else self.stuck).emit(error)
        else:
            self.bug_found.emit(error)
