"""The two-minute test of a camera for a window: pictures, progress, cancel, and the passport."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from edema_desk.domain.camera import CameraAddress
from edema_desk.domain.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.progress import Cancel, Progress
from edema_desk.jobs.desk_jobs import DeskJobs, deliver

WIDEST_PX = 640


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A small picture on its way to the window."""

    pixels: Image


class PassportJob(QObject):
    """One test at a time. All signals come on the window's thread.

    `started()`, then `progressed(part, done_s, total_s, left_s)` and `pictured(QImage)` a few
    times a second, then `finished(CameraPassport)` or `failed(ExpectedError)`, CANCELLED where
    somebody stopped it. A bug is told by `broke()` and the desk's `bug_found`.
    """

    started = Signal()
    progressed = Signal(str, float, float, object)
    pictured = Signal(QImage)
    finished = Signal(object)
    failed = Signal(object)
    broke = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ticket: int | None = None
        self._cancel = Cancel()

    @property
    def busy(self) -> bool:
        """Whether a test runs."""
        return self._ticket is not None

    def start(self, act_id: str, address: CameraAddress) -> None:
        """Begin. Does nothing while busy."""
        if self.busy:
            return
        self._cancel, self._ticket = Cancel(), self._jobs.expect(self, self._on_letter)
        tell = _teller(self._jobs, self._ticket)

        def show(image: Image) -> None:
            tell(_Picture(_small(image)))

        self.started.emit()
        future = self._jobs.desk.passports.examine(act_id, address, tell, self._cancel, show)
        future.add_done_callback(tell)

    def cancel(self) -> None:
        """Ask it to stop; `failed` follows, or `finished` where it was done already."""
        self._cancel.set()

    def abandon(self) -> None:
        """Stop, and tell nothing any more. For a dialog that goes."""
        self._cancel.set()
        self._forget()

    def _on_letter(self, content: object) -> None:
        if isinstance(content, Progress):
            self.progressed.emit(content.what, content.done, content.total, content.left_s)
            return
        if isinstance(content, _Picture):
            self.pictured.emit(_qimage(content.pixels))
            return
        if not isinstance(content, Future):
            raise TypeError("a test is told of progress, of pictures and of its end")
        self._forget()
        if content.cancelled():
            self.failed.emit(ExpectedError(ErrorCode.CANCELLED))
        elif not deliver(content, self._jobs, self.finished.emit, self.failed.emit):
            self.broke.emit()

    def _forget(self) -> None:
        if self._ticket is not None:
            self._jobs.forget(self._ticket)
            self._ticket = None


def _teller(jobs: DeskJobs, ticket: int) -> Callable[[object], None]:
    def tell(content: object) -> None:
        jobs.post(ticket, content)

    return tell


def _small(image: Image) -> Image:
    """Every so many pixels of it: no wider than WIDEST_PX, and independent of the rest."""
    every = -(-image.shape[1] // WIDEST_PX)
    return image[::every, ::every].copy()


def _qimage(pixels: Image) -> QImage:
    height, width = pixels.shape[:2]
    shown = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return shown.copy()
