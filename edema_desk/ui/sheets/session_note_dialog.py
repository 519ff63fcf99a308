"""Writing a note on a session, or correcting one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.terms.notes import LONGEST_NOTE, Note
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import day_text, error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.pieces.patient_banner import PatientBanner

_TEXT_PX = 150


class NoteEdit(QPlainTextEdit):
    """Enter begins a line, so Ctrl+Enter saves: `save_asked()`. Tab leads on."""

    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_TEXT_PX)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is no text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_asked.emit()
        else:
            super().keyPressEvent(event)


class NoteDialog(Sheet):
    """`before` is the note that is corrected, None for a new one. Ctrl+Enter saves; what was typed
    stays when saving fails. `written()` when it is on record."""

    written = Signal()

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        pair: SessionPair,
        before: Note | None,
        parent: QWidget,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._pair, self._before = pair, before
        banner = PatientBanner(jobs, theme, compact=True)
        banner.show_patient(pair.patient, alike=pair.alike)
        self._day = label("muted")
        self.text_edit, self.reason_edit = NoteEdit(), QLineEdit()
        self.text, self.reason = Field(self.text_edit), Field(self.reason_edit)
        self.put(banner, self._day, self.text, self.reason)
        self.reason.setVisible(before is not None)
        if before is not None:
            self.text_edit.setPlainText(before.text)
            self.text_edit.moveCursor(QTextCursor.MoveOperation.End)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_written)
        self._call.failed.connect(self.show_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.text_edit.save_asked.connect(self.save)
        self.retranslate()
        self.text_edit.setFocus()

    def save(self) -> None:
        """Write it, once there is a text, and for a correction a reason."""
        self.clear_failure()
        text, reason = self.text_edit.toPlainText().strip(), self.reason_edit.text().strip()
        wrong = self._wrong(text)
        self.text.complain(error_text(wrong) if wrong is not None else "")
        needs = self._before is not None and not reason
        self.reason.complain(error_text(ExpectedError(ErrorCode.REASON_NEEDED)) if needs else "")
        self.fit()
        if wrong is not None or needs or self._call.waiting:
            return
        notes = self.jobs.desk.notes
        if self._before is not None:
            entry = (self._before.note_id, text, reason)
            self._call.start(notes.correct_note(self.acts.of(*entry), *entry))
        else:
            session_id = self._pair.entry.session.session_id
            of = (self._pair.patient.patient_id, session_id, text)
            self._call.start(notes.add_note(self.acts.of(*of), *of))

    def _wrong(self, text: str) -> ExpectedError | None:
        field = self.text.caption.text()
        if not text:
            return ExpectedError(ErrorCode.FIELD_EMPTY, field=field)
        if len(text) > LONGEST_NOTE:
            return ExpectedError(ErrorCode.FIELD_TOO_LONG, field=field, limit=LONGEST_NOTE)
        return None

    def _on_written(self) -> None:
        self.written.emit()
        corrected = self._before is not None
        self.finish(self.tr("The note is corrected.") if corrected else self.tr("Note written."))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.text, self.reason)

    def retranslate(self) -> None:
        """Set every text again."""
        if self._before is None:
            self.say_heading(self.tr("Note"), self.tr("Write note"))
        else:
            self.say_heading(self.tr("Correct a note"), self.tr("Correct note"))
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self._day.setText(day_text(self._pair.entry.session.day))
        self.text.say(self.tr("Note"))
        self.reason.say(self.tr("Why it is corrected"))
