"""Faces of the clips in the inbox, fetched one after another as they come into view."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from edema_desk.domain.inbox.filing import InboxItem, InboxState
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.inbox_job import InboxJob

_SIDE_PX = 192
_MOST_WAITING = 40
_SHOWN = frozenset(
    {InboxState.WAITING, InboxState.UNDONE, InboxState.TAKEN_IN, InboxState.SET_ASIDE}
)


class InboxFaces(QObject):
    """Keeps small pictures by item and state. `arrived(item_id)` when a picture came."""

    arrived = Signal(str)

    def __init__(self, jobs: DeskJobs, inbox: InboxJob, parent: QObject) -> None:
        super().__init__(parent)
        self._inbox = inbox
        self._images: dict[tuple[str, InboxState], QImage | None] = {}
        self._waiting: list[tuple[str, InboxState]] = []
        self._asked: tuple[str, InboxState] | None = None
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_face)
        self._call.failed.connect(self._on_failure)
        self._call.broke.connect(self._on_no_face)

    def image(self, item: InboxItem) -> QImage | None:
        """The picture if it is here; otherwise it is fetched, the last asked for first."""
        key = (item.item_id, item.state)
        if item.state not in _SHOWN:
            return None
        if key not in self._images and key != self._asked:
            self._waiting = [*(k for k in self._waiting if k != key), key][-_MOST_WAITING:]
            self._ask_next()
        return self._images.get(key)

    def _ask_next(self) -> None:
        if self._asked is None and self._waiting:
            self._asked = self._waiting.pop()
            self._call.start(self._inbox.face(self._asked[0]))

    def _on_face(self, data: bytes | None) -> None:
        image = QImage.fromData(data) if data else QImage()
        keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        smooth = Qt.TransformationMode.SmoothTransformation
        self._keep(None if image.isNull() else image.scaled(_SIDE_PX, _SIDE_PX, keep, smooth))

    def _on_failure(self, error: ExpectedError) -> None:
        del error  # a face that cannot be had shows as the outline of a person
        self._on_no_face()

    def _on_no_face(self) -> None:
        self._keep(None)

    def _keep(self, image: QImage | None) -> None:
        key, self._asked = self._asked, None
        if key is not None:
            self._images[key] = image
            self.arrived.emit(key[0])
        self._ask_next()
