"""The large buttons of a capture: what comes next, its neighbour, and a quiet one above."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from edema_desk.ui.capture.acts import Act, Offer
from edema_desk.ui.parts.widgets import button, column, row


def act_text(act: Act) -> str:
    """The word on a button."""
    return {
        Act.START_NOW: QCoreApplication.translate("capture", "Start now"),
        Act.PAUSE: QCoreApplication.translate("capture", "Pause"),
        Act.RESUME: QCoreApplication.translate("capture", "Go on"),
        Act.FINISH: QCoreApplication.translate("capture", "Finish"),
        Act.NEW_TAKE: QCoreApplication.translate("capture", "Go on: new take"),
        Act.DISCARD: QCoreApplication.translate("capture", "Discard the recording"),
        Act.LEAVE: QCoreApplication.translate("capture", "Cancel"),
        Act.NEXT_PATIENT: QCoreApplication.translate("capture", "Next patient"),
        Act.RECORD_AGAIN: QCoreApplication.translate("capture", "Record again"),
        Act.OPEN_SESSION: QCoreApplication.translate("capture", "Open the session"),
        Act.RETRY: QCoreApplication.translate("capture", "Try again"),
        Act.ADD_CLIP: QCoreApplication.translate("capture", "Add a clip file"),
    }[act]


class CaptureButtons(QWidget):
    """`asked(Act)` by a press. A press does not take the keyboard from where it was."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.third = button("primary"), button(), button("quiet")
        for large in (self.first, self.second):
            large.setProperty("large", True)
        for one in (self.first, self.second, self.third):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            one.clicked.connect(self._on_press)
        large_row = row(self.second, self.first, gap=12)
        large_row.setStretch(0, 4)
        large_row.setStretch(1, 5)
        self.setLayout(column(self.third, large_row, gap=8))
        self._offer = Offer()

    def show_offer(self, offer: Offer) -> None:
        """Offer other things; what is not offered is not there."""
        if offer != self._offer:
            self._offer = offer
            self._say()

    def _acts(self) -> tuple[tuple[QPushButton, Act | None], ...]:
        offer = self._offer
        return ((self.first, offer.first), (self.second, offer.second), (self.third, offer.third))

    def _say(self) -> None:
        for one, act in self._acts():
            one.setVisible(act is not None)
            one.setText(act_text(act) if act is not None else "")

    def _on_press(self) -> None:
        pressed = self.sender()
        for one, act in self._acts():
            if one is pressed and act is not None:
                self.asked.emit(act)
                return

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
