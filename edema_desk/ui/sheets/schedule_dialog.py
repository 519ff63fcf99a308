"""When a patient comes: other weekdays, shift, bed and hours."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.sheets.schedule_fields import ScheduleFields


class ScheduleDialog(Sheet):
    """The schedule in force, to be changed from now on."""

    def __init__(self, jobs: DeskJobs, theme: Theme, patient_id: str, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id = patient_id
        self._banner = PatientBanner(jobs, theme, compact=True)
        self.schedule = ScheduleFields()
        self.put(self._banner, self.schedule)
        self._load, self._call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._call.answered.connect(self._on_set)
        for call in (self._load, self._call):
            call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.save_button.setEnabled(False)
        self.retranslate()
        self.schedule.bed_edit.setFocus()
        self._load.start(jobs.desk.patient_card(patient_id))

    def _on_card(self, card: PatientCard) -> None:
        self._banner.show_card(card)
        self.schedule.show_schedule(card.schedule)
        self.save_button.setEnabled(True)
        self.fit()

    def save(self) -> None:
        """Keep what was typed."""
        self.clear_failure()
        new = self.schedule.read()
        self.fit()
        if new is not None:
            act_id = self.acts.of(new)
            self._call.start(self.jobs.desk.set_schedule(act_id, self._patient_id, new))

    def _on_set(self) -> None:
        self.finish(self.tr("The schedule was changed."))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.schedule,)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Days and shift"), self.tr("Save"))
        self.schedule.retranslate()
