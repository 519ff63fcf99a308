"""The right side of a capture: the weight, how well the picture serves, and the buttons."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from edema_desk.domain.capture.view import CaptureView
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.capture.buttons import CaptureButtons
from edema_desk.ui.capture.keys import CaptureKey, key_of
from edema_desk.ui.capture.marks import MarksCard
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import scrolling
from edema_desk.ui.parts.widgets import Card, column
from edema_desk.ui.weights.entry import WeightEntry

_WIDTH_PX, _LOW_PX = 384, 600


class CaptureSide(QWidget):
    """What stands above the buttons scrolls where the window is low; the buttons never move."""

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self.weight = WeightEntry(jobs, theme)
        self._weight_card = Card(self.weight)
        self._weight_card.body.setContentsMargins(20, 14, 20, 16)
        self._weight_card.installEventFilter(self)
        self._weight_card.hide()
        self.marks = MarksCard(theme)
        self.buttons = CaptureButtons()
        above = column(self._weight_card, self.marks, None, gap=STEP_PX * 3)
        self._area = scrolling(above)
        self._area.installEventFilter(self)
        box = column(self._area, self.buttons, gap=STEP_PX * 3)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.setFixedWidth(_WIDTH_PX)

    def show_slot(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """Take the weight of a phase; a spot capture has none."""
        has_weight = phase in (Phase.PRE, Phase.POST)
        self._weight_card.setVisible(has_weight)
        if has_weight and phase is not None:
            self.weight.show_slot(patient_id, session_id, phase)

    def show_view(self, view: CaptureView | None) -> None:
        """The marks of the picture; None: there is no picture to judge."""
        self.marks.setVisible(view is not None)
        if view is not None:
            self.marks.show_view(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the bars move together."""
        super().resizeEvent(event)
        self.marks.be_low(low=self.height() < _LOW_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A clicker's key goes on to the page; nothing here is worth turning a page of. Enter in
        the weight has entered it, and goes no further, where it would end the recording."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, held = key_of(event), self.weight.focusWidget()
            if watched is self._area and key is CaptureKey.NEXT_STEP:
                event.ignore()
                return True
            pressed = isinstance(held, QAbstractButton)
            if watched is self._weight_card and key is CaptureKey.ENTER and not pressed:
                event.accept()
                return True
        return super().eventFilter(watched, event)
