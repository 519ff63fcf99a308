"""Entering a new dry weight."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.weights import WeightDoubt, parse_weight_g
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import doubts_text, error_text, kg, short_day_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Notice, label
from edema_desk.ui.pieces.patient_banner import PatientBanner


class DryWeightDialog(Sheet):
    """A new entry, valid from a day on; the old one stays on record. A change needs a reason."""

    def __init__(self, jobs: DeskJobs, theme: Theme, patient_id: str, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id = patient_id
        self._card: PatientCard | None = None
        self._banner = PatientBanner(jobs, theme, compact=True)
        self._now_line = label("muted", wrap=True)
        self._weight_edit, self._reason_edit, self._day_edit = QLineEdit(), QLineEdit(), QDateEdit()
        self.weight = Field(self._weight_edit)
        self.valid_from = Field(self._day_edit)
        self.reason = Field(self._reason_edit)
        self.doubts = Notice(theme, "attention")
        self.doubts.hide()
        self._doubted: tuple[int, date] | None = None
        self._day_edit.setCalendarPopup(True)
        today = date.today()
        self._day_edit.setDate(QDate(today.year, today.month, today.day))
        self.put(
            self._banner,
            self._now_line,
            fields(self.weight, self.valid_from),
            self.doubts,
            self.reason,
        )
        self._load = DeskCall(jobs, self)
        self._load.answered.connect(self._on_card)
        self._load.failed.connect(self.show_failure)
        self._ask = DeskCall(jobs, self)
        self._ask.answered.connect(self._on_doubts)
        self._ask.failed.connect(self.show_failure)
        self._ask.waiting_changed.connect(self.set_busy)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_saved)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self._weight_edit.textChanged.connect(self._on_typed)
        self._day_edit.dateChanged.connect(self._on_typed)
        self.retranslate()
        self._weight_edit.setFocus()
        self.save_button.setEnabled(False)
        self._load.start(jobs.desk.patient_card(patient_id))

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.weight, self.valid_from, self.reason)

    def save(self) -> None:
        """Enter the dry weight, or show what is wrong beside the fields."""
        if self._card is None:
            return
        self.clear_failure()
        grams = self._read_weight()
        reason = self._reason_edit.text().strip()
        day = self._day()
        asked_again = grams is not None and self._doubted == (grams, day)
        needed = (self._card.dry_weight_g is not None or asked_again) and not reason
        self.reason.complain(error_text(ExpectedError(ErrorCode.REASON_NEEDED)) if needed else "")
        self.fit()
        if grams is None or needed:
            return
        if asked_again:
            self._enter(grams, day, reason)
        else:
            self._ask.start(self.jobs.desk.dry_weight_doubts(self._patient_id, grams, day))

    def _enter(self, grams: int, day: date, reason: str) -> None:
        act_id = self.acts.of(grams, day, reason)
        desk = self.jobs.desk
        self._call.start(desk.set_dry_weight(act_id, self._patient_id, grams, day, reason))

    def _day(self) -> date:
        shown = self._day_edit.date()
        return date(shown.year(), shown.month(), shown.day())

    def _on_doubts(self, doubts: tuple[WeightDoubt, ...]) -> None:
        """What is doubtful is asked again; it is entered as it is when it is saved once more."""
        grams = self._read_weight()
        if grams is None:
            return
        if not doubts:
            self._enter(grams, self._day(), self._reason_edit.text().strip())
            return
        self._doubted = (grams, self._day())
        self.doubts.say(doubts_text(doubts))
        self.save_button.setText(self.tr("Enter it as it is"))
        self._reason_edit.setFocus()
        self.fit()

    def _on_typed(self) -> None:
        if self._doubted is not None:
            self._doubted = None
            self.doubts.say("")
            self.save_button.setText(self.tr("Enter"))
            self.fit()

    def _read_weight(self) -> int | None:
        try:
            grams = parse_weight_g(self._weight_edit.text())
        except ExpectedError as error:
            self.weight.complain(error_text(error))
            return None
        self.weight.complain("")
        return grams

    def _on_card(self, card: PatientCard) -> None:
        self._card = card
        self._banner.show_card(card)
        self.save_button.setEnabled(True)
        self._say_now()
        self.fit()

    def _say_now(self) -> None:
        card = self._card
        if card is None or card.dry_weight_g is None:
            self._now_line.setText(self.tr("No dry weight has been entered yet."))
            return
        since = card.trend.dry_weights[-1].valid_from if card.trend.dry_weights else None
        said = self.tr("In force: {weight} kg since {day}. It stays on record.")
        day = short_day_text(since) if since else "–"
        self._now_line.setText(said.format(weight=kg(card.dry_weight_g), day=day))

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.REASON_NEEDED:
            self.reason.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def _on_saved(self) -> None:
        self.finish(self.tr("The dry weight was entered."))

    def retranslate(self) -> None:
        """Set every text again."""
        doubted = self._doubted is not None
        word = self.tr("Enter it as it is") if doubted else self.tr("Enter")
        self.say_heading(self.tr("Dry weight"), word)
        self.weight.say(self.tr("New dry weight, kg"))
        self.valid_from.say(self.tr("Valid from"))
        self.reason.say(self.tr("Reason"))
        self._day_edit.setDisplayFormat(self.tr("d MMM yyyy"))
        self._say_now()
