"""A capture for the window: what to show now, at the screen's pace, and the commands back.

A capture tells of each change on threads of its own, more often than a window can draw. At most
one such word is on its way to the window at any time; what came meanwhile is in the view then
read, for only the newest counts.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.records import Capture
from edema_desk.errors import ExpectedError
from edema_desk.flow.capturing.live import LiveCapture
from edema_desk.jobs.desk_jobs import DeskJobs, deliver

PACE_MS = 33
"""The window is told of changes no more often than this."""


class _Knock:
    """Posts that something changed, unless such a letter is under way. Called by any thread."""

    def __init__(self, jobs: DeskJobs, ticket: int) -> None:
        self._jobs, self._ticket = jobs, ticket
        self._lock, self._under_way = Lock(), False

    def __call__(self) -> None:
        with self._lock:
            if self._under_way:
                return
            self._under_way = True
        self._jobs.post(self._ticket, self)

    def heard(self) -> None:
        """The letter was read; what changes from now on needs another."""
        with self._lock:
            self._under_way = False


@dataclass(frozen=True, slots=True)
class _Result:
    """How the capture ended."""

    future: Future[Capture | None]


@dataclass(frozen=True, slots=True)
class _Ended:
    """The capture before, which nobody waits for any more, has let go of its camera."""

    future: Future[Capture | None]


class CaptureJob(QObject):
    """One capture at a time. All signals come on the window's thread; no command waits.

    `shown()` when `view` or the picture changed, about 30 times a second at most. It ends with
    `finished(Capture)`, `discarded()`, `failed(ExpectedError)`, or `broke()` after a bug, which the
    desk's `bug_found` tells. Commands without a capture do nothing.
    """

    shown = Signal()
    finished = Signal(object)
    discarded = Signal()
    failed = Signal(object)
    broke = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ticket: int | None = None
        self._live: LiveCapture | None = None
        self._knock: _Knock | None = None
        self._order: CaptureOrder | None = None
        self._late = False
        self._pixels: Image | None = None
        self._picture: QImage | None = None
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(PACE_MS)
        self._pace.timeout.connect(self._on_pace)

    def start(self, order: CaptureOrder) -> None:
        """Begin, as soon as the capture before has ended. Does nothing while one runs."""
        if self.busy:
            return
        self._ticket = self._jobs.expect(self, self._on_letter)
        self._knock = _Knock(self._jobs, self._ticket)
        self._pixels = self._picture = None
        before, self._live = self._live, None
        self._order = order
        if before is not None and not before.result.done():
            before.result.add_done_callback(self._teller(_Ended))
        else:
            self._begin()
        self._show()

    def _begin(self) -> None:
        order, knock, captures = self._order, self._knock, self._jobs.desk.captures
        if order is None or knock is None:
            return
        self._order = None
        try:
            self._live = captures.begin(order, knock)
        except ExpectedError as error:
            self._end()
            self.failed.emit(error)
            return
        self._live.result.add_done_callback(self._teller(_Result))

    def _teller(self, kind: "type[_Ended | _Result]") -> Callable[[Future[Capture | None]], None]:
        """What brings the end of a capture to the window's thread."""
        jobs, ticket = self._jobs, self._ticket

        def tell(done: Future[Capture | None]) -> None:
            if ticket is not None:
                jobs.post(ticket, kind(done))

        return tell

    @property
    def busy(self) -> bool:
        """Whether a capture runs whose end was not told yet."""
        return self._ticket is not None

    @property
    def view(self) -> CaptureView:
        """What to show now; how the last capture ended, once it did."""
        return self._live.view if self._live is not None else CaptureView(Stage.OPENING)

    @property
    def at_stake(self) -> bool:
        """Whether something was recorded that leaving now would lose."""
        view = self.view
        over = view.stage in (Stage.FINISHING, Stage.DONE, Stage.ENDED)
        return self.busy and view.recorded_ms > 0 and not over

    @property
    def session_id(self) -> str | None:
        """The session the capture belongs to, once it is known."""
        return self._live.session_id if self._live is not None else None

    @property
    def capture_id(self) -> str | None:
        """The take that runs, or ran last; empty before the recording began."""
        return self._live.capture_id if self._live is not None else None

    @property
    def report(self) -> CameraReport | None:
        """What the camera says it does, once it is open."""
        return self._live.report if self._live is not None else None

    def picture(self) -> QImage | None:
        """The newest picture, as the camera sees it; None before the first.

        Copied once, into the format that is painted fastest, so that nobody else's buffer is
        ever on the screen; the same object while there is no newer one.
        """
        pixels = self._live.preview() if self._live is not None else None
        if pixels is not None and pixels is not self._pixels:
            whole = np.ascontiguousarray(pixels)
            height, width = whole.shape[:2]
            kind = QImage.Format.Format_RGB888
            seen = QImage(whole.data, width, height, 3 * width, kind)
            self._pixels = pixels
            self._picture = seen.convertToFormat(QImage.Format.Format_RGB32)
        return self._picture

    # commands

    def start_now(self) -> None:
        """Record without waiting for the pose to hold."""
        if self._live is not None:
            self._live.start_now()

    def pause(self) -> None:
        """Stop recording until `resume`; the gap is marked."""
        if self._live is not None:
            self._live.pause()

    def resume(self) -> None:
        """Record on."""
        if self._live is not None:
            self._live.resume()

    def finish(self) -> None:
        """Enough: close the clip and estimate; `finished` follows."""
        if self._live is not None:
            self._live.finish()

    def discard(self) -> None:
        """Stop and keep nothing; `discarded` follows."""
        if self._live is not None:
            self._live.discard()
        elif self._order is not None and self._ticket is not None:  # it has not begun
            self._order = None
            nothing: Future[Capture | None] = Future()
            nothing.set_result(None)
            self._jobs.post(self._ticket, _Result(nothing))

    def answer(self, *, same: bool) -> None:
        """Whether it is the same patient as before."""
        if self._live is not None:
            self._live.answer(same=same)

    def use_session(self, session_id: str) -> None:
        """A weight opened the session before the recording began."""
        if self._live is not None:
            self._live.use_session(session_id)

    def again(self) -> None:
        """Go on as a new take after camera trouble."""
        if self._live is not None:
            self._live.again()

    def abandon(self) -> None:
        """Tell nothing any more. For a page that goes; the capture ends as it was told to."""
        self._end()
        self._order = None

    def leave_if_empty(self) -> None:
        """The window is locked: where nothing was recorded yet nothing will be, for nobody sees
        who sits down before the camera. A recording goes on."""
        if self.busy and self.view.recorded_ms <= 0:
            self.discard()

    def hand_over(self) -> None:
        """Somebody else signed in: what was recorded is kept, and its end told to nobody."""
        if self.at_stake:
            self.finish()
            self.abandon()

    # what comes

    def _on_letter(self, content: object) -> None:
        if isinstance(content, _Knock):
            if self._pace.isActive():
                self._late = True
            else:
                self._show()
            return
        if isinstance(content, _Ended):
            self._begin()
            return
        if not isinstance(content, _Result):
            raise TypeError("a capture tells of changes and of its end")
        self._end()
        self.shown.emit()
        if not deliver(content.future, self._jobs, self._on_result, self.failed.emit):
            self.broke.emit()

    def _on_result(self, capture: object) -> None:
        if capture is None:
            self.discarded.emit()
        else:
            self.finished.emit(capture)

    def _on_pace(self) -> None:
        if self._late:
            self._show()

    def _show(self) -> None:
        self._late = False
        if self._knock is not None:
            self._knock.heard()
        self._pace.start()
        self.shown.emit()

    def _end(self) -> None:
        if self._ticket is not None:
            self._jobs.forget(self._ticket)
        self._ticket = self._knock = None
        self._late = False
        self._pace.stop()
