"""Putting right what went before a spot capture."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.records import Capture
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.capture_facts import CaptureFacts
from edema_desk.ui.pieces.event_choice import EventChoice
from edema_desk.ui.pieces.patient_banner import PatientBanner


class EventDialog(Sheet):
    """Whose it is, which one, and what went before. What was said until now stays on record."""

    def __init__(
        self, jobs: DeskJobs, theme: Theme, patient_id: str, capture: Capture, parent: QWidget
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._capture = capture
        self.banner = PatientBanner(jobs, theme, compact=True)
        self.facts = CaptureFacts(jobs, theme, capture)
        self.event_choice = EventChoice()
        self.put(self.banner, self.facts, self.event_choice)
        self.event_choice.changed.connect(self.fit)
        self._load, self._call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._call.answered.connect(self._on_done)
        for call in (self._load, self._call):
            call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.save_button.setEnabled(False)
        self.retranslate()
        self._load.start(jobs.desk.patient_card(patient_id))

    def _on_card(self, card: PatientCard) -> None:
        self.banner.show_card(card)
        self.event_choice.choose(card.events.get(self._capture.capture_id, ""))
        self.save_button.setEnabled(True)
        self.fit()

    def save(self) -> None:
        """Keep it."""
        self.clear_failure()
        capture_id, said = self._capture.capture_id, self.event_choice.said
        act_id = self.acts.of(capture_id, said)
        self._call.start(self.jobs.desk.correcting.say_event(act_id, capture_id, said))

    def _on_done(self) -> None:
        self.finish(self.tr("What was before is noted."))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editor of this sheet."""
        return (self.event_choice,)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("What was before this capture"), self.tr("Keep it"))
        self.facts.retranslate()
