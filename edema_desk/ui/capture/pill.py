"""How far a recording is: its time, and how many frames count already."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.ui.capture.words import clock_text, recording_text
from edema_desk.ui.parts.widgets import label, row

_RED, _AMBER, _WHITE = "#ff5a4f", "#f0b45a", "#ffffff"


class _Sign(QWidget):
    """A red dot while recording, two amber bars while not, a white square at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._stage = Stage.COUNTING
        self.setFixedSize(12, 12)

    def set_stage(self, stage: Stage) -> None:
        """The sign of a stage."""
        if stage is not self._stage:
            self._stage = stage
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Told apart by shape, not by colour alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._stage in (Stage.PAUSED, Stage.TROUBLE):
            painter.setBrush(QColor(_AMBER))
            for left in (1.0, 7.5):
                painter.drawRoundedRect(QRectF(left, 0.5, 3.5, 11), 1, 1)
        elif self._stage in (Stage.FINISHING, Stage.DONE, Stage.ENDED):
            painter.setBrush(QColor(_WHITE))
            painter.drawRoundedRect(QRectF(1.5, 1.5, 9, 9), 1.5, 1.5)
        else:
            painter.setBrush(QColor(_RED))
            painter.drawEllipse(QRectF(0.5, 0.5, 11, 11))
        painter.end()


class RecordingPill(QFrame):
    """Hidden until something is recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "pill")
        self._view = CaptureView(Stage.OPENING)
        self._sign, self.words = _Sign(), label()
        line = row(self._sign, self.words, gap=10)
        line.setContentsMargins(14, 8, 14, 8)
        self.setLayout(line)
        self.hide()

    def show_view(self, view: CaptureView) -> None:
        """How far a capture is."""
        self._view = view
        self._say()
        self.setVisible(view.recorded_ms > 0)

    def _say(self) -> None:
        view = self._view
        self._sign.set_stage(view.stage)
        said = self.tr("{what} {time} · {accepted} of {wanted} frames")
        self.words.setText(
            said.format(
                what=recording_text(view.stage),
                time=clock_text(view.recorded_ms),
                accepted=view.accepted,
                wanted=view.wanted,
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
