"""A new recovery code, from the settings."""

from PySide6.QtWidgets import QDialog, QWidget

from edema_desk.ui.entrance.recovery_code import RecoveryCodePanel
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column

_WIDTH_PX = 620


class RecoveryDialog(QDialog):
    """Shows the code until it is said to be on paper. The earlier one is of no use already."""

    def __init__(self, theme: Theme, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setFixedWidth(_WIDTH_PX)
        self.panel = RecoveryCodePanel(theme)
        self.setLayout(column(self.panel, margin=24))
        self.setWindowTitle(self.panel.heading.text())
        self.panel.confirmed.connect(self.accept)
        self.finished.connect(self._on_finished)
        self.panel.show_code(code)

    def _on_finished(self) -> None:
        self.panel.forget()
        self.deleteLater()
