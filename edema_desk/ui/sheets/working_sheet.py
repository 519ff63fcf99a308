"""A sheet whose act takes a while."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.long_job import LongJob
from edema_desk.ui.parts.phrases import error_text, working_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column, label


class WorkingSheet(Sheet):
    """While it works a bar stands where the form was; closing it stops the work, and closes once
    it was stopped. What was chosen is there again when the work was stopped or failed.

    Subclasses put `working` into the body, and call `follow` once.
    """

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self.bar, self.progress_words = ShareBar(), label("muted")
        self.working = QWidget()
        self.working.setLayout(column(8, self.progress_words, self.bar, 8, gap=8))
        self.working.hide()
        self._form: Sequence[QWidget] = ()
        self._first_step = ""

    def follow(self, job: LongJob, form: Sequence[QWidget], first_step: str) -> None:
        """Show how `job` goes on in place of the parts of the form. `first_step` is what it
        does first, as in `Progress.what`; how it ends well is the subclass's."""
        self._followed, self._form, self._first_step = job, form, first_step
        job.started.connect(self._on_started)
        job.progressed.connect(self._on_progress)
        job.failed.connect(self._on_failed)
        job.broke.connect(self.back_to_form)

    def _on_started(self) -> None:
        for part in (*self._form, self.save_button):
            part.hide()
        self.working.show()
        self.bar.set_share(0.0)
        self.progress_words.setText(working_text(self._first_step, None))
        self.cancel_button.setText(self.tr("Stop"))
        self.fit()

    def _on_progress(self, what: str, done: float, total: float, left_s: float | None) -> None:
        self.bar.tell(done, total)
        self.progress_words.setText(working_text(what, left_s))

    def _on_failed(self, error: ExpectedError) -> None:
        self.back_to_form()
        stopped = error.code is ErrorCode.CANCELLED
        self.failure.say(error_text(error), "info" if stopped else "bad")
        self.fit()

    def back_to_form(self) -> None:
        """Everything chosen is there as before."""
        self.working.hide()
        for part in (*self._form, self.save_button):
            part.show()
        self.retranslate()
        self.fit()

    def reject(self) -> None:
        """Stop the work first; a second time, close."""
        if self._followed.busy and not self._followed.stopping:
            self._followed.cancel()
            self.cancel_button.setText(self.tr("Stopping…"))
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Closed: nothing is told any more."""
        self._followed.abandon()
        super().done(result)

    def show_failure(self, error: ExpectedError) -> None:
        """Say in place what went wrong; everything chosen is kept."""
        self.failure.say(error_text(error), "bad")
        self.fit()
