"""Stored captures estimated again by the model in use."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.models.view import Reestimated
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.model_jobs import ModelJob
from edema_desk.ui.models.progress import WorkProgress
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, label
from edema_desk.ui.pieces.models_words import short_name


class ReestimateSheet(Sheet):
    """What was estimated until it is stopped stays; begun again it goes on there."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget, in_use: str) -> None:
        super().__init__(jobs, theme, parent)
        self._in_use = in_use
        self._done: Reestimated | None = None
        self._stopped = False
        self.job = ModelJob(jobs, self)
        self._how = label(wrap=True)
        self.progress, self.outcome = WorkProgress(), Notice(theme)
        self.outcome.hide()
        self.put(self._how, self.progress, self.outcome)
        self.job.progressed.connect(self.progress.tell)
        self.job.finished.connect(self._on_done)
        self.job.failed.connect(self._on_failure)
        self.job.broke.connect(self._on_over)
        self.progress.stopped.connect(self.job.cancel)
        self.finished.connect(self.job.abandon)
        self.retranslate()

    def save(self) -> None:
        """Begin, or close once it is done."""
        if self._done is not None:
            self.accept()
            return
        self.clear_failure()
        self.outcome.say("")
        self.progress.begin()
        self.set_busy(busy=True)
        self.fit()
        self.job.reestimate()

    def _on_over(self) -> None:
        self.progress.hide()
        self.set_busy(busy=False)
        self.retranslate()

    def _on_done(self, done: Reestimated) -> None:
        self._done = done
        self._on_over()

    def _on_failure(self, error: ExpectedError) -> None:
        self._stopped = error.code is ErrorCode.CANCELLED
        self._on_over()
        if not self._stopped:
            self.show_failure(error)

    def retranslate(self) -> None:
        """Set every text again."""
        save = self.tr("Close") if self._done is not None else self.tr("Estimate again")
        self.say_heading(self.tr("Estimate stored captures again"), save)
        self.cancel_button.setVisible(self._done is None)
        how = self.tr(
            "Every capture whose estimate is another model's is estimated by {name}, from its "
            "stored faces. The new estimates count from then on; the earlier ones stay readable."
        )
        self._how.setText(how.format(name=short_name(self._in_use)))
        if self._done is not None:
            said = self.tr(
                "{captures} captures were estimated again. {without} could not be: their faces are "
                "no longer kept."
            )
            done = self._done
            self.outcome.say(said.format(captures=done.captures, without=done.without_crops))
        elif self._stopped:
            self.outcome.say(self.tr("Stopped. What was estimated so far stays."))
        self.fit()
