"""Who is on the screen: photo and two identifiers, the same on every page and dialog."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.alike import LookAlike
from edema_desk.domain.terms.records import Patient, Schedule
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.phrases import age_text, kg, short_day_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import OriginBadge, Photo, column, label, row
from edema_desk.ui.pieces.alike_words import alike_line, alike_text


class PatientBanner(QFrame):
    """Photo, kana over name, chart number, birth date and age, bed, dry weight, origin.

    `add_action` puts a page's buttons at the right end. The compact one, for dialogs, leaves
    out bed and dry weight.
    """

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        compact: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._jobs = jobs
        self._patient: Patient | None = None
        self._schedule = Schedule()
        self._dry_weight_g: int | None = None
        self._alike: tuple[LookAlike, ...] = ()
        self._photo = Photo(theme)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._photo.set_jpeg)
        self._call.failed.connect(self._on_no_photo)
        self._kana, self._name = ElidedLabel("caption"), ElidedLabel("card-title")
        self._origin, self._namesake = OriginBadge(short=compact), label("attention")
        self._chart = _fact()
        self._born = _fact()
        self._bed = _fact()
        self._dry = _fact()
        for value in (self._name, self._chart[1]):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        badges = column(self._origin, *(() if compact else (self._namesake,)), gap=4)
        self._compact = compact
        facts = [_under(*fact) for fact in (self._chart, self._born, self._bed, self._dry)]
        self._row = row(self._photo, _under(self._kana, self._name), *facts, badges, None, gap=20)
        whole = column(self._row, *((self._namesake,) if compact else ()), gap=6)
        whole.setContentsMargins(20, 12, 20, 12)
        self.setLayout(whole)
        self._namesake.hide()
        self._retranslate()

    def add_action(self, action: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(action)

    def show_card(self, card: PatientCard) -> None:
        """Show a patient, with a warning where others have the same name."""
        self.show_patient(card.patient, card.schedule, card.dry_weight_g, card.alike)

    def show_patient(
        self,
        patient: Patient,
        schedule: Schedule | None = None,
        dry_weight_g: int | None = None,
        alike: Sequence[LookAlike] = (),
    ) -> None:
        """Show a patient, and a warning of those who are `alike`; what is not known is left
        out."""
        if patient.has_photo and (self._patient is None or self._patient != patient):
            self._call.start(self._jobs.desk.photo(patient.patient_id))
        elif not patient.has_photo:
            self._call.forget()
            self._photo.set_jpeg(None)
        self._patient, self._schedule = patient, schedule or Schedule()
        self._dry_weight_g, self._alike = dry_weight_g, tuple(alike)
        self._show()

    def words(self) -> str:
        """What is said of the patient, in one line."""
        held = (self._kana, self._name, self._chart[1], self._born[1], self._namesake)
        return " · ".join(part.text() for part in held if not part.isHidden() and part.text())

    def _show(self) -> None:
        patient = self._patient
        if patient is None:
            return
        self._kana.set_whole(patient.kana)
        self._kana.setVisible(bool(patient.kana))
        self._name.set_whole(patient.name)
        self._chart[1].setText(patient.chart_number)
        born = patient.birth_date
        self._set_fact(self._born, self._born_text(born) if born else "")
        self._set_fact(self._bed, "" if self._compact else self._schedule.bed)
        dry_g = None if self._compact else self._dry_weight_g
        self._set_fact(self._dry, f"{kg(dry_g)} kg" if dry_g is not None else "")
        self._origin.set_origin(patient.origin)
        self._namesake.setText(alike_text(self._alike))
        self._namesake.setToolTip("\n".join(map(alike_line, self._alike)))
        self._namesake.setVisible(bool(self._alike))

    def _born_text(self, born: date) -> str:
        age = self.tr("{age} years").format(age=age_text(born, date.today()))
        return f"{short_day_text(born)} · {age}"

    def _set_fact(self, fact: tuple[QLabel, QLabel], text: str) -> None:
        fact[1].setText(text)
        for part in fact:
            part.setVisible(bool(text))

    def _on_no_photo(self, error: ExpectedError) -> None:
        del error  # the outline of a person stays
        self._photo.set_jpeg(None)

    def _retranslate(self) -> None:
        self._chart[0].setText(self.tr("Chart number"))
        self._born[0].setText(self.tr("Born"))
        self._bed[0].setText(self.tr("Bed"))
        self._dry[0].setText(QCoreApplication.translate("phrases", "Dry weight"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _fact() -> tuple[QLabel, QLabel]:
    return label("caption"), label("card-title")


def _under(caption: QLabel, value: QLabel) -> QVBoxLayout:
    return column(None, caption, value, None, gap=1)
