"""Whose signatures under models the clinic trusts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import button, label, row

_LINES, _LINE_PX = 4, 38


class SignersSheet(Sheet):
    """Each change is made at once; the sheet only closes."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self.keys: tuple[str, ...] | None = None
        self._how, self.list = label("muted", wrap=True), QListWidget()
        self.list.setFixedHeight(_LINES * _LINE_PX)
        self.trust, self.distrust = button(), button()
        self.put(self._how, self.list, row(self.trust, self.distrust, None))
        self.cancel_button.hide()
        self._ask, self._change = DeskCall(jobs, self), DeskCall(jobs, self)
        self._ask.answered.connect(self._on_keys)
        self._ask.failed.connect(self.show_failure)
        self._change.answered.connect(self._on_changed)
        self._change.failed.connect(self.show_failure)
        self._change.waiting_changed.connect(self.set_busy)
        self.trust.clicked.connect(self._on_trust)
        self.distrust.clicked.connect(self._on_distrust)
        self.list.currentRowChanged.connect(self._on_row)
        self.retranslate()
        self._on_changed()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The two acts."""
        return (self.trust, self.distrust)

    def save(self) -> None:
        """Close."""
        self.accept()

    def add(self, file: str) -> None:
        """Trust the public key in a file."""
        self.clear_failure()
        path = Path(file)
        act_id = self.acts.of("trust", file, self.keys)
        self._change.start(self.jobs.desk.models.trust(act_id, path))

    def _on_trust(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a public key"), "", "PEM (*.pem *.pub);;* (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_distrust(self) -> None:
        item = self.list.currentItem()
        if item is not None and self.keys:
            self.clear_failure()
            key = self.keys[self.list.currentRow()]
            act_id = self.acts.of("distrust", key, self.keys)
            self._change.start(self.jobs.desk.models.distrust(act_id, key))

    def _on_changed(self) -> None:
        self._ask.start(self.jobs.desk.models.signers())

    def _on_keys(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        self.list.clear()
        for key in keys:
            self.list.addItem(f"{key[:16]} … {key[-8:]}")
        self._on_row()
        self.retranslate()

    def _on_row(self) -> None:
        self.distrust.setEnabled(bool(self.keys) and self.list.currentRow() >= 0)

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Trusted signers of models"), self.tr("Close"))
        self._how.setText(
            self.tr(
                "As long as no key is trusted, packages without a signature can be installed, and "
                "none is called signed. From the first trusted key on only packages signed with "
                "one of these keys can be. Models trained here need none."
            )
        )
        self.list.setAccessibleName(self.tr("Trusted keys"))
        self.trust.setText(self.tr("Trust a key…"))
        self.distrust.setText(self.tr("Trust it no more"))
        self.fit()
