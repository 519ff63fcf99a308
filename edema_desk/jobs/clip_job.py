"""Taking in a clip, for a dialog: progress, cancel, and the capture or the reason for none."""

from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.moment import Moment
from edema_desk.domain.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.progress import Cancel, Progress
from edema_desk.jobs.desk_jobs import DeskJobs, deliver


class ClipJobState(StrEnum):
    """Where a job stands. It can be started again from every state but the two busy ones."""

    IDLE = "idle"
    RUNNING = "running"
    CANCELLING = "cancelling"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """A clip file and where it belongs. `act_id` stays the same when it is tried again."""

    act_id: str
    path: Path
    patient_id: str
    session_id: str | None
    phase: Phase
    at: Moment


class ClipJob(QObject):
    """One clip at a time. All signals come on the window's thread.

    `started()`, then `progressed(what, done, total, left_s)` with `what` the step and
    `left_s` None until known, then `finished(Capture)` or `failed(ExpectedError)`; a cancelled
    job fails with CANCELLED. A bug leaves the job FAILED, with `broke()` and the desk's
    `bug_found`. When the parent goes while the job runs, the job is cancelled.
    """

    started = Signal()
    progressed = Signal(str, float, float, object)
    finished = Signal(object)
    failed = Signal(object)
    broke = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ticket: int | None = None
        self._cancel = Cancel()
        self.state = ClipJobState.IDLE

    @property
    def busy(self) -> bool:
        """Whether a clip is being taken in."""
        return self.state in (ClipJobState.RUNNING, ClipJobState.CANCELLING)

    def start(self, order: ClipOrder) -> None:
        """Begin. Does nothing while busy."""
        if self.busy:
            return
        jobs, cancel = self._jobs, Cancel()
        ticket = jobs.expect(self, self._on_letter)
        self._cancel, self._ticket, self.state = cancel, ticket, ClipJobState.RUNNING

        def tell(content: object) -> None:
            jobs.post(ticket, content)

        self.started.emit()
        future = jobs.desk.add_clip(
            order.act_id,
            order.path,
            order.patient_id,
            order.session_id,
            order.phase,
            order.at,
            tell,
            cancel,
        )
        future.add_done_callback(tell)

    def cancel(self) -> None:
        """Ask the job to stop; `failed` follows, or `finished` where it was done already."""
        if self.state is ClipJobState.RUNNING:
            self.state = ClipJobState.CANCELLING
            self._cancel.set()

    def abandon(self) -> None:
        """Stop, and tell nothing any more. For a dialog that goes."""
        self._cancel.set()
        if self._ticket is not None:
            self._jobs.forget(self._ticket)
            self._ticket = None
        self.state = ClipJobState.IDLE

    def _on_letter(self, content: object) -> None:
        if isinstance(content, Progress):
            if self.state is ClipJobState.RUNNING:
                self.progressed.emit(content.what, content.done, content.total, content.left_s)
            return
        if not isinstance(content, Future):
            raise TypeError("a job is told of progress and of its end")
        if self._ticket is not None:
            self._jobs.forget(self._ticket)
            self._ticket = None
        self.state = ClipJobState.FAILED
        if content.cancelled():
            self.failed.emit(ExpectedError(ErrorCode.CANCELLED))
        elif not deliver(content, self._jobs, self._finish, self.failed.emit):
            self.broke.emit()

    def _finish(self, capture: object) -> None:
        self.state = ClipJobState.FINISHED
        self.finished.emit(capture)
