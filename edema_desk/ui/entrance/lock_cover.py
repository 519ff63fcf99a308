"""What a locked window shows: who is signed in, and nothing of any patient."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.errors import ExpectedError
from edema_desk.ui.capture.pill import RecordingPill
from edema_desk.ui.entrance.sign_in_form import SignInForm
from edema_desk.ui.parts.phrases import instruction_text, research_note
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, IconLabel, button, column, label, row, set_look

_FORM_PX = 380


class LockCover(QWidget):
    """Lies over all of its parent, opaque. `tried(login, password)`; the login is empty for who
    is signed in already."""

    tried = Signal(str, str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._name = window, ""
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, role="ground")
        self.setAutoFillBackground(True)
        self.heading, self.who = label("title"), label("muted", wrap=True)
        self.form = SignInForm(theme)
        self.other_button = button("quiet")
        self.note = label("caption", wrap=True)
        self.pill, self.cue = RecordingPill(), label("plate")
        self.going_on = label("muted", wrap=True)
        held = QWidget()
        held.setFixedWidth(_FORM_PX)
        head = row(IconLabel(theme, "lock", "accent", 26), self.heading, None, gap=12)
        foot = row(None, self.other_button, None)
        held.setLayout(column(head, self.who, 4, self.form, foot, self.note, gap=10))
        self.recording = QFrame()
        for part in (self.cue, self.going_on):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = row(None, self.pill, None)
        said = column(line, row(None, self.cue, None), self.going_on, gap=10)
        self.recording.setLayout(said)
        self.recording.hide()
        self._research = label("badge-research")
        self._research.setFixedHeight(28)
        top = row(IconLabel(theme, "drop", "accent", 28), label("title", "EdemaDesk"), None)
        top.addWidget(self._research)
        card = row(None, Card(held, margin=28), None)
        self.setLayout(column(top, None, card, 24, self.recording, None, margin=24))
        self.form.tried.connect(self.tried)
        self.other_button.clicked.connect(self._on_other)
        window.installEventFilter(self)
        self._retranslate()
        self.hide()

    def show_for(self, name: str, *, other: bool = False) -> None:
        """Cover everything; `other` asks for somebody else's name at once."""
        self._name = name
        self.form.clear()
        self.ask_other(other)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.form.begin()

    def uncover(self) -> None:
        """Forget what was typed, and go."""
        self.form.clear()
        self.show_recording(None)
        self.hide()

    def ask_other(self, other: bool) -> None:
        """Whether somebody else signs in, or who was here before goes on."""
        self.form.ask_login(other)
        self._retranslate()
        self.form.begin()

    def show_recording(self, view: CaptureView | None) -> None:
        """How a recording stands that goes on meanwhile: no picture, no name."""
        if view is None or view.recorded_ms <= 0:
            self.recording.hide()
            return
        self.pill.show_view(view)
        cue = instruction_text(view.instruction) if view.instruction is not None else ""
        runs = view.stage in (Stage.COUNTING, Stage.LOST, Stage.HOLDING, Stage.SEARCHING)
        self.cue.setText(cue)
        self.cue.setVisible(bool(cue) and runs)
        over = view.stage in (Stage.DONE, Stage.ENDED)
        self.going_on.setText(
            self.tr("The recording is kept.")
            if over
            else self.tr("The recording goes on, and is kept.")
        )
        self.recording.show()

    def show_failure(self, error: ExpectedError) -> None:
        """Say why nobody is let in."""
        self.form.show_failure(error)

    @property
    def asks_other(self) -> bool:
        """Whether somebody else's name is asked."""
        return self.form.login.isVisibleTo(self.form)

    def _on_other(self) -> None:
        self.form.clear()
        self.ask_other(not self.asks_other)

    def _retranslate(self) -> None:
        self.heading.setText(self.tr("Locked"))
        signed_in = self.tr("{name} is signed in").format(name=self._name)
        self.who.setText(signed_in if self._name else "")
        if self.asks_other:
            self.form.say(self.tr("Sign in"), self.tr("Please wait…"))
            self.other_button.setText(self.tr("Back to {name}").format(name=self._name))
            self.note.setText(
                self.tr(
                    "Whoever signs in begins at Today. What {name} typed and did not save is "
                    "dropped; a recording that runs is ended and kept."
                ).format(name=self._name)
            )
        else:
            self.form.say(self.tr("Unlock"), self.tr("Please wait…"))
            self.other_button.setText(self.tr("Sign in as somebody else"))
            self.note.setText(self.tr("What was typed is kept under this cover."))
        self._research.setText(research_note())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the window, and above whatever appears in it."""
        if watched is self._window and self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
            elif event.type() in (QEvent.Type.ChildAdded, QEvent.Type.LayoutRequest):
                self.raise_()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
