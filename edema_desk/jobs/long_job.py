"""One piece of long work at a time for a window: progress, cancel, and what came of it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Progress
from edema_desk.jobs.desk_jobs import DeskJobs, deliver

Begin = Callable[[Callable[[object], None], Cancel], Future[Any]]


class LongJob(QObject):
    """Base of the jobs; all signals come on the window's thread.

    `started()`, then `progressed(what, done, total, left_s)` with `left_s` None until known, then
    `finished(value)` or `failed(ExpectedError)`; what was cancelled fails with CANCELLED. A bug
    is told by `broke()` and the desk's `bug_found`. When the parent goes, it is cancelled.
    """

    started = Signal()
    progressed = Signal(str, float, float, object)
    finished = Signal(object)
    failed = Signal(object)
    broke = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self._ticket: int | None = None
        self._cancel = Cancel()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._ticket is not None

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop and has not yet."""
        return self.busy and self._cancel.asked

    def run(self, begin: Begin) -> None:
        """Begin; nothing while busy. `begin` gets whom to tell of progress and what stops it."""
        if self.busy:
            return
        jobs, cancel = self.jobs, Cancel()
        ticket = jobs.expect(self, self._on_letter)
        self._cancel, self._ticket = cancel, ticket

        def tell(content: object) -> None:
            jobs.post(ticket, content)

        self.started.emit()
        begin(tell, cancel).add_done_callback(tell)

    def cancel(self) -> None:
        """Ask it to stop; `failed` follows, or `finished` where it was done already."""
        self._cancel.set()

    def abandon(self) -> None:
        """Stop, and tell nothing any more. For a page that goes."""
        self._cancel.set()
        self._forget()

    def on_news(self, content: object) -> None:
        """What came that is neither progress nor the end; for jobs that are told more."""
        raise TypeError(f"a job was told of a {type(content).__name__}")

    def _on_letter(self, content: object) -> None:
        if isinstance(content, Progress):
            if not self.stopping:
                self.progressed.emit(content.what, content.done, content.total, content.left_s)
            return
        if not isinstance(content, Future):
            self.on_news(content)
            return
        self._forget()
        if content.cancelled():
            self.failed.emit(ExpectedError(ErrorCode.CANCELLED))
        elif not deliver(content, self.jobs, self.finished.emit, self.failed.emit):
            self.broke.emit()

    def _forget(self) -> None:
        if self._ticket is not None:
            self.jobs.forget(self._ticket)
            self._ticket = None
