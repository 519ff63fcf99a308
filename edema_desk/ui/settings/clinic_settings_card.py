"""What the cards have in common that keep settings of the whole clinic."""

from dataclasses import replace

from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import ClinicSettings, Settings, SettingValue
from edema_desk.ui.parts.number_field import NumberField
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import ActIds
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice
from edema_desk.ui.settings.card import SettingsCard


class ClinicSettingsCard(SettingsCard):
    """Everybody reads it, an administrator changes it. Kept at once, and on record."""

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings) -> None:
        super().__init__(gap=14)
        self._jobs, self._settings = jobs, settings
        self._acts = ActIds()
        self._set = DeskCall(jobs, self)
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self._set.answered.connect(self._on_settings)
        self._set.failed.connect(self._on_failure)

    def _keep(self, name: str, value: SettingValue) -> bool:
        """Have a setting kept; False where it is so already."""
        if getattr(self._settings.clinic, name) == value:
            return False
        self.failure.say("")
        act_id = self._acts.of(self._settings.clinic, name, value)
        self._set.start(self._jobs.desk.clinic_settings.set(act_id, name, value))
        return True

    def _on_settings(self, now: ClinicSettings) -> None:
        if now != self._settings.clinic:
            self._settings = replace(self._settings, clinic=now)
            self.chosen.emit(self._settings)

    def _on_failure(self, error: ExpectedError) -> None:
        self.failure.say(error_text(error))


def show_unless_typed(field: NumberField, value: float) -> None:
    """Show what is in force; what somebody types meanwhile, or is wrong, stays."""
    if not field.editor.hasFocus() and not field.wrong.text():
        field.show_number(value)
