"""The face a live one is compared with: of the patient's newest earlier capture, or the photo."""

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.records import CaptureState
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs


class EarlierFace(QObject):
    """`came(bytes | None)`: a JPEG, or None where there is neither."""

    came = Signal(object)

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._patient_id = jobs, ""
        self._crops, self._photo = DeskCall(jobs, self), DeskCall(jobs, self)
        self._crops.answered.connect(self._on_crops)
        self._crops.failed.connect(self._on_no_crops)
        self._photo.answered.connect(self.came)
        self._photo.failed.connect(self._on_no_photo)

    def fetch(self, patient_id: str, trend: Trend) -> None:
        """Look for a face of a patient."""
        self._patient_id = patient_id
        capture_id = newest_capture(trend)
        if capture_id is None:
            self._ask_photo()
        else:
            self._crops.start(self._jobs.desk.crops(capture_id))

    def _on_crops(self, crops: tuple[bytes, ...]) -> None:
        if crops:
            self.came.emit(crops[len(crops) // 2])
        else:
            self._ask_photo()

    def _on_no_crops(self, error: ExpectedError) -> None:
        del error  # the photo does as well
        self._ask_photo()

    def _ask_photo(self) -> None:
        self._photo.start(self._jobs.desk.photo(self._patient_id))

    def _on_no_photo(self, error: ExpectedError) -> None:
        del error  # the outline of a person stays
        self.came.emit(None)


def newest_capture(trend: Trend) -> str | None:
    """The newest capture that was analysed."""
    entries = [e for s in trend.sessions for e in (s.pre, s.post)] + list(trend.spots)
    held = [e.capture for e in entries if e is not None and e.capture is not None]
    analysed = [c for c in held if c.state is CaptureState.ANALYSED]
    newest = max(analysed, key=lambda c: c.captured_at.utc_ms, default=None)
    return newest.capture_id if newest is not None else None
