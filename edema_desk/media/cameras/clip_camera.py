"""A clip file that plays as if it were filmed now, at its own pace."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from edema_desk.domain.capture.camera import CameraAddress, CameraMode, CameraReport
from edema_desk.domain.capture.clips import ClipFacts, ClipSource, Frame
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.feed import FedCamera
from edema_desk.media.cameras.pace import Pace
from edema_desk.media.decode import DecodedClip
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME


class ClipCamera(FedCamera):
    """A `CameraBackend` over a clip. It is gone when the clip ends, unless `loop`."""

    def __init__(self, address: CameraAddress, *, loop: bool = False) -> None:
        super().__init__()
        self._address = address
        self._loop = loop
        self._ready = threading.Event()
        self._stop = threading.Event()
        self._failure: ExpectedError | None = None
        self._report: CameraReport | None = None
        self._thread = threading.Thread(target=self._run, name="clip camera", daemon=True)

    def open(self) -> None:
        """Begin to play. Raises what `open_clip_from_outside` raises."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self.close()
            raise self._failure

    @property
    def report(self) -> CameraReport:
        """The clip's size and mean pace."""
        if self._report is None:
            raise RuntimeError("the camera is not open")
        return self._report

    def close(self) -> None:
        """Stop playing."""
        self._stop.set()
        self._feed.end()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                with open_clip_from_outside(self._source(), EVERY_FRAME) as clip:
                    self._begin(clip)
                    self._play(clip.frames)
                if not self._loop:
                    return
        except ExpectedError as error:
            self._failure = error
        finally:
            if self._report is None and self._failure is None:
                self._failure = ExpectedError(ErrorCode.CAMERA_REFUSED)
            self._feed.end()
            self._ready.set()

    def _source(self) -> ClipSource:
        return ClipSource(Path(self._address.locator))

    def _begin(self, clip: DecodedClip) -> None:
        if self._report is None:
            mode = CameraMode(clip.facts.width, clip.facts.height, _pace(clip.facts, clip.pictures))
            self._report = CameraReport(self._address, mode, f"clip/{clip.facts.codec}")
            self._ready.set()

    def _play(self, frames: Iterator[Frame]) -> None:
        pace = Pace()
        for frame in frames:
            due_ns = pace.due_ns(frame.t_ms)
            if self._stop.wait(max(due_ns - time.monotonic_ns(), 0) / 1e9):
                return
            self._feed.put(Shot(due_ns, image=frame.image))


def _pace(facts: ClipFacts, pictures: int) -> float:
    return round(pictures * 1000.0 / facts.duration_ms, 1) if facts.duration_ms > 0 else 0.0
