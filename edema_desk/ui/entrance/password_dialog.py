"""Dialogs about somebody's sign-in: another password, shutting out, letting in again."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QWidget

from edema_desk.domain.terms.people import User
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.entrance.new_password import NewPassword
from edema_desk.ui.entrance.sign_in_form import PasswordEdit
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label


class _UserSheet(Sheet):
    """About one user; one act."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget, user: User) -> None:
        super().__init__(jobs, theme, parent)
        self.user = user
        self.note = label("muted", wrap=True)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_done)
        self._call.failed.connect(self.on_failure)
        self._call.waiting_changed.connect(self.set_busy)

    def start(self, act: Future[Any]) -> None:
        """Wait for the act."""
        self._call.start(act)

    def on_failure(self, error: ExpectedError) -> None:
        """Say why not."""
        self.show_failure(error)

    def done_text(self) -> str:
        """The sentence when it is done."""
        raise NotImplementedError

    def _on_done(self) -> None:
        self.finish(self.done_text().format(name=self.user.name))


class NewPasswordDialog(_UserSheet):
    """An administrator gives somebody a password; who was shut out is let in with it."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget, user: User) -> None:
        super().__init__(jobs, theme, parent, user)
        self.passwords = NewPassword()
        self.put(self.note, self.passwords)
        self.retranslate()
        self.passwords.first_edit.setFocus()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.passwords,)

    def save(self) -> None:
        """Give the password, or say what is wrong with it."""
        self.clear_failure()
        password = self.passwords.demand(self.user.login)
        self.fit()
        if password is None:
            return
        users, act_id = self.jobs.desk.users, self.acts.of(password)
        give = users.enable if self.user.disabled else users.set_password
        self.start(give(act_id, self.user.user_id, password))

    def done_text(self) -> str:
        """The sentence when it is done."""
        if self.user.disabled:
            return self.tr("{name} can sign in again.")
        return self.tr("{name} has a new password.")

    def retranslate(self) -> None:
        """Set every text again."""
        if self.user.disabled:
            said = self.tr("Let {name} in again").format(name=self.user.name)
            self.say_heading(said, self.tr("Let in"))
        else:
            said = self.tr("New password for {name}").format(name=self.user.name)
            self.say_heading(said, self.tr("Give"))
        self.note.setText(
            self.tr("Tell it to them alone, and let them change it in the settings at once.")
        )


class OwnPasswordDialog(_UserSheet):
    """Another password for who sits here, who knows the one before."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget, user: User) -> None:
        super().__init__(jobs, theme, parent, user)
        self.old_edit, self.passwords = PasswordEdit(), NewPassword()
        self.old = Field(self.old_edit)
        self.put(self.old, self.passwords, self.note)
        self.retranslate()
        self.old_edit.setFocus()

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.old, self.passwords)

    def save(self) -> None:
        """Change it, or say what is wrong."""
        self.clear_failure()
        self.old.complain("")
        new = self.passwords.demand(self.user.login)
        self.fit()
        if new is None:
            return
        old = self.old_edit.text()
        self.start(self.jobs.desk.users.change_own_password(self.acts.of(old, new), old, new))

    def on_failure(self, error: ExpectedError) -> None:
        """A wrong one is said beside it."""
        if error.code is ErrorCode.SIGN_IN_WRONG:
            self.old.complain(self.tr("This is not your password."))
            self.fit()
        elif error.code is ErrorCode.PASSWORD_IS_LOGIN:
            self.passwords.first.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def done_text(self) -> str:
        """The sentence when it is done."""
        return self.tr("Your password was changed.")

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Your password"), self.tr("Change"))
        self.old.say(self.tr("The password until now"))
        self.note.setText(
            self.tr("Who forgets it gets another one from an administrator; nobody can read it.")
        )


class ShutOutDialog(_UserSheet):
    """Asked before, since whoever it is can do nothing from then on."""

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget, user: User) -> None:
        super().__init__(jobs, theme, parent, user)
        self.put(self.note)
        self.retranslate()
        self.save_button.setFocus()

    def save(self) -> None:
        """Shut out."""
        self.clear_failure()
        self.start(self.jobs.desk.users.disable(self.acts.of("out"), self.user.user_id))

    def done_text(self) -> str:
        """The sentence when it is done."""
        return self.tr("{name} is shut out.")

    def retranslate(self) -> None:
        """Set every text again."""
        said = self.tr("Shut {name} out?").format(name=self.user.name)
        self.say_heading(said, self.tr("Shut out"))
        self.note.setText(
            self.tr(
                "They cannot sign in any more. What they did stays on record under their name, "
                "and they can be let in again with a new password."
            )
        )
