"""How often passwords were tried, in a small file: guessing is slow, also after a restart.

A try counts as failed from its beginning until it succeeded, so that ending the program does not
undo it. Logins stand in the file as a keyed hash.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import Any

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import write_private
from edema_desk.store.keys.locks import waited_for

FREE_TRIES = 4
FIRST_WAIT_MS = 5_000
LONGEST_WAIT_MS = 15 * 60_000
HOUR_MS = 3_600_000
STRANGERS_AN_HOUR = 20
"""So many failed tries in an hour, whatever the login, and only who signed in here within
`KNOWN_MS` and did not fail too often is still heard: a ward is not shut out by a visitor."""
KNOWN_MS = 7 * 24 * HOUR_MS
_QUIET_MS = 24 * HOUR_MS
_MOST_KEPT = 2_000


@dataclass(slots=True)
class _Login:
    failed: int = 0
    last_ms: int = 0
    succeeded_ms: int = 0


@dataclass(frozen=True, slots=True)
class FailedTry:
    """One that failed. `login_mark`: see `Keyring.mark`."""

    at: Moment
    login_mark: str


@dataclass(slots=True)
class _File:
    logins: dict[str, _Login] = field(default_factory=dict)
    failed_ms: list[int] = field(default_factory=list)
    waiting_for_record: list[FailedTry] = field(default_factory=list)
    unlisted: int = 0


class Tries:
    """The tries at one profile. Several programs may ask at once."""

    def __init__(self, profile: Profile, now: Callable[[], Moment] = Moment.now) -> None:
        self._profile = profile
        self._path = profile.tries
        self._now = now

    def begin(self, login_mark: str) -> None:
        """Count a try. Raises ExpectedError SIGN_IN_WAIT(seconds): it is not looked at then."""
        with self._changing() as file:
            now = self._now()
            _put_clock_right(file, now.utc_ms)
            wait_ms = _wait_ms(file, login_mark, now.utc_ms)
            if wait_ms > 0:
                file.unlisted += 1
            else:
                _count(file, login_mark, now)
        if wait_ms > 0:
            raise ExpectedError(ErrorCode.SIGN_IN_WAIT, seconds=ceil(wait_ms / 1000))

    def succeeded(self, login_mark: str) -> None:
        """The try that was begun last was right."""
        with self._changing() as file:
            now_ms = self._now().utc_ms
            login = file.logins.setdefault(login_mark, _Login())
            _take_back(file, login_mark, login.last_ms)
            login.failed, login.succeeded_ms = 0, now_ms

    def forgive(self, login_mark: str) -> None:
        """Whose password was set anew does not wait for earlier tries."""
        if login_mark in self._read().logins:
            with self._changing() as file:
                file.logins.get(login_mark, _Login()).failed = 0

    def waiting_for_record(self) -> tuple[tuple[FailedTry, ...], int]:
        """What failed since `recorded`, and how many further tries there were meanwhile: those
        that had to wait, and the eldest of very many."""
        file = self._read()
        return tuple(file.waiting_for_record), file.unlisted

    def recorded(self, count: int, unlisted: int) -> None:
        """The first `count` failed tries and so many further ones are on record now."""
        with self._changing() as file:
            del file.waiting_for_record[:count]
            file.unlisted = max(0, file.unlisted - unlisted)

    @contextmanager
    def _changing(self) -> Iterator[_File]:
        lock = self._path.with_name(self._path.name + ".lock")
        with translated(self._profile), waited_for(lock):
            file = self._read()
            yield file
            write_private(self._path, json.dumps(_told(file)))

    def _read(self) -> _File:
        try:
            return _file_of(json.loads(self._path.read_text(encoding="ascii")))
        except FileNotFoundError:
            return _File()
        except (ValueError, LookupError, TypeError, AttributeError):
            # cut off or changed by hand: whoever can do that has the keys' file as well
            return _File()


def _wait_ms(file: _File, login_mark: str, now_ms: int) -> int:
    login = file.logins.get(login_mark, _Login())
    own_ms = 0
    if login.failed > FREE_TRIES:
        own_ms = login.last_ms + _delay_ms(login.failed) - now_ms
    known_here = now_ms - login.succeeded_ms < KNOWN_MS and login.failed <= FREE_TRIES
    if known_here or len(file.failed_ms) < STRANGERS_AN_HOUR:
        return own_ms
    return max(own_ms, file.failed_ms[-STRANGERS_AN_HOUR] + HOUR_MS - now_ms)


def _delay_ms(failed: int) -> int:
    return min(FIRST_WAIT_MS << min(failed - FREE_TRIES - 1, 20), LONGEST_WAIT_MS)


def _count(file: _File, login_mark: str, now: Moment) -> None:
    now_ms = now.utc_ms
    file.failed_ms = [at for at in file.failed_ms if now_ms - at < HOUR_MS] + [now_ms]
    quiet = [
        mark
        for mark, login in file.logins.items()
        if now_ms - login.last_ms > _QUIET_MS and now_ms - login.succeeded_ms > KNOWN_MS
    ]
    for mark in quiet:
        del file.logins[mark]
    login = file.logins.setdefault(login_mark, _Login())
    if now_ms - login.last_ms > _QUIET_MS:
        login.failed = 0
    login.failed, login.last_ms = login.failed + 1, now_ms
    file.waiting_for_record.append(FailedTry(now, login_mark))
    if len(file.waiting_for_record) > _MOST_KEPT:
        del file.waiting_for_record[0]
        file.unlisted += 1


def _take_back(file: _File, login_mark: str, at_ms: int) -> None:
    if at_ms in file.failed_ms:
        file.failed_ms.remove(at_ms)
    for one in reversed(file.waiting_for_record):
        if one.login_mark == login_mark and one.at.utc_ms == at_ms:
            file.waiting_for_record.remove(one)
            return


def _put_clock_right(file: _File, now_ms: int) -> None:
    """A clock that was set back: what lies in its future counts as if it had been just now."""
    file.failed_ms = [min(at, now_ms) for at in file.failed_ms]
    for login in file.logins.values():
        login.last_ms = min(login.last_ms, now_ms)
        login.succeeded_ms = min(login.succeeded_ms, now_ms)


def _file_of(raw: Mapping[str, Any]) -> _File:
    return _File(
        {mark: _Login(**{k: int(v) for k, v in of.items()}) for mark, of in raw["logins"].items()},
        [int(at) for at in raw["failed_ms"]],
        [
            FailedTry(Moment(int(utc_ms), int(offset_min)), str(mark))
            for utc_ms, offset_min, mark in raw["waiting_for_record"]
        ],
        int(raw["unlisted"]),
    )


def _told(file: _File) -> dict[str, object]:
    return {
        "logins": {mark: asdict(login) for mark, login in file.logins.items()},
        "failed_ms": file.failed_ms,
        "waiting_for_record": [
            (one.at.utc_ms, one.at.offset_min, one.login_mark) for one in file.waiting_for_record
        ],
        "unlisted": file.unlisted,
    }
