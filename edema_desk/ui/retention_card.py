"""How long clips and records are kept, and whose records are about to go."""

from collections.abc import Sequence
from dataclasses import replace

from edema_desk.domain.retention import RetentionNotice
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import LIMITS, ClinicSettings, Settings
from edema_desk.ui.number_field import NumberField
from edema_desk.ui.phrases import error_text, short_day_text
from edema_desk.ui.settings_card import SettingsCard
from edema_desk.ui.sheet import ActIds
from edema_desk.ui.theme import Theme
from edema_desk.ui.widgets import Notice, label

_MOST_NAMED = 20


class RetentionCard(SettingsCard):
    """Everybody reads it, an administrator changes it."""

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings) -> None:
        super().__init__(gap=14)
        self._jobs, self._settings = jobs, settings
        self._acts = ActIds()
        self._leaving: tuple[RetentionNotice, ...] = ()
        self._heading, self._note = label("card-title"), label("caption", wrap=True)
        self.clips = NumberField(*LIMITS["full_clip_days"], whole=True)
        self.records = NumberField(*LIMITS["keep_years"], whole=True)
        self.leaving, self.failure = Notice(theme, "attention"), Notice(theme, "bad")
        self.leaving.hide()
        self.failure.hide()
        for part in (
            *(self._heading, self.clips, self.records),
            *(self.leaving, self.failure, self._note),
        ):
            self.body.addWidget(part)
        self._set, self._list = DeskCall(jobs, self), DeskCall(jobs, self)
        self.clips.entered.connect(self._on_clips)
        self.records.entered.connect(self._on_records)
        self._set.answered.connect(self._on_settings)
        self._set.failed.connect(self._on_failure)
        self._list.answered.connect(self._on_leaving)
        self._list.failed.connect(self._on_failure)
        self.follow(settings)
        self.retranslate()

    def admit(self, administrator: bool) -> None:
        """Whether who is at the desk may change it."""
        for part in (self.clips, self.records):
            part.editor.setEnabled(administrator)

    def refresh(self) -> None:
        """Ask whose records are about to go."""
        self._list.start(self._jobs.desk.consents.leaving())

    def follow(self, settings: Settings) -> None:
        """Show what is in force; what somebody types meanwhile stays."""
        self._settings, now = settings, settings.clinic
        for part, value in ((self.clips, now.full_clip_days), (self.records, now.keep_years)):
            if not part.editor.hasFocus() and not part.wrong.text():
                part.show_number(float(value))

    def _on_clips(self, number: float) -> None:
        self._keep("full_clip_days", round(number))

    def _on_records(self, number: float) -> None:
        self._keep("keep_years", round(number))

    def _keep(self, name: str, value: int) -> None:
        if getattr(self._settings.clinic, name) == value:
            return
        self.failure.say("")
        act_id = self._acts.of(self._settings.clinic, name, value)
        self._set.start(self._jobs.desk.clinic_settings.set(act_id, name, value))

    def _on_settings(self, now: ClinicSettings) -> None:
        if now != self._settings.clinic:
            self._settings = replace(self._settings, clinic=now)
            self.chosen.emit(self._settings)

    def _on_failure(self, error: ExpectedError) -> None:
        self.failure.say(error_text(error))

    def _on_leaving(self, leaving: Sequence[RetentionNotice]) -> None:
        self._leaving = tuple(leaving)
        self._say_leaving()

    def _say_leaving(self) -> None:
        if not self._leaving:
            self.leaving.say("")
            return
        said = self.tr("{count} patients were last treated so long ago that their records go:")
        line = self.tr("{name} ({number}) from {day}")
        lines = [
            line.format(
                name=one.patient.name,
                number=one.patient.chart_number,
                day=short_day_text(one.goes_on),
            )
            for one in self._leaving[:_MOST_NAMED]
        ]
        self.leaving.say("\n".join([said.format(count=len(self._leaving)), *lines]))

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("How long things are kept"))
        self.clips.say(self.tr("Whole recordings are kept for"))
        self.clips.unit.setText(self.tr("days; the pictures of the face stay"))
        self.records.say(self.tr("Pictures, weights and estimates are kept for"))
        self.records.unit.setText(self.tr("years after a patient's last session"))
        self._note.setText(
            self.tr(
                "The program removes what is over by itself, once a day, and each removal is on "
                "record. A patient's records go 30 days after it was announced here; choose more "
                "years to keep them. What is on record in the clinic's own chart is not touched. "
                "Clips are erased by destroying their keys: overwriting files on an SSD proves "
                "nothing."
            )
        )
        self._say_leaving()
