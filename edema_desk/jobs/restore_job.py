"""Getting a profile back, for a window that has no desk: each step on a thread of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from edema_desk.domain.keeping.backup import BackupProgress, Generation, Restored
from edema_desk.errors import ExpectedError
from edema_desk.flow.backup.backing_up import Pace
from edema_desk.flow.backup.restoring import (
    Opened,
    offered,
    open_here,
    open_with_code,
    open_with_password,
    restore,
)
from edema_desk.flow.base.backup_memory import backup_folder, remembered
from edema_desk.flow.base.progress import Cancel
from edema_desk.paths import Profile
from edema_desk.store.backup.folder import BackupFolder


@dataclass(frozen=True, slots=True)
class _Letter:
    """Something that came from the other thread, and who reads it."""

    read: Callable[[Any], None]
    content: Any


class RestoreJob(QObject):
    """`offered(tuple[Generation, ...])` after `look`; `progressed(BackupProgress)` and
    `restored(Restored)` after `start`; `failed(ExpectedError)` or `broke(BaseException)` after
    either."""

    offered = Signal(object)
    progressed = Signal(object)
    restored = Signal(object)
    failed = Signal(object)
    broke = Signal(object)
    _came = Signal(object)

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._cancel = Cancel()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="restore")
        self._came.connect(self._on_letter, Qt.ConnectionType.QueuedConnection)

    @property
    def folder(self) -> Path:
        """Where the backups of the profile went last."""
        return backup_folder(self._profile, remembered(self._profile).folder)

    def needs_sign_in(self, folder: Path) -> bool:
        """Whether the backups in a folder open by a password or the recovery code only."""
        return BackupFolder(folder).as_profile.users.exists() or self._profile.users.exists()

    def look(self, folder: Path) -> None:
        """See which backups there are."""
        self._do(lambda: offered(folder), self.offered.emit)

    def start(
        self, folder: Path, generation: Generation | None, login: str, password: str, code: str
    ) -> None:
        """Restore; who it is is told by a password, or by the recovery code where that is given."""
        self._cancel = Cancel()
        pace = Pace(check=self._cancel.check)

        def work() -> Restored:
            by = self._opened(folder, login, password, code)
            return restore(folder, self._profile, by, generation, pace, self._tell)

        self._do(work, self.restored.emit)

    def cancel(self) -> None:
        """Stop. What was copied stays, and is used when it is begun again."""
        self._cancel.set()

    def close(self) -> None:
        """Stop, and wait for it."""
        self._cancel.set()
        self._thread.shutdown()

    def _opened(self, folder: Path, login: str, password: str, code: str) -> Opened:
        if code:
            return open_with_code(folder, code)
        if self.needs_sign_in(folder):
            return open_with_password(folder, login, password)
        return open_here(folder, self._profile)

    def _tell(self, progress: BackupProgress) -> None:
        self._came.emit(_Letter(self.progressed.emit, progress))

    def _do(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def done(future: Future[Any]) -> None:
            error = future.exception()
            if error is None:
                self._came.emit(_Letter(then, future.result()))
            elif isinstance(error, ExpectedError):
                self._came.emit(_Letter(self.failed.emit, error))
            else:
                self._came.emit(_Letter(self.broke.emit, error))

        self._thread.submit(work).add_done_callback(done)

    def _on_letter(self, letter: _Letter) -> None:
        letter.read(letter.content)
