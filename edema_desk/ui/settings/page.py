"""The settings: a list of sections at the left, the cards of each at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import Role
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column
from edema_desk.ui.settings.about_card import AboutCard
from edema_desk.ui.settings.audit_list_card import AuditListCard
from edema_desk.ui.settings.audit_state_card import AuditStateCard
from edema_desk.ui.settings.backup_card import BackupCard
from edema_desk.ui.settings.camera_card import CameraCard
from edema_desk.ui.settings.card import SettingsCard
from edema_desk.ui.settings.clinic_card import ClinicCard
from edema_desk.ui.settings.consent_texts_card import ConsentTextsCard
from edema_desk.ui.settings.judging_card import JudgingChoiceCard
from edema_desk.ui.settings.looks_card import LooksCard
from edema_desk.ui.settings.network_card import NetworkCard
from edema_desk.ui.settings.person_card import PersonCard
from edema_desk.ui.settings.retention_card import RetentionCard
from edema_desk.ui.settings.sections import (
    ABOUT,
    BACKUP,
    CAMERA,
    CLINIC,
    CONSENT,
    LOOKS,
    NETWORK,
    RECORD,
    USERS,
    Sections,
)
from edema_desk.ui.settings.users_card import UsersCard


class SettingsPage(Page):
    """`chosen(Settings)` after each choice; whoever listens applies and keeps it.
    `administrator_wanted()` when the first administrator is to be made; `done_well(str)` with a
    sentence after an act."""

    chosen = Signal(object)
    administrator_wanted = Signal()
    done_well = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings, version: str) -> None:
        super().__init__(jobs, theme)
        self._settings = settings
        self.sections = Sections(theme)
        self.looks, self.clinic = LooksCard(settings), ClinicCard(jobs, theme, settings)
        self.person, self.users = PersonCard(jobs, theme), UsersCard(jobs, theme)
        self.judging = JudgingChoiceCard(jobs, settings)
        self.camera = CameraCard(jobs, theme, settings)
        self.backup = BackupCard(jobs, theme, settings)
        self.retention = RetentionCard(jobs, theme, settings)
        self.texts = ConsentTextsCard(jobs, theme)
        self.record, self.acts = AuditStateCard(jobs, theme), AuditListCard(jobs, theme)
        self.network = NetworkCard(settings)
        self._about = AboutCard(version, str(jobs.desk.profile.root))
        self._put_cards()
        self.person.administrator_wanted.connect(self.administrator_wanted)
        self.setLayout(column(self.sections))
        self.retranslate()

    def _put_cards(self) -> None:
        """Every card of the program has its line here. Sections come in this order."""
        self.put(LOOKS, self.looks)
        self.put(CLINIC, self.clinic)
        self.put(USERS, self.person)
        self.put(USERS, self.judging)
        self.put(USERS, self.users, only=Role.ADMINISTRATOR)
        self.put(CAMERA, self.camera)
        self.put(BACKUP, self.backup)
        self.put(CONSENT, self.retention)
        self.put(CONSENT, self.texts, only=Role.ADMINISTRATOR)
        self.put(RECORD, self.record, only=Role.ADMINISTRATOR)
        self.put(RECORD, self.acts, only=Role.ADMINISTRATOR)
        self.put(NETWORK, self.network)
        self.put(ABOUT, self._about)

    def put(self, section: str, card: SettingsCard, *, only: Role | None = None) -> None:
        """Add a card. One `only` for administrators is kept from everybody else, who read why."""
        self.sections.put(section, card, administrators_only=only is Role.ADMINISTRATOR)
        card.chosen.connect(self._choose)
        card.done_well.connect(self.done_well)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Settings")

    def adopt(self, settings: Settings) -> None:
        """Something was chosen, here or on another page."""
        self._settings = settings
        for card in self.sections.cards:
            card.follow(settings)

    def refresh(self) -> None:
        """Ask again for what is in front. Who is at the desk may have other roles by now."""
        self._admit()
        for card in self.sections.cards_shown:
            card.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """A camera may have been plugged in meanwhile, a setting been made elsewhere."""
        super().showEvent(event)
        self.refresh()

    def on_change(self, change: Change) -> None:
        """The clinic's settings hold on all pages, so they are asked for even when not seen."""
        if change.kind in (ChangeKind.SETTINGS, ChangeKind.ELSEWHERE):
            self.clinic.refresh()
        if self.isVisible() and change.kind in (ChangeKind.USERS, ChangeKind.ELSEWHERE):
            self.refresh()

    def _admit(self) -> None:
        administrator = Role.ADMINISTRATOR in self.jobs.desk.person.roles
        why_not = self.tr("Only an administrator sees and changes the rest of this section.")
        self.sections.admit(administrator, why_not)

    def _choose(self, settings: Settings) -> None:
        self.adopt(settings)
        self.chosen.emit(settings)

    def retranslate(self) -> None:
        """Set every text again."""
        for key, name in (
            (LOOKS, self.tr("Appearance and language")),
            (CLINIC, self.tr("This clinic")),
            (USERS, self.tr("Users")),
            (CAMERA, self.tr("Camera and sound")),
            (BACKUP, self.tr("Backup")),
            (CONSENT, self.tr("Consent and retention")),
            (RECORD, self.tr("Record of acts")),
            (NETWORK, self.tr("Network")),
            (ABOUT, self.tr("About")),
        ):
            self.sections.name(key, name)
        self.sections.names.setAccessibleName(self.tr("Sections of the settings"))
        for card in self.sections.cards:
            card.retranslate()
        self._admit()
