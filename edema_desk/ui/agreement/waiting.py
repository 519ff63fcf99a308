"""What Agreement shows while all courses are gathered the first time, or when that failed."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.parts.phrases import error_text, left_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import EmptyState, button, column, label, row

_BAR_PX = 420


class AgreementWaiting(QWidget):
    """Progress with time to go, and a way to stop: `cancelled()`. After a failure what happened,
    and `retried()`."""

    cancelled = Signal()
    retried = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._error: ExpectedError | None = None
        self._failed = False
        self._told: tuple[float, float, float | None] | None = None
        self.state = EmptyState(theme, "agreement")
        self.bar, self.doing, self.stop = ShareBar(), label("caption"), button()
        self.bar.setFixedWidth(_BAR_PX)
        below = QWidget()
        below.setLayout(
            column(
                row(None, self.bar, None),
                row(None, self.doing, None),
                row(None, self.stop, None),
                gap=12,
            )
        )
        self._below = below
        whole = column(self.state, below, None, gap=12)
        whole.setStretch(0, 1)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.stop.clicked.connect(self.cancelled)
        self.state.acted.connect(self.retried)
        self.begin()

    def begin(self) -> None:
        """Nothing is known yet."""
        self._error, self._failed, self._told = None, False, None
        self._retranslate()

    def show_progress(self, what: str, done: float, total: float, left_s: float | None) -> None:
        """How far it is."""
        del what
        self._told = (done, total, left_s)
        self._retranslate()

    def fail(self, error: ExpectedError | None) -> None:
        """It failed, or was stopped; None is a fault of the program, which the window tells."""
        self._error, self._failed = error, True
        self._retranslate()

    def _retranslate(self) -> None:
        self._below.setVisible(not self._failed)
        self.stop.setText(self.tr("Stop"))
        again = self.tr("Try again")
        if not self._failed:
            self.state.say(
                self.tr("Gathering all sessions"),
                self.tr("The first time this takes a while; later it is kept."),
                icon="agreement",
            )
            self._say_progress()
        elif self._error is not None and self._error.code is ErrorCode.CANCELLED:
            said = self.tr("What was gathered so far is kept.")
            self.state.say(self.tr("Stopped"), said, self.tr("Go on"), "agreement")
        else:
            said = "" if self._error is None else error_text(self._error)
            self.state.say(self.tr("Agreement cannot be shown"), said, again, "warning")

    def _say_progress(self) -> None:
        told = self._told
        self.bar.setVisible(told is not None)
        self.doing.setVisible(told is not None)
        if told is None:
            return
        done, total, left_s = told
        self.bar.tell(done, total)
        said = self.tr("{done} of {total} patients").format(done=round(done), total=round(total))
        left = left_text(left_s)
        self.doing.setText(f"{said}, {left}" if left else said)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
