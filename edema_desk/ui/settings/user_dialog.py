"""Adding a user, and changing what one is called and may do."""

from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.domain.terms.people import GIVEN_ROLES, Role, User, tidy_login
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.entrance.new_password import NewPassword
from edema_desk.ui.parts.fields import Field, MultiChips, fields
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.settings.user_words import role_hint, role_text

_LONGEST = 200


class UserDialog(Sheet):
    """A new user, with the first password; or another name and other roles for `user`."""

    def __init__(
        self, jobs: DeskJobs, theme: Theme, parent: QWidget, user: User | None = None
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._user = user
        self.name_edit, self.login_edit = QLineEdit(), QLineEdit()
        for editor in (self.name_edit, self.login_edit):
            editor.setMaxLength(_LONGEST)
        self.name, self.login = Field(self.name_edit), Field(self.login_edit)
        self.chips = MultiChips([role.value for role in GIVEN_ROLES])
        self.roles = Field(self.chips, None)
        self._hints = label("caption", wrap=True)
        self.passwords = NewPassword()
        self.put(fields(self.name, self.login), self.roles, self._hints, self.passwords)
        if user is not None:
            self.name_edit.setText(user.name)
            self.login_edit.setText(user.login)
            self.login_edit.setEnabled(False)
            self.chips.choose(role.value for role in user.roles)
            self.passwords.hide()
        self.login_edit.textChanged.connect(self.passwords.follow)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_kept)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.retranslate()
        self.name_edit.setFocus()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.name, self.login, self.chips, self.passwords)

    def save(self) -> None:
        """Keep the user, or show what is wrong beside the fields."""
        self.clear_failure()
        name, login = self.name_edit.text().strip(), tidy_login(self.login_edit.text())
        roles = [Role(key) for key in self.chips.choices]
        named = self._filled(self.name, name)
        signed = self._filled(self.login, login)
        self.roles.complain("" if roles else error_text(ExpectedError(ErrorCode.ROLES_EMPTY)))
        password = self.passwords.demand(login) if self._user is None else ""
        self.fit()
        if not (named and signed and roles) or password is None:
            return
        users = self.jobs.desk.users
        act_id = self.acts.of(name, login, tuple(roles))
        if self._user is None:
            self._call.start(users.add(act_id, login, name, roles, password))
        else:
            self._call.start(users.change(act_id, self._user.user_id, name=name, roles=roles))

    def _filled(self, field: Field, text: str) -> bool:
        empty = ExpectedError(ErrorCode.FIELD_EMPTY, field=field.caption.text())
        field.complain("" if text else error_text(empty))
        return bool(text)

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.LOGIN_TAKEN:
            self.login.complain(error_text(error))
            self.fit()
        elif error.code is ErrorCode.LAST_ADMINISTRATOR:
            self.roles.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def _on_kept(self, user: User) -> None:
        said = (
            self.tr("{name} can sign in as {login}.")
            if self._user is None
            else self.tr("{name} was changed.")
        )
        self.finish(said.format(name=user.name, login=user.login))

    def retranslate(self) -> None:
        """Set every text again."""
        if self._user is None:
            self.say_heading(self.tr("New user"), self.tr("Add"))
        else:
            self.say_heading(self.tr("User"), self.tr("Keep"))
        self.name.say(self.tr("Name on record"))
        self.login.say(self.tr("Name to sign in with"))
        self.roles.say(self.tr("Roles; one person may have several"))
        for role in GIVEN_ROLES:
            self.chips.set_text(role.value, role_text(role))
        hints = (f"{role_text(role)}: {role_hint(role)}" for role in GIVEN_ROLES)
        self._hints.setText("\n".join(hints))
