"""What holds for everybody in the clinic: shifts, thresholds, and when the window locks itself."""

from PySide6.QtWidgets import QLineEdit

from edema_desk.domain.terms.schedule import parse_shift_starts
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import LIMITS, Settings, SettingValue
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.number_field import NumberField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import label
from edema_desk.ui.settings.clinic_settings_card import ClinicSettingsCard, show_unless_typed

_SHIFTS_PX = 260


class ClinicCard(ClinicSettingsCard):
    """Shifts, thresholds and the time until the screen is covered."""

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings) -> None:
        super().__init__(jobs, theme, settings)
        self._administrator = True
        self._now = DeskCall(jobs, self)
        self._heading, self._note = label("card-title"), label("caption", wrap=True)
        self.shifts_edit = QLineEdit()
        self.shifts_edit.setMaximumWidth(_SHIFTS_PX)
        self.shifts = Field(self.shifts_edit, None)
        self.uf_rate = NumberField(*LIMITS["uf_rate_limit_ml_kg_h"])
        self.gain = NumberField(*LIMITS["gain_limit_percent"])
        self.lock = NumberField(*LIMITS["lock_after_min"], whole=True)
        self._fields = (self.shifts, self.uf_rate, self.gain, self.lock)
        for part in (self._heading, *self._fields, self.failure, self._note):
            self.body.addWidget(part)
        self.shifts_edit.editingFinished.connect(self._on_shifts)
        self.uf_rate.entered.connect(self._on_uf_rate)
        self.gain.entered.connect(self._on_gain)
        self.lock.entered.connect(self._on_lock)
        self._now.answered.connect(self._on_settings)
        self.follow(settings)
        self.retranslate()

    def admit(self, administrator: bool) -> None:
        """Whether who is at the desk may change it."""
        for part in self._fields:
            part.editor.setEnabled(administrator)
        self._administrator = administrator
        self._say_note()

    def refresh(self) -> None:
        """Another program may have set something."""
        if not self._set.waiting:
            self._now.start(self._jobs.desk.clinic_settings.now())

    def follow(self, settings: Settings) -> None:
        """Show what is in force. What somebody types meanwhile, or is wrong, stays."""
        self._settings, now = settings, settings.clinic
        if not self.shifts_edit.hasFocus() and not self.shifts.wrong.text():
            self.shifts_edit.setText(now.shift_starts)
        for part, value in (
            (self.uf_rate, now.uf_rate_limit_ml_kg_h),
            (self.gain, now.gain_limit_percent),
            (self.lock, float(now.lock_after_min)),
        ):
            show_unless_typed(part, value)

    def _on_shifts(self) -> None:
        text = " ".join(self.shifts_edit.text().split())
        try:
            parse_shift_starts(text)
        except ValueError:
            said = self.tr("Enter when the shifts start, one after another: 08:00 13:00 18:00")
            self.shifts.complain(said)
            return
        self.shifts.complain("")
        self._keep("shift_starts", text)

    def _on_uf_rate(self, number: float) -> None:
        self._keep("uf_rate_limit_ml_kg_h", number)

    def _on_gain(self, number: float) -> None:
        self._keep("gain_limit_percent", number)

    def _on_lock(self, number: float) -> None:
        self._keep("lock_after_min", round(number))

    def _keep(self, name: str, value: SettingValue) -> bool:
        begun = super()._keep(name, value)
        if begun:
            self._now.forget()
        return begun

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("This clinic"))
        self.shifts.say(self.tr("Shifts start at"))
        self.uf_rate.say(self.tr("Ultrafiltration is marked above"))
        self.uf_rate.unit.setText("mL/kg/h")
        self.gain.say(self.tr("Weight gain since the last session is marked above"))
        self.gain.unit.setText(self.tr("% of the dry weight"))
        self.lock.say(self.tr("The screen is covered when nobody has touched anything for"))
        self.lock.unit.setText(self.tr("minutes"))
        self._say_note()

    def _say_note(self) -> None:
        if self._administrator:
            said = self.tr("Holds for everybody. Who changed it and when is on record.")
        else:
            said = self.tr("Holds for everybody. Only an administrator changes it.")
        self._note.setText(said)
