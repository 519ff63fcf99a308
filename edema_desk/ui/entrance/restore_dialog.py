"""Records that cannot be opened, or are not on this PC yet, are brought back from a backup."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from edema_desk.domain.keeping.backup import BackupProgress, Generation, Restored
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.restore_job import RestoreJob
from edema_desk.ui.entrance.sign_in_form import PasswordEdit
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_fact, error_text, research_note
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label, row
from edema_desk.ui.pieces.backup_words import (
    age_text,
    generation_text,
    progress_text,
    restored_text,
)

_WIDTH_PX = 640
_PASSWORD, _CODE = 0, 1


class RestoreDialog(QDialog):
    """Accepted when the profile was restored. `broke(BaseException)` after a bug."""

    broke = Signal(object)

    def __init__(
        self,
        job: RestoreJob,
        theme: Theme,
        error: ExpectedError | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._job, self._error = job, error
        self.folder_path = job.folder
        self._generations: tuple[Generation, ...] = ()
        self._done: Restored | None = None
        self._running = False
        self.heading, self._what = label("title"), Notice(theme, "bad")
        self._how = label("muted", wrap=True)
        self.browse = button()
        self.folder_edit = QLineEdit(str(job.folder))
        self.folder_edit.setReadOnly(True)
        self.folder = Field(self.folder_edit, self.browse)
        self.generations = QComboBox()
        self.generation, self._lost = Field(self.generations), label("caption", wrap=True)
        self.ways = QComboBox()
        self._way = Field(self.ways)
        self.login_edit, self.password_edit, self.code_edit = (
            QLineEdit(),
            PasswordEdit(),
            QLineEdit(),
        )
        self.login, self.password = Field(self.login_edit), Field(self.password_edit)
        self.code = Field(self.code_edit)
        self.failure = Notice(theme, "bad")
        self.bar, self._doing = ShareBar(), label("caption")
        self.quit, self.restore = button(), button("primary")
        self._lay_out()
        self._connect()
        self._retranslate()
        self._job.look(self.folder_path)

    def _lay_out(self) -> None:
        for part in (self.failure, self.bar, self._doing, self.generation, self._lost):
            part.hide()
        self._box = column(
            *(self.heading, self._what, self._how, self.folder, self.generation, self._lost),
            *(self._way, row(self.login, self.password), self.code, self.failure),
            *(self.bar, self._doing, None, row(None, self.quit, self.restore)),
            gap=STEP_PX * 3,
            margin=24,
        )
        self.setLayout(self._box)
        self.setFixedWidth(_WIDTH_PX)
        self.restore.setEnabled(False)
        self.restore.setDefault(True)

    def _connect(self) -> None:
        self._job.offered.connect(self._on_offered)
        self._job.progressed.connect(self._on_progress)
        self._job.restored.connect(self._on_restored)
        self._job.failed.connect(self._on_failure)
        self._job.broke.connect(self._on_broke)
        self.browse.clicked.connect(self._on_browse)
        self.ways.currentIndexChanged.connect(self._show_way)
        self.generations.currentIndexChanged.connect(self._say_lost)
        self.quit.clicked.connect(self.reject)
        self.restore.clicked.connect(self._on_restore)

    @property
    def outcome(self) -> Restored | None:
        """What came back, once it did."""
        return self._done

    def reject(self) -> None:
        """Stop what runs, else close."""
        if self._running:
            self._job.cancel()
        elif self._done is not None:
            self.accept()
        else:
            super().reject()

    def look(self, folder: str) -> None:
        """Look for backups in another folder."""
        self.folder_path = Path(folder)
        self.folder_edit.setText(folder)
        self.folder.complain("")
        self._job.look(self.folder_path)

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the backup folder"), self.folder_edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.look)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_offered(self, found: tuple[Generation, ...]) -> None:
        self._generations = found
        self.folder.complain("")
        self.generations.clear()
        self.generations.addItem(self.tr("The newest that is whole"))
        self.generations.addItems([generation_text(each) for each in found])
        self.generation.show()
        self.restore.setEnabled(True)
        self._say_lost()
        self._show_way()

    def _on_restore(self) -> None:
        if self._done is not None:
            self.accept()
            return
        self.failure.say("")
        by_code = self.ways.currentIndex() == _CODE and self._way.isVisible()
        self._busy(True)
        place = self.generations.currentIndex()
        self._job.start(
            self.folder_path,
            self._generations[place - 1] if place > 0 else None,
            self.login_edit.text(),
            self.password_edit.text(),
            self.code_edit.text().strip() if by_code else "",
        )

    def _on_progress(self, progress: BackupProgress) -> None:
        self.bar.set_share(progress.share)
        self._doing.setText(progress_text(progress))

    def _on_restored(self, done: Restored) -> None:
        self._done = done
        self._busy(False)
        self.heading.setText(self.tr("The records are back"))
        self._how.setText(restored_text(done))
        asked = (self.folder, self.generation, self._way, self.login, self.password, self.code)
        for part in (*asked, self._what, self._lost, self.quit):
            part.hide()
        self.restore.setText(self.tr("Continue"))
        self._fit()

    def _on_failure(self, error: ExpectedError) -> None:
        self._busy(False)
        if error.code in (ErrorCode.BACKUP_NONE, ErrorCode.BACKUP_NEWER):
            self._generations = ()
            self.generation.hide()
            self._lost.hide()
            self.restore.setEnabled(False)
            self.folder.complain(error_text(error))
        elif error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error))
        self._show_way()

    def _on_broke(self, error: BaseException) -> None:
        self._busy(False)
        self.broke.emit(error)
        super().reject()

    def _busy(self, busy: bool) -> None:
        self._running = busy
        self.bar.setVisible(busy)
        self._doing.setVisible(busy)
        self.restore.setEnabled(not busy)
        for field in (
            self.folder,
            self.generation,
            self._way,
            self.login,
            self.password,
            self.code,
        ):
            field.setEnabled(not busy)
        self.quit.setText(self.tr("Stop") if busy else self.tr("Quit"))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the parts want now."""
        self._box.invalidate()
        self._box.activate()
        self.setFixedHeight(self._box.totalHeightForWidth(_WIDTH_PX))

    def _show_way(self) -> None:
        if self._done is not None:
            return
        asked = bool(self._generations) and self._job.needs_sign_in(self.folder_path)
        by_code = self.ways.currentIndex() == _CODE
        self._way.setVisible(asked)
        self.login.setVisible(asked and not by_code)
        self.password.setVisible(asked and not by_code)
        self.code.setVisible(asked and by_code)
        self._fit()

    def _say_lost(self) -> None:
        if not self._generations:
            return
        chosen = self._generations[max(self.generations.currentIndex() - 1, 0)]
        age_ms = max(Moment.now().utc_ms - chosen.made_at.utc_ms, 0)
        said = self.tr(
            "It is {age} old: what was entered after it will be missing. Clips that are still on "
            "this PC stay. The damaged file is set aside, and nothing is deleted."
        )
        self._lost.setText(said.format(age=age_text(age_ms)))
        self._lost.show()
        self._fit()

    def _retranslate(self) -> None:
        self.setWindowTitle(f"EdemaDesk · {research_note()}")
        self.heading.setText(self.tr("Restore from a backup"))
        self._what.say(error_fact(self._error) if self._error is not None else "")
        self._how.setText(self.tr("The records can be brought back from a backup."))
        self.folder.say(self.tr("Backup folder"))
        self.browse.setText(self.tr("Choose…"))
        self.generation.say(self.tr("Backup"))
        self._way.say(self.tr("Who are you?"))
        self.ways.addItems([self.tr("Login and password"), self.tr("The recovery code")])
        self.login.say(self.tr("Login"))
        self.password.say(self.tr("Password"))
        self.code.say(self.tr("Recovery code"))
        self.quit.setText(self.tr("Quit"))
        self.restore.setText(self.tr("Restore"))
        self._show_way()
        self._fit()
