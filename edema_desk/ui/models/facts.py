"""Facts in two columns: what is told, and what it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import label


class Facts(QWidget):
    """What is told and what it is, two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(STEP_PX * 6)
        self._grid.setVerticalSpacing(STEP_PX * 2)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Replace all rows."""
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for place, (name, value) in enumerate(rows):
            told = label(text=value, wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label("muted", name), place, 0, top)
            self._grid.addWidget(told, place, 1, top)
