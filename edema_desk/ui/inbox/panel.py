"""The right side of the inbox: one file, or several, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from edema_desk.domain.inbox.filing import (
    FOR_A_PERSON,
    UNDER_WAY,
    InboxDoubt,
    InboxEntry,
    InboxItem,
    InboxState,
)
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.inbox.faces import InboxFaces
from edema_desk.ui.inbox.form import InboxForm
from edema_desk.ui.inbox.words import (
    doubts_hint,
    doubts_text,
    phase_word,
    seen_text,
    state_text,
    when_text,
    why_text,
)
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.phrases import error_text, working_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Notice, button, column, label, paint_photo, row
from edema_desk.ui.worklist.source import WorklistSource

WIDTH_PX = 416
_FACE_PX = 88
_UNDOABLE = frozenset({InboxState.TAKEN_IN, InboxState.SET_ASIDE})
_TRIABLE = frozenset({InboxState.REFUSED, InboxState.DUPLICATE, InboxState.SET_ASIDE})


class InboxPanel(Card):
    """Signals tell what is wanted of the files shown: `take_in_wanted`, `aside_wanted`,
    `undo_wanted`, `retry_wanted`, `open_wanted`; `consent_wanted(patient_id)`."""

    take_in_wanted = Signal()
    aside_wanted = Signal()
    undo_wanted = Signal()
    retry_wanted = Signal()
    open_wanted = Signal()
    consent_wanted = Signal(str)

    def __init__(
        self, jobs: DeskJobs, theme: Theme, source: WorklistSource, faces: InboxFaces
    ) -> None:
        super().__init__(gap=14, margin=20)
        self.setFixedWidth(WIDTH_PX)
        self.entries: tuple[InboxEntry, ...] = ()
        self._face = _Face(theme, faces)
        self._name, self._state, self._seen = (
            ElidedLabel("card-title"),
            label("strong"),
            ElidedLabel("caption"),
        )
        self._why, self._failure = Notice(theme, "attention"), Notice(theme, "bad")
        self._facts = label("muted", wrap=True)
        self._bar, self._step = ShareBar(), label("caption")
        self.form = InboxForm(jobs, theme, source)
        self.take_in, self.aside = button("primary"), button()
        self.undo, self.retry, self.open = button(), button(), button("quiet")
        self._build()
        self.take_in.clicked.connect(self.take_in_wanted)
        self.aside.clicked.connect(self.aside_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.retry.clicked.connect(self.retry_wanted)
        self.open.clicked.connect(self.open_wanted)
        self._why.acted.connect(self._on_consent)
        self.form.changed.connect(self._on_form)
        self.form.failed.connect(self.say_failure)
        self._retranslate()

    def _build(self) -> None:
        words = column(self._name, self._state, self._seen, None, gap=3)
        top = row(self._face, words, gap=14)
        top.setStretch(1, 1)
        inner = QWidget()
        parts = (self._why, self._facts, self._step, self._bar, self.form, None)
        inner.setLayout(column(*parts, gap=14))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addLayout(top)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._failure)
        acts = (self.take_in, self.undo, self.retry, self.aside, self.open)
        self.body.addLayout(row(*acts, None, gap=10))
        self._failure.hide()

    # what is shown

    def show_entries(self, entries: Sequence[InboxEntry]) -> None:
        """Show one file, several, or how to choose one. What is being entered for a file that
        still waits is kept."""
        before, self.entries = self.entries, tuple(entries)
        same = _waiting_ids(before) == _waiting_ids(self.entries) != ()
        if not same:
            self._failure.hide()
            if len(self.entries) >= 1 and self._all_in(FOR_A_PERSON):
                self.form.show_entry(self.entries[0])
        self._show()

    def show_progress(
        self, item_id: str | None, progress: tuple[str, float, float | None] | None
    ) -> None:
        """How far the file is that is being worked on, if it is the one shown."""
        one = self.entries[0].item if len(self.entries) == 1 else None
        shown = one is not None and one.item_id == item_id and progress is not None
        self._bar.setVisible(shown)
        self._step.setVisible(shown)
        if shown and progress is not None:
            what, done, left_s = progress
            self._bar.set_share(done)
            self._step.setText(working_text(what, left_s))

    def say_failure(self, error: ExpectedError) -> None:
        """Why something was not done."""
        self._failure.say(error_text(error), "bad")

    def clear_failure(self) -> None:
        """Nothing is wrong any more."""
        self._failure.say("")

    def set_busy(self, busy: bool) -> None:
        """While an answer is awaited nothing can be decided twice."""
        for part in (self.take_in, self.aside, self.undo, self.retry):
            part.setEnabled(not busy)
        if not busy:
            self._on_form()

    def _show(self) -> None:
        one = self.entries[0] if len(self.entries) == 1 else None
        self._face.show_item(one.item if one else None)
        self._face.setVisible(one is not None)
        waits = bool(self.entries) and self._all_in(FOR_A_PERSON)
        self.form.setVisible(waits)
        self.take_in.setVisible(waits)
        self.aside.setVisible(waits)
        self.undo.setVisible(bool(self.entries) and self._all_in(_UNDOABLE))
        triable = bool(self.entries) and self._all_in(_TRIABLE)
        self.retry.setVisible(triable and not self._all_in(_UNDOABLE))
        twin = one is not None and one.twin is not None
        opens = one is not None and (one.item.capture_id is not None or twin)
        self.open.setVisible(opens)
        self._say()
        self._on_form()

    def _say(self) -> None:
        count = len(self.entries)
        if count == 1:
            self._say_one(self.entries[0])
            return
        self._state.hide()
        self._seen.hide()
        said = self.tr("{count} files chosen").format(count=count)
        self._name.set_whole(said if count else self.tr("No file chosen"))
        self._facts.setText(
            self.tr("Each clip goes by its own time and finds its session by itself.")
            if count and self._all_in(FOR_A_PERSON)
            else ("" if count else self.tr("Choose a file to see what is known of it."))
        )
        self._facts.setVisible(bool(self._facts.text()))
        self._why.say("")

    def _say_one(self, entry: InboxEntry) -> None:
        item = entry.item
        self._name.set_whole(item.shown_name)
        self._state.setText(state_text(item))
        self._state.show()
        self._seen.show()
        self._seen.set_whole(seen_text(item))
        if item.state is InboxState.WAITING:
            gap = "\n" if doubts_hint(item) else ""
            asks = InboxDoubt.NO_CONSENT in item.doubts and item.target.patient_id is not None
            action = self.tr("Record the consent…") if asks else ""
            self._why.say(doubts_text(item) + gap + doubts_hint(item), "attention", action)
        elif item.state is InboxState.REFUSED:
            self._why.say(why_text(entry), "bad")
        else:
            self._why.say(why_text(entry), "attention" if item.error else "info")
        known = item.state not in FOR_A_PERSON and entry.patient is not None
        lines = []
        if known and entry.patient is not None:
            lines = [f"{entry.patient.name} · {entry.patient.chart_number}"]
            lines += [" · ".join(part for part in (when_text(item), phase_word(item)) if part)]
        self._facts.setText("\n".join(lines))
        self._facts.setVisible(bool(lines))

    def _all_in(self, states: frozenset[InboxState]) -> bool:
        return all(entry.item.state in states for entry in self.entries)

    def _on_form(self) -> None:
        several = len(self.entries) > 1
        self.form.show_time(not several)
        if self.form.session is not None and several:
            self.form.session.hide()
        ready = self.form.who.patient is not None if several else self.form.whole
        self.take_in.setEnabled(ready)

    def _on_consent(self) -> None:
        one = self.entries[0].item if len(self.entries) == 1 else None
        if one is not None and one.target.patient_id is not None:
            self.consent_wanted.emit(one.target.patient_id)

    def _retranslate(self) -> None:
        self.take_in.setText(self.tr("Take in"))
        self.aside.setText(self.tr("Set aside"))
        self.undo.setText(self.tr("Undo"))
        self.retry.setText(self.tr("Try again"))
        self.open.setText(self.tr("Open the patient"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _waiting_ids(entries: Sequence[InboxEntry]) -> tuple[tuple[str, InboxState], ...]:
    return tuple((e.item.item_id, e.item.state) for e in entries if e.item.state not in UNDER_WAY)


class _Face(QWidget):
    """The face in a clip, larger."""

    def __init__(self, theme: Theme, faces: InboxFaces) -> None:
        super().__init__()
        self._theme, self._faces = theme, faces
        self._item: InboxItem | None = None
        self.setFixedSize(_FACE_PX, _FACE_PX)
        faces.arrived.connect(self._on_face)

    def show_item(self, item: InboxItem | None) -> None:
        """Another file."""
        self._item = item
        self.update()

    def _on_face(self, item_id: str) -> None:
        if self._item is not None and self._item.item_id == item_id:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the face, or the outline of a person."""
        painter = QPainter(self)
        image = self._faces.image(self._item) if self._item else None
        paint_photo(painter, QRectF(self.rect()), image, self._theme)
        painter.end()
