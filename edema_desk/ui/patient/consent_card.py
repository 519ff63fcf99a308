"""Consent on the patient's page: three purposes, all answers, and the models that learned."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from edema_desk.domain.keeping.consent import ConsentEntry, ConsentState, PatientConsent, Purpose
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import error_text, short_day_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Card, button, label, row, set_look
from edema_desk.ui.pieces.consent_words import purpose_text, standing_text

RETRAIN_COMMAND = "edema-desk pretrain --database --out NEW"


class ConsentCard(Card):
    """`consent_wanted(patient_id, Purpose)` to record an answer; `erasing_wanted(patient_id)`."""

    consent_wanted = Signal(str, object)
    erasing_wanted = Signal(str)

    def __init__(self, jobs: DeskJobs) -> None:
        super().__init__(gap=STEP_PX * 3)
        self._jobs = jobs
        self._patient_id = ""
        self._now: PatientConsent | None = None
        self._heading, self.note = label("card-title"), label("muted", wrap=True)
        self.names = {purpose: label() for purpose in Purpose}
        self.states = {purpose: label("caption", wrap=True) for purpose in Purpose}
        self.changes = {purpose: button("quiet") for purpose in Purpose}
        self.history_button, self.erase = button("quiet"), button("quiet")
        self.history, self.models = label("caption", wrap=True), label("caption", wrap=True)
        self.history.hide()
        self.body.addWidget(self._heading)
        self.body.addWidget(self.note)
        self.body.addLayout(self._grid())
        self.body.addWidget(self.models)
        self.body.addLayout(row(self.history_button, None))
        self.body.addWidget(self.history)
        self.body.addLayout(row(self.erase, None))
        self._load = DeskCall(jobs, self)
        self._load.answered.connect(self.show_consent)
        self._load.failed.connect(self._on_failure)
        self.history_button.clicked.connect(self._on_history)
        self.erase.clicked.connect(self._on_erase)
        self.retranslate()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for place, purpose in enumerate(Purpose):
            self.changes[purpose].setProperty("purpose", purpose.value)
            self.changes[purpose].clicked.connect(self._on_change)
            grid.addWidget(self.names[purpose], 3 * place, 0)
            grid.addWidget(self.states[purpose], 3 * place + 1, 0)
            grid.addWidget(self.changes[purpose], 3 * place, 1, 2, 1)
            grid.setRowMinimumHeight(3 * place + 2, STEP_PX * 2)
        return grid

    def show_patient(self, patient_id: str) -> None:
        """Ask how it stands with a patient."""
        if patient_id != self._patient_id:
            self._patient_id, self._now = patient_id, None
            self.history.hide()
            self._say()
        self._load.start(self._jobs.desk.consents.of(patient_id))

    def show_consent(self, now: PatientConsent) -> None:
        """Show what is known."""
        self._now = now
        self._say()

    def _on_failure(self, error: ExpectedError) -> None:
        self.note.setText(error_text(error))
        self.note.show()

    def _on_change(self) -> None:
        asker = self.sender()
        if isinstance(asker, QPushButton):
            self.consent_wanted.emit(self._patient_id, Purpose(asker.property("purpose")))

    def _on_erase(self) -> None:
        self.erasing_wanted.emit(self._patient_id)

    def _on_history(self) -> None:
        self.history.setVisible(self.history.isHidden())
        self._say()

    def _say(self) -> None:
        now = self._now
        self.note.hide()
        for purpose in Purpose:
            standing = now.standings[purpose] if now else None
            self.states[purpose].setText(standing_text(standing) if standing else "")
            missing = standing is not None and standing.state is ConsentState.NEVER_ASKED
            urgent = missing and purpose is Purpose.CARE
            set_look(self.states[purpose], role="attention" if urgent else "caption")
            self.changes[purpose].setText(self.tr("Ask…") if missing else self.tr("Change…"))
            self.changes[purpose].setEnabled(now is not None)
        entries = now.entries if now else ()
        self.history_button.setVisible(bool(entries))
        shown = not self.history.isHidden()
        count = self.tr("All answers ({count})").format(count=len(entries))
        self.history_button.setText(self.tr("Hide the answers") if shown else count)
        self.history.setText("\n".join(self._line(e) for e in reversed(entries)))
        self._say_models(now.models if now else ())
        ours = now is not None and now.patient.origin == CLINIC_ORIGIN
        self.erase.setVisible(ours and self._jobs.may(ActKind.ERASE_PATIENT))

    def _line(self, entry: ConsentEntry) -> str:
        word = self.tr("given") if entry.given else self.tr("withdrawn")
        parts = (short_day_text(entry.day), purpose_text(entry.purpose), word, entry.remark)
        return " · ".join(part for part in parts if part)

    def _say_models(self, models: tuple[str, ...]) -> None:
        self.models.setVisible(bool(models))
        said = self.tr("Models trained on this patient: {models}.").format(models=", ".join(models))
        now = self._now
        if now is not None and not now.standings[Purpose.TRAINING].allowed:
            without = self.tr("To train one without, an administrator runs: {command}")
            said += "\n" + without.format(command=RETRAIN_COMMAND)
        self.models.setText(said)

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Consent"))
        self.erase.setText(self.tr("Erase this patient…"))
        for purpose in Purpose:
            self.names[purpose].setText(purpose_text(purpose))
            self.changes[purpose].setAccessibleDescription(purpose_text(purpose))
        self._say()
