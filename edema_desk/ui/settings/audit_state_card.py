"""How the record of acts stands: whole or not, verified when, and its head to be printed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from edema_desk.domain.keeping.record_of_acts import RecordState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.audit_job import AuditJob
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import error_text, left_text
from edema_desk.ui.parts.printing import PrinterChoice, print_page
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, button, label, row
from edema_desk.ui.pieces.audit_words import fault_text, moment_text
from edema_desk.ui.settings.card import SettingsCard


class AuditStateCard(SettingsCard):
    """`verify` proves the whole record with progress and cancel; `copy` and `print` give out the
    head's code, to be kept elsewhere."""

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._jobs = jobs
        self._state: RecordState | None = None
        self._heading, self.verified = label("card-title"), label(wrap=True)
        self.signed, self._note = label("muted", wrap=True), label("caption", wrap=True)
        self.fault, self.failure = Notice(theme, "bad"), Notice(theme, "bad")
        self.fault.hide()
        self.failure.hide()
        self.verify, self.stop, self.copy, self.print_ = button(), button(), button(), button()
        self.bar, self._left = ShareBar(), label("muted")
        self.code = label("caption", wrap=True)
        self._ask, self._head = DeskCall(jobs, self), DeskCall(jobs, self)
        self._printing = False
        self._printer = PrinterChoice(self, self.print_to)
        self.job = AuditJob(jobs, self)
        for part in (self._heading, self.fault, self.verified, self.signed, self.failure):
            self.body.addWidget(part)
        self.body.addLayout(row(self.verify, self.copy, self.print_, None))
        self.body.addLayout(row(self.bar, self._left, self.stop))
        self.body.addWidget(self.code)
        self.body.addWidget(self._note)
        self._connect()
        self._show_busy(busy=False)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.hide()
        self.retranslate()

    def _connect(self) -> None:
        self._ask.answered.connect(self._on_state)
        self._ask.failed.connect(self._on_failure)
        self._head.answered.connect(self._on_head)
        self._head.failed.connect(self._on_failure)
        self.verify.clicked.connect(self.job.verify)
        self.stop.clicked.connect(self.job.cancel)
        self.copy.clicked.connect(self._on_copy)
        self.print_.clicked.connect(self._on_print)
        self.job.started.connect(self._on_started)
        self.job.progressed.connect(self._on_progress)
        self.job.finished.connect(self._on_end)
        self.job.failed.connect(self._on_failure)
        self.job.broke.connect(self._on_end)

    def refresh(self) -> None:
        """Ask how the record stands."""
        self._ask.start(self._jobs.desk.audit.state())

    def _on_state(self, state: RecordState) -> None:
        self._state = state
        self._say()

    def _say(self) -> None:
        state = self._state
        if state is None:
            return
        self.fault.say(fault_text(state.fault, state.at_row) if state.fault else "")
        last = state.verified
        if last is None:
            said = self.tr("{acts} acts. The whole was not verified yet.").format(acts=state.acts)
        elif last.fault is None:
            said = self.tr("{acts} acts. Verified and whole: {when}.").format(
                acts=state.acts, when=moment_text(last.at)
            )
        else:
            said = self.tr("{acts} acts. Verified and not whole: {when}.").format(
                acts=state.acts, when=moment_text(last.at)
            )
        self.verified.setText(said)
        signed = ""
        if state.head_at is not None:
            signed = self.tr("Signed up to act {row}, {when}.").format(
                row=state.head_rows, when=moment_text(state.head_at)
            )
        self.signed.setText(signed)
        self.signed.setVisible(bool(signed))

    def _show_busy(self, *, busy: bool) -> None:
        for part in (self.bar, self._left, self.stop):
            part.setVisible(busy)
        self.verify.setEnabled(not busy)

    def _on_started(self) -> None:
        self.failure.say("")
        self.bar.set_share(0.0)
        self._left.setText("")
        self._show_busy(busy=True)

    def _on_progress(self, what: str, done: float, total: float, left_s: float | None) -> None:
        del what
        self.bar.tell(done, total)
        self._left.setText(left_text(left_s))

    def _on_end(self) -> None:
        self._show_busy(busy=False)
        self.refresh()

    def _on_failure(self, error: ExpectedError) -> None:
        self._show_busy(busy=self.job.busy)
        if error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error))

    def _on_copy(self) -> None:
        self._printing = False
        self._head.start(self._jobs.desk.audit.printed_head())

    def _on_print(self) -> None:
        self._printing = True
        self._head.start(self._jobs.desk.audit.printed_head())

    def _on_head(self, sheet: str) -> None:
        self.code.setText(sheet)
        self.code.show()
        if self._printing:
            self._printer.ask()
        else:
            QGuiApplication.clipboard().setText(sheet)
            self.done_well.emit(self.tr("The check code was copied"))
        self.refresh()

    def print_to(self, printer: QPrinter) -> None:
        """Put the head that is shown on a page."""
        print_page(f"{self.code.text()}\n\n{self._note.text()}", printer)

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Whether the record is whole"))
        self.verify.setText(self.tr("Verify now"))
        self.stop.setText(self.tr("Cancel"))
        self.copy.setText(self.tr("Copy the check code"))
        self.print_.setText(self.tr("Print the check code…"))
        self._note.setText(
            self.tr(
                "Each act carries a hash of the one before it. Keep a printed code away from this "
                "PC: it shows later whether the record was cut off or made anew, also by somebody "
                "who holds every key."
            )
        )
        self._say()
