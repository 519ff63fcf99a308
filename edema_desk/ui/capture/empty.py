"""What a capture page shows where there is no capture: no camera, a failure, or none kept."""

from PySide6.QtCore import QEvent

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import EmptyState

NO_CONSENT = frozenset({ErrorCode.CONSENT_MISSING, ErrorCode.CONSENT_WITHDRAWN})


class CaptureEmpty(EmptyState):
    """One sentence on what happened, and one on what to do. `acted()` when a consent that is
    missing is to be recorded."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "camera")
        self._error: ExpectedError | None = None
        self._broke = False
        self._retranslate()

    def show_discarded(self) -> None:
        """Nothing was kept, as was asked for."""
        self._error, self._broke = None, False
        self._retranslate()

    def show_failure(self, error: ExpectedError) -> None:
        """Why there is no capture."""
        self._error, self._broke = error, False
        self._retranslate()

    def show_broken(self) -> None:
        """A fault of the program, which a dialog tells of."""
        self._error, self._broke = None, True
        self._retranslate()

    def _retranslate(self) -> None:
        if self._broke:
            text = self.tr("What was recorded is kept and listed under the patient.")
            self.say(self.tr("The capture stopped"), text, icon="warning")
        elif self._error is None:
            text = self.tr("Nothing of it was kept.")
            self.say(self.tr("The recording was discarded"), text, icon="film")
        elif self._error.code is ErrorCode.CAMERA_MISSING:
            text = self.tr(
                "Plug one in and try again, name a network camera in the settings, or add a clip "
                "that was made elsewhere."
            )
            self.say(self.tr("No camera"), text, icon="camera")
        elif self._error.code in NO_CONSENT:
            headline, action = self.tr("No consent"), self.tr("Record the consent…")
            self.say(headline, error_text(self._error), action, icon="warning")
        elif self._error.code is ErrorCode.DISK_FULL:
            text = self.tr("Make room on the disk, then record again. What was recorded is kept.")
            self.say(self.tr("The disk is full"), text, icon="warning")
        else:
            headline = self.tr("The capture cannot go on")
            self.say(headline, error_text(self._error), icon="warning")

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
