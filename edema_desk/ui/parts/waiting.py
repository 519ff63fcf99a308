"""What a page shows while its data is on the way, or when it did not come."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStackedWidget, QWidget

from edema_desk.errors import ExpectedError
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import EmptyState

PATIENCE_MS = 150
"""A wait shorter than this is not worth a word."""


class _Tall(QWidget):
    """As high as its wrapped words need at its width, which a scroll area does not find out."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            least = layout.totalMinimumSize().height()
            self.setMinimumHeight(max(least, layout.totalHeightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Words or parts changed."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done


def scrolling(layout: QLayout) -> QScrollArea:
    """A column that scrolls up and down when it does not fit."""
    area = QScrollArea()
    area.setWidget(_Tall(layout))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class WaitingStack(QStackedWidget):
    """The content, or the word that it is being fetched, or why it is not there.

    `retried()` when the person asks again.
    """

    retried = Signal()

    def __init__(self, theme: Theme, content: QWidget) -> None:
        super().__init__()
        self.content = content
        self.waiting, self.failure = EmptyState(theme, "search"), EmptyState(theme, "warning")
        self._blank = QWidget()
        for page in (self._blank, content, self.waiting, self.failure):
            self.addWidget(page)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._say_waiting)
        self._error: ExpectedError | None = None
        self.failure.acted.connect(self.retried)
        self._retranslate()

    def wait(self) -> None:
        """Something else is being fetched: blank at once, a word after a moment."""
        self.setCurrentWidget(self._blank)
        self._timer.start()

    def arrive(self) -> None:
        """Show the content."""
        self._timer.stop()
        self.setCurrentWidget(self.content)

    def fail(self, error: ExpectedError) -> None:
        """Say what went wrong, with a way to try again."""
        self._timer.stop()
        self._error = error
        self._retranslate()
        self.setCurrentWidget(self.failure)

    def _say_waiting(self) -> None:
        self.setCurrentWidget(self.waiting)

    def _retranslate(self) -> None:
        self.waiting.say(self.tr("Loading"), self.tr("The figures are being fetched."))
        if self._error is not None:
            said = error_text(self._error)
            self.failure.say(self.tr("This cannot be shown"), said, self.tr("Try again"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
