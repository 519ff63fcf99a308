"""What a live capture is asked to be."""

from dataclasses import dataclass

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.guidance import LONGEST_MS
from edema_desk.domain.terms.records import Phase


@dataclass(frozen=True, slots=True)
class CaptureOrder:
    """Whom to record, in which session and phase, and by which camera.

    A pre or post without a session opens one when the recording begins. `event` is what went
    before a spot capture, in words. The recording ends by itself after `longest_ms`. The
    `act_id` stays the same when it is tried again.
    """

    act_id: str
    patient_id: str
    session_id: str | None
    phase: Phase
    camera: CameraAddress
    event: str = ""
    longest_ms: float = LONGEST_MS
