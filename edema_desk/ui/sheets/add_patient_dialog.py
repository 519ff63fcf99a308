"""Adding a patient."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import Patient
from edema_desk.domain.terms.weights import parse_weight_g
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.entries import parse_birth_date
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Chips, column, label, row
from edema_desk.ui.sheets.schedule_fields import ScheduleFields

NOT_YET, AGREED = "not_yet", "agreed"


class AddPatientDialog(Sheet):
    """Chart number and name are needed, the rest may follow. `added` is the new patient;
    `patient_wanted(patient_id)` leads on to it."""

    patient_wanted = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self.added: Patient | None = None
        self.chart, self.name, self.kana = (Field(QLineEdit()) for _ in range(3))
        self.born, self.dry_weight = Field(QLineEdit()), Field(QLineEdit())
        self.schedule = ScheduleFields()
        self.consent_word, self.consent = label("caption"), Chips((NOT_YET, AGREED))
        self.consent.choose(NOT_YET)
        self.put(
            fields(self.chart, self.born, self.dry_weight),
            fields(self.name, self.kana),
            self.schedule,
            column(self.consent_word, row(self.consent, None), gap=STEP_PX),
        )
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_added)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.retranslate()
        self.chart.editor.setFocus()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (
            *(self.chart, self.name, self.kana, self.born, self.dry_weight, self.schedule),
            self.consent,
        )

    def save(self) -> None:
        """Add the patient, or show what is wrong beside the fields."""
        self.clear_failure()
        new = self._checked()
        if new is not None:
            self._call.start(self.jobs.desk.add_patient(self.acts.of(new), new))

    def _checked(self) -> NewPatient | None:
        chart = self._needed(self.chart)
        name = self._needed(self.name)
        born_right, born = self._read_birth_date()
        weight_right, dry_weight_g = self._read_weight()
        schedule = self.schedule.read()
        self.fit()
        if not (chart and name and born_right and weight_right) or schedule is None:
            return None
        care = date.today() if self.consent.choice == AGREED else None
        new = NewPatient(chart, name, _text(self.kana), born, schedule, dry_weight_g)
        return replace(new, care_given=care)

    def _needed(self, field: Field) -> str:
        text = _text(field)
        wrong = ExpectedError(ErrorCode.FIELD_EMPTY, field=field.caption.text())
        field.complain("" if text else error_text(wrong))
        return text

    def _read_birth_date(self) -> tuple[bool, date | None]:
        try:
            born = parse_birth_date(_text(self.born), date.today())
        except ExpectedError as error:
            self.born.complain(error_text(error))
            return False, None
        self.born.complain("")
        return True, born

    def _read_weight(self) -> tuple[bool, int | None]:
        entered = _text(self.dry_weight)
        try:
            grams = parse_weight_g(entered) if entered else None
        except ExpectedError as error:
            self.dry_weight.complain(error_text(error))
            return False, None
        self.dry_weight.complain("")
        return True, grams

    def _on_added(self, patient: Patient) -> None:
        self.added = patient
        self.patient_wanted.emit(patient.patient_id)
        self.finish(self.tr("{name} was added.").format(name=patient.name))

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.CHART_NUMBER_TAKEN:
            self.chart.complain(error_text(error))
            self.chart.editor.setFocus()
            self.fit()
        else:
            self.show_failure(error)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Add a patient"), self.tr("Add patient"))
        self.chart.say(self.tr("Chart number"))
        self.name.say(self.tr("Name"))
        self.kana.say(self.tr("Kana"))
        self.born.say(self.tr("Birth date (YYYY-MM-DD)"))
        self.dry_weight.say(self.tr("Dry weight, kg"))
        self.consent_word.setText(self.tr("Consent to be recorded for care"))
        self.consent.set_text(NOT_YET, self.tr("Not asked yet"))
        self.consent.set_text(AGREED, self.tr("Given today"))
        self.schedule.retranslate()


def _text(field: Field) -> str:
    editor = field.editor
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""
