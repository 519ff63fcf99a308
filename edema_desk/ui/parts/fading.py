"""A soft end of what scrolls, so that a card that is cut off is seen to go on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from edema_desk.ui.parts.theme import Theme

HEIGHT_PX = 36


class Fade(QWidget):
    """Lies over the foot of a scroll area of fixed width while there is more below: another
    height is another range of its bar."""

    def __init__(self, theme: Theme, area: QScrollArea) -> None:
        super().__init__(area)
        self._theme, self._area = theme, area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self._follow)
        bar.rangeChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        bar, view = self._area.verticalScrollBar(), self._area.viewport()
        self.setGeometry(0, view.height() - HEIGHT_PX, view.width(), HEIGHT_PX)
        self.setVisible(bar.value() < bar.maximum())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """From nothing to the ground's colour."""
        ground = self._theme.color("ground")
        clear = QColor(ground)
        clear.setAlpha(0)
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, clear)
        shade.setColorAt(1, ground)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)
        painter.end()
