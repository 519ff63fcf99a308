"""Which session an entry belongs to: known, proposed, or asked. Never guessed."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.capture.pairing import Pairing, Proposal
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import day_text, time_text
from edema_desk.ui.parts.widgets import Chips, column, label, row

JOIN, NEW = "join", "new"


class SessionChoice(QWidget):
    """`changed()` when the answer changed. `decided` says whether there is one; `session_id` is
    then the session's, or None where a new session is to be opened."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: DeskJobs, patient_id: str, session_id: str | None) -> None:
        super().__init__()
        self._jobs, self._patient_id = jobs, patient_id
        self._given = session_id
        self._trend: Trend | None = None
        self._proposal: Proposal | None = None
        self._words, self._chips = label("muted", wrap=True), Chips((JOIN, NEW))
        self._chips.hide()
        self.setLayout(column(self._words, row(self._chips, None), gap=6))
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_proposal)
        self._call.failed.connect(self._on_failure)
        self._chips.chosen.connect(self._on_choice)

    def set_trend(self, trend: Trend) -> None:
        """The patient's sessions, to name them by."""
        self._trend = trend
        self._show()

    def propose(self, phase: Phase, at: Moment) -> None:
        """Ask which session an entry of `phase` at that time belongs to."""
        if self._given is None:
            self._proposal = None
            self._call.start(self._jobs.desk.propose_session(self._patient_id, phase, at))
            self._show()

    @property
    def decided(self) -> bool:
        """Whether it is clear where the entry belongs."""
        if self._given is not None:
            return True
        if self._proposal is None:
            return False
        return self._proposal.pairing is not Pairing.ASK or self._chips.choice is not None

    @property
    def asking(self) -> bool:
        """Whether the person has to say."""
        return self._proposal is not None and not self.decided

    @property
    def asks(self) -> bool:
        """Whether it is a person's choice, made already or not."""
        return self._proposal is not None and self._proposal.pairing is Pairing.ASK

    @property
    def session_id(self) -> str | None:
        """The session, or None where a new one is to be opened."""
        if self._given is not None:
            return self._given
        if self._proposal is None or not self.decided:
            return None
        joins = self._proposal.pairing is Pairing.JOIN
        chosen = self._proposal.pairing is Pairing.ASK and self._chips.choice == JOIN
        return self._proposal.session_id if joins or chosen else None

    @property
    def session(self) -> SessionEntry | None:
        """The session as it stands, where it is one that exists."""
        return self._entry(self.session_id)

    def existing(self, phase: Phase) -> PhaseEntry | None:
        """What the session has of a phase already."""
        session = self.session
        if session is None:
            return None
        return session.pre if phase is Phase.PRE else session.post

    def _entry(self, session_id: str | None) -> SessionEntry | None:
        held = self._trend.sessions if self._trend and session_id else ()
        return next((s for s in held if s.session.session_id == session_id), None)

    def _on_proposal(self, proposal: Proposal) -> None:
        if self._proposal != proposal:
            self._proposal = proposal
            self._chips.offer(() if proposal.pairing is not Pairing.ASK else self._options())
        self._show()
        self.changed.emit()

    def _options(self) -> tuple[str, ...]:
        known = self._proposal is not None and self._proposal.session_id is not None
        return (JOIN, NEW) if known else (NEW,)

    def _on_failure(self, error: ExpectedError) -> None:
        self.failed.emit(error)

    def _on_choice(self, key: str) -> None:
        self.changed.emit()

    def _show(self) -> None:
        self._chips.setVisible(self.asks)
        if self.asks and self._proposal is not None:
            known = self._entry(self._proposal.session_id)
            self._chips.set_text(JOIN, self._named(known))
            self._chips.set_text(NEW, self.tr("A new session"))
            self._words.setText(
                self.tr("Which session does this belong to?")
                if self._proposal.session_id is not None
                else self.tr("No session is open for this. Shall one be opened?")
            )
        elif self._given is not None or (self._proposal and self._proposal.session_id):
            self._words.setText(self._named(self.session))
        elif self._proposal is not None:
            self._words.setText(self.tr("Opens a new session."))
        else:
            self._words.setText("")

    def _named(self, session: SessionEntry | None) -> str:
        if session is None:
            return self.tr("The session shown before")
        opened = session.session.opened_at
        said = self.tr("Session of {day}, opened {time}")
        return said.format(day=day_text(session.session.day), time=time_text(opened))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
