"""Entering or correcting a weight from the scale, of any session and time."""

from datetime import timedelta

from PySide6.QtWidgets import QDateTimeEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.entries import from_qt, to_qt
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import kg, phase_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, label, row
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.weights.entry import WeightEntry

_USUAL_HOURS = 4.0


class WeightDialog(Sheet):
    """A `WeightEntry` with the choice of phase and time.

    `session_id` and `phase` may be given by the page; what is not given is asked.
    """

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        patient_id: str,
        session_id: str | None,
        phase: Phase | None,
        parent: QWidget,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._banner = PatientBanner(jobs, theme, compact=True)
        self.phases = Chips((Phase.PRE, Phase.POST))
        self.phase_wrong = label("field-error")
        self.at_edit = QDateTimeEdit(to_qt(Moment.now().local()))
        self.at_edit.setCalendarPopup(True)
        self.at = Field(self.at_edit)
        self.entry = WeightEntry(jobs, theme, own_button=False)
        self._build()
        self.retranslate()
        known = phase if phase in (Phase.PRE, Phase.POST) else None
        if known is not None:
            self.phases.choose(known)
        self.save_button.setEnabled(False)
        self.entry.show_slot(patient_id, session_id, known)
        self.entry.weight_edit.setFocus()

    def _build(self) -> None:
        self.phase_wrong.hide()
        choices = row(self.phases, self.phase_wrong, None, self.at, gap=16)
        self.put(self._banner, choices, self.entry)
        self.phases.chosen.connect(self._on_phase)
        self.at_edit.dateTimeChanged.connect(self._on_time)
        self.entry.card_came.connect(self._on_card)
        self.entry.edited.connect(self._on_edited)
        self.entry.saved.connect(self._on_saved)
        self.entry.busy_changed.connect(self.set_busy)

    def _on_phase(self, key: str) -> None:
        self.phase_wrong.hide()
        self.entry.choose_phase(Phase(key))

    def _on_time(self) -> None:
        self.entry.set_time(from_qt(self.at_edit.dateTime()))

    def _on_card(self, card: PatientCard) -> None:
        """An entry of another day is for when that session was, unless somebody says else."""
        self._banner.show_card(card)
        self.save_button.setEnabled(True)
        known = self.entry.session.session
        if known is not None and known.session.day != Moment.now().day:
            later = self.entry.phase is Phase.POST
            hours = (known.session.planned_hours or _USUAL_HOURS) if later else 0.0
            opened = known.session.opened_at.local()
            self.at_edit.setDateTime(to_qt(opened + timedelta(hours=hours)))
        self._on_time()

    def _on_edited(self) -> None:
        self.save_button.setText(self.entry.save_word())
        self.fit()

    def save(self) -> None:
        """Enter what was typed, once before or after was chosen."""
        self.phase_wrong.setVisible(self.entry.phase is None)
        self.entry.save()

    def _on_saved(self, session_id: str) -> None:
        net_g = self.entry.net_g
        if net_g is None:
            self.finish(self.tr("The hours planned were entered."))
        else:
            self.finish(self.tr("{weight} kg was entered.").format(weight=kg(net_g)))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet beside the entry."""
        return (self.at_edit, self.phases)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Weight"), self.entry.save_word())
        for phase in (Phase.PRE, Phase.POST):
            self.phases.set_text(phase, phase_text(phase))
        self.phase_wrong.setText(self.tr("Choose before or after."))
        self.at.say(self.tr("When"))
        self.at_edit.setDisplayFormat(self.tr("d MMM yyyy  HH:mm"))
