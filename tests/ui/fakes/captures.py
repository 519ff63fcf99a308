"""Captures without camera, recorder and worker: a test says what the page is to show."""

from collections.abc import Callable
from concurrent.futures import Future

import numpy as np

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode, CameraReport
from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.desk import CaptureDesk
from edema_desk.flow.capturing.live import LiveCapture

WEBCAM = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Webcam C920")
SECOND = CameraAddress(CameraKind.LOCAL, "/dev/video2", "Bedside camera")


class FakeLive(LiveCapture):
    """`told` holds the commands in order; `show` makes a moment, `end` the end."""

    def __init__(self, order: CaptureOrder, on_change: Callable[[], None]) -> None:
        self.order, self._on_change = order, on_change
        self.moment = CaptureView(Stage.OPENING)
        self.result: Future[Capture | None] = Future()
        self.told: list[str] = []
        self.picture: Image | None = None
        self.begun_session: str | None = None
        self.answered_same: bool | None = None

    def show(self, view: CaptureView) -> None:
        """A moment of the capture."""
        self.moment = view
        self._on_change()

    def end(self, error: BaseException | None = None, *, kept: bool = True) -> Capture | None:
        """It ends: kept, discarded, or by a failure."""
        made = self._made() if kept and error is None else None
        if error is not None:
            self.result.set_exception(error)
        else:
            self.result.set_result(made)
        return made

    def _made(self) -> Capture:
        order = self.order
        session_id = self.begun_session or order.session_id
        return Capture(
            capture_id=order.act_id,
            patient_id=order.patient_id,
            session_id=session_id,
            phase=order.phase,
            captured_at=Moment.now(),
            state=CaptureState.ANALYSED,
            source="camera",
            duration_ms=62_000,
            frames_seen=700,
            frames_chosen=100,
        )

    @property
    def view(self) -> CaptureView:
        return self.moment

    def preview(self) -> Image | None:
        return self.picture

    @property
    def report(self) -> CameraReport | None:
        return CameraReport(self.order.camera, CameraMode(1920, 1080, 30.0, "MJPG"), "fake")

    @property
    def session_id(self) -> str | None:
        return self.begun_session

    @property
    def capture_id(self) -> str:
        return self.order.act_id

    def start_now(self) -> None:
        self.told.append("start_now")

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def finish(self) -> None:
        self.told.append("finish")

    def discard(self) -> None:
        self.told.append("discard")

    def again(self) -> None:
        self.told.append("again")

    def use_session(self, session_id: str) -> None:
        self.told.append(f"use_session {session_id}")

    def answer(self, *, same: bool) -> None:
        self.told.append("answer")
        self.answered_same = same


class FakeCaptures(CaptureDesk):
    """Answers at once. `lives` are the captures that were begun."""

    def __init__(self) -> None:
        self.offered: tuple[CameraAddress, ...] = (WEBCAM,)
        self.lives: list[FakeLive] = []
        self.picture: Image | None = np.full((540, 960, 3), 90, np.uint8)
        self.ready_asked = 0

    def cameras(self) -> Future[tuple[CameraAddress, ...]]:
        answer: Future[tuple[CameraAddress, ...]] = Future()
        answer.set_result(self.offered)
        return answer

    def get_ready(self) -> None:
        self.ready_asked += 1

    def begin(self, order: CaptureOrder, on_change: Callable[[], None]) -> FakeLive:
        if self.lives and not self.lives[-1].result.done():
            raise ExpectedError(ErrorCode.CAPTURE_RUNNING)
        made = FakeLive(order, on_change)
        made.picture = self.picture
        self.lives.append(made)
        return made

    def close(self) -> None:
        for live in self.lives:
            if not live.result.done():
                live.result.set_result(None)


def spot_order(act_id: str = "a1") -> CaptureOrder:
    """An order of a capture in between."""
    return CaptureOrder(act_id, "p0", None, Phase.SPOT, WEBCAM)
