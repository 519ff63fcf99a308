"""Deleting a capture, and taking a deleted one back."""

from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.keeping.removed import STAYS_DAYS
from edema_desk.domain.terms.records import Capture
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.pieces.capture_facts import CaptureFacts
from edema_desk.ui.pieces.patient_banner import PatientBanner


class RemoveCaptureDialog(Sheet):
    """Whose it is, which one, and why. With `back` a deleted one is brought back."""

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        patient_id: str,
        capture: Capture,
        parent: QWidget,
        *,
        back: bool = False,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._capture, self._back = capture, back
        self.banner = PatientBanner(jobs, theme, compact=True)
        self.facts = CaptureFacts(jobs, theme, capture)
        self.what_follows = label("muted", wrap=True)
        self.reason_edit = QLineEdit()
        self.reason = Field(self.reason_edit)
        self.put(self.banner, self.facts, self.what_follows, self.reason)
        self._load, self._call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._call.answered.connect(self._on_done)
        for call in (self._load, self._call):
            call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.retranslate()
        self.reason_edit.setFocus()
        self._load.start(jobs.desk.patient_card(patient_id))

    def _on_card(self, card: PatientCard) -> None:
        self.banner.show_card(card)
        self.fit()

    def save(self) -> None:
        """Do it, once there is a reason."""
        self.clear_failure()
        reason = self.reason_edit.text().strip()
        missing = ExpectedError(ErrorCode.REASON_NEEDED)
        self.reason.complain("" if reason else error_text(missing))
        self.fit()
        if reason:
            capture_id, desk = self._capture.capture_id, self.jobs.desk.correcting
            act_id = self.acts.of(capture_id, reason)
            act = desk.take_back if self._back else desk.remove
            self._call.start(act(act_id, capture_id, reason))

    def _on_done(self) -> None:
        if self._back:
            self.finish(self.tr("The capture is back."))
        else:
            self.finish(self.tr("The capture was deleted."))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editor of this sheet."""
        return (self.reason,)

    def retranslate(self) -> None:
        """Set every text again."""
        if self._back:
            self.say_heading(self.tr("Take back a deleted capture"), self.tr("Take it back"))
            self.what_follows.setText(self.tr("It counts again as before."))
        else:
            self.say_heading(self.tr("Delete this capture"), self.tr("Delete it"))
            said = self.tr(
                "It counts no more from now on, and estimates that rest on it are made anew. "
                "For {days} days it can be taken back; then its clip and faces are destroyed. "
                "That it was there, who deleted it and why stays on record."
            )
            self.what_follows.setText(said.format(days=STAYS_DAYS))
        self.reason.say(self.tr("Reason"))
        self.facts.retranslate()
