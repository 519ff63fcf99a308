"""Inbox: clips from tablets and folders, matched to patients or waiting to be."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.course.views import Change
from edema_desk.domain.inbox.filing import FOR_A_PERSON, UNDER_WAY, InboxEntry
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.inbox_job import InboxJob
from edema_desk.ui.inbox.faces import InboxFaces
from edema_desk.ui.inbox.folder_dialog import InboxFolderDialog
from edema_desk.ui.inbox.panel import InboxPanel
from edema_desk.ui.inbox.table import InboxTable
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import error_text, left_text, step_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Chips, EmptyState, Notice, button, column, label, row
from edema_desk.ui.worklist.source import WorklistSource

WAITING, ALL = "waiting", "all"


class InboxPage(Page):
    """`waiting_changed(count)` when another number of files waits for a person;
    `folder_chosen(folder, after)` when the clinic chose a folder."""

    waiting_changed = Signal(int)
    folder_chosen = Signal(str, str)

    def __init__(self, jobs: DeskJobs, theme: Theme, source: WorklistSource) -> None:
        super().__init__(jobs, theme)
        self.inbox = InboxJob(jobs, self)
        self._entries: tuple[InboxEntry, ...] | None = None
        self._failure: ExpectedError | None = None
        self._again = False
        self.groups, self._now = Chips((WAITING, ALL)), label("muted")
        self.groups.choose(ALL)
        self._folder, self._show_folder = button(), button("quiet")
        self.stopped = Notice(theme, "attention")
        faces = InboxFaces(jobs, self.inbox, self)
        self.table = InboxTable(theme, faces)
        self.panel = InboxPanel(jobs, theme, source, faces)
        self.empty = EmptyState(theme, "inbox")
        self._stack = QStackedWidget()
        self._build()
        self._load, self._act = DeskCall(jobs, self), DeskCall(jobs, self)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.stopped.hide()
        listed = Card(self.table, margin=0)
        listed.body.setContentsMargins(1, 4, 1, 14)
        full = QWidget()
        both = row(listed, self.panel, gap=16)
        both.setStretch(0, 1)
        full.setLayout(both)
        alone = Card(self.empty, margin=0)
        self._stack.addWidget(alone)
        self._stack.addWidget(full)
        tools = row(self.groups, self._now, None, self._show_folder, self._folder, gap=14)
        box = column(tools, self.stopped, self._stack, gap=14)
        box.setStretch(2, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.inbox.changed.connect(self._on_inbox)
        self._load.answered.connect(self._on_entries)
        self._load.failed.connect(self._on_failure)
        self._act.answered.connect(self._on_decided)
        self._act.failed.connect(self.panel.say_failure)
        self._act.waiting_changed.connect(self.panel.set_busy)
        self.groups.chosen.connect(self._on_group)
        self.table.selected.connect(self._on_selected)
        self.panel.take_in_wanted.connect(self.take_in)
        self.panel.aside_wanted.connect(self.set_aside)
        self.panel.undo_wanted.connect(self.undo)
        self.panel.retry_wanted.connect(self.retry)
        self.panel.open_wanted.connect(self._on_open)
        self.panel.consent_wanted.connect(self._on_consent)
        self._folder.clicked.connect(self.ask_folder)
        self._show_folder.clicked.connect(self._on_show_folder)
        self.empty.acted.connect(self._on_empty_act)
        self.stopped.acted.connect(self.ask_folder)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Inbox")

    def subtitle(self) -> str:
        """How many wait."""
        count = self.waiting
        return self.tr("{count} waiting for you").format(count=count) if count else ""

    @property
    def waiting(self) -> int:
        """How many files wait for a person."""
        return sum(entry.item.state in FOR_A_PERSON for entry in self._entries or ())

    def refresh(self) -> None:
        """Ask for the files again; while an answer is awaited, once more after it."""
        if self._load.waiting:
            self._again = True
        else:
            self._load.start(self.inbox.entries())

    def on_change(self, change: Change) -> None:
        """A patient may have another name now, a clip an estimate."""
        del change
        self.refresh()

    def watch(self, folder: str, after: str) -> None:
        """Watch a folder from now on."""
        self.inbox.watch(folder, after)

    # what is decided

    def take_in(self) -> None:
        """Take the chosen files in as the form says."""
        self.panel.clear_failure()
        ids, form = self._chosen(), self.panel.form
        patient, phase = form.who.patient, form.phase
        if patient is None or not ids:
            return
        if len(ids) > 1:
            told = self.inbox.assign_several(ids, patient.patient_id, phase)
            self._act.start(told)
        elif phase is not None and form.whole:
            session_id = form.session.session_id if form.session else None
            at = form.moment
            self._act.start(self.inbox.assign(ids[0], patient.patient_id, session_id, phase, at))

    def _on_consent(self, patient_id: str) -> None:
        self.consent_wanted.emit(patient_id, Purpose.CARE)

    def set_aside(self) -> None:
        """Leave the chosen files out."""
        self._act.start(self.inbox.set_aside(*self._chosen()))

    def undo(self) -> None:
        """Take back that the chosen files were taken in or set aside."""
        self._act.start(self.inbox.undo(*self._chosen()))

    def retry(self) -> None:
        """Try the chosen files again."""
        self._act.start(self.inbox.retry(*self._chosen()))

    def ask_folder(self) -> None:
        """Choose the folder, and what becomes of its files."""
        dialog = InboxFolderDialog(self.jobs, self.theme, self.inbox.plan, self.window())
        dialog.chosen.connect(self.folder_chosen)
        dialog.open()

    def _chosen(self) -> list[str]:
        return [entry.item.item_id for entry in self.panel.entries]

    def _on_decided(self) -> None:
        self.panel.clear_failure()
        self.refresh()

    def _on_open(self) -> None:
        entry = self.panel.entries[0]
        patient = entry.twin or entry.patient
        if patient is not None:
            self.patient_wanted.emit(patient.patient_id)

    def _on_show_folder(self) -> None:
        folder = self.inbox.plan.folder
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_empty_act(self) -> None:
        if self._failure is not None:
            self.refresh()
        elif self._entries and self.inbox.plan.folder is not None:
            self.groups.choose(ALL)
            self._show()
        else:
            self.ask_folder()

    # what is shown

    def _on_inbox(self) -> None:
        self._say_now()
        self.panel.show_progress(self.inbox.item_id, self.inbox.progress)
        if self.inbox.progress is None:
            self.refresh()

    def _on_entries(self, entries: tuple[InboxEntry, ...]) -> None:
        before, self._entries, self._failure = self.waiting, entries, None
        self._show()
        if self.waiting != before:
            self.waiting_changed.emit(self.waiting)
            self.title_changed.emit()
        if self._again:
            self._again = False
            self.refresh()

    def _on_failure(self, error: ExpectedError) -> None:
        self._failure = error
        self._show()

    def _on_group(self, key: str) -> None:
        del key
        self._show()

    def _on_selected(self) -> None:
        self.panel.show_entries(self.table.chosen)
        self.panel.show_progress(self.inbox.item_id, self.inbox.progress)

    def _show(self) -> None:
        entries = self._entries or ()
        if self.groups.choice == WAITING:
            entries = tuple(e for e in entries if e.item.state in FOR_A_PERSON)
        self.table.show_entries(entries)
        self._on_selected()
        full = bool(entries) and self._failure is None
        self._stack.setCurrentIndex(1 if full else 0)
        if not full:
            self._say_empty()
        self._say_now()

    def _say_empty(self) -> None:
        if self._failure is not None:
            head = self.tr("The inbox cannot be shown")
            self.empty.say(head, error_text(self._failure), self.tr("Try again"), "warning")
        elif self._entries is None:
            self.empty.say(self.tr("Loading…"), "", icon="inbox")
        elif self.inbox.plan.folder is None and not self._entries:
            text = self.tr(
                "Choose the folder into which the tablet puts its clips. They are taken in by "
                "themselves, and matched to patients by the names of the files."
            )
            self.empty.say(self.tr("No inbox yet"), text, self.tr("Choose a folder"), "inbox")
        elif self._entries:
            self.empty.say(self.tr("Nothing waits for you"), "", self.tr("Show all files"), "check")
        else:
            text = self.tr("Clips that are put into {folder} appear here.")
            self.empty.say(
                self.tr("Nothing has arrived yet"),
                text.format(folder=str(self.inbox.plan.folder)),
                icon="inbox",
            )

    def _say_now(self) -> None:
        error, progress = self.inbox.error, self.inbox.progress
        gone = error is not None and error.code is ErrorCode.INBOX_FOLDER_INSIDE
        action = self.tr("Choose another") if gone else ""
        self.stopped.say(error_text(error) if error else "", "attention", action)
        under_way = sum(e.item.state in UNDER_WAY for e in self._entries or ())
        parts = []
        if under_way:
            parts.append(self.tr("{count} under way").format(count=under_way))
        if progress is not None:
            what, _, left_s = progress
            parts.append(step_text(what))
            parts += [left_text(left_s)] if left_s is not None else []
        self._now.setText(" · ".join(parts))
        has_folder = self.inbox.plan.folder is not None
        self._show_folder.setVisible(has_folder)
        self._folder.setVisible(has_folder or bool(self._entries))
        self.groups.setVisible(bool(self._entries))

    def retranslate(self) -> None:
        """Set every text again."""
        self.groups.set_text(WAITING, self.tr("Waiting for you"))
        self.groups.set_text(ALL, self.tr("All files"))
        self._folder.setText(self.tr("Inbox folder…"))
        self._show_folder.setText(self.tr("Show the folder"))
        self.table.setAccessibleName(self.tr("Files of the inbox"))
        self.table.rows.retranslate()
        self._show()

    def restyle(self) -> None:
        """Paint the rows in the new dress."""
        self.table.viewport().update()
