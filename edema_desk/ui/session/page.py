"""The page of one session: both faces beside each other, what they gave and what was said."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from edema_desk.domain.course.veil import judges_first_since
from edema_desk.domain.course.views import Change, ChangeKind, SessionPair
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import day_text, interval_note, research_note
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import WaitingStack, scrolling
from edema_desk.ui.parts.widgets import Notice, button, column, row
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.pieces.session_facts import (
    PHASES,
    frame_rows,
    interval_kinds,
    result_rows,
    score_rows,
    weight_steps,
)
from edema_desk.ui.session.judging import JUDGE_KEY, JudgingCard
from edema_desk.ui.session.notes import NOTE_KEY, NotesCard
from edema_desk.ui.session.pair_view import MODE_KEYS, PairView
from edema_desk.ui.session.panel import FactsCard, WeightsCard
from edema_desk.ui.session.removed_card import RemovedCard

SIDE_PX = 392


class SessionPage(Page):
    """`show_session(session_id)` fetches; it fetches again when something of it changed."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(jobs, theme, parent)
        self.session_id: str | None = None
        self.pair: SessionPair | None = None
        self._judges_since_ms: int | None = None
        self._shown = dict.fromkeys(PHASES, -1)
        self.banner = PatientBanner(jobs, theme)
        self.back = button()
        self.banner.add_action(self.back)
        self.faces = PairView(jobs, theme)
        self.results, self.frames, self.scores = FactsCard(), FactsCard(), FactsCard()
        self.weights, self.removed = WeightsCard(), RemovedCard()
        self.judging, self.notes = JudgingCard(jobs, theme), NotesCard()
        self.weight_acts = {phase: button() for phase in PHASES}
        self.stale = Notice(theme, "attention")
        self.stack = WaitingStack(theme, self._content())
        self.setLayout(column(self.stack))
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self.show_pair)
        self._call.failed.connect(self._on_failure)
        self._connect()
        self.keys_to = self.faces
        self.restyle()
        self.retranslate()

    def _content(self) -> QWidget:
        self.weights.body.addLayout(row(*self.weight_acts.values()))
        said = (self.results, self.judging, self.notes)
        cards = (*said, self.weights, self.removed, self.frames, self.scores)
        self._area = scrolling(column(*cards, None, gap=STEP_PX * 4))
        self._area.setFixedWidth(SIDE_PX)
        both = row(self.faces, self._area, gap=STEP_PX * 5)
        both.setStretch(0, 1)
        content = QWidget()
        box = column(self.banner, self.stale, both, gap=STEP_PX * 4)
        box.setStretch(2, 1)
        content.setLayout(box)
        self.stale.hide()
        return content

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.faces.frame_shown.connect(self._on_frame)
        self.faces.clip_asked.connect(self._on_clip)
        self.faces.move_asked.connect(self._on_move)
        self.faces.removal_asked.connect(self._on_removal)
        self.removed.back_asked.connect(self._on_back_asked)
        for phase, act in self.weight_acts.items():
            act.setProperty("phase", phase.value)
            act.clicked.connect(self._on_weight)
        self.stack.retried.connect(self.refresh)
        self.stale.acted.connect(self.refresh)
        self.notes.note_asked.connect(self._on_note)
        self.notes.correction_asked.connect(self._on_correction)
        for key in (*MODE_KEYS.values(), NOTE_KEY, JUDGE_KEY):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_key)

    def adopt(self, settings: Settings) -> None:
        """Whether figures are kept back from who sits here until they judged."""
        person_id = self.jobs.desk.person.actor_id
        since_ms = judges_first_since(settings.judge_first, person_id)
        if since_ms != self._judges_since_ms:
            self._judges_since_ms = since_ms
            self.jobs.desk.notes.judge_first(person_id, since_ms)

    # what is shown

    def title(self) -> str:
        """The page's name."""
        return self.tr("Session")

    def subtitle(self) -> str:
        """Its day."""
        return day_text(self.pair.entry.session.day) if self.pair else ""

    def show_session(self, session_id: str) -> None:
        """Fetch a session; the one before is not shown meanwhile."""
        if session_id != self.session_id:
            self.session_id = session_id
            self.pair = None
            self.faces.choose("")
            self.stack.wait()
        self.refresh()

    def show_pair(self, pair: SessionPair) -> None:
        """Show a session. The same one as before keeps the frames shown."""
        self.session_id, self.pair = pair.entry.session.session_id, pair
        self.banner.show_patient(pair.patient, None, pair.entry.dry_weight_g, pair.alike)
        self.faces.show_pair(pair)
        self._write()
        self.stale.say("")
        self.stack.arrive()
        self.title_changed.emit()

    def refresh(self) -> None:
        """Ask the desk again for the session shown."""
        if self.session_id is not None:
            self._call.start(self.jobs.desk.session_pair(self.session_id))

    def on_change(self, change: Change) -> None:
        """Fetch again when it concerns this session or its patient's dry weight."""
        if not self.isVisible() or self.session_id is None:
            return
        patient_id = self.pair.patient.patient_id if self.pair else None
        other_session = change.session_id is not None and change.session_id != self.session_id
        mine = change.patient_id == patient_id and not other_session
        if change.kind is ChangeKind.ELSEWHERE or mine or change.session_id == self.session_id:
            self.refresh()

    def retranslate(self) -> None:
        """Set every text again."""
        self.back.setText(self.tr("To the patient"))
        self.faces.retranslate()
        self._write()

    def restyle(self) -> None:
        """Colour what a style sheet does not reach."""
        self.back.setIconSize(QSize(20, 20))
        self.back.setIcon(self.theme.icon("person"))

    def _write(self) -> None:
        pair = self.pair
        if pair is None:
            return
        note = "\n".join([*map(interval_note, interval_kinds(pair)), research_note()])
        self.results.show_rows(self.tr("Weight and estimate, kg"), result_rows(pair), note)
        hours = pair.entry.session.planned_hours
        self.weights.show_steps(weight_steps(pair.weighings), pair.names, hours)
        self.removed.show_removed(pair.removed, pair.names)
        self.frames.show_rows(self.tr("Frames of the clips"), frame_rows(pair))
        self._write_scores()
        may_judge = self.jobs.may(ActKind.JUDGE_CAPTURE)
        self.judging.show_pair(pair, may=may_judge)
        self.notes.show_notes(pair.notes, pair.names, may=self.jobs.may(ActKind.ADD_NOTE))
        for card in (self.results, self.weights, self.notes):
            card.setVisible(not pair.veiled)
        for phase, act in self.weight_acts.items():
            entry = pair.entry.pre if phase is Phase.PRE else pair.entry.post
            self._name_act(act, phase, there=entry is not None and entry.net_g is not None)

    def _name_act(self, act: QPushButton, phase: Phase, *, there: bool) -> None:
        if phase is Phase.PRE:
            words = self.tr("Correct before") if there else self.tr("Weight before")
        else:
            words = self.tr("Correct after") if there else self.tr("Weight after")
        act.setText(words)

    def _write_scores(self) -> None:
        if self.pair is not None:
            rows = score_rows(self.pair, self._shown)
            note = self.tr("0 is useless and 100 ideal where no unit is given.")
            self.scores.show_rows(self.tr("Scores of the frames shown"), rows, note)

    def _on_frame(self, phase: Phase, index: int) -> None:
        self._shown[phase] = index
        self._write_scores()

    def _on_failure(self, error: ExpectedError) -> None:
        """What is shown stays, with a word that it may be old; but not of who was erased."""
        if error.code is ErrorCode.UNKNOWN_SESSION:
            self.pair = None
            self.faces.choose("")
            self.title_changed.emit()
        if self.pair is None:
            self.stack.fail(error)
        else:
            self.stale.say(
                self.tr("This session could not be fetched again and may be old."),
                action=self.tr("Try again"),
            )

    # what is asked for

    def _on_back(self) -> None:
        if self.pair is not None:
            self.patient_wanted.emit(self.pair.patient.patient_id)

    def _on_clip(self, phase: Phase) -> None:
        if self.pair is not None:
            self.clip_wanted.emit(self.pair.patient.patient_id, self.session_id, phase)

    def _on_move(self, capture: Capture) -> None:
        self.move_wanted.emit(capture.patient_id, capture)

    def _on_removal(self, capture: Capture) -> None:
        self.removal_wanted.emit(capture.patient_id, capture)

    def _on_back_asked(self, capture: Capture) -> None:
        self.return_wanted.emit(capture.patient_id, capture)

    def _on_key(self) -> None:
        shortcut = self.sender()
        key = shortcut.key().toString() if isinstance(shortcut, QShortcut) else ""
        if self.pair is None:
            return
        if key == NOTE_KEY:
            self._on_note()
        elif key == JUDGE_KEY:
            self.judging.open_form()
            self._area.ensureWidgetVisible(self.judging, 0, 0)
        else:
            self.faces.choose(next(mode for mode, one in MODE_KEYS.items() if one == key))
            self.faces.setFocus()

    def _on_note(self) -> None:
        if self.pair is not None and not self.pair.veiled:
            self.note_wanted.emit(self.pair, None)

    def _on_correction(self, note: Note) -> None:
        if self.pair is not None:
            self.note_wanted.emit(self.pair, note)

    def _on_weight(self) -> None:
        phase = Phase(self.sender().property("phase"))
        if self.pair is not None:
            self.weight_wanted.emit(self.pair.patient.patient_id, self.session_id, phase)
