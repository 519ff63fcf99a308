"""Entering or correcting a weight from the scale."""

from datetime import timedelta

from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QWidget

from edema_desk.domain.moment import Moment
from edema_desk.domain.records import Phase
from edema_desk.domain.trend import PhaseEntry, dry_weight_on
from edema_desk.domain.views import PatientCard
from edema_desk.domain.weights import WeightDoubt, checked_weight_g, parse_weight_g
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.entries import from_qt, parse_tare_g, to_qt
from edema_desk.ui.fields import Field, fields
from edema_desk.ui.patient_banner import PatientBanner
from edema_desk.ui.phrases import doubts_text, error_text, kg, phase_text, time_text
from edema_desk.ui.session_choice import SessionChoice
from edema_desk.ui.sheet import Sheet
from edema_desk.ui.theme import Theme
from edema_desk.ui.widgets import Chips, Notice, label, row

_USUAL_HOURS = 4.0


class WeightDialog(Sheet):
    """Kilograms, less a tare. A doubtful weight is asked again; it and a correction need a reason.

    `session_id` and `phase` may be given by the page; what is not given is asked.
    """

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        patient_id: str,
        session_id: str | None,
        phase: Phase | None,
        parent: QWidget,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id = patient_id
        self._card: PatientCard | None = None
        self._doubted: tuple[int, Phase, str | None] | None = None
        self._banner = PatientBanner(jobs, theme, compact=True)
        self.phases = Chips((Phase.PRE, Phase.POST))
        self.weight_edit, self.tare_edit, self.reason_edit = QLineEdit(), QLineEdit(), QLineEdit()
        self.weight_edit.setProperty("big", "true")
        self.at_edit = QDateTimeEdit(to_qt(Moment.now().local()))
        self.at_edit.setCalendarPopup(True)
        self.weight, self.tare = Field(self.weight_edit), Field(self.tare_edit)
        self.at, self.reason = Field(self.at_edit), Field(self.reason_edit)
        self.session = SessionChoice(jobs, patient_id, session_id)
        self.live, self.phase_wrong = label("muted", wrap=True), label("field-error")
        self.doubts = Notice(theme, "attention")
        self.old = Notice(theme, "info")
        self._calls(jobs)
        self._build(phase)
        self.retranslate()
        self.weight_edit.setFocus()
        self._load.start(jobs.desk.patient_card(patient_id))

    def _calls(self, jobs: DeskJobs) -> None:
        self._load, self._ask = DeskCall(jobs, self), DeskCall(jobs, self)
        self._open, self._enter = DeskCall(jobs, self), DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._ask.answered.connect(self._on_doubts)
        self._open.answered.connect(self._on_opened)
        self._enter.answered.connect(self._on_entered)
        self._load.failed.connect(self.show_failure)
        self.session.failed.connect(self.show_failure)
        for call in (self._ask, self._open, self._enter):
            call.failed.connect(self._on_failure)
            call.waiting_changed.connect(self.set_busy)

    def _build(self, phase: Phase | None) -> None:
        for part in (self.phase_wrong, self.doubts, self.old, self.reason):
            part.hide()
        self.put(
            self._banner,
            row(self.phases, self.phase_wrong, None, gap=16),
            fields(self.weight, self.tare, self.at),
            self.live,
            self.session,
            self.old,
            self.doubts,
            self.reason,
        )
        if phase in (Phase.PRE, Phase.POST):
            self.phases.choose(phase)
        self.phases.chosen.connect(self._on_phase)
        self.weight_edit.textChanged.connect(self._on_typed)
        self.tare_edit.textChanged.connect(self._on_typed)
        self.at_edit.dateTimeChanged.connect(self._on_time)
        self.session.changed.connect(self._on_session)
        self.save_button.setEnabled(False)

    # what was typed

    @property
    def phase(self) -> Phase | None:
        """Before or after, once chosen."""
        return Phase(self.phases.choice) if self.phases.choice else None

    def _net_g(self) -> int:
        gross_g, tare_g = (
            parse_weight_g(self.weight_edit.text()),
            parse_tare_g(self.tare_edit.text()),
        )
        return checked_weight_g(gross_g - tare_g)

    def _on_typed(self) -> None:
        self.weight.complain("")
        self.tare.complain("")
        self._forget_doubts()
        self._say_live()

    def _on_phase(self) -> None:
        self.phase_wrong.hide()
        self._on_time()

    def _on_time(self) -> None:
        phase = self.phase
        if phase is not None:
            self.session.propose(phase, from_qt(self.at_edit.dateTime()))
        self._on_session()

    def _on_session(self) -> None:
        self._forget_doubts()
        self._say_old()
        self._say_live()

    def _forget_doubts(self) -> None:
        if self._doubted is not None:
            self._doubted = None
            self.doubts.say("")
            self._say_old()

    # what is known

    def _on_card(self, card: PatientCard) -> None:
        self._card = card
        self._banner.show_card(card)
        self.session.set_trend(card.trend)
        self.save_button.setEnabled(True)
        known = self.session.session
        if known is not None and known.session.day != Moment.now().day:
            later = self.phase is Phase.POST
            hours = (known.session.planned_hours or _USUAL_HOURS) if later else 0.0
            opened = known.session.opened_at.local()
            self.at_edit.setDateTime(to_qt(opened + timedelta(hours=hours)))
        self._on_time()

    def _old_entry(self) -> PhaseEntry | None:
        phase = self.phase
        entry = self.session.existing(phase) if phase is not None else None
        return entry if entry is not None and entry.net_g is not None else None

    def _say_old(self) -> None:
        old = self._old_entry()
        if old is None:
            self.old.say("")
        else:
            said = self.tr(
                "{weight} kg was entered for {time}. A correction keeps both; say why below."
            )
            self.old.say(said.format(weight=kg(old.net_g), time=time_text(old.at)))
        self.reason.setVisible(old is not None or self._doubted is not None)
        self._name_save()
        self.fit()

    def _say_live(self) -> None:
        self.live.setText(self._live_text())
        self.fit()

    def _live_text(self) -> str:
        try:
            net_g = self._net_g()
        except ExpectedError:
            return " "
        text = self.tr("{weight} kg without tare").format(weight=kg(net_g))
        day = from_qt(self.at_edit.dateTime()).day
        dry_g = dry_weight_on(day, self._card.trend.dry_weights) if self._card else None
        if dry_g is not None:
            said = self.tr("{excess} kg against the dry weight of {dry} kg")
            text = f"{text} · {said.format(excess=kg(net_g - dry_g, signed=True), dry=kg(dry_g))}"
        return text

    # saving

    def save(self) -> None:
        """Check, ask again where doubtful, then enter; errors appear beside the fields."""
        self.clear_failure()
        phase, right = self.phase, self._check_fields()
        if phase is None:
            self.phase_wrong.show()
        if not right or phase is None or self._card is None:
            return
        if not self.session.decided:
            if self.session.asking:
                self.failure.say(self.tr("Choose the session this weight belongs to."), "attention")
                self.fit()
            return
        needs_reason = self._old_entry() is not None or self._doubted is not None
        if needs_reason and not self.reason_edit.text().strip():
            self.reason.complain(error_text(ExpectedError(ErrorCode.REASON_NEEDED)))
            self.reason_edit.setFocus()
            self.fit()
            return
        self.reason.complain("")
        key = (self._net_g(), phase, self.session.session_id)
        if self._doubted == key:
            self._begin()
        else:
            session_id, at = self.session.session_id, from_qt(self.at_edit.dateTime())
            doubts = self.jobs.desk.weight_doubts(self._patient_id, session_id, phase, key[0], at)
            self._ask.start(doubts)

    def _check_fields(self) -> bool:
        try:
            parse_weight_g(self.weight_edit.text())
        except ExpectedError as error:
            self.weight.complain(error_text(error))
            self.weight_edit.setFocus()
            self.fit()
            return False
        try:
            parse_tare_g(self.tare_edit.text())
            self._net_g()
        except ExpectedError as error:
            self.tare.complain(error_text(error))
            self.fit()
            return False
        return True

    def _on_doubts(self, doubts: tuple[WeightDoubt, ...]) -> None:
        phase = self.phase
        if not doubts or phase is None:
            self._begin()
            return
        self._doubted = (self._net_g(), phase, self.session.session_id)
        self.doubts.say(doubts_text(doubts))
        self._say_old()
        self.reason_edit.setFocus()

    def _begin(self) -> None:
        session_id = self.session.session_id
        if session_id is not None:
            self._on_opened(session_id)
            return
        at = from_qt(self.at_edit.dateTime())
        act_id = self.acts.of("session", at)
        self._open.start(self.jobs.desk.open_session(act_id, self._patient_id, at))

    def _on_opened(self, session_id: str) -> None:
        phase = self.phase
        if phase is None:
            return
        gross_g, tare_g = (
            parse_weight_g(self.weight_edit.text()),
            parse_tare_g(self.tare_edit.text()),
        )
        at, reason = from_qt(self.at_edit.dateTime()), self.reason_edit.text().strip()
        entry = (session_id, phase, gross_g, tare_g, at, reason)
        self._enter.start(self.jobs.desk.enter_weight(self.acts.of(*entry), *entry))

    def _on_entered(self) -> None:
        said = self.tr("{weight} kg was entered.")
        self.finish(said.format(weight=kg(self._net_g())))

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.REASON_NEEDED:
            self.reason.show()
            self.reason.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.weight_edit, self.tare_edit, self.at_edit, self.phases, self.session)

    # words

    def _name_save(self) -> None:
        if self._doubted is not None:
            self.save_button.setText(self.tr("Enter it as it is"))
        elif self._old_entry() is not None:
            self.save_button.setText(self.tr("Correct"))
        else:
            self.save_button.setText(self.tr("Enter"))

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(self.tr("Weight"), self.tr("Enter"))
        for phase in (Phase.PRE, Phase.POST):
            self.phases.set_text(phase, phase_text(phase))
        self.phase_wrong.setText(self.tr("Choose before or after."))
        self.weight.say(self.tr("On the scale, kg"))
        self.tare.say(self.tr("Wheelchair and clothes, kg"))
        self.at.say(self.tr("When"))
        self.at_edit.setDisplayFormat(self.tr("d MMM yyyy  HH:mm"))
        self.reason.say(self.tr("Reason"))
        self._say_live()
        self._name_save()
