"""A line of words that may be longer than its room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room; the whole is its tool tip.

    `or_nothing`: words that are worth nothing in part, as of keys, are left out instead.
    """

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self._whole, self._or_nothing = "", False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def set_whole(self, text: str, *, or_nothing: bool = False) -> None:
        """Show `text`, or as much of it as there is room for."""
        self._whole, self._or_nothing = text, or_nothing
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Room for the whole line."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters at least."""
        return QSize(min(self.sizeHint().width(), 72), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less of it."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        right = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._whole, right, max(self.width(), 72))
        self.setText("" if self._or_nothing and shown != self._whole else shown)
