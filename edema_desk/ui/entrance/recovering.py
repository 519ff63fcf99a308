"""The way in when a password is lost: the recovery code, and then a new password."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from edema_desk.domain.terms.people import User
from edema_desk.errors import ExpectedError
from edema_desk.ui.entrance.new_password import NewPassword
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label, row


class RecoverPanel(QWidget):
    """Asks the code, `code_typed(code)`; after `ask_password` also who it is and a new password,
    `reset(User, password)`. `left()` to go back."""

    code_typed = Signal(str)
    reset = Signal(object, str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._recovered, self._busy = False, False
        self.heading, self.text = label("title"), label(wrap=True)
        self._users: tuple[User, ...] = ()
        self.code_edit, self.who_box = QLineEdit(), QComboBox()
        self.code_edit.setMaxLength(120)
        self.code, self.who = Field(self.code_edit), Field(self.who_box)
        self.password = NewPassword()
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self.back_button, self.go_button = button(), button("primary")
        self.setLayout(
            column(
                *(self.heading, self.text, 4, self.code, self.who, self.password),
                *(self.failure, 4, row(None, self.back_button, self.go_button), None),
                gap=12,
            )
        )
        self.code_edit.textChanged.connect(self._follow)
        self.who_box.currentIndexChanged.connect(self._on_who)
        self.password.changed.connect(self._follow)
        self.code_edit.returnPressed.connect(self._on_go)
        self.password.entered.connect(self._on_go)
        self.go_button.clicked.connect(self._on_go)
        self.back_button.clicked.connect(self.left)
        self.begin()

    def begin(self) -> None:
        """Ask the code, from the beginning."""
        self._recovered = False
        self.code_edit.clear()
        self.password.clear()
        self.failure.say("")
        self._show_step()
        self.code_edit.setFocus()

    def ask_password(self, users: tuple[User, ...]) -> None:
        """The code was right; one of these gets a new password."""
        self._recovered, self._users = True, users
        self.code_edit.clear()
        self.who_box.clear()
        self.who_box.addItems([f"{one.name} ({one.login})" for one in users])
        self.failure.say("")
        self._show_step()
        self.password.first_edit.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While an answer is awaited nothing can be changed."""
        self._busy = busy
        for part in (self.code_edit, self.who_box, self.password, self.back_button):
            part.setEnabled(not busy)
        self._follow()

    def show_failure(self, error: ExpectedError) -> None:
        """Say why not; what was typed is kept."""
        self.failure.say(error_text(error))

    def _show_step(self) -> None:
        self.code.setVisible(not self._recovered)
        self.who.setVisible(self._recovered)
        self.password.setVisible(self._recovered)
        self.retranslate()

    def _on_who(self, place: int) -> None:
        if 0 <= place < len(self._users):
            self.password.follow(self._users[place].login)
        self._follow()

    def _chosen(self) -> User | None:
        place = self.who_box.currentIndex()
        return self._users[place] if 0 <= place < len(self._users) else None

    def _complete(self) -> bool:
        if not self._recovered:
            return bool(self.code_edit.text().strip())
        return self._chosen() is not None and self.password.password is not None

    def _follow(self) -> None:
        self.go_button.setEnabled(self._complete() and not self._busy)
        go_on = self.tr("Set the password") if self._recovered else self.tr("Open the records")
        self.go_button.setText(self.tr("Please wait…") if self._busy else go_on)

    def _on_go(self) -> None:
        if not self._complete() or self._busy:
            return
        self.failure.say("")
        if self._recovered:
            self.reset.emit(self._chosen(), self.password.password or "")
        else:
            self.code_typed.emit(self.code_edit.text().strip())

    def retranslate(self) -> None:
        """Set every text again."""
        if self._recovered:
            self.heading.setText(self.tr("A new password"))
            self.text.setText(
                self.tr(
                    "For an administrator, who can then give the others theirs. The code used "
                    "now is of no use afterwards: a new one follows."
                )
            )
        else:
            self.heading.setText(self.tr("The recovery code"))
            self.text.setText(
                self.tr(
                    "Seven groups of five characters, on the paper printed when the first "
                    "administrator was made. That it is used is kept on record."
                )
            )
        self.code.say(self.tr("Recovery code"))
        self.who.say(self.tr("Administrator"))
        self.back_button.setText(self.tr("Back"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
