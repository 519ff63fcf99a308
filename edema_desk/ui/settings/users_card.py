"""The users of the clinic, for administrators."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from edema_desk.domain.terms.people import LOCAL, Account, User
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.entrance.password_dialog import NewPasswordDialog, ShutOutDialog
from edema_desk.ui.entrance.recovery_dialog import RecoveryDialog
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label, row
from edema_desk.ui.settings.card import SettingsCard
from edema_desk.ui.settings.user_dialog import UserDialog
from edema_desk.ui.settings.user_words import account_text, roles_text


class UsersCard(SettingsCard):
    """A row for each user. One who is shut out stays in sight, muted, and can be let in again."""

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._jobs, self._theme = jobs, theme
        self.sheet: Sheet | None = None
        self.code: RecoveryDialog | None = None
        self.accounts: tuple[Account, ...] = ()
        self._list, self._recovery = DeskCall(jobs, self), DeskCall(jobs, self)
        self._heading, self._code_note = label("card-title"), label("caption", wrap=True)
        self.add, self.new_code = button(), button()
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(STEP_PX * 3)
        self._grid.setVerticalSpacing(STEP_PX * 3)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._heading)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.failure)
        self.body.addLayout(row(self.add, self.new_code, None))
        self.body.addWidget(self._code_note)
        self._list.answered.connect(self._on_accounts)
        self._list.failed.connect(self._on_failure)
        self._recovery.answered.connect(self._on_code)
        self._recovery.failed.connect(self._on_failure)
        self.add.clicked.connect(self._on_add)
        self.new_code.clicked.connect(self._on_new_code)
        self.retranslate()

    def wanted(self) -> bool:
        """There are users to show."""
        return self._jobs.desk.person != LOCAL

    def refresh(self) -> None:
        """Ask who there is."""
        self._list.start(self._jobs.desk.users.accounts())

    def _on_accounts(self, accounts: Sequence[Account]) -> None:
        self.accounts = tuple(accounts)
        self.failure.say("")
        self._show()

    def _on_failure(self, error: ExpectedError) -> None:
        self.failure.say(error_text(error))

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        ordered = sorted(self.accounts, key=lambda a: a.user.disabled)
        for place, account in enumerate(ordered):
            self._add_row(place, account)

    def _add_row(self, place: int, account: Account) -> None:
        user = account.user
        name = label("muted" if user.disabled else "strong", user.name, wrap=True)
        what = label("caption", " · ".join((user.login, roles_text(user.roles))), wrap=True)
        who, acts = QWidget(), QWidget()
        who.setLayout(column(name, what, gap=2))
        acts.setLayout(row(*self._acts(account), gap=0))
        self._grid.addWidget(who, place, 0)
        look = "muted" if user.disabled else "attention"
        self._grid.addWidget(label(look, account_text(account)), place, 1)
        self._grid.addWidget(acts, place, 2, Qt.AlignmentFlag.AlignRight)

    def _acts(self, account: Account) -> tuple[QPushButton, ...]:
        user = account.user
        own = user.user_id == self._jobs.desk.person.actor_id
        if user.disabled:
            return (self._act(self.tr("Let in…"), user, self._on_password),)
        change = self._act(self.tr("Change…"), user, self._on_change)
        if own:
            return (change,)
        password = self._act(self.tr("Password…"), user, self._on_password)
        return (change, password, self._act(self.tr("Shut out…"), user, self._on_shut_out))

    def _act(self, text: str, user: User, slot: Callable[[], None]) -> QPushButton:
        made = button("quiet")
        made.setText(text)
        made.setAccessibleDescription(user.name)
        made.setProperty("user", user.user_id)
        made.clicked.connect(slot)
        return made

    def _asked_about(self) -> User | None:
        asker = self.sender()
        wanted = asker.property("user") if asker is not None else None
        return next((a.user for a in self.accounts if a.user.user_id == wanted), None)

    def _on_add(self) -> None:
        self._open(UserDialog(self._jobs, self._theme, self.window()))

    def _on_change(self) -> None:
        user = self._asked_about()
        if user is not None:
            self._open(UserDialog(self._jobs, self._theme, self.window(), user))

    def _on_password(self) -> None:
        user = self._asked_about()
        if user is not None:
            self._open(NewPasswordDialog(self._jobs, self._theme, self.window(), user))

    def _on_shut_out(self) -> None:
        user = self._asked_about()
        if user is not None:
            self._open(ShutOutDialog(self._jobs, self._theme, self.window(), user))

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.done_well.connect(self.done_well)
        sheet.finished.connect(self._on_closed)
        sheet.open()
        sheet.fit()

    def _on_closed(self) -> None:
        self.sheet = None
        self.refresh()

    def _on_new_code(self) -> None:
        self._recovery.start(self._jobs.desk.users.new_recovery_code())

    def _on_code(self, code: str) -> None:
        self.code = RecoveryDialog(self._theme, code, self.window())
        self.code.finished.connect(self._on_code_kept)
        self.code.open()

    def _on_code_kept(self) -> None:
        self.code = None

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Users"))
        self.add.setText(self.tr("Add a user…"))
        self.new_code.setText(self.tr("New recovery code…"))
        self._code_note.setText(
            self.tr("A new recovery code ends the earlier one at once. It is shown only then.")
        )
        self._show()
