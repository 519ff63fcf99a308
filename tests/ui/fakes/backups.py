"""Backups of which a test says how they stand; `asked` holds what was wished for."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from edema_desk.domain.keeping.backup import BackupState
from edema_desk.errors import ExpectedError
from edema_desk.flow.backup.backups import BackupDesk
from edema_desk.flow.base.progress import Cancel

T = TypeVar("T")


class FakeBackups(BackupDesk):
    """With `fails` the next wish fails. A backup at once waits until the test answers it."""

    def __init__(self) -> None:
        self._state = BackupState(Path("/profile/backups"))
        self._listeners = []
        self.asked: list[str] = []
        self.fails: ExpectedError | None = None
        self.running: Future[BackupState] | None = None
        self.cancel: Cancel | None = None

    def stand(self, state: BackupState) -> None:
        """It stands otherwise from now on."""
        self._state = state
        for listener in tuple(self._listeners):
            listener()

    def listen(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def refresh(self) -> Future[BackupState]:
        return _answered(self._state)

    def back_up_now(self, cancel: Cancel) -> Future[BackupState]:
        self.asked.append("now")
        self.cancel = cancel
        self.running = Future()
        return self.running

    def check_folder(self, folder: str) -> Future[str]:
        self.asked.append(f"check {folder}")
        if self.fails is not None:
            failed: Future[str] = Future()
            failed.set_exception(self.fails)
            self.fails = None
            return failed
        return _answered(folder)

    def look_again(self) -> None:
        self.asked.append("look")


def _answered(value: T) -> Future[T]:
    done: Future[T] = Future()
    done.set_result(value)
    return done
