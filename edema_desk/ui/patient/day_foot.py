"""What was chosen of a day, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.event_words import title_words
from edema_desk.plots.trend_series import Reading
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.phrases import time_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import button, row
from edema_desk.ui.pieces.capture_menu import CaptureMenuButton


class DayFoot(QWidget):
    """`event_asked(Capture)`, `move_asked(Capture)`, `removal_asked(Capture)` and
    `session_asked(session_id)` of the reading shown. What may not be done is not offered."""

    event_asked = Signal(object)
    move_asked = Signal(object)
    removal_asked = Signal(object)
    session_asked = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._jobs = jobs
        self.reading: Reading | None = None
        self.said = ElidedLabel("strong")
        self.event_button, self.session_button = button("quiet"), button("quiet")
        self.menu = CaptureMenuButton(theme)
        whole = row(self.said, self.event_button, self.session_button, self.menu, gap=STEP_PX * 2)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setMinimumHeight(44)
        self.event_button.clicked.connect(self._on_event)
        self.session_button.clicked.connect(self._on_session)
        self.menu.move_asked.connect(self._on_move)
        self.menu.removal_asked.connect(self._on_removal)
        self.retranslate()

    @property
    def capture(self) -> Capture | None:
        """That of the reading shown."""
        return self.reading.entry.capture if self.reading is not None else None

    def show_reading(self, reading: Reading | None) -> None:
        """Another one was chosen, or none."""
        self.reading = reading
        self._show()

    def _show(self) -> None:
        reading, may = self.reading, self._jobs.may
        clip = self.capture is not None
        spot = reading is not None and reading.phase is Phase.SPOT
        moves, removes = may(ActKind.REASSIGN_CAPTURE), may(ActKind.REMOVE_CAPTURE)
        self.menu.move_act.setVisible(moves)
        self.menu.removal_act.setVisible(removes)
        self.menu.setVisible(clip and (moves or removes))
        self.event_button.setVisible(spot and clip and may(ActKind.KEEP_SPOT_EVENT))
        self.session_button.setVisible(reading is not None and reading.session is not None)
        at = time_text(reading.entry.at) if reading is not None else ""
        self.said.set_whole("" if reading is None else f"{at} · {title_words(reading)}")

    def retranslate(self) -> None:
        """The language changed."""
        self.event_button.setText(self.tr("What was before…"))
        self.session_button.setText(self.tr("Open the session"))
        self._show()

    def _on_event(self) -> None:
        self.event_asked.emit(self.capture)

    def _on_move(self) -> None:
        self.move_asked.emit(self.capture)

    def _on_removal(self) -> None:
        self.removal_asked.emit(self.capture)

    def _on_session(self) -> None:
        if self.reading is not None and self.reading.session is not None:
            self.session_asked.emit(self.reading.session.session.session_id)
