"""Camera passports for tests of the window: they answer when the test says so."""

from concurrent.futures import Future

import numpy as np

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode, CameraReport
from edema_desk.domain.capture.passport import (
    CameraPassport,
    Cause,
    ItemResult,
    ItemVerdict,
    PassportItem,
    camera_key,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.flow.capturing.passport import PassportDesk, Show

FIGURES = {
    "fps": 29.8,
    "jitter_ms": 2.0,
    "longest_gap_ms": 1400.0,
    "level_percent": 14.2,
    "colour_percent": 0.5,
    "driver_holds": 1.0,
    "noise_levels": 2.4,
    "flicker_percent": 0.6,
    "height_px": 1080.0,
    "edge_px": 3.4,
    "effective_height_px": 953.0,
}
GOOD = dict.fromkeys(PassportItem, (ItemVerdict.GOOD, Cause.FINE))
FAULTY = {
    PassportItem.RATE: (ItemVerdict.GOOD, Cause.FINE),
    PassportItem.LOCK: (ItemVerdict.BAD, Cause.FOLLOWS_LIGHT),
    PassportItem.NOISE: (ItemVerdict.FAIR, Cause.NOISY),
    PassportItem.DRIFT: (ItemVerdict.GOOD, Cause.FINE),
    PassportItem.RESOLUTION: (ItemVerdict.UNKNOWN, Cause.NO_EDGES),
}


def made_passport(
    verdicts: dict[PassportItem, tuple[ItemVerdict, Cause]] | None = None,
) -> CameraPassport:
    """A passport of 2 March 2026."""
    address = CameraAddress(CameraKind.LOCAL, "/dev/video0", "Webcam")
    results = tuple(
        ItemResult(item, verdict, cause, {} if verdict is ItemVerdict.UNKNOWN else FIGURES)
        for item, (verdict, cause) in (verdicts or GOOD).items()
    )
    report = CameraReport(address, CameraMode(1920, 1080, 29.8, "MJPG"), "fake")
    return CameraPassport("p1", report, Moment(1_772_409_600_000, 540), results)


class FakePassports(PassportDesk):
    """`running` holds the test under way: tell it progress, then end it."""

    def __init__(self) -> None:
        self.kept: dict[str, CameraPassport] = {}
        self.acts: list[str] = []
        self.running: Future[CameraPassport] | None = None
        self.listener: Listener | None = None
        self.show: Show | None = None
        self.cancel = Cancel()

    def latest(self, address: CameraAddress) -> Future[CameraPassport | None]:
        answer: Future[CameraPassport | None] = Future()
        answer.set_result(self.kept.get(camera_key(address)))
        return answer

    def examine(
        self,
        act_id: str,
        address: CameraAddress,
        listener: Listener,
        cancel: Cancel,
        show: Show,
    ) -> Future[CameraPassport]:
        self.acts.append(act_id)
        self.listener, self.cancel, self.show = listener, cancel, show
        self.running = Future()
        return self.running

    def tell(self, part: str, done_s: float) -> None:
        """Progress and a picture of the test under way."""
        assert self.listener is not None
        assert self.show is not None
        picture = np.full((1080, 1920, 3), 60, np.uint8)
        picture[:, :960] = (200, 40, 40)
        self.show(picture)
        self.listener(Progress(part, done_s, 120.0, 120.0 - done_s))

    def end(self, passport: CameraPassport | None) -> None:
        """The test under way ends with a passport, or was cancelled."""
        assert self.running is not None
        if passport is None:
            self.running.set_exception(ExpectedError(ErrorCode.CANCELLED))
        else:
            self.kept[camera_key(passport.report.address)] = passport
            self.running.set_result(passport)

    def fail(self, error: BaseException) -> None:
        """The test under way fails."""
        assert self.running is not None
        self.running.set_exception(error)

    def close(self) -> None:
        """Nothing runs here."""
