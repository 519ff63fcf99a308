"""Saying that a patient does not come on a day, and why."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import day_text, error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, label, row
from edema_desk.ui.pieces.patient_banner import PatientBanner

HOSPITAL, JOURNEY, ELSEWHERE, NO_SHOW = "hospital", "journey", "elsewhere", "no_show"


class AwayDialog(Sheet):
    """A reason of a few, or another in words. `marked(patient_id, day)` when it was entered."""

    marked = Signal(str, object)

    def __init__(
        self, jobs: DeskJobs, theme: Theme, patient_id: str, day: date, parent: QWidget
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id, self._day = patient_id, day
        self._banner = PatientBanner(jobs, theme, compact=True)
        self._on_day = label("muted")
        self.reasons = Chips((HOSPITAL, JOURNEY, ELSEWHERE, NO_SHOW))
        self.other_edit = QLineEdit()
        self.other = Field(self.other_edit)
        self.put(self._banner, self._on_day, row(self.reasons, None), self.other)
        self.reasons.chosen.connect(self._on_reason)
        self._load, self._call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._call.answered.connect(self._on_marked)
        for call in (self._load, self._call):
            call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.retranslate()
        self.other_edit.setFocus()
        self._load.start(jobs.desk.patient_card(patient_id))

    def _on_card(self, card: PatientCard) -> None:
        self._banner.show_card(card)
        self.fit()

    def _on_reason(self, key: str) -> None:
        self.other.complain("")
        self.fit()

    def reason(self) -> str:
        """What was chosen and typed."""
        chosen = self._words().get(self.reasons.choice or "", "")
        return " · ".join(part for part in (chosen, self.other_edit.text().strip()) if part)

    def save(self) -> None:
        """Enter it, once there is a reason."""
        self.clear_failure()
        reason = self.reason()
        wrong = ExpectedError(ErrorCode.REASON_NEEDED)
        self.other.complain("" if reason else error_text(wrong))
        self.fit()
        if reason:
            entry = (self._patient_id, self._day, DayPlan.AWAY, reason)
            self._call.start(self.jobs.desk.plan_day(self.acts.of(*entry), *entry))

    def _on_marked(self) -> None:
        self.marked.emit(self._patient_id, self._day)
        self.accept()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.reasons, self.other)

    def _words(self) -> dict[str, str]:
        return {
            HOSPITAL: self.tr("In hospital"),
            JOURNEY: self.tr("On a journey"),
            ELSEWHERE: self.tr("Dialysis elsewhere"),
            NO_SHOW: self.tr("Did not come"),
        }

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Away"), self.tr("Mark as away"))
        self._on_day.setText(day_text(self._day))
        for key, word in self._words().items():
            self.reasons.set_text(key, word)
        self.other.say(self.tr("Another reason, or more about it"))
