"""A new password, typed twice, with the rule it has to keep said while it is typed."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.keeping.passwords import LEAST_SIGNS, check_password
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.entrance.sign_in_form import PasswordEdit
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.widgets import column, label, set_look


class NewPassword(QWidget):
    """`changed()` after each key, `entered()` by Enter. `login` is what it must not be."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.login = ""
        self.first_edit, self.again_edit = PasswordEdit(), PasswordEdit()
        self.first, self.again = Field(self.first_edit), Field(self.again_edit)
        self.rule, self.caps = label("caption", wrap=True), label("attention")
        self.caps.hide()
        self.setLayout(column(fields(self.first, self.again), self.rule, self.caps, gap=6))
        self.first_edit.returnPressed.connect(self.again_edit.setFocus)
        self.again_edit.returnPressed.connect(self.entered)
        for edit in (self.first_edit, self.again_edit):
            edit.textChanged.connect(self._on_typed)
            edit.caps_changed.connect(self.caps.setVisible)
        self.retranslate()

    @property
    def password(self) -> str | None:
        """What was typed, where it keeps the rule and both are the same."""
        typed = self.first_edit.text()
        return typed if not self._wrong() and typed == self.again_edit.text() else None

    def demand(self, login: str) -> str | None:
        """The password for who signs in as `login`, when a form is saved; or None, and what is
        still wanted stands out."""
        self.follow(login)
        if self.password is None:
            set_look(self.rule, role="field-error")
            (self.again_edit if self._wrong() is None else self.first_edit).setFocus()
        return self.password

    def follow(self, login: str) -> None:
        """The name to sign in with changed."""
        self.login = login
        self._say()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first_edit.clear()
        self.again_edit.clear()
        self.caps.hide()

    def _wrong(self) -> ErrorCode | None:
        try:
            check_password(self.login, self.first_edit.text())
        except ExpectedError as error:
            return error.code
        return None

    def _on_typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        typed, again = self.first_edit.text(), self.again_edit.text()
        wrong = self._wrong()
        look = "caption"
        if wrong is ErrorCode.PASSWORD_IS_LOGIN:
            said, look = self.tr("Not the name to sign in with"), "field-error"
        elif wrong is not None:
            left = LEAST_SIGNS - len(typed)
            said = self.tr("At least {least} characters; a few words are easy to remember")
            if typed and left > 0:
                said = self.tr("At least {least} characters: {left} more")
            said = said.format(least=LEAST_SIGNS, left=left)
        elif again and again != typed:
            same_so_far = typed.startswith(again)
            said, look = self.tr("Type the same twice"), "caption" if same_so_far else "field-error"
        elif again:
            said, look = self.tr("Both are the same"), "good"
        else:
            said = self.tr("Long enough. Type it once more")
        self.rule.setText(said)
        set_look(self.rule, role=look)

    def retranslate(self) -> None:
        """Set every text again."""
        self.first.say(self.tr("Password"))
        self.again.say(self.tr("Password once more"))
        self.caps.setText(self.tr("Capitals are locked"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
