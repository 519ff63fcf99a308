"""A camera and a live worker for captures: real threads and files, no device and no torch."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode, CameraReport
from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts, Image
from edema_desk.domain.capture.sight import FacePlace, LightReading, Sight
from edema_desk.domain.terms.estimate import ChangeScore
from edema_desk.domain.terms.identity import Likeness, judge
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameObservation
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.worker.client import LiveResult, LiveWorker
from tests.flow.made_up_worker import JPEG, make_card

USB = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Desk camera")
SIZE = (320, 240)
GOOD = {
    "LuminanceMean": 60.0,
    "UnderExposurePrevention": 95.0,
    "OverExposurePrevention": 95.0,
    "IlluminationUniformity": 90.0,
    "DynamicRange": 80.0,
    "Sharpness": 90.0,
    "InterEyeDistance_px": 90.0,
    "HeadPoseYaw_deg": 0.0,
    "HeadPosePitch_deg": 0.0,
    "HeadPoseRoll_deg": 0.0,
    "SingleFacePresent": 100.0,
    "FaceInFrame": 100.0,
    "DetectorConfidence": 100.0,
    "EyesOpen": 90.0,
    "MouthClosed": 98.0,
    "ExpressionNeutrality": 90.0,
}


def packets(count: int = 30) -> tuple[bytes, ...]:
    """JPEG files that all differ, as a sensor's noise makes them."""
    noise = np.random.default_rng(1)
    made = []
    for _ in range(count):
        image = noise.integers(60, 180, (SIZE[1], SIZE[0], 3), np.uint8)
        made.append(cv2.imencode(".jpg", cv2.GaussianBlur(image, (9, 9), 0))[1].tobytes())
    return tuple(made)


PACKETS = packets()
BLACK = cv2.imencode(".jpg", np.zeros((SIZE[1], SIZE[0], 3), np.uint8))[1].tobytes()


class MadeUpCamera:
    """Sends packets at its own pace, until it is told to do worse."""

    def __init__(self, *, fps: float = 30.0, address: CameraAddress = USB) -> None:
        self.report = CameraReport(address, CameraMode(*SIZE, fps, "MJPG"), "made up")
        self.dropped = self.damaged = 0
        self.manner: Callable[[int], bytes | None] = lambda number: PACKETS[number % len(PACKETS)]
        self.gone = threading.Event()
        self.hangs = threading.Event()
        self.sent = 0
        self.closed = False
        self._gap_s = 1 / fps
        self._due_s = time.monotonic()

    def read(self, timeout_s: float) -> Shot | None:
        if self.gone.is_set() or self.closed:
            raise ExpectedError(ErrorCode.CAMERA_GONE)
        if self.hangs.is_set():
            time.sleep(timeout_s)
            return None
        self._due_s = max(self._due_s + self._gap_s, time.monotonic() - 0.1)
        time.sleep(max(self._due_s - time.monotonic(), 0.0))
        packet = self.manner(self.sent)
        self.sent += 1
        return None if packet is None else Shot(time.monotonic_ns(), packet=packet)

    def close(self) -> None:
        self.closed = True


def good_sight(t_ms: float, **other: float) -> Sight:
    """A face as it should be, but for `other` scores."""
    scores = np.array([{**GOOD, **other}[name] for name in SCORE_NAMES], np.float32)
    observation = FrameObservation(t_ms, 1, scores, None)
    return Sight(observation, FacePlace(0.5, 0.5, 0.35), LightReading(120.0, 1.3, 0.8))


class MadeUpLiveWorker(LiveWorker):
    """Sees a good face in every picture, and what a test tells it."""

    def __init__(self) -> None:
        super().__init__(["no-such-program"])
        self.distance: float | None = None
        self.dead = False
        self.prepared: list[Faces] = []
        self.looked_ms: list[float] = []
        self.counting = False
        self.slow_s = 0.02
        self.check: RangeCheck | None = None

    @property
    def alive(self) -> bool:
        return not self.dead

    def start(self) -> None:
        pass

    def prepare(
        self, model_dir: Path, references: Faces, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        del model_dir, cancelled
        if self.dead:
            raise ExpectedError(ErrorCode.WORKER_FAILED)
        self.prepared.append(references)

    def begin(self) -> None:
        self._need()
        self.looked_ms, self.counting = [], True

    def look(
        self,
        t_ms: float,
        image: Image | None = None,
        packet: bytes | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Sight:
        del image, cancelled
        self._need()
        assert packet is not None
        time.sleep(self.slow_s)
        if self.counting:
            assert not self.looked_ms or t_ms > self.looked_ms[-1]
            self.looked_ms.append(t_ms)
        sight = good_sight(t_ms)
        if self.distance is None:
            return sight
        return replace(sight, likeness=Likeness(self.distance, judge(self.distance)))

    def finish(self, duration_ms: float) -> LiveResult:
        self._need()
        self.counting = False
        return LiveResult(
            live_analysis(self.looked_ms, duration_ms), self.check, tuple(self.looked_ms)
        )

    def close(self) -> None:
        pass

    def _need(self) -> None:
        if self.dead:
            raise ExpectedError(ErrorCode.WORKER_FAILED)


def live_analysis(looked_ms: list[float], duration_ms: float) -> ClipAnalysis:
    """Every looked-at frame chosen."""
    count = len(looked_ms)
    return ClipAnalysis(
        facts=ClipFacts("matroska", "mjpeg", *SIZE, 0, duration_ms),
        frames_seen=count,
        faces_found=count,
        refused={},
        t_ms=np.array(looked_ms, np.float64),
        frame_scores=np.full((count, len(SCORE_NAMES)), 60, np.float32),
        crops=(JPEG,) * count,
        embedding=np.ones(512, np.float16),
        score=ChangeScore(2.0, 0.1, count),
        refusal=None,
        model_id=make_card().model_id,
        seconds=1.0,
    )


WAIT_S = 60.0
"""For what comes at once, were the machine not busy."""


def until(what: Callable[[], bool]) -> None:
    """Wait until `what` holds; AssertionError where it does not in time."""
    end_s = time.monotonic() + WAIT_S
    while not what():
        assert time.monotonic() < end_s, "it did not come about"
        time.sleep(0.01)
