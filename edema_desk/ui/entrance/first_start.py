"""The first start of a profile: make its administrator now, or work without signing in."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.errors import ExpectedError
from edema_desk.ui.entrance.new_password import NewPassword
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label, row


class FirstStartPanel(QWidget):
    """`made(login, name, password)` to make the administrator, `later()` not to now,
    `restore_wanted()` for records that are to come from a backup."""

    made = Signal(str, str, str)
    later = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._busy = False
        self.restore_button = button("quiet")
        self.restore_button.clicked.connect(self.restore_wanted)
        self.heading, self.text = label("title"), label(wrap=True)
        self.name_edit, self.login_edit = QLineEdit(), QLineEdit()
        self.name_edit.setMaxLength(100)
        self.login_edit.setMaxLength(100)
        self.name, self.login = Field(self.name_edit), Field(self.login_edit)
        self.password = NewPassword()
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self.later_button, self.make_button = button("quiet"), button("primary")
        self.later_note = label("caption", wrap=True)
        self.setLayout(
            column(
                *(self.heading, self.text, 4, fields(self.name, self.login), self.password),
                *(self.failure, 4, row(self.later_button, None, self.make_button)),
                *(self.later_note, row(self.restore_button, None), None),
                gap=12,
            )
        )
        self.name_edit.returnPressed.connect(self.login_edit.setFocus)
        self.login_edit.returnPressed.connect(self.password.first_edit.setFocus)
        self.name_edit.textChanged.connect(self._follow)
        self.login_edit.textChanged.connect(self._on_login)
        self.password.changed.connect(self._follow)
        self.password.entered.connect(self._on_make)
        self.make_button.clicked.connect(self._on_make)
        self.later_button.clicked.connect(self.later)
        self.retranslate()
        self._follow()

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        self.name_edit.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it is made nothing can be changed."""
        self._busy = busy
        for part in (self.name_edit, self.login_edit, self.password, self.later_button):
            part.setEnabled(not busy)
        self.restore_button.setEnabled(not busy)
        self._follow()

    def show_failure(self, error: ExpectedError) -> None:
        """Say why not; what was typed is kept."""
        self.failure.say(error_text(error))

    def _typed(self) -> tuple[str, str, str] | None:
        name, login = self.name_edit.text().strip(), self.login_edit.text().strip()
        password = self.password.password
        return (login, name, password) if name and login and password else None

    def _on_login(self, login: str) -> None:
        self.password.follow(login)
        self._follow()

    def _follow(self) -> None:
        self.make_button.setEnabled(self._typed() is not None and not self._busy)
        making, make = self.tr("Sealing the records…"), self.tr("Make the administrator")
        self.make_button.setText(making if self._busy else make)

    def _on_make(self) -> None:
        typed = self._typed()
        if typed is not None and not self._busy:
            self.failure.say("")
            self.made.emit(*typed)

    def retranslate(self) -> None:
        """Set every text again."""
        self.heading.setText(self.tr("Who works at this PC?"))
        self.text.setText(
            self.tr(
                "Make the first administrator: then everybody signs in with a password of their "
                "own, the record of acts says who did what, and what is stored can be read only "
                "with one of the passwords. The administrator adds the others in the settings."
            )
        )
        self.name.say(self.tr("Full name"))
        self.login.say(self.tr("Name to sign in with"))
        self.later_button.setText(self.tr("Later: work without signing in"))
        self.later_note.setText(
            self.tr(
                "Until then whoever sits at this PC may do everything, and the key of the records "
                "lies beside them. It can be made up for in the settings at any time."
            )
        )
        self.restore_button.setText(self.tr("The records come from another PC: restore a backup…"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
