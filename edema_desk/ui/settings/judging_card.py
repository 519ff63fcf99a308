"""Whether who is signed in judges faces before seeing what the scale and the model say."""

from dataclasses import replace

from edema_desk.domain.course.veil import judges_first_since, judging_first
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.wording import moment_text
from edema_desk.settings import Settings
from edema_desk.ui.parts.widgets import Chips, label, row
from edema_desk.ui.settings.card import SettingsCard

OFF, ON = "off", "on"


class JudgingChoiceCard(SettingsCard):
    """For clinicians; everybody else has nothing to judge."""

    def __init__(self, jobs: DeskJobs, settings: Settings) -> None:
        super().__init__()
        self._jobs, self._settings = jobs, settings
        self._heading, self._note = label("card-title"), label("caption", wrap=True)
        self._since = label("muted", wrap=True)
        self.choice = Chips((OFF, ON))
        self.body.addWidget(self._heading)
        self.body.addLayout(row(self.choice, None))
        self.body.addWidget(self._since)
        self.body.addWidget(self._note)
        self.choice.chosen.connect(self._on_choice)
        self.retranslate()

    def wanted(self) -> bool:
        """Whether who is signed in may judge."""
        return self._jobs.may(ActKind.JUDGE_CAPTURE)

    def refresh(self) -> None:
        """Somebody else may sit here, or have other roles."""
        self._show()

    def follow(self, settings: Settings) -> None:
        """Show what is in force."""
        self._settings = settings
        self._show()

    def _since_ms(self) -> int | None:
        return judges_first_since(self._settings.judge_first, self._jobs.desk.person.actor_id)

    def _on_choice(self, key: str) -> None:
        if (key == ON) == (self._since_ms() is not None):
            return
        since_ms = Moment.now().utc_ms if key == ON else None
        person_id = self._jobs.desk.person.actor_id
        kept = judging_first(self._settings.judge_first, person_id, since_ms)
        self.chosen.emit(replace(self._settings, judge_first=kept))

    def _show(self) -> None:
        since_ms = self._since_ms()
        self.setVisible(self.wanted())
        self.choice.choose(OFF if since_ms is None else ON)
        self._since.setVisible(since_ms is not None)
        if since_ms is not None:
            said = self.tr(
                "Since {moment}. What you judge of sessions opened since counts as blind."
            )
            at = Moment(since_ms, Moment.now().offset_min)
            self._since.setText(said.format(moment=moment_text(at)))

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Judge before I see the estimate"))
        self.choice.set_text(OFF, self.tr("Off"))
        self.choice.set_text(ON, self.tr("On"))
        self._note.setText(
            self.tr(
                "A session then shows you its faces and nothing that tells the excess, until you "
                "judged them or said why not. Today and the patient's page leave the estimates of "
                "such sessions out as well; Agreement, reports and exports do not. It is your own "
                "choice on this PC."
            )
        )
        self._show()
