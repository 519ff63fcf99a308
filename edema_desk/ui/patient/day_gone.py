"""The deleted captures of one day, a line each."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.domain.terms.records import Capture
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.phrases import time_text
from edema_desk.ui.parts.widgets import button, column, row
from edema_desk.ui.pieces.audit_words import who_text


class DayGone(QWidget):
    """Hidden while there are none. `back_asked(Capture)` from the button of one whose clip is not
    destroyed yet."""

    back_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._box = column(gap=0)
        self.setLayout(self._box)
        self._lines: list[QWidget] = []
        self._captures: dict[str, Capture] = {}
        self.said: list[ElidedLabel] = []
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_removed(self, removed: Sequence[RemovedCapture], names: Mapping[str, str]) -> None:
        """Write everything anew; `names` of users by their ids."""
        for old in self._lines:
            self._box.removeWidget(old)
            old.deleteLater()
        self._lines, self.said, self.buttons = [], [], []
        self._captures = {one.capture.capture_id: one.capture for one in removed}
        for one in removed:
            self._add(one, who_text(one.actor, names))
        self.setVisible(bool(removed))

    def _add(self, one: RemovedCapture, who: str) -> None:
        said, back = ElidedLabel("muted"), button("quiet")
        words = self.tr("Deleted: {time} · {who} · {reason}")
        time = time_text(one.capture.captured_at)
        said.set_whole(words.format(time=time, who=who, reason=one.reason))
        back.setText(self.tr("Take it back…"))
        back.setProperty("capture", one.capture.capture_id)
        back.clicked.connect(self._on_back)
        if one.erased:
            back.hide()
        line = QWidget()
        parts = row(said, back)
        parts.setStretch(0, 1)
        line.setLayout(parts)
        self._lines.append(line)
        self.said.append(said)
        self.buttons.append(back)
        self._box.addWidget(line)

    def _on_back(self) -> None:
        self.back_asked.emit(self._captures[str(self.sender().property("capture"))])
