"""The left side of a running capture: the picture, and what is said over it."""

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage
from PySide6.QtWidgets import QWidget

from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.ui.capture.acts import BEFORE_RECORDING
from edema_desk.ui.capture.pill import RecordingPill
from edema_desk.ui.capture.preview import CapturePreview
from edema_desk.ui.capture.question import CaptureQuestion
from edema_desk.ui.capture.words import light_text
from edema_desk.ui.parts.phrases import instruction_text, trouble_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, column, label, row


class CaptureScreen(QWidget):
    """One instruction above, what went wrong and the question below, and how far it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._view = CaptureView(Stage.OPENING)
        self.preview = CapturePreview()
        self.plate, self.pill = label("plate"), RecordingPill()
        self.plate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.made_up = label("pill-made-up")
        self.light = Notice(theme, "attention")
        self.trouble = Notice(theme, "bad")
        self.question = CaptureQuestion(theme)
        self.setLayout(column(self.preview, gap=0))
        top = row(None, self.plate, None, gap=0)
        foot = row(self.pill, None, self.made_up, gap=12)
        over = column(top, None, self.light, self.trouble, self.question, foot, gap=12)
        over.setContentsMargins(20, 20, 20, 20)
        self.preview.setLayout(over)
        for part in (self.light, self.trouble, self.question, self.made_up):
            part.hide()
        self._say()

    def show_view(self, view: CaptureView, picture: QImage | None) -> None:
        """Show a moment of the capture."""
        told_before = self.plate.text()
        self._view = view
        self._say()
        self.preview.show_view(view, picture)
        if self.plate.text() != told_before:
            announce(self.plate, self.plate.text())

    def _say(self) -> None:
        view = self._view
        words = self._instruction(view)
        self.plate.setText(words)
        self.plate.setVisible(bool(words))
        self.pill.show_view(view)
        self.made_up.setText(self.tr("Made-up picture, not a camera"))
        self.made_up.setVisible(view.made_up)
        early = view.light_note if view.stage in BEFORE_RECORDING else None
        self.light.say(light_text(early, date.today()) if early is not None else "")
        self.trouble.say(trouble_text(view.trouble) if view.trouble is not None else "")

    def _instruction(self, view: CaptureView) -> str:
        if view.stage is Stage.OPENING:
            return self.tr("Opening the camera…")
        if view.stage is Stage.FINISHING:
            return self.tr("Estimating…")
        if view.stage is Stage.PAUSED:
            return self.tr("Paused")
        if view.stage is Stage.TROUBLE or view.instruction is None:
            return ""
        return instruction_text(view.instruction)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say `words`, where one listens."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
