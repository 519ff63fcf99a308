"""The card of a session's deleted captures: which, who, when and why."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.plots.wording import moment_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Card, Part, button, column, label, row
from edema_desk.ui.pieces.audit_words import who_text
from edema_desk.ui.session.panel import short_phase_text


class RemovedCard(Card):
    """Hidden while there are none. `back_asked(Capture)` from the button of one whose clip is not
    destroyed yet."""

    back_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=STEP_PX * 2)
        self.title = label("card-title")
        self._list = QVBoxLayout()
        self._list.setSpacing(STEP_PX * 3)
        self.body.addWidget(self.title)
        self.body.addLayout(self._list)
        self._shown: tuple[RemovedCapture, ...] = ()
        self._entries: list[QWidget] = []
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_removed(
        self, removed: Sequence[RemovedCapture], names: Mapping[str, str] | None = None
    ) -> None:
        """Write everything anew; `names` of users by their ids."""
        self.title.setText(self.tr("Deleted captures"))
        for old in self._entries:
            self._list.removeWidget(old)
            old.deleteLater()
        self._entries = []
        self._shown, self.buttons = tuple(removed), []
        for one in self._shown:
            self._add(one, names or {})
        self.setVisible(bool(self._shown))

    def _add(self, one: RemovedCapture, names: Mapping[str, str]) -> None:
        at = moment_text(one.capture.captured_at)
        what = label(text=f"{short_phase_text(one.capture.phase)} · {at}", wrap=True)
        who = who_text(one.actor, names)
        said = " · ".join((moment_text(one.removed_at), who, one.reason))
        parts: list[Part] = [what, label("caption", said, wrap=True)]
        if one.erased:
            parts.append(label("caption", self.tr("Clip and faces are destroyed.")))
        else:
            back = button("quiet")
            back.setText(self.tr("Take it back…"))
            back.setProperty("at", len(self.buttons))
            back.clicked.connect(self._on_back)
            self.buttons.append(back)
            parts.append(row(back, None))
        entry = QWidget()
        entry.setLayout(column(*parts, gap=2))
        self._entries.append(entry)
        self._list.addWidget(entry)

    def _on_back(self) -> None:
        at = int(self.sender().property("at"))
        there = [one for one in self._shown if not one.erased]
        self.back_asked.emit(there[at].capture)
