"""The card of judgements: the form for who judges, and judgements beside estimate and scale."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.terms.judgement import NewJudgement
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import ActIds
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, Notice, button, column, label, row
from edema_desk.ui.pieces.judgement_words import judgement_lines, judgement_rows
from edema_desk.ui.pieces.session_facts import PHASES
from edema_desk.ui.session.judgement_form import FaceForm
from edema_desk.ui.session.panel import FactsTable

JUDGE_KEY = "J"


class JudgingCard(Card):
    """`judged()` when a judgement is on record. A veiled session shows nothing but the form."""

    judged = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__(gap=STEP_PX * 3)
        self._jobs = jobs
        self._pair: SessionPair | None = None
        self._may, self._open = False, False
        self._acts = ActIds()
        self.title, self.intro = label("card-title"), label("muted", wrap=True)
        self.table, self.lines = FactsTable(), label("caption", wrap=True)
        self.begin = button()
        self.forms = {phase: FaceForm(phase) for phase in PHASES}
        self.failure = Notice(theme, "bad")
        self.save, self.cancel, self.skip = button("primary"), button("quiet"), button("quiet")
        self.reason_edit = QLineEdit()
        self.reason, self.show_now = Field(self.reason_edit), button()
        self._form, self._skipping = QWidget(), QWidget()
        self._lay_out()
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_judged)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self._on_waiting)
        self.begin.clicked.connect(self.open_form)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self._on_cancel)
        self.skip.clicked.connect(self._on_skip)
        self.show_now.clicked.connect(self._on_show_now)
        self.reason_edit.returnPressed.connect(self._on_show_now)
        self._retranslate()

    def _lay_out(self) -> None:
        self._skipping.setLayout(column(self.reason, row(self.show_now, None)))
        acts = row(self.save, self.cancel, None)
        forms, skip = self.forms.values(), row(self.skip, None)
        parts = column(*forms, self.failure, acts, skip, self._skipping, gap=STEP_PX * 3)
        self._form.setLayout(parts)
        for part in (self.title, self.intro, self.table, self.lines, self._form):
            self.body.addWidget(part)
        self.body.addLayout(row(self.begin, None))

    @property
    def form_open(self) -> bool:
        """Whether the form is on the card."""
        return self._open

    def show_pair(self, pair: SessionPair, *, may: bool) -> None:
        """Show a session. What was chosen stays while it is the same session and as veiled."""
        before = self._pair
        same = (
            before is not None
            and before.entry.session.session_id == pair.entry.session.session_id
            and before.veiled == pair.veiled
        )
        self._pair, self._may = pair, may
        if not same:
            self._open = pair.veiled
            self._clear()
        self._show()

    def open_form(self) -> None:
        """Let who may judge do so; the keys go to the first choice."""
        if not self._may or not self._faces():
            return
        if not self._open:
            self._open = True
            self._clear()
            self._show()
        first = next(form for form in self.forms.values() if form.capture_id)
        first.edema.setFocus()
        first.edema.findChildren(QWidget)[0].setFocus()

    def _faces(self) -> dict[Phase, str]:
        """The captures that have a face to judge; while veiled, those not judged by now."""
        pair = self._pair
        if pair is None:
            return {}
        judged = {one.capture_id for one in pair.judgements} if pair.veiled else set()
        details = {phase: pair.detail(phase) for phase in PHASES}
        return {
            phase: detail.capture.capture_id
            for phase, detail in details.items()
            if detail is not None
            and detail.capture.frames_chosen
            and detail.capture.capture_id not in judged
        }

    def _clear(self) -> None:
        faces = self._faces()
        for phase, form in self.forms.items():
            form.clear(faces.get(phase, ""))
        self.reason_edit.clear()
        self.reason.complain("")
        self.failure.say("")
        self._skipping.hide()

    def _show(self) -> None:
        pair = self._pair
        if pair is None:
            return
        veiled, faces = pair.veiled, self._faces()
        self.setVisible(veiled or bool(pair.judgements) or (self._may and bool(faces)))
        self._say_title()
        told = bool(pair.judgements) and not veiled
        for part in (self.table, self.lines):
            part.setVisible(told)
        self.table.show_rows(judgement_rows(pair) if told else ())
        lines = judgement_lines(pair)
        self.lines.setText("\n".join("\n".join(line) for line in lines))
        self._form.setVisible(self._open)
        for phase, form in self.forms.items():
            form.setVisible(phase in faces)
        self.begin.setVisible(self._may and not self._open and bool(faces))
        self.cancel.setVisible(not veiled)
        self.skip.setVisible(veiled and self._skipping.isHidden())

    def _say_title(self) -> None:
        veiled = self._pair is not None and self._pair.veiled
        untold = self._pair is not None and self._pair.untold
        self.title.setText(self.tr("Judge first") if veiled else self.tr("Judgements"))
        self.intro.setText(self._intro(untold=untold) if veiled else "")
        self.intro.setVisible(veiled)

    def _intro(self, *, untold: bool) -> str:
        said = self.tr("Weights, estimates and notes of this session are shown once you judged.")
        if untold:
            return said
        known = self.tr(
            "They were open to you before you chose to judge first: this does not count as blind."
        )
        return f"{said} {known}"

    # what is entered

    def _on_save(self) -> None:
        wrong, said = None, []
        for phase in self._faces():
            try:
                said.append(self.forms[phase].judgement())
            except ExpectedError as error:
                wrong = error
        if wrong is None:
            self._enter(tuple(said))

    def _on_skip(self) -> None:
        self._skipping.show()
        self.skip.hide()
        self.reason_edit.setFocus()

    def _on_show_now(self) -> None:
        reason = self.reason_edit.text().strip()
        needed = error_text(ExpectedError(ErrorCode.REASON_NEEDED))
        self.reason.complain("" if reason else needed)
        if reason:
            faces = self._faces().values()
            self._enter(tuple(NewJudgement(one, skipped=reason) for one in faces))

    def _on_cancel(self) -> None:
        self._open = False
        self._show()
        self.begin.setFocus()

    def _enter(self, said: tuple[NewJudgement, ...]) -> None:
        if said and not self._call.waiting:
            self.failure.say("")
            self._call.start(self._jobs.desk.notes.judge(self._acts.of(said), said))

    def _on_judged(self) -> None:
        self._open = False
        self._show()
        self.judged.emit()

    def _on_failure(self, error: ExpectedError) -> None:
        self.failure.say(error_text(error))

    def _on_waiting(self, waiting: bool) -> None:
        self._form.setEnabled(not waiting)

    def _retranslate(self) -> None:
        self.begin.setText(self.tr("Judge this session"))
        self.begin.setToolTip(JUDGE_KEY)
        self.save.setText(self.tr("Save judgement"))
        self.cancel.setText(self.tr("Cancel"))
        self.skip.setText(self.tr("Show without judging…"))
        self.reason.say(self.tr("Why you do not judge"))
        self.show_now.setText(self.tr("Show"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
