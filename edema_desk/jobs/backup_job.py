"""The backups for a window: how it stands, told on the window's thread, and a backup at once."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from edema_desk.domain.keeping.backup import BackupState
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.progress import Cancel
from edema_desk.jobs.desk_jobs import DeskJobs

_CHANGED = "changed"
_MINUTE_MS = 60_000


class BackupJob(QObject):
    """`changed()` when the state changed, at most one waiting to be told, and each minute, since
    a backup grows older by itself. Questions and wishes return futures, for a `DeskCall`."""

    changed = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._desk = jobs, jobs.desk.backups
        self._told = True
        self._cancel = Cancel()
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self.changed)
        self._clock.start()
        ticket = jobs.expect(self, self._on_letter, standing=True)

        def tell() -> None:
            if self._told:
                self._told = False
                jobs.post(ticket, _CHANGED)

        self._desk.listen(tell)

    @property
    def state(self) -> BackupState:
        """How it stands."""
        return self._desk.state

    def refresh(self) -> Future[Any]:
        """Look anew."""
        return self._desk.refresh()

    def start(self) -> Future[Any]:
        """Make a backup at once."""
        self._cancel = Cancel()
        return self._desk.back_up_now(self._cancel)

    def cancel(self) -> None:
        """Stop the backup that was started; what it copied so far stays."""
        self._cancel.set()

    def check_folder(self, folder: str) -> Future[Any]:
        """The folder as it is kept; fails where backups may not go to it."""
        return self._desk.check_folder(folder)

    def choose_folder(self, folder: str) -> Future[Any]:
        """Send backups to a folder that was checked from now on, "" for the profile's own."""
        self._desk.look_again()
        return self._jobs.desk.clinic_settings.set(new_id(), "backup_folder", folder)

    def _on_letter(self, content: object) -> None:
        del content
        self._told = True
        self.changed.emit()
