"""Long work on models in its place: how far it is, how long it takes still, and a way to stop."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.ui.parts.phrases import left_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import button, column, label, row
from edema_desk.ui.pieces.models_words import percent


class WorkProgress(QWidget):
    """Hidden until `begin`. `stopped()` when the person asks it to stop."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar, self.left, self.stop = ShareBar(), label("caption"), button()
        self.stop.clicked.connect(self.stopped)
        told = column(None, self.bar, self.left, None, gap=STEP_PX)
        line = row(told, self.stop, gap=STEP_PX * 4)
        line.setStretch(0, 1)
        self.setLayout(line)
        self._retranslate()
        self.hide()

    def begin(self) -> None:
        """Nothing is done yet."""
        self.bar.set_share(None)
        self.left.setText("")
        self.stop.setEnabled(True)
        self.show()

    def tell(self, what: str, done: float, total: float, left_s: float | None) -> None:
        """How far it is."""
        del what
        share = done / total if total else 0.0
        self.bar.set_share(share)
        self.left.setText(" · ".join(t for t in (percent(share), left_text(left_s)) if t))

    def _retranslate(self) -> None:
        self.stop.setText(self.tr("Stop"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
