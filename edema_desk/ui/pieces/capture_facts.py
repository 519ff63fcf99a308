"""Which capture it is: its middle face, phase and time."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.terms.records import Capture
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import day_text, phase_text, time_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Photo, column, label, row

_FACE_PX = 88


class CaptureFacts(QWidget):
    """The face is asked of the desk; where none is kept, the outline of a person stays."""

    def __init__(self, jobs: DeskJobs, theme: Theme, capture: Capture) -> None:
        super().__init__()
        self._capture = capture
        self.face = Photo(theme, _FACE_PX)
        self.phase, self.when = label("card-title"), label("muted")
        whole = row(self.face, column(None, self.phase, self.when, None, gap=4), gap=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_crops)
        self._call.failed.connect(self._on_none)
        if capture.frames_chosen:
            self._call.start(jobs.desk.crops(capture.capture_id))
        self.retranslate()

    def _on_crops(self, crops: tuple[bytes, ...]) -> None:
        self.face.set_jpeg(crops[len(crops) // 2] if crops else None)

    def _on_none(self, error: ExpectedError) -> None:
        del error  # destroyed, or not kept any more
        self.face.set_jpeg(None)

    def retranslate(self) -> None:
        """Set every text again."""
        at = self._capture.captured_at
        self.phase.setText(phase_text(self._capture.phase))
        self.when.setText(f"{day_text(at.day)}  {time_text(at)}")
