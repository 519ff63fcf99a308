"""Taking in a clip file for a session, from choosing it to the estimate."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.domain.terms.weights import time_doubts
from edema_desk.jobs.clip_job import ClipJob, ClipOrder
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.drop_area import DropArea
from edema_desk.ui.parts.entries import from_qt, to_qt
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import phase_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, button, column, label, row
from edema_desk.ui.pieces.clip_result import ClipResult
from edema_desk.ui.pieces.event_choice import EventChoice
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.pieces.session_choice import SessionChoice
from edema_desk.ui.sheets.working_sheet import WorkingSheet

_USUAL_HOURS = 4.0
_PHASES = (Phase.PRE, Phase.POST, Phase.SPOT)


class AddClipDialog(WorkingSheet):
    """Choose, take in with progress, see the result. `session_wanted(session_id)` opens it."""

    session_wanted = Signal(str)

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
        self._patient_id = patient_id
        self._card: PatientCard | None = None
        self._capture: Capture | None = None
        self._banner = PatientBanner(jobs, theme, compact=True)
        self.drop, self.phases = DropArea(theme), Chips(_PHASES)
        self.at_edit = QDateTimeEdit(to_qt(Moment.now().local()))
        self.at_edit.setCalendarPopup(True)
        self.at = Field(self.at_edit)
        self._changed_at: datetime | None = None
        self._asked_at: Moment | None = None
        self.use_file_time = button("quiet")
        self.session = SessionChoice(jobs, patient_id, session_id)
        self.event_choice = EventChoice()
        self.phase_wrong, self.file_wrong = label("field-error"), label("field-error", wrap=True)
        self.outcome = ClipResult(theme)
        self.open_button = button()
        self.job = ClipJob(jobs, self)
        self._load, self._reload = DeskCall(jobs, self), DeskCall(jobs, self)
        self._build(phase)
        self._connect()
        self.retranslate()
        self._load.start(jobs.desk.patient_card(patient_id))

    def _build(self, phase: Phase | None) -> None:
        self.form = QWidget()
        self.form.setLayout(
            column(
                self.drop,
                self.file_wrong,
                row(self.phases, self.phase_wrong, None, gap=16),
                row(self.at, column(None, self.use_file_time), gap=12),
                self.session,
                self.event_choice,
                gap=14,
            )
        )
        self.put(self._banner, self.form, self.working, self.outcome)
        self.footer.insertWidget(1, self.open_button)
        hidden = (self.outcome, self.open_button, self.use_file_time)
        for part in (*hidden, self.phase_wrong, self.file_wrong):
            part.hide()
        if phase is not None:
            self.phases.choose(phase)
        self.save_button.setEnabled(False)
        self.drop.pick.setFocus()

    def _connect(self) -> None:
        self.drop.chosen.connect(self._on_file)
        self.phases.chosen.connect(self._on_phase)
        self.event_choice.changed.connect(self.fit)
        self.at_edit.dateTimeChanged.connect(self._on_time)
        self.use_file_time.clicked.connect(self._on_use_file_time)
        self.session.failed.connect(self.show_failure)
        self.open_button.clicked.connect(self._on_open_session)
        self._load.answered.connect(self._on_card)
        self._load.failed.connect(self.show_failure)
        self._reload.answered.connect(self._on_result)
        self._reload.failed.connect(self.show_failure)
        self.follow(self.job, (self.form,), "analyse")
        self.job.finished.connect(self._on_finished)

    @property
    def phase(self) -> Phase | None:
        """Before, after or in between, once chosen."""
        return Phase(self.phases.choice) if self.phases.choice else None

    # what is chosen

    def _on_card(self, card: PatientCard) -> None:
        self._card = card
        self._banner.show_card(card)
        self.session.set_trend(card.trend)
        self.save_button.setEnabled(True)
        known = self.session.session
        if known is not None and known.session.day != Moment.now().day:
            later = self.phase is Phase.POST
            hours = (known.session.planned_hours or _USUAL_HOURS) if later else 0.0
            self.at_edit.setDateTime(
                to_qt(known.session.opened_at.local() + timedelta(hours=hours))
            )
        self._on_time()
        self.fit()

    def _on_file(self, path: Path) -> None:
        self.clear_failure()
        self.file_wrong.hide()
        try:
            self._changed_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except OSError:
            self._changed_at = None  # taking it in will say what is wrong with the file
        self._say_file_time()
        self.fit()

    def _on_use_file_time(self) -> None:
        if self._changed_at is not None:
            self.at_edit.setDateTime(to_qt(self._changed_at))

    def _on_phase(self) -> None:
        self.phase_wrong.hide()
        self._on_time()

    def _on_time(self) -> None:
        phase = self.phase
        self.session.setVisible(phase is not Phase.SPOT)
        self.event_choice.setVisible(phase is Phase.SPOT)
        if phase is not None and phase is not Phase.SPOT:
            self.session.propose(phase, from_qt(self.at_edit.dateTime()))
        self.clear_failure()
        self.fit()

    # taking it in

    def save(self) -> None:
        """Take the clip in; once that is done, close."""
        self.clear_failure()
        if self._capture is not None:
            self.accept()
            return
        path, phase = self.drop.path, self.phase
        self.file_wrong.setVisible(path is None)
        self.phase_wrong.setVisible(phase is None)
        self.fit()
        if path is None or phase is None or self._card is None:
            return
        if self._is_ahead():
            self.failure.say(
                self.tr("This time has not come yet. Check it, or take the clip in once more."),
                "attention",
            )
            self.fit()
        elif phase is Phase.SPOT:
            self._take_in(None)
        elif not self.session.decided:
            if self.session.asking:
                self.failure.say(self.tr("Choose the session this clip belongs to."), "attention")
                self.fit()
        else:
            self._take_in(self.session.session_id)

    def _is_ahead(self) -> bool:
        """Whether the clip is dated in the future; asked once, and taken in at the second time."""
        at = from_qt(self.at_edit.dateTime())
        ahead = bool(time_doubts(0, at, Moment.now(), ())) and self._asked_at != at
        self._asked_at = at if ahead else self._asked_at
        return ahead

    def _take_in(self, session_id: str | None) -> None:
        path, phase = self.drop.path, self.phase
        if path is None or phase is None:
            return
        at = from_qt(self.at_edit.dateTime())
        event = self.event_choice.said if phase is Phase.SPOT else ""
        act_id = self.acts.of("clip", str(path), session_id, phase, at, event)
        self.job.start(ClipOrder(act_id, path, self._patient_id, session_id, phase, at, event))

    def _on_finished(self, capture: Capture) -> None:
        self._capture = capture
        self.bar.set_share(1.0)
        self._reload.start(self.jobs.desk.patient_card(self._patient_id))

    def _on_result(self, card: PatientCard) -> None:
        if self._capture is None:
            return
        self._banner.show_card(card)
        self.outcome.show_capture(self._capture, card.trend)
        self.working.hide()
        self.outcome.show()
        self.cancel_button.hide()
        self.open_button.setVisible(self._capture.session_id is not None)
        self.save_button.show()
        self.retranslate()
        self.save_button.setFocus()
        self.fit()

    def _on_open_session(self) -> None:
        if self._capture is not None and self._capture.session_id is not None:
            self.session_wanted.emit(self._capture.session_id)
            self.accept()

    # words

    def _say_file_time(self) -> None:
        at = self._changed_at
        self.use_file_time.setVisible(at is not None)
        if at is not None:
            shown = QLocale().toString(to_qt(at), self.at_edit.displayFormat())
            said = self.tr("Use the file's time, {time}")
            self.use_file_time.setText(said.format(time=shown))

    def retranslate(self) -> None:
        """Set every text again."""
        if self._capture is None:
            self.say_heading(self.tr("Add a clip"), self.tr("Take it in"))
        else:
            self.say_heading(self.tr("The clip was taken in"), self.tr("Done"))
        for phase in _PHASES:
            self.phases.set_text(phase, phase_text(phase))
        self.phase_wrong.setText(self.tr("Choose when in dialysis."))
        self.file_wrong.setText(self.tr("Choose a clip first."))
        self.at.say(self.tr("Recorded"))
        self.at_edit.setDisplayFormat(self.tr("d MMM yyyy  HH:mm"))
        self.open_button.setText(self.tr("Open the session"))
        self.outcome.retranslate()
        self._say_file_time()
