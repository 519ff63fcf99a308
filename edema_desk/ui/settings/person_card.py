"""Who signed in, and the own password; or that nobody has to sign in yet."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from edema_desk.domain.terms.people import LOCAL, Account
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.entrance.password_dialog import OwnPasswordDialog
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, button, label, row
from edema_desk.ui.settings.card import SettingsCard
from edema_desk.ui.settings.user_words import roles_text


class PersonCard(SettingsCard):
    """`administrator_wanted()` when somebody is to sign in from now on."""

    administrator_wanted = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._jobs, self._theme = jobs, theme
        self.dialog: OwnPasswordDialog | None = None
        self._accounts = DeskCall(jobs, self)
        self._heading, self._who = label("card-title"), label(wrap=True)
        self._open_to_all = Notice(theme, "attention")
        self.make, self.change = button("primary"), button()
        for part in (self._heading, self._who, self._open_to_all):
            self.body.addWidget(part)
        self.body.addLayout(row(self.make, self.change, None))
        self.make.clicked.connect(self.administrator_wanted)
        self.change.clicked.connect(self._on_change)
        self._accounts.answered.connect(self._on_accounts)
        self.retranslate()

    def refresh(self) -> None:
        """Roles may be others."""
        self.retranslate()

    def _on_change(self) -> None:
        self._accounts.start(self._jobs.desk.users.accounts())

    def _on_accounts(self, accounts: Sequence[Account]) -> None:
        own_id = self._jobs.desk.person.actor_id
        own = next((a.user for a in accounts if a.user.user_id == own_id), None)
        if own is None:
            return
        self.dialog = OwnPasswordDialog(self._jobs, self._theme, self.window(), own)
        self.dialog.done_well.connect(self.done_well)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()
        self.dialog.fit()

    def _on_closed(self) -> None:
        self.dialog = None

    def retranslate(self) -> None:
        """Set every text again."""
        person = self._jobs.desk.person
        free = person == LOCAL
        self._heading.setText(self.tr("Signing in") if free else self.tr("You"))
        said = self.tr("Signed in as {name}: {roles}")
        self._who.setText(said.format(name=person.name, roles=roles_text(person.roles)))
        self._who.setVisible(not free)
        self._open_to_all.say(
            self.tr(
                "Nobody has to sign in: whoever sits at this PC may see and do everything, and "
                "the key to the records lies on this PC. With the first administrator the records "
                "get a new key, which only a password or the recovery code opens."
            )
            if free
            else ""
        )
        self.make.setText(self.tr("Make the first administrator…"))
        self.make.setVisible(free)
        self.change.setText(self.tr("Change your password…"))
        self.change.setVisible(person.known)
