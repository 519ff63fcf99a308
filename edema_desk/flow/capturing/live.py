"""A live capture as the rest of the program holds it.

Three threads are at work: the camera's (`camera_feed`), the recorder's (`take_writer`), and the
one started here, on which `leading` looks, decides and keeps. Commands come from any thread and
are obeyed between two looks.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.view import CaptureView
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.domain.terms.records import Capture
from edema_desk.errors import ExpectedError
from edema_desk.flow.capturing.keeping import CaptureKeeper
from edema_desk.flow.capturing.leading import CaptureLead, Command, Told
from edema_desk.flow.capturing.looking import Looker
from edema_desk.log import LOGGER, report_bug
from edema_desk.media.cameras.backend import CameraBackend

STOP_WITHIN_S = 75.0
"""Longer than anything waits for that may end well."""


class LiveCapture:
    """Begins at once and goes on until it is finished, discarded or stopped.

    `result` is the capture with its estimate, None when nothing was kept, or the ExpectedError
    that ended it. `told` is called on threads of this object.
    """

    def __init__(
        self,
        keeper: CaptureKeeper,
        make_looker: Callable[[Faces], Looker],
        open_camera: Callable[[], CameraBackend],
        told: Told,
    ) -> None:
        self._keeper = keeper
        self._lead = CaptureLead(keeper, make_looker, open_camera, told)
        self._told = told
        self.result: Future[Capture | None] = Future()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    # what a page may ask

    @property
    def view(self) -> CaptureView:
        """All there is to show now."""
        return self._lead.view

    def preview(self) -> Image | None:
        """The newest picture, small; None before the first."""
        return self._lead.feed.preview if self._lead.feed is not None else None

    @property
    def report(self) -> CameraReport | None:
        """What the camera says of itself, once it is open."""
        return self._lead.feed.report if self._lead.feed is not None else None

    @property
    def session_id(self) -> str | None:
        """The session it belongs to, once it is recorded."""
        return self._lead.take.capture.session_id if self._lead.take is not None else None

    @property
    def capture_id(self) -> str:
        """Of the take under way; empty before it."""
        return self._lead.take.capture.capture_id if self._lead.take is not None else ""

    @property
    def recorded_to_ms(self) -> float:
        """The time of the last picture handed to the recorder in the take under way."""
        return self._lead.take.writer.duration_ms if self._lead.take is not None else 0.0

    # what a person may want; each returns at once

    def start_now(self) -> None:
        """Record without waiting for the pose."""
        self._lead.want(Command.START)

    def pause(self) -> None:
        """Record nothing until `resume`."""
        self._lead.want(Command.PAUSE)

    def resume(self) -> None:
        """Go on after a pause."""
        self._lead.want(Command.RESUME)

    def finish(self) -> None:
        """End, and estimate from what there is."""
        self._lead.want(Command.FINISH)

    def discard(self) -> None:
        """End and keep nothing."""
        self._lead.want(Command.DISCARD)

    def use_session(self, session_id: str) -> None:
        """A weight opened the session meanwhile; a recording that began has its own."""
        self._lead.use_session(session_id)

    def answer(self, *, same: bool) -> None:
        """Who it is, after the question: this patient, or somebody else (then nothing is kept)."""
        self._lead.want(Command.SAME if same else Command.DISCARD)

    def again(self) -> None:
        """After trouble: keep what there is, and begin a further take."""
        self._lead.want(Command.AGAIN)

    def stop(self) -> None:
        """The program ends: keep what there is as it is. Returns when that is done, or when a
        disk that hangs keeps it from being done: then the next start finds what is there."""
        self._keeper.stopping.set()
        self._lead.want(Command.STOP)
        self._thread.join(STOP_WITHIN_S)
        if self._thread.is_alive():
            LOGGER.warning("a capture does not end; what it wrote is left for the next start")

    # the thread

    def _run(self) -> None:
        kept: Capture | None = None
        failure: BaseException | None = None
        try:
            kept = self._lead.run()
        except ExpectedError as error:
            failure = error
        except Exception as error:  # noqa: BLE001  a thread's border: `result` tells it
            report_bug(error)
            failure = error
        try:
            self._lead.let_go(kept=kept is not None)
        except Exception as error:  # noqa: BLE001  whoever waits for `result` waits for ever else
            report_bug(error)
        if failure is not None:
            self.result.set_exception(failure)
        else:
            self.result.set_result(kept)
        self._told.changed()
