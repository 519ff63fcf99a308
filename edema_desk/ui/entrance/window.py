"""What is seen before there is a desk: the first start, signing in, and a lost password."""

from PySide6.QtCore import QEvent, QEventLoop, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from edema_desk.errors import ExpectedError
from edema_desk.jobs.entrance import Entrance
from edema_desk.ui.entrance.first_start import FirstStartPanel
from edema_desk.ui.entrance.recovering import RecoverPanel
from edema_desk.ui.entrance.recovery_code import RecoveryCodePanel
from edema_desk.ui.entrance.sign_in_form import SignInForm
from edema_desk.ui.parts.phrases import research_note
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, IconLabel, button, column, label, row, set_look

WIDTH_PX, NARROW_PX = 640, 400


class SignInPanel(QWidget):
    """Name, password, and what to do when it is lost: `lost()`."""

    lost = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.heading = label("title")
        self.form = SignInForm(theme)
        self.lost_button = button("quiet")
        self.lost_button.clicked.connect(self.lost)
        held = QWidget()
        held.setLayout(column(self.heading, 4, self.form, row(None, self.lost_button, None), None))
        held.setFixedWidth(NARROW_PX)
        self.setLayout(row(None, held, None))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.heading.setText(self.tr("Sign in"))
        self.form.say(self.tr("Sign in"), self.tr("Opening…"))
        self.lost_button.setText(self.tr("Password lost?"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class EntranceWindow(QWidget):
    """Leads through an `Entrance`. `opened()` when somebody is in; `stuck(ExpectedError)`;
    `later()` when nobody wants to sign in yet; `restore_wanted()` where records are to come from a
    backup first; `left()` when the window is closed before."""

    opened = Signal()
    stuck = Signal(object)
    later = Signal()
    restore_wanted = Signal()
    left = Signal()

    def __init__(self, entrance: Entrance, theme: Theme, *, first: bool) -> None:
        super().__init__()
        self._entrance, self._busy = entrance, False
        set_look(self, role="ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.first, self.sign_in = FirstStartPanel(theme), SignInPanel(theme)
        self.recover, self.code = RecoverPanel(theme), RecoveryCodePanel(theme)
        self._panels = (self.first, self.sign_in, self.recover, self.code)
        self._shown: QWidget = self.first
        self._name = label("title", "EdemaDesk")
        self._research = label("badge-research")
        self._research.setFixedHeight(28)
        head = row(IconLabel(theme, "drop", "accent", 28), self._name, None, self._research)
        card = Card(*self._panels, margin=28)
        card.setFixedWidth(WIDTH_PX)
        middle = QWidget()
        middle.setLayout(row(None, column(None, card, None), None))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(middle)
        self.setLayout(column(head, scroll, margin=24))
        self.setMinimumSize(WIDTH_PX + 100, 560)
        self.resize(980, 720)
        self._connect()
        self._retranslate()
        self._show(self.first if first else self.sign_in)

    def _connect(self) -> None:
        entrance = self._entrance
        self.first.made.connect(entrance.make_first)
        self.first.later.connect(self.later)
        self.first.restore_wanted.connect(self.restore_wanted)
        self.sign_in.form.tried.connect(entrance.sign_in)
        self.sign_in.lost.connect(self._on_lost)
        self.recover.code_typed.connect(entrance.recover)
        self.recover.reset.connect(entrance.reset)
        self.recover.left.connect(self._on_back)
        self.code.confirmed.connect(entrance.go_on)
        entrance.code_made.connect(self._on_code)
        entrance.recovered.connect(self.recover.ask_password)
        entrance.busy_changed.connect(self._on_busy)
        entrance.failed.connect(self._on_failed)
        entrance.stuck.connect(self.stuck)
        entrance.opened.connect(self.opened)

    def _show(self, panel: QWidget) -> None:
        self._shown = panel
        for each in self._panels:
            each.setVisible(each is panel)
        if panel is self.first:
            self.first.begin()
        elif panel is self.sign_in:
            self.sign_in.form.begin()

    def _on_lost(self) -> None:
        self.recover.begin()
        self._show(self.recover)

    def _on_back(self) -> None:
        self.sign_in.form.clear()
        self._show(self.sign_in)

    def _on_code(self, code: str) -> None:
        self._show(self.code)
        self.code.show_code(code)

    def _on_busy(self, busy: bool) -> None:
        self._busy = busy
        self.first.set_busy(busy)
        self.sign_in.form.set_busy(busy)
        self.sign_in.lost_button.setEnabled(not busy)
        self.recover.set_busy(busy)

    def _on_failed(self, error: ExpectedError) -> None:
        if self._shown is self.first:
            self.first.show_failure(error)
        elif self._shown is self.recover:
            self.recover.show_failure(error)
        else:
            self._show(self.sign_in)
            self.sign_in.form.show_failure(error)

    def _retranslate(self) -> None:
        self.setWindowTitle(f"EdemaDesk · {research_note()}")
        self._research.setText(research_note())

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not while the records are being sealed or opened, nor before the code is on paper."""
        if self._busy or self._shown is self.code:
            event.ignore()
            return
        super().closeEvent(event)
        self.left.emit()


class Came:
    """Shows an entrance and waits, with the window alive, until somebody is in or gives up."""

    def __init__(self, entrance: Entrance, theme: Theme, *, first: bool) -> None:
        self.window = EntranceWindow(entrance, theme, first=first)
        self.window.setWindowIcon(theme.icon("drop", "accent"))
        self._loop = QEventLoop()
        self._error: BaseException | None = None
        self.later = False
        """Whether nobody wants to sign in yet."""
        self.restore = False
        """Whether records are to come from a backup first."""
        self.window.opened.connect(self._loop.quit)
        self.window.stuck.connect(self._on_error)
        entrance.bug_found.connect(self._on_error)
        self.window.later.connect(self._on_later)
        self.window.restore_wanted.connect(self._on_restore)
        self.window.left.connect(self._loop.quit)

    def wait(self) -> None:
        """Until one of them happens. Raises what kept the desk from being opened."""
        self.window.show()
        self._loop.exec()
        self.window.blockSignals(True)
        self.window.hide()
        self.window.deleteLater()
        if self._error is not None:
            raise self._error

    def _on_error(self, error: BaseException) -> None:
        self._error = error
        self._loop.quit()

    def _on_restore(self) -> None:
        self.restore = True
        self._loop.quit()

    def _on_later(self) -> None:
        self.later = True
        self._loop.quit()
