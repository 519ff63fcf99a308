"""Acts about a patient's day that need no dialog, each with its way back."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.terms.records import new_id
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import error_text


class DayActs(QObject):
    """`told(sentence, undo)` after an act; `undo` is a function that takes it back, or None."""

    told = Signal(str, object)

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._last: tuple[str, date, DayPlan] | None = None
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_done)
        self._call.failed.connect(self._on_failure)

    def plan(self, patient_id: str, day: date, plan: DayPlan) -> None:
        """Let somebody come for once, or as scheduled after all."""
        self._last = (patient_id, day, plan)
        self._call.start(self._jobs.desk.plan_day(new_id(), patient_id, day, plan))

    def tell_away(self, patient_id: str, day: date) -> None:
        """Somebody was marked as away; that can be taken back."""
        self._last = (patient_id, day, DayPlan.AWAY)
        self._on_done()

    def undo(self) -> None:
        """Take the last act back."""
        if self._last is not None:
            patient_id, day, _ = self._last
            self.plan(patient_id, day, DayPlan.AS_SCHEDULED)

    def _on_done(self) -> None:
        if self._last is None:
            return
        plan = self._last[2]
        said = {
            DayPlan.AWAY: self.tr("Marked as away."),
            DayPlan.EXTRA: self.tr("Due on this day, too."),
            DayPlan.AS_SCHEDULED: self.tr("As scheduled again."),
        }
        self.told.emit(said[plan], None if plan is DayPlan.AS_SCHEDULED else self.undo)

    def _on_failure(self, error: ExpectedError) -> None:
        self.told.emit(error_text(error), None)
