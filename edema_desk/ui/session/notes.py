"""The card of a session's notes: as they stand, who wrote them, and what they said before."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from edema_desk.domain.terms.notes import Note, NoteThread, note_threads
from edema_desk.plots.wording import moment_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Card, Part, button, column, label, row
from edema_desk.ui.pieces.audit_words import who_text

NOTE_KEY = "N"


class NotesCard(Card):
    """`note_asked()` from its button, `correction_asked(Note)` from that of a note."""

    note_asked = Signal()
    correction_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=STEP_PX * 3)
        self.title, self.empty = label("card-title"), label("muted", wrap=True)
        self.add = button()
        self.add.clicked.connect(self.note_asked)
        self._list = QVBoxLayout()
        self._list.setSpacing(STEP_PX * 4)
        self.body.addWidget(self.title)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._list)
        self.body.addLayout(row(self.add, None))
        self._notes: tuple[Note, ...] = ()
        self._names: Mapping[str, str] = {}
        self._may = False
        self._entries: list[QWidget] = []
        self._open: set[str] = set()
        self.threads: tuple[NoteThread, ...] = ()
        self.buttons: list[QPushButton] = []
        self._retranslate()

    def show_notes(self, notes: Sequence[Note], names: Mapping[str, str], *, may: bool) -> None:
        """Write everything anew; `names` of users by their ids. Who `may` write has buttons."""
        before = (self._notes, self._names, self._may)
        self._notes, self._names, self._may = tuple(notes), names, may
        if before != (self._notes, self._names, self._may):
            self._show()

    def texts(self) -> list[str]:
        """The notes as they stand, the newest first."""
        return [thread.now.text for thread in self.threads]

    def _show(self) -> None:
        self.threads = note_threads(self._notes)
        for old in self._entries:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._entries, self.buttons = [], []
        for place, thread in enumerate(self.threads):
            self._add(place, thread)
        self.empty.setVisible(not self.threads)
        self.add.setVisible(self._may)

    def _add(self, place: int, thread: NoteThread) -> None:
        text = label(text=thread.now.text, wrap=True)
        parts: list[Part] = [text, label("caption", self._who(thread.now), wrap=True)]
        acts: list[Part] = []
        if self._may:
            acts.append(self._button(self.tr("Correct…"), place, self._on_correct))
        if thread.before:
            is_open = thread.now.note_id in self._open
            said = self.tr("Hide earlier") if is_open else self.tr("Earlier ({count})")
            words = said.format(count=len(thread.before))
            acts.append(self._button(words, place, self._on_history))
        if acts:
            parts.append(row(*acts, None, gap=STEP_PX))
        if thread.before and thread.now.note_id in self._open:
            parts.extend(self._history(thread))
        entry = QWidget()
        entry.setLayout(column(*parts, gap=2))
        self._entries.append(entry)
        self._list.addWidget(entry)

    def _history(self, thread: NoteThread) -> list[Part]:
        parts: list[Part] = []
        for one in thread.before:
            parts += [STEP_PX, label("muted", one.text, wrap=True)]
            parts.append(label("caption", self._who(one), wrap=True))
        return parts

    def _who(self, one: Note) -> str:
        said = [moment_text(one.written_at), who_text(one.actor, self._names)]
        if one.supersedes:
            said.append(self.tr("corrected: {reason}").format(reason=one.reason))
        return " · ".join(said)

    def _button(self, words: str, place: int, slot: object) -> QPushButton:
        made = button("quiet")
        made.setText(words)
        made.setProperty("place", place)
        made.clicked.connect(slot)
        self.buttons.append(made)
        return made

    def _on_correct(self) -> None:
        self.correction_asked.emit(self.threads[int(self.sender().property("place"))].now)

    def _on_history(self) -> None:
        clicked = self.sender()
        note_id = self.threads[int(clicked.property("place"))].now.note_id
        at = next(i for i, one in enumerate(self.buttons) if one is clicked)
        self._open ^= {note_id}
        self._show()
        self.buttons[at].setFocus()  # another button stands in the place of the one with the keys

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Notes"))
        self.empty.setText(self.tr("No note is written yet."))
        self.add.setText(self.tr("Write a note…"))
        self.add.setToolTip(NOTE_KEY)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
