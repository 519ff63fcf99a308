"""Keeping the choices of this PC on disk, without the window waiting for the disk."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import Settings, save_settings


class SettingsKeeper(QObject):
    """`keep` writes in the background, in the order asked. `failed(ExpectedError)` if it cannot."""

    failed = Signal(object)

    def __init__(self, jobs: DeskJobs, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="settings")
        self._call = DeskCall(jobs, self)
        self._call.failed.connect(self.failed)

    def keep(self, settings: Settings) -> None:
        """Write `settings`."""
        future: Future[None] = self._pool.submit(_save, self._path, settings)
        self._call.start(future)

    def close(self) -> None:
        """Finish what is being written."""
        self._pool.shutdown()


def _save(path: Path, settings: Settings) -> None:
    try:
        save_settings(path, settings)
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error
