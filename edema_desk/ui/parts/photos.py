"""Photos of many patients, fetched one after another as they come into view."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from edema_desk.domain.terms.records import Patient
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs

_MOST_WAITING = 40
_SIDE_PX = 128


class PhotoShelf(QObject):
    """Keeps small pictures by patient. `arrived(patient_id)` when a picture came."""

    arrived = Signal(str)

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._images: dict[str, QImage | None] = {}
        self._waiting: list[str] = []
        self._asked: str | None = None
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_photo)
        self._call.failed.connect(self._on_failure)
        self._call.broke.connect(self._on_no_photo)

    def image(self, patient: Patient) -> QImage | None:
        """The picture if it is here; otherwise it is fetched, the last asked for first."""
        key = patient.patient_id
        if not patient.has_photo:
            return None
        if key not in self._images and key != self._asked:
            self._waiting = [*(k for k in self._waiting if k != key), key][-_MOST_WAITING:]
            self._ask_next()
        return self._images.get(key)

    def forget(self, patient_id: str) -> None:
        """Fetch a patient's picture again when next asked for."""
        self._images.pop(patient_id, None)

    def _ask_next(self) -> None:
        if self._asked is None and self._waiting:
            self._asked = self._waiting.pop()
            self._call.start(self._jobs.desk.photo(self._asked))

    def _on_photo(self, data: bytes | None) -> None:
        image = QImage.fromData(data) if data else QImage()
        keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        smooth = Qt.TransformationMode.SmoothTransformation
        self._keep(None if image.isNull() else image.scaled(_SIDE_PX, _SIDE_PX, keep, smooth))

    def _on_failure(self, error: ExpectedError) -> None:
        del error  # a photo that cannot be had shows as the outline of a person
        self._on_no_photo()

    def _on_no_photo(self) -> None:
        self._keep(None)

    def _keep(self, image: QImage | None) -> None:
        key, self._asked = self._asked, None
        if key is not None:
            self._images[key] = image
            self.arrived.emit(key)
        self._ask_next()
