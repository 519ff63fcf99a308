"""What all dialogs share: who it is about, fields, a failure in place, and two buttons."""

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Notice, Part, button, column, label, row

WIDTH_PX = 720


class ActIds:
    """One identifier for one entry: trying the same again keeps it, changing it makes another."""

    def __init__(self) -> None:
        self._of: dict[Hashable, str] = {}

    def of(self, *entry: Hashable) -> str:
        """The identifier of an entry."""
        return self._of.setdefault(entry, new_id())


class Sheet(QDialog):
    """A dialog over its window. What was typed stays when saving fails.

    `done_well(str)` with a sentence for the person when the act is done. Subclasses fill
    `body`, and answer `save` and `retranslate`. Enter saves, Escape closes.
    """

    done_well = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.jobs, self.theme = jobs, theme
        self.acts = ActIds()
        self._had_focus: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.heading = label("title")
        self.body = column(gap=STEP_PX * 4)
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self.cancel_button, self.save_button = button(), button("primary")
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.save_button.setDefault(True)
        self.footer = row(None, self.cancel_button, self.save_button, gap=12)
        self._box = self._layout()
        self.setLayout(self._box)
        self.setFixedWidth(WIDTH_PX)

    def _layout(self) -> QVBoxLayout:
        parts = (self.heading, self.body, self.failure, STEP_PX, self.footer)
        box = column(*parts, gap=16, margin=24)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        return box

    def put(self, *parts: Part) -> None:
        """Add parts to the body, one under another."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            elif isinstance(part, int):
                self.body.addSpacing(part)
            elif part is not None:
                self.body.addLayout(part)

    def save(self) -> None:
        """Check what was typed and do the act."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text again."""

    def say_heading(self, heading: str, save: str) -> None:
        """The words over the body and on the button that saves."""
        self.heading.setText(heading)
        self.setWindowTitle(heading)
        self.save_button.setText(save)
        self.cancel_button.setText(QCoreApplication.translate("Sheet", "Cancel"))

    def show_failure(self, error: ExpectedError) -> None:
        """Say in place why the act was not done; everything typed is kept."""
        self.failure.say(error_text(error))
        self.fit()

    def clear_failure(self) -> None:
        """Nothing is wrong any more."""
        if self.failure.text.text():
            self.failure.say("")
            self.fit()

    def set_busy(self, busy: bool) -> None:
        """While an answer is awaited nothing can be changed, and the act not be done twice."""
        if busy:
            self._had_focus = self.focusWidget()
        for part in (self.save_button, *self.locked_while_busy()):
            part.setEnabled(not busy)
        if not busy and self._had_focus is not None:
            self._had_focus.setFocus()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return ()

    def finish(self, sentence: str) -> None:
        """The act is done: tell, and close."""
        self.done_well.emit(sentence)
        self.accept()

    def fit(self) -> None:
        """Be as high as the parts want now."""
        self._box.invalidate()
        self._box.activate()
        bent = self._box.hasHeightForWidth()
        wanted_px = self._box.totalHeightForWidth(WIDTH_PX) if bent else 0
        self.setFixedHeight(max(wanted_px, self._box.totalSizeHint().height()))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
