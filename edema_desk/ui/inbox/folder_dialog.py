"""Which folder is the inbox, and what becomes of the files in it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from edema_desk.domain.inbox.filing import AfterTakingIn, InboxPlan
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, button, column, label, row

_AFTER = tuple(after.value for after in AfterTakingIn)


class InboxFolderDialog(Sheet):
    """`chosen(folder, after)` when it is saved; an empty folder means none."""

    chosen = Signal(str, str)

    def __init__(self, jobs: DeskJobs, theme: Theme, plan: InboxPlan, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self._how = label("muted", wrap=True)
        self.folder_edit, self.browse = QLineEdit(str(plan.folder or "")), button()
        self.folder = Field(self.folder_edit, self.browse)
        self.after, self._after_word = Chips(_AFTER), label("caption")
        self.after.choose(plan.after.value)
        self._warning = label("caption", wrap=True)
        self._names = label("caption", wrap=True)
        after = column(self._after_word, row(self.after, None), self._warning, gap=6)
        self.put(self._how, self.folder, after, self._names)
        self.browse.clicked.connect(self._on_browse)
        self.after.chosen.connect(self._say_warning)
        self.retranslate()
        self.folder_edit.setFocus()

    def save(self) -> None:
        """Take the folder, if there is one of that name."""
        text = self.folder_edit.text().strip()
        if text and not Path(text).is_dir():
            self.folder.complain(self.tr("There is no such folder. Connect the share, or choose."))
            self.fit()
            return
        self.chosen.emit(text, self.after.choice or AfterTakingIn.KEEP.value)
        self.accept()

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the inbox folder"), self.folder_edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder_edit.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _say_warning(self) -> None:
        said = {
            AfterTakingIn.KEEP.value: self.tr("The files stay exactly where they are."),
            AfterTakingIn.MOVE.value: self.tr("Files go to the folder “done” within the inbox."),
            AfterTakingIn.DELETE.value: self.tr(
                "Files are deleted once their clips are stored. Others never are."
            ),
        }
        self._warning.setText(said[self.after.choice or AfterTakingIn.KEEP.value])

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Inbox folder"), self.tr("Save"))
        self._how.setText(
            self.tr(
                "Clips that a tablet, a share or a cloud program puts into this folder are taken "
                "in by themselves. Leave it empty to watch none."
            )
        )
        self.folder.say(self.tr("Folder"))
        self.browse.setText(self.tr("Choose…"))
        self._after_word.setText(self.tr("Once a clip is stored, its file is"))
        for key, word in (
            (AfterTakingIn.KEEP.value, self.tr("left there")),
            (AfterTakingIn.MOVE.value, self.tr("moved to “done”")),
            (AfterTakingIn.DELETE.value, self.tr("deleted")),
        ):
            self.after.set_text(key, word)
        self._names.setText(
            self.tr(
                "Names such as 104-221_2026-03-02_pre.mp4 (chart number, day, before or after) are "
                "matched by themselves; any other clip waits here for you."
            )
        )
        self._say_warning()
