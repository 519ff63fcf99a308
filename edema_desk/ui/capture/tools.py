"""In the header of a capture: whether it is heard, and by which camera it is made."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.ui.capture.setup import camera_word
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconButton, row

_LOUDNESS = ("speak", "beep", "off")
_ICONS = {"speak": "voice", "beep": "bell", "off": "silent"}


class CaptureTools(QWidget):
    """`voice_chosen(str)` by a press: spoken, beeped, silent, in turn."""

    voice_chosen = Signal(str)

    def __init__(self, theme: Theme, voice: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._voice = voice if voice in _LOUDNESS else _LOUDNESS[0]
        self._report: CameraReport | None = None
        self.sound = {key: IconButton(theme, _ICONS[key], "muted") for key in _LOUDNESS}
        for one in self.sound.values():
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            one.clicked.connect(self._on_press)
        self.camera = ElidedLabel("muted")
        self.setLayout(row(*self.sound.values(), self.camera, gap=6))
        self._say()

    @property
    def voice(self) -> str:
        """How the capture is heard."""
        return self._voice

    def set_voice(self, voice: str) -> None:
        """It was chosen elsewhere."""
        if voice in _LOUDNESS:
            self._voice = voice
            self._say()

    def show_camera(self, report: CameraReport | None) -> None:
        """Name the camera and its mode."""
        if report != self._report:
            self._report = report
            self._say()

    def _on_press(self) -> None:
        place = _LOUDNESS.index(self._voice)
        self.set_voice(_LOUDNESS[(place + 1) % len(_LOUDNESS)])
        self.voice_chosen.emit(self._voice)

    def _say(self) -> None:
        for key, one in self.sound.items():
            one.setVisible(key == self._voice)
        self.sound["speak"].say(self.tr("The patient is told what to do. Press for beeps alone."))
        self.sound["beep"].say(self.tr("The patient hears beeps. Press for silence."))
        self.sound["off"].say(self.tr("Silent. Press to have the patient told what to do."))
        report = self._report
        self.camera.setVisible(report is not None)
        if report is not None:
            mode = report.mode
            said = self.tr("{camera} · {width} × {height}")
            name = report.address.name or camera_word(report.address)
            self.camera.set_whole(said.format(camera=name, width=mode.width, height=mode.height))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
