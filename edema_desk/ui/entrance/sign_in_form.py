"""Name and password, what is wrong with them, and how long to wait after wrong ones."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label


class PasswordEdit(QLineEdit):
    """Shows dots. `caps_changed(bool)` when it is noticed that capitals are locked."""

    caps_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
        )
        self.setMaxLength(256)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without the shift key, or a small letter with it, tells of the lock."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_changed.emit(False)
        elif len(text) == 1 and text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_changed.emit(text.isupper() != shifted)
        super().keyPressEvent(event)


class SignInForm(QWidget):
    """`tried(login, password)` by the button or Enter; the login is empty where it is not asked.

    Whoever listens answers with `set_busy`, `show_failure` or `clear`.
    """

    tried = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.login_edit, self.password_edit = QLineEdit(), PasswordEdit()
        self.login_edit.setMaxLength(100)
        self.login = Field(self.login_edit)
        self.password = Field(self.password_edit)
        self.caps = label("attention")
        self.caps.hide()
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self.act = button("primary")
        self._verb, self._busy_verb = "", ""
        self._busy, self._wait_s = False, 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._on_second)
        self.setLayout(
            column(self.login, self.password, self.caps, self.failure, 4, self.act, None, gap=12)
        )
        self.act.clicked.connect(self.press)
        self.login_edit.returnPressed.connect(self._on_login_entered)
        self.password_edit.returnPressed.connect(self.press)
        self.password_edit.caps_changed.connect(self.caps.setVisible)
        self.password_edit.installEventFilter(self)
        self.retranslate()

    def ask_login(self, wanted: bool) -> None:
        """Whether a name is asked too, or only the password of who is known."""
        self.login.setVisible(wanted)

    def say(self, verb: str, busy_verb: str) -> None:
        """The words on the button, and while an answer is awaited."""
        self._verb, self._busy_verb = verb, busy_verb
        self._follow()

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        empty = self.login.isVisibleTo(self) and not self.login_edit.text()
        (self.login_edit if empty else self.password_edit).setFocus()

    def press(self) -> None:
        """Try what was typed."""
        asked = self.login.isVisibleTo(self)
        login, password = self.login_edit.text().strip(), self.password_edit.text()
        if self._busy or self._wait_s or not password or (asked and not login):
            self.begin()
            return
        self.failure.say("")
        self.tried.emit(login if asked else "", password)

    def set_busy(self, busy: bool) -> None:
        """While an answer is awaited nothing can be changed."""
        self._busy = busy
        self._follow()

    def show_failure(self, error: ExpectedError) -> None:
        """Say why not; the password is asked anew, after a while where that must be."""
        self.set_busy(False)
        self.password_edit.clear()
        if error.code is ErrorCode.SIGN_IN_WAIT:
            self._wait_s = max(1, int(error.params.get("seconds", 1)))
            self._second.start()
            self._count()
        else:
            self.failure.say(error_text(error))
        self._follow()
        self.begin()

    def clear(self) -> None:
        """Forget what was typed, and what was wrong with it."""
        self._second.stop()
        self._wait_s = 0
        self.login_edit.clear()
        self.password_edit.clear()
        self.caps.hide()
        self.failure.say("")
        self.set_busy(False)

    def _on_login_entered(self) -> None:
        if self.password_edit.text():
            self.press()
        else:
            self.password_edit.setFocus()

    def _on_second(self) -> None:
        self._wait_s -= 1
        self._count()
        if self._wait_s <= 0:
            self._second.stop()
            self._follow()
            self.begin()

    def _count(self) -> None:
        said = self.tr("Too many wrong tries. Try again in {seconds} s.")
        self.failure.say(said.format(seconds=self._wait_s) if self._wait_s > 0 else "")

    def _follow(self) -> None:
        self.act.setText(self._busy_verb if self._busy else self._verb)
        free = not self._busy and self._wait_s <= 0
        for part in (self.login_edit, self.password_edit, self.act):
            part.setEnabled(free)

    def retranslate(self) -> None:
        """Set every text again."""
        self.login.say(self.tr("Name to sign in with"))
        self.password.say(self.tr("Password"))
        self.caps.setText(self.tr("Capitals are locked"))
        if self._wait_s > 0:
            self._count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is known of the capitals lock once the cursor is elsewhere."""
        if watched is self.password_edit and event.type() == QEvent.Type.FocusOut:
            self.caps.hide()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
