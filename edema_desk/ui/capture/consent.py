"""Whether the patient of a capture may be recorded, asked before anybody answers anything."""

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.course.views import Change
from edema_desk.domain.keeping.consent import ConsentState, PatientConsent, Purpose
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs


class CaptureConsent(QObject):
    """`missing(ExpectedError)` where there is no consent; `given(patient_id, session_id, phase)`
    of the capture that waited for it, once there is; `wanted(patient_id, Purpose)` when somebody
    is about to record it."""

    missing = Signal(object)
    given = Signal(str, object, object)
    wanted = Signal(str, object)

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked_for: tuple[str, str | None, Phase | None] = ("", None, None)
        self._missing = False
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_consent)

    @property
    def blocks(self) -> bool:
        """Whether it is known that nothing may be recorded."""
        return self._missing

    def ask(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """A capture is about to begin."""
        self._asked_for, self._missing = (patient_id, session_id, phase), False
        self._call.start(self._jobs.desk.consents.of(patient_id))

    def hear(self, change: Change) -> None:
        """Something was entered: perhaps the consent."""
        if self._missing and change.patient_id in (self._asked_for[0], None):
            self._call.start(self._jobs.desk.consents.of(self._asked_for[0]))

    def record(self) -> None:
        """Somebody wants to record it now."""
        self._missing = True
        self.wanted.emit(self._asked_for[0], Purpose.CARE)

    def _on_consent(self, now: PatientConsent) -> None:
        standing = now.standings[Purpose.CARE]
        if standing.allowed:
            if self._missing:
                self._missing = False
                self.given.emit(*self._asked_for)
            return
        self._missing = True
        withdrawn = standing.state is ConsentState.WITHDRAWN
        code = ErrorCode.CONSENT_WITHDRAWN if withdrawn else ErrorCode.CONSENT_MISSING
        self.missing.emit(ExpectedError(code))
