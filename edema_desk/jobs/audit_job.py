"""Long work on the record of acts for a window: proving it, or writing it out."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.record_of_acts import ActFilter
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.progress import Cancel, Listener, Progress
from edema_desk.jobs.desk_jobs import DeskJobs, deliver


class AuditJob(QObject):
    """One thing at a time. All signals come on the window's thread.

    `started()`, then `progressed(share, left_s)`, then `verified(fault, at_row)` with None for a
    record that is whole, or `exported(count)`, or `failed(ExpectedError)`, CANCELLED where
    somebody stopped it. A bug is told by `broke()` and the desk's `bug_found`.
    """

    started = Signal()
    progressed = Signal(float, object)
    verified = Signal(object, object)
    exported = Signal(int)
    failed = Signal(object)
    broke = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ticket: int | None = None
        self._cancel = Cancel()
        self._finish: Callable[[Any], None] = self._on_verified

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._ticket is not None

    def verify(self) -> None:
        """Prove the whole record. Does nothing while busy."""
        self._start(self._on_verified, self._jobs.desk.audit.verify)

    def export(self, path: Path, wanted: ActFilter) -> None:
        """Write the wanted acts as a table. Does nothing while busy."""

        def begin(listener: Listener, cancel: Cancel) -> Future[int]:
            return self._jobs.desk.audit.export(path, wanted, listener, cancel)

        self._start(self.exported.emit, begin)

    def cancel(self) -> None:
        """Ask it to stop; `failed` follows, or its end where it was done already."""
        self._cancel.set()

    def _start(
        self, finish: Callable[[Any], None], begin: Callable[[Listener, Cancel], Future[Any]]
    ) -> None:
        if self.busy:
            return
        jobs, ticket = self._jobs, self._jobs.expect(self, self._on_letter)
        self._cancel, self._ticket, self._finish = Cancel(), ticket, finish

        def tell(content: object) -> None:
            jobs.post(ticket, content)

        self.started.emit()
        begin(tell, self._cancel).add_done_callback(tell)

    def _on_verified(self, check: Any) -> None:
        fault = check.fault.value if check.fault is not None else None
        self.verified.emit(fault, check.at_row)

    def _on_letter(self, content: object) -> None:
        if isinstance(content, Progress):
            share = content.done / content.total if content.total else 0.0
            self.progressed.emit(min(share, 1.0), content.left_s)
            return
        if not isinstance(content, Future):
            raise TypeError("a job is told of progress and of its end")
        if self._ticket is not None:
            self._jobs.forget(self._ticket)
            self._ticket = None
        if content.cancelled():
            self.failed.emit(ExpectedError(ErrorCode.CANCELLED))
        elif not deliver(content, self._jobs, self._finish, self.failed.emit):
            self.broke.emit()
