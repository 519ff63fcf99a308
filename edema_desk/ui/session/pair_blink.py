"""Blink comparison: both faces in one place, one after the other, so that a change jumps out."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QWidget

from edema_desk.domain.terms.records import Phase
from edema_desk.ui.parts.phrases import phase_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import button, column, label, row, set_look
from edema_desk.ui.session.pair_frames import FaceView
from edema_desk.ui.session.pair_slider import FrameSlider

SLOWEST_HALF_HZ, FASTEST_HALF_HZ = 1, 5
"""Changes a second, in halves: 0.5 to 2.5. More than three flashes a second may provoke
seizures (WCAG 2.2, success criterion 2.3.1)."""
FIRST_HALF_HZ = 2


class BlinkView(QWidget):
    """`running_changed(bool)` when it starts or pauses. It never blinks while it is hidden."""

    running_changed = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._images = {Phase.PRE: QImage(), Phase.POST: QImage()}
        self.phase = Phase.PRE
        self.face, self._name = FaceView(theme), label(Phase.PRE.value)
        self.run, self._rate_words = button(), label("caption")
        self.run.setFixedWidth(120)
        self.rate = FrameSlider(theme)
        self.rate.setRange(SLOWEST_HALF_HZ, FASTEST_HALF_HZ)
        self.rate.setPageStep(1)
        self.rate.setValue(FIRST_HALF_HZ)
        self.rate.setFixedWidth(160)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.change_face)
        self.run.clicked.connect(self.toggle)
        self.rate.valueChanged.connect(self._on_rate)
        controls = row(self.run, self.rate, self._rate_words, None, gap=STEP_PX * 3)
        box = column(row(None, self._name, None), self.face, controls)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._on_rate()
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether the faces alternate."""
        return self.timer.isActive()

    def set_image(self, phase: Phase, image: QImage) -> None:
        """The face to show for a phase."""
        self._images[phase] = image
        self._show()

    def start(self) -> None:
        """Begin to alternate; a hidden view stays still."""
        if self.isVisible() and not self.running:
            self.timer.start()
            self._on_running()

    def pause(self) -> None:
        """Stay on the face shown."""
        if self.running:
            self.timer.stop()
            self._on_running()

    def toggle(self) -> None:
        """Start or pause."""
        if self.running:
            self.pause()
        else:
            self.start()

    def change_face(self) -> None:
        """Show the other one."""
        self.phase = Phase.POST if self.phase is Phase.PRE else Phase.PRE
        self._show()

    def retranslate(self) -> None:
        """The language changed."""
        self.run.setText(self.tr("Pause") if self.running else self.tr("Blink"))
        self.run.setToolTip(self.tr("Space"))
        self.rate.setAccessibleName(self.tr("Changes per second"))
        self._rate_words.setText(
            self.tr("{rate} changes per second").format(rate=f"{self.rate.value() / 2:.1f}")
        )
        self._show()

    def _on_rate(self) -> None:
        self.timer.setInterval(round(2000 / self.rate.value()))
        self.retranslate()

    def _on_running(self) -> None:
        self.retranslate()
        self.running_changed.emit(self.running)

    def _show(self) -> None:
        self.face.show_image(self._images[self.phase])
        self._name.setText(phase_text(self.phase))
        set_look(self._name, role=self.phase.value)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing blinks unseen."""
        self.pause()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
