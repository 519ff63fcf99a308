"""The training that is under way or waits to go on, over the page."""

from PySide6.QtCore import Signal

from edema_desk.domain.models.view import TrainingStep
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.model_jobs import TrainingJob
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, Notice, button, column, label, row, set_look
from edema_desk.ui.pieces.models_words import duration_text, plan_text, training_left, training_text


class TrainingBar(Card):
    """Hidden while there is none. `compare_wanted(model_id)` when one is done; `ended()` when one
    ended, so that the list is another."""

    compare_wanted = Signal(str)
    ended = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__(margin=STEP_PX * 4)
        self._jobs = jobs
        self.job = TrainingJob(jobs, self)
        self._put_away = ""
        self._step = self.job.state.step
        self.what, self._of, self.left = (
            label("strong", wrap=True),
            label("caption"),
            label("muted"),
        )
        self.bar = ShareBar()
        self.stop, self.go_on = button(), button("primary")
        self.give_up, self.compare, self.close_ = (
            button("quiet"),
            button("primary"),
            button("quiet"),
        )
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        told = column(self.what, self._of, self.bar, self.left, gap=STEP_PX)
        acts = (self.stop, self.go_on, self.give_up, self.compare, self.close_)
        line = row(told, *acts, gap=STEP_PX * 2)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.failure)
        self._call = DeskCall(jobs, self)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.job.changed.connect(self._on_changed)
        self._call.failed.connect(self._on_failure)
        self.stop.clicked.connect(self._on_stop)
        self.go_on.clicked.connect(self._on_go_on)
        self.give_up.clicked.connect(self._on_give_up)
        self.compare.clicked.connect(self._on_compare)
        self.close_.clicked.connect(self._on_put_away)

    @property
    def free(self) -> bool:
        """Whether another training could begin."""
        return self.job.state.step in (TrainingStep.NONE, TrainingStep.DONE)

    def _on_changed(self) -> None:
        step = self.job.state.step
        changed, self._step = step is not self._step, step
        self.retranslate()
        if changed:
            self.failure.say("")
            self.ended.emit()

    def _on_stop(self) -> None:
        self._jobs.desk.models.training.stop()

    def _on_go_on(self) -> None:
        self.failure.say("")
        self._call.start(self._jobs.desk.models.training.go_on())

    def _on_give_up(self) -> None:
        self.failure.say("")
        self._call.start(self._jobs.desk.models.training.give_up(new_id()))

    def _on_compare(self) -> None:
        self.compare_wanted.emit(self.job.state.model_id)

    def _on_put_away(self) -> None:
        self._put_away = self.job.state.model_id
        self.retranslate()

    def _on_failure(self, error: ExpectedError) -> None:
        self.failure.say(error_text(error))

    def retranslate(self) -> None:
        """Set every text again."""
        state, may = self.job.state, self._jobs.may(ActKind.TRAIN_MODEL)
        waits, done = state.step is TrainingStep.WAITS, state.step is TrainingStep.DONE
        self.setVisible(
            state.step is not TrainingStep.NONE and not (done and self._put_away == state.model_id)
        )
        self.what.setText(training_text(state, held=self.job.held))
        set_look(self.what, role="attention" if state.error is not None else "strong")
        self._of.setVisible(state.plan is not None and not done)
        if state.plan is not None:
            said = self.tr("{what}, {time}")
            time = duration_text(state.plan.minutes)
            self._of.setText(said.format(what=plan_text(state.plan), time=time))
        self.bar.setVisible(state.runs)
        self.bar.set_share(state.done or None)
        self.left.setText(training_left(state))
        self.left.setVisible(bool(self.left.text()))
        self.stop.setVisible(state.runs and may)
        self.stop.setEnabled(not state.stopping)
        self.go_on.setVisible(waits and may)
        self.give_up.setVisible(waits and may)
        self.compare.setVisible(done)
        self.close_.setVisible(done)
        self.stop.setText(self.tr("Stop"))
        self.go_on.setText(self.tr("Go on"))
        self.give_up.setText(self.tr("Give it up"))
        self.compare.setText(self.tr("Compare…"))
        self.close_.setText(self.tr("Close"))
