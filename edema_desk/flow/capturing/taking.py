"""One take of a live capture: from its first recorded picture to a clip on the disk."""

from concurrent.futures import wait
from dataclasses import dataclass, field

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.light import average_light
from edema_desk.domain.capture.sight import LightReading
from edema_desk.domain.capture.take import Recording
from edema_desk.domain.terms.records import Capture
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.keeping import CaptureKeeper
from edema_desk.flow.capturing.take_writer import TakeWriter
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.jpeg import packet_size
from edema_desk.media.recording.recorder import ClipRecorder, RecordedClip

WRITTEN_WITHIN_S = 60.0


@dataclass(slots=True)
class Taking:
    """A take under way. `lights` are readings of its good frames; `whole` turns False when it is
    cut short."""

    capture: Capture
    report: CameraReport
    writer: TakeWriter
    lights: list[LightReading] = field(default_factory=list)
    whole: bool = True

    def closed(self, keeper: CaptureKeeper) -> RecordedClip | None:
        """The clip on the disk, as far as it came; None where nothing of it can be read.

        Of a take that the disk had no room for, that is what the disk holds. Raises DISK_FAILED
        where the disk does not answer: the file is still open then, and is left for the next
        start.
        """
        self.writer.end()
        if not wait((self.writer.written,), timeout=WRITTEN_WITHIN_S).done:
            raise ExpectedError(ErrorCode.DISK_FAILED)
        try:
            clip = self.writer.written.result()
            return clip if clip.frames else None
        except (ExpectedError, OSError):
            self.whole = False
            return keeper.recover(self.capture.capture_id)

    def recording(
        self, clip: RecordedClip, looked_ms: tuple[float, ...], *, confirmed: bool
    ) -> Recording:
        """All that is kept beside the clip."""
        return Recording(
            capture_id=self.capture.capture_id,
            camera=self.report,
            take=self.writer.take(
                whole=self.whole, duration_ms=clip.duration_ms, looked_ms=looked_ms
            ),
            light=average_light(self.lights),
            person_confirmed=confirmed,
        )

    def discard(self, keeper: CaptureKeeper) -> None:
        """Stop writing and leave nothing."""
        self.writer.cut()
        keeper.erase(self.capture.capture_id)


def begin_take(keeper: CaptureKeeper, report: CameraReport, first: Shot) -> Taking:
    """The row, the file and the thread that writes. Raises what `CaptureKeeper.begin` raises, and
    CAMERA_REFUSED for a picture without a size."""
    size = _size(first)
    if size is None:
        raise ExpectedError(ErrorCode.CAMERA_REFUSED)
    begun = keeper.begin(report)
    recorder = ClipRecorder(begun.sink, *size, packets=True)
    own = first.packet is not None
    return Taking(begun.capture, report, TakeWriter(recorder, packets=own))


def _size(shot: Shot) -> tuple[int, int] | None:
    if shot.packet is not None:
        return packet_size(shot.packet)
    if shot.image is None:
        return None
    return shot.image.shape[1], shot.image.shape[0]
