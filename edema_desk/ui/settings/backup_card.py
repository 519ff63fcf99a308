"""The backups in the settings: where they go, how old the newest is, and one at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QWidget

from edema_desk.domain.keeping.backup import BackupState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.places import SharedBy
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.backup_job import BackupJob
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Notice, button, label, row, set_look
from edema_desk.ui.pieces.backup_words import (
    generation_text,
    moment_text,
    progress_text,
    standing_text,
)
from edema_desk.ui.settings.card import SettingsCard

_LINES, _LINE_PX = 6, 34


class BackupCard(SettingsCard):
    """Everybody sees it and may make a backup; an administrator chooses the folder."""

    folder_chosen = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings) -> None:
        super().__init__(gap=14)
        self._settings = settings
        self.job = BackupJob(jobs, self)
        self._refresh, self._run = DeskCall(jobs, self), DeskCall(jobs, self)
        self._check, self._set = DeskCall(jobs, self), DeskCall(jobs, self)
        self._heading, self._how = label("card-title"), label("muted", wrap=True)
        self._folder_word, self.folder = label("caption"), label(wrap=True)
        self.choose, self.own = button(), button("quiet")
        self.standing, self.failure = label(wrap=True), Notice(theme, "bad")
        self.failure.hide()
        self.advice = Notice(theme, "info")
        self.bar, self.doing = ShareBar(), label("caption")
        self.now, self.stop = button("primary"), button()
        self._list_word, self.list = label("caption"), QListWidget()
        self._restoring = label("caption", wrap=True)
        self._lay_out()
        self._connect()
        self._show()
        self.retranslate()

    def _lay_out(self) -> None:
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        where = row(self.folder, self.choose, self.own, gap=STEP_PX * 2)
        where.setStretch(0, 1)
        parts: tuple[QWidget | QHBoxLayout, ...] = (
            *(self._heading, self._how, self._folder_word, where, self.standing),
            *(self.failure, self.advice, self.bar, self.doing, row(self.now, self.stop, None)),
            *(self._list_word, self.list, self._restoring),
        )
        for part in parts:
            if isinstance(part, QHBoxLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)

    def _connect(self) -> None:
        self.job.changed.connect(self._show)
        self.now.clicked.connect(self._on_now)
        self.stop.clicked.connect(self.job.cancel)
        self.choose.clicked.connect(self._on_choose)
        self.own.clicked.connect(self._on_own)
        self._run.failed.connect(self._on_failure)
        self._run.waiting_changed.connect(self._on_running)
        self._check.answered.connect(self._on_checked)
        self._check.failed.connect(self._on_failure)
        self._set.answered.connect(self._on_set)
        self._set.failed.connect(self._on_failure)
        self.folder_chosen.connect(self._on_folder)

    def admit(self, administrator: bool) -> None:
        """Whether who is at the desk may choose the folder."""
        self.choose.setEnabled(administrator)
        self.own.setEnabled(administrator)

    def follow(self, settings: Settings) -> None:
        """Another folder may have been chosen elsewhere."""
        other = settings.clinic.backup_folder != self._settings.clinic.backup_folder
        self._settings = settings
        if other:
            self.refresh()

    def refresh(self) -> None:
        """Look again."""
        self._refresh.start(self.job.refresh())

    def _on_now(self) -> None:
        self.failure.say("")
        self._run.start(self.job.start())

    def _on_running(self, running: bool) -> None:
        self._show()
        if not running:
            self.refresh()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the backup folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_own(self) -> None:
        self._on_folder("")

    def _on_folder(self, folder: str) -> None:
        self.failure.say("")
        self._check.start(self.job.check_folder(folder))

    def _on_checked(self, folder: str) -> None:
        if folder != self._settings.clinic.backup_folder:
            self._set.start(self.job.choose_folder(folder))

    def _on_set(self, now: ClinicSettings) -> None:
        del now  # the page follows the change by its news
        self.refresh()

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error))

    def _show(self) -> None:
        state, now = self.job.state, Moment.now()
        self.folder.setText(str(state.folder))
        self.standing.setText(standing_text(state, now))
        set_look(self.standing, role="attention" if state.needs_attention(now) else "")
        if state.error is not None:
            self.failure.say(error_text(state.error))
        elif not self._run.waiting and not self._check.waiting and state.current:
            self.failure.say("")
        self.advice.say(self._advice(state), "attention" if state.gone_since else "info")
        progress = state.progress
        for part in (self.bar, self.doing):
            part.setVisible(progress is not None)
        if progress is not None:
            self.bar.set_share(progress.share)
            self.doing.setText(progress_text(progress))
        self.now.setEnabled(not self._run.waiting and state.gone_since is None)
        self.stop.setVisible(self._run.waiting)
        self.own.setVisible(bool(self._settings.clinic.backup_folder))
        self._show_list(state)

    def _show_list(self, state: BackupState) -> None:
        lines = [generation_text(each) for each in state.generations]
        if lines != [self.list.item(place).text() for place in range(self.list.count())]:
            self.list.clear()
            self.list.addItems(lines)
        self.list.setFixedHeight(_LINE_PX * min(max(len(lines), 1), _LINES) + 8)
        for part in (self.list, self._list_word):
            part.setVisible(bool(lines))

    def _advice(self, state: BackupState) -> str:
        said = []
        if state.gone_since is not None:
            gone = self.tr(
                "The folder is not there since {moment}. Connect its disk: the backup goes on by "
                "itself."
            )
            said.append(gone.format(moment=moment_text(state.gone_since)))
        if state.same_disk:
            said.append(
                self.tr(
                    "The backups lie on the disk of the records and would be lost with it. Choose "
                    "a folder on another disk."
                )
            )
        if state.shared is not None:
            where = state.shared.name or self.tr("the network")
            sealed = self.tr(
                "Others may see this folder ({where}). Everything in it is sealed: without a "
                "password or the recovery code they read nothing."
            )
            if state.shared.by is SharedBy.NETWORK:
                where = self.tr("the network")
            said.append(sealed.format(where=where))
        if state.sealed_here:
            said.append(
                self.tr(
                    "Nobody signs in here, so the backups open with the key on this PC only. Make "
                    "the first administrator: then a password or the recovery code opens them "
                    "anywhere."
                )
            )
        return "\n".join(said)

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Backup"))
        self._how.setText(
            self.tr(
                "Made by itself each half hour in use and when the window is closed, checked, and "
                "kept for 7 days, 4 weeks and 12 months."
            )
        )
        self._folder_word.setText(self.tr("Folder"))
        self.choose.setText(self.tr("Choose…"))
        self.own.setText(self.tr("Use this PC's own"))
        self.now.setText(self.tr("Back up now"))
        self.stop.setText(self.tr("Stop"))
        self._list_word.setText(self.tr("Backups, the newest first"))
        self._restoring.setText(
            self.tr(
                "To restore one, close the window and run edema-desk backup restore; a damaged "
                "database offers it by itself at the start."
            )
        )
        self._show()
