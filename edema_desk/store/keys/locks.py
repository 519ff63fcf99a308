"""Locks between processes: one window per profile, one process at a time that makes or
migrates a database. The system drops them when their holder dies."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


OPENING_WAIT_S = 60.0
"""How long to wait for another process that makes or migrates the database."""


class FileLock:
    """An exclusive lock on a file that stays behind, empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock without waiting; False when someone has it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(handle)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> "FileLock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def lock_window(profile: Profile) -> FileLock:
    """The right to be the one window of `profile`, until released or the process ends.

    Raises ExpectedError PROFILE_IN_USE at once when another window has it. Commands do not
    take it and may run beside the window.
    """
    profile.create()
    lock = FileLock(profile.window_lock)
    if not lock.take():
        raise ExpectedError(ErrorCode.PROFILE_IN_USE)
    return lock


def lock_capture(profile: Profile) -> FileLock:
    """The right to record on `profile`, until released or the process ends.

    Raises ExpectedError CAPTURE_RUNNING at once when another program records.
    """
    lock = FileLock(profile.capture_lock)
    if not lock.take():
        raise ExpectedError(ErrorCode.CAPTURE_RUNNING)
    return lock


@contextmanager
def taking_in(profile: Profile, check: Callable[[], None]) -> Iterator[None]:
    """Be one of those who take files in. Waits while all places are taken; `check` may raise."""
    locks = [FileLock(path) for path in profile.intake_locks]
    while not any(lock.take() for lock in locks):
        check()
        time.sleep(0.02)
    try:
        yield
    finally:
        for lock in locks:
            lock.release()


@contextmanager
def nobody_takes_in(profile: Profile) -> Iterator[bool]:
    """Whether no program takes a file in; if so, none begins to before the end of the block."""
    with ExitStack() as held:
        locks = [held.enter_context(FileLock(path)) for path in profile.intake_locks]
        yield all(lock.take() for lock in locks)


@contextmanager
def opening(profile: Profile, wait_s: float = OPENING_WAIT_S) -> Iterator[None]:
    """Be the only process that makes or migrates the profile's database.

    Raises ExpectedError DATABASE_BUSY when that takes longer than `wait_s`.
    """
    with waited_for(profile.root / "opening.lock", wait_s):
        yield


@contextmanager
def waited_for(path: Path, wait_s: float = OPENING_WAIT_S) -> Iterator[None]:
    """Hold the lock on `path`. Raises ExpectedError DATABASE_BUSY after `wait_s` without it."""
    until_s = time.monotonic() + wait_s
    with FileLock(path) as lock:
        while not lock.take():
            if time.monotonic() > until_s:
                raise ExpectedError(ErrorCode.DATABASE_BUSY)
            time.sleep(0.02)
        yield
