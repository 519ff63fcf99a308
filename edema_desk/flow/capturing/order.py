"""What a live capture is asked to be."""

from dataclasses import dataclass

from edema_desk.domain.camera import CameraAddress
from edema_desk.domain.records import Phase


@dataclass(frozen=True, slots=True)
class CaptureOrder:
    """Whom to record, in which session and phase, and by which camera.

    A pre or post without a session opens one when the recording begins. `event` is what went
    before a spot capture. The `act_id` stays the same when it is tried again.
    """

    act_id: str
    patient_id: str
    session_id: str | None
    phase: Phase
    camera: CameraAddress
    event: str = ""
