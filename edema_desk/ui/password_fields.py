"""A new password, typed twice."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.passwords import check_password
from edema_desk.errors import ExpectedError
from edema_desk.ui.fields import Field, fields
from edema_desk.ui.phrases import error_text
from edema_desk.ui.sign_in_form import PasswordEdit


class PasswordFields(QWidget):
    """Two fields side by side, of which nothing can be read on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.first_edit, self.second_edit = PasswordEdit(), PasswordEdit()
        self.first, self.second = Field(self.first_edit), Field(self.second_edit)
        box = fields(self.first, self.second)
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)

    def read(self, login: str) -> str | None:
        """The password for who signs in as `login`, or None after saying what is wrong."""
        typed = self.first_edit.text()
        try:
            check_password(login, typed)
        except ExpectedError as error:
            self.first.complain(error_text(error))
            return None
        self.first.complain("")
        if self.second_edit.text() != typed:
            self.second.complain(self.tr("The two are not the same. Type it again."))
            return None
        self.second.complain("")
        return typed

    def retranslate(self, caption: str) -> None:
        """Set every text again."""
        self.first.say(caption)
        self.second.say(self.tr("The same once more"))
