"""Erasing a patient for good."""

from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, label
from edema_desk.ui.pieces.patient_banner import PatientBanner


class EraseDialog(Sheet):
    """Asks twice: the chart number is typed by hand, and then the button says once more what it
    does before it does it."""

    def __init__(self, jobs: DeskJobs, theme: Theme, patient_id: str, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id = patient_id
        self.sure = False
        self._banner = PatientBanner(jobs, theme, compact=True)
        self.warning, self._what = Notice(theme, "bad"), label("muted", wrap=True)
        self._number_edit, self._reason_edit = QLineEdit(), QLineEdit()
        self.number, self.reason = Field(self._number_edit), Field(self._reason_edit)
        self.put(self._banner, self.warning, self._what, fields(self.number, self.reason))
        self._load, self._call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._load.failed.connect(self.show_failure)
        self._call.answered.connect(self._on_erased)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self.set_busy)
        for edit in (self._number_edit, self._reason_edit):
            edit.textEdited.connect(self._think_again)
        self.save_button.setEnabled(False)
        self.retranslate()
        self._number_edit.setFocus()
        self._load.start(jobs.desk.patient_card(patient_id))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.number, self.reason)

    def save(self) -> None:
        """The first time ask again, the second time erase."""
        self.clear_failure()
        number, reason = self._number_edit.text().strip(), self._reason_edit.text().strip()
        wrong = "" if number else error_text(ExpectedError(ErrorCode.ERASE_NUMBER_WRONG))
        self.number.complain(wrong)
        self.reason.complain("" if reason else error_text(ExpectedError(ErrorCode.REASON_NEEDED)))
        self.fit()
        if not number or not reason:
            return
        if not self.sure:
            self.sure = True
            self.retranslate()
            return
        act_id = self.acts.of(number, reason)
        self._call.start(self.jobs.desk.consents.erase(act_id, self._patient_id, number, reason))

    def _think_again(self) -> None:
        if self.sure:
            self.sure = False
            self.retranslate()

    def _on_card(self, card: PatientCard) -> None:
        self._banner.show_card(card)
        self.save_button.setEnabled(True)
        self.fit()

    def _on_failure(self, error: ExpectedError) -> None:
        self.sure = False
        self.retranslate()
        if error.code is ErrorCode.ERASE_NUMBER_WRONG:
            self.number.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def _on_erased(self) -> None:
        self.finish(self.tr("The patient was erased."))

    def retranslate(self) -> None:
        """Set every text again."""
        again = self.tr("Yes, erase for good")
        self.say_heading(self.tr("Erase this patient"), again if self.sure else self.tr("Erase…"))
        self.warning.say(
            self.tr(
                "Name, chart number, photo, clips, pictures, weights and estimates of this patient "
                "are erased. It cannot be undone."
            )
        )
        self._what.setText(
            self.tr(
                "What stays are the days of sessions without any figures, and that somebody was "
                "erased, when, by whom and why. Clips are erased by destroying their keys: "
                "overwriting files on an SSD proves nothing, and is not relied on. Backups from "
                "before are dropped within 90 days. If the law asks you to keep records, print or "
                "export them first."
            )
        )
        self.number.say(self.tr("Chart number, typed from the chart"))
        self.reason.say(self.tr("Reason, without the name; it stays on record"))
        self.fit()
