"""Saying that a capture shows somebody else, or belongs to another session or phase."""

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text, phase_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, column, label, row
from edema_desk.ui.pieces.capture_facts import CaptureFacts
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.pieces.session_choice import SessionChoice
from edema_desk.ui.worklist.patient_search import InboxPatient
from edema_desk.ui.worklist.source import WorklistSource

_PHASES = (Phase.PRE, Phase.POST, Phase.SPOT)


class MoveCaptureDialog(Sheet):
    """From whom, with the face of the capture, and to whom, both with their identifiers; phase and
    session by the rule of pairing; why."""

    def __init__(
        self, jobs: DeskJobs, theme: Theme, patient_id: str, capture: Capture, parent: QWidget
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._capture = capture
        self._source = WorklistSource(jobs, date.today(), self)
        self.from_banner = PatientBanner(jobs, theme, compact=True)
        self.to_banner = PatientBanner(jobs, theme, compact=True)
        self.facts = CaptureFacts(jobs, theme, capture)
        self.who = InboxPatient(jobs, theme, self._source)
        self.phases = Chips(_PHASES)
        self.phases.choose(capture.phase)
        self.session: SessionChoice | None = None
        self._session_place = column()
        self.reason_edit = QLineEdit()
        self.reason = Field(self.reason_edit)
        self._from_word, self._to_word = label("caption"), label("caption")
        self.to_wrong = label("field-error", wrap=True)
        self._load_from, self._load_to = DeskCall(jobs, self), DeskCall(jobs, self)
        self._call = DeskCall(jobs, self)
        self._build()
        self._connect()
        self.retranslate()
        self._source.refresh()
        self._load_from.start(jobs.desk.patient_card(patient_id))
        self.who.search.setFocus()

    def _build(self) -> None:
        for part in (self.to_banner, self.to_wrong):
            part.hide()
        self.to_banner.add_action(self.who.other)  # whoever is chosen stands in the banner alone
        self.put(
            column(self._from_word, self.from_banner, gap=4),
            self.facts,
            column(self._to_word, self.who, self.to_banner, self.to_wrong, gap=4),
            row(self.phases, None),
            self._session_place,
            self.reason,
        )

    def _connect(self) -> None:
        self.who.changed.connect(self._on_who)
        self.phases.chosen.connect(self._on_phase)
        self._load_from.answered.connect(self._on_from)
        self._load_to.answered.connect(self._on_to)
        self._call.answered.connect(self._on_moved)
        for call in (self._load_from, self._load_to, self._call):
            call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)

    @property
    def phase(self) -> Phase:
        """Before, after or in between."""
        return Phase(self.phases.choice or self._capture.phase)

    def _on_from(self, card: PatientCard) -> None:
        self.from_banner.show_card(card)
        self.fit()

    def _on_who(self) -> None:
        self.clear_failure()
        self.to_wrong.hide()
        self.to_banner.hide()
        self._drop_session()
        patient = self.who.patient
        self.who.setVisible(patient is None)
        if patient is not None:
            self.session = SessionChoice(self.jobs, patient.patient_id, None)
            self.session.changed.connect(self.fit)
            self.session.failed.connect(self.show_failure)
            self._session_place.addWidget(self.session)
            self._load_to.start(self.jobs.desk.patient_card(patient.patient_id))
        self._on_phase()

    def _on_to(self, card: PatientCard) -> None:
        patient = self.who.patient
        if patient is None or patient.patient_id != card.patient.patient_id:
            return
        self.to_banner.show_card(card)
        self.to_banner.show()
        if self.session is not None:
            self.session.set_trend(card.trend)
        self.fit()

    def _drop_session(self) -> None:
        if self.session is not None:
            self._session_place.removeWidget(self.session)
            self.session.setParent(None)
            self.session.deleteLater()
            self.session = None

    def _on_phase(self) -> None:
        if self.session is not None:
            self.session.setVisible(self.phase is not Phase.SPOT)
            if self.phase is not Phase.SPOT:
                self.session.propose(self.phase, self._capture.captured_at)
        self.fit()

    def save(self) -> None:
        """Move it, or show what is missing beside the fields."""
        self.clear_failure()
        patient, reason = self.who.patient, self.reason_edit.text().strip()
        self.to_wrong.setVisible(patient is None)
        missing = ExpectedError(ErrorCode.REASON_NEEDED)
        self.reason.complain("" if reason else error_text(missing))
        if patient is not None and reason and self._session_clear():
            session_id = self._session_id()
            entry = (patient.patient_id, session_id, self.phase, reason)
            capture_id = self._capture.capture_id
            act_id = self.acts.of(capture_id, *entry)
            self._call.start(self.jobs.desk.correcting.move(act_id, capture_id, *entry))
        self.fit()

    def _session_id(self) -> str | None:
        if self.phase is Phase.SPOT or self.session is None:
            return None
        return self.session.session_id

    def _session_clear(self) -> bool:
        if self.phase is Phase.SPOT or (self.session is not None and self.session.decided):
            return True
        self.failure.say(self.tr("Choose the session this capture belongs to."), "attention")
        return False

    def _on_moved(self) -> None:
        self.finish(self.tr("The capture was moved. Both patients' estimates follow."))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.who, self.phases, self.reason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Move this capture"), self.tr("Move it"))
        self._from_word.setText(self.tr("It was kept for"))
        self._to_word.setText(self.tr("It shows"))
        self.to_wrong.setText(self.tr("Choose whom it shows; another session of the same, too."))
        for phase in _PHASES:
            self.phases.set_text(phase, phase_text(phase))
        self.reason.say(self.tr("Reason"))
        self.facts.retranslate()
