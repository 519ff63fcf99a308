"""How long clips and records are kept, and whose records are about to go."""

from collections.abc import Sequence

from edema_desk.domain.keeping.retention import RetentionNotice
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import LIMITS, Settings
from edema_desk.ui.parts.number_field import NumberField
from edema_desk.ui.parts.phrases import short_day_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, label
from edema_desk.ui.settings.clinic_settings_card import ClinicSettingsCard, show_unless_typed

_MOST_NAMED = 20


class RetentionCard(ClinicSettingsCard):
    """Whole recordings and records, and whose records are about to go."""

    def __init__(self, jobs: DeskJobs, theme: Theme, settings: Settings) -> None:
        super().__init__(jobs, theme, settings)
        self._leaving: tuple[RetentionNotice, ...] = ()
        self._heading, self._note = label("card-title"), label("caption", wrap=True)
        self.clips = NumberField(*LIMITS["full_clip_days"], whole=True)
        self.records = NumberField(*LIMITS["keep_years"], whole=True)
        self.leaving = Notice(theme, "attention")
        self.leaving.hide()
        for part in (
            *(self._heading, self.clips, self.records),
            *(self.leaving, self.failure, self._note),
        ):
            self.body.addWidget(part)
        self._list = DeskCall(jobs, self)
        self.clips.entered.connect(self._on_clips)
        self.records.entered.connect(self._on_records)
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
            show_unless_typed(part, float(value))

    def _on_clips(self, number: float) -> None:
        self._keep("full_clip_days", round(number))

    def _on_records(self, number: float) -> None:
        self._keep("keep_years", round(number))

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
