"""Saying whom a clip shows, in which phase, when, and in which session."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.inbox.filing import InboxEntry
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.inbox.words import time_from_text
from edema_desk.ui.parts.entries import from_qt, to_qt
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import phase_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, column, label, row
from edema_desk.ui.pieces.session_choice import SessionChoice
from edema_desk.ui.worklist.patient_search import InboxPatient
from edema_desk.ui.worklist.source import WorklistSource

_PHASES = (Phase.PRE, Phase.POST, Phase.SPOT)


class InboxForm(QWidget):
    """`changed()` after each entry; `whole` says whether everything is there."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: DeskJobs, theme: Theme, source: WorklistSource) -> None:
        super().__init__()
        self._jobs = jobs
        self._entry: InboxEntry | None = None
        self._at: Moment | None = None
        self.who, self.phases = InboxPatient(jobs, theme, source), Chips(_PHASES)
        self.at_edit = QDateTimeEdit()
        self.at_edit.setCalendarPopup(True)
        self.at, self._from = Field(self.at_edit), label("caption", wrap=True)
        self.session: SessionChoice | None = None
        self._session_place = column()
        self._who_word, self._phase_word = label("caption"), label("caption")
        self.setLayout(
            column(
                column(self._who_word, self.who, gap=4),
                column(self._phase_word, row(self.phases, None), gap=4),
                column(self.at, self._from, gap=2),
                self._session_place,
                gap=14,
            )
        )
        self._load = DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._load.failed.connect(self.failed)
        self.who.changed.connect(self._on_who)
        self.phases.chosen.connect(self._on_phase)
        self.at_edit.dateTimeChanged.connect(self._on_time)
        self._retranslate()

    def show_entry(self, entry: InboxEntry) -> None:
        """Begin with what is known of a clip."""
        self._entry = entry
        target = entry.item.target
        self.who.show_patient(entry.patient)
        self.phases.offer(())
        self.phases.offer(_PHASES)
        if target.phase is not None:
            self.phases.choose(target.phase)
        self._at = target.at
        shown = target.at or Moment.now()
        self.at_edit.blockSignals(True)
        self.at_edit.setDateTime(to_qt(shown.local()))
        self.at_edit.blockSignals(False)
        self._retranslate()
        self._on_who()

    def show_time(self, visible: bool) -> None:
        """Several clips keep their own times."""
        self.at.setVisible(visible)
        self._from.setVisible(visible)

    @property
    def phase(self) -> Phase | None:
        """Before, after or in between, once chosen."""
        return Phase(self.phases.choice) if self.phases.choice else None

    @property
    def moment(self) -> Moment:
        """When the clip was recorded: to the millisecond, where that was not changed here."""
        shown = self.at_edit.dateTime()
        if self._at is not None and shown == to_qt(self._at.local()):
            return self._at
        return from_qt(shown)

    @property
    def whole(self) -> bool:
        """Whether the clip can be taken in."""
        if self.who.patient is None or self.phase is None:
            return False
        return self.phase is Phase.SPOT or (self.session is not None and self.session.decided)

    def _on_who(self) -> None:
        self._drop_session()
        patient = self.who.patient
        if patient is not None:
            self.session = SessionChoice(self._jobs, patient.patient_id, None)
            self.session.changed.connect(self.changed)
            self.session.failed.connect(self.failed)
            self._session_place.addWidget(self.session)
            self._load.start(self._jobs.desk.patient_card(patient.patient_id))
        self._on_phase()

    def _drop_session(self) -> None:
        if self.session is not None:
            self._session_place.removeWidget(self.session)
            self.session.setParent(None)
            self.session.deleteLater()
            self.session = None

    def _on_card(self, card: PatientCard) -> None:
        if self.session is not None:
            self.session.set_trend(card.trend)

    def _on_phase(self) -> None:
        phase = self.phase
        if self.session is not None:
            self.session.setVisible(phase not in (None, Phase.SPOT))
            if phase is not None and phase is not Phase.SPOT:
                self.session.propose(phase, self.moment)
        self.changed.emit()

    def _on_time(self) -> None:
        self._from.setText("")
        self._on_phase()

    def _retranslate(self) -> None:
        self._who_word.setText(self.tr("Whom the clip shows"))
        self._phase_word.setText(self.tr("When in dialysis"))
        for phase in _PHASES:
            self.phases.set_text(phase, phase_text(phase))
        self.at.say(self.tr("Recorded"))
        self.at_edit.setDisplayFormat(self.tr("d MMM yyyy  HH:mm"))
        self._from.setText(time_from_text(self._entry.item) if self._entry else "")

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
