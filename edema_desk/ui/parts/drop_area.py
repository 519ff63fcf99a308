"""Where a clip file is dropped or chosen."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconLabel, button, column, label, row, set_look

PATTERNS = "*.mp4 *.m4v *.mov *.mkv *.webm *.mpg *.mpeg *.avi"
_NAME_PX = 300


class DropArea(QFrame):
    """`chosen(Path)` when a file was dropped or picked. `path` is the last one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.path: Path | None = None
        self.setAcceptDrops(True)
        self._icon = IconLabel(theme, "film", "muted", 32)
        self._words, self._hint, self.pick = label("strong"), label("caption"), button()
        self.pick.clicked.connect(self._on_pick)
        words = column(None, self._words, self._hint, None, gap=2)
        self.setLayout(row(self._icon, words, None, self.pick, gap=16, margin=18))
        set_look(self, role="drop")
        self.retranslate()

    def take(self, path: Path) -> None:
        """Choose a file."""
        self.path = path
        self.retranslate()
        self.chosen.emit(path)

    def _on_pick(self) -> None:
        videos = self.tr("Videos") + f" ({PATTERNS})"
        everything = self.tr("All files") + " (*)"
        dialog = QFileDialog(self, self.tr("Choose a clip"), "", f"{videos};;{everything}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_picked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_picked(self, file: str) -> None:
        self.take(Path(file))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for one local file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            set_look(self, role="drop-over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file went elsewhere."""
        set_look(self, role="drop")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        set_look(self, role="drop")
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()

    def retranslate(self) -> None:
        """Set every text again."""
        if self.path is None:
            self._words.setText(self.tr("Drop a clip here"))
            self.pick.setText(self.tr("Choose a file"))
        else:
            middle = Qt.TextElideMode.ElideMiddle
            shown = self._words.fontMetrics().elidedText(self.path.name, middle, _NAME_PX)
            self._words.setText(shown)
            self._words.setToolTip(str(self.path))
            self.pick.setText(self.tr("Choose another"))
        self._hint.setText(self.tr("MP4, MOV, Matroska, WebM, MPEG or AVI"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
