"""The small card that reads out the point under the pointer."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from edema_desk.plots.style import Tokens
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.pieces.trend_words import PointWords

OFFSET_PX = 16


def beside(point: QPoint, size: QSize, frame: QRect) -> QPoint:
    """Where a card of `size` goes so that it covers neither `point` nor leaves `frame`."""
    left = point.x() + OFFSET_PX
    if left + size.width() > frame.right():
        left = point.x() - OFFSET_PX - size.width()
    top = point.y() - size.height() - OFFSET_PX // 2
    if top < frame.top():
        top = point.y() + OFFSET_PX // 2
    left = max(frame.left(), min(left, frame.right() - size.width()))
    return QPoint(left, max(frame.top(), min(top, frame.bottom() - size.height())))


class HoverCard(QFrame):
    """Shows one point's words. It lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("HoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMaximumWidth(340)
        self._title = label("strong")
        self._when = label("caption")
        self._scale = label()
        self._estimate = label()
        self._session = label("caption")
        self._note = label("caption", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(2)
        for part in self._parts():
            box.addWidget(part)
        self.hide()

    def _parts(self) -> tuple[QLabel, ...]:
        return (
            *(self._title, self._when, self._scale),
            *(self._estimate, self._session, self._note),
        )

    def restyle(self, tokens: Tokens) -> None:
        """Dress anew."""
        self.setStyleSheet(
            f"#HoverCard {{ background: {tokens.card}; border: 1px solid {tokens.line};"
            " border-radius: 10px; }"
        )

    def read_out(self, words: PointWords, point: QPoint, frame: QRect) -> None:
        """Show `words` beside `point`, inside `frame`, in the parent's pixels."""
        for part, text in zip(self._parts(), words.parts(), strict=True):
            part.setText(text)
            part.setVisible(bool(text))
        self.adjustSize()
        self.move(beside(point, self.size(), frame))
        self.show()
        self.raise_()

    def text(self) -> str:
        """All that is shown."""
        return "\n".join(part.text() for part in self._parts() if part.text())
