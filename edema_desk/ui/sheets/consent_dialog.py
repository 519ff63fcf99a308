"""Recording that a patient agrees to something, or agrees no longer."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.keeping.consent import (
    ConsentText,
    PatientConsent,
    Purpose,
    Withdrawn,
)
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Chips, Notice, label, row
from edema_desk.ui.pieces.consent_words import purpose_text, standing_text, text_in_language
from edema_desk.ui.pieces.patient_banner import PatientBanner

GIVE, WITHDRAW = "give", "withdraw"
KEEP, DESTROY = "keep", "destroy"
_TEXT_PX = 190


class ConsentDialog(Sheet):
    """What the patient reads, the answer, its day and a remark. A withdrawal of care asks what
    becomes of the pictures, and nothing is chosen for the person who enters it."""

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        patient_id: str,
        purpose: Purpose,
        parent: QWidget,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id, self._purpose = patient_id, purpose
        self._now: PatientConsent | None = None
        self._text: ConsentText | None = None
        self._banner = PatientBanner(jobs, theme, compact=True)
        self.state, self.text = label("strong", wrap=True), QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFixedHeight(_TEXT_PX)
        self.answers, self.pictures = Chips((GIVE, WITHDRAW)), Chips((KEEP, DESTROY))
        self._day_edit, self._remark_edit = QDateEdit(), QLineEdit()
        self.day, self.remark = Field(self._day_edit), Field(self._remark_edit)
        self._pictures_word, self.warning = label("caption"), Notice(theme, "attention")
        today = date.today()
        self._day_edit.setCalendarPopup(True)
        self._day_edit.setDate(QDate(today.year, today.month, today.day))
        self._day_edit.setMaximumDate(self._day_edit.date())
        self.put(
            *(self._banner, self.state, self.text, row(self.answers, None)),
            fields(self.day, self.remark),
            *(self._pictures_word, row(self.pictures, None), self.warning),
        )
        self._cards, self._load = DeskCall(jobs, self), DeskCall(jobs, self)
        self._texts, self._call = DeskCall(jobs, self), DeskCall(jobs, self)
        self._connect()
        self.retranslate()
        self._cards.start(jobs.desk.patient_card(patient_id))
        self._load.start(jobs.desk.consents.of(patient_id))
        self._texts.start(jobs.desk.consents.texts())

    def _connect(self) -> None:
        self._cards.answered.connect(self._on_card)
        self._load.answered.connect(self._on_consent)
        self._texts.answered.connect(self._on_texts)
        self._call.answered.connect(self._on_saved)
        for call in (self._cards, self._load, self._texts):
            call.failed.connect(self.show_failure)
        self._call.failed.connect(self._on_failure)
        self._call.waiting_changed.connect(self.set_busy)
        self.answers.chosen.connect(self._look)
        self.pictures.chosen.connect(self._look)

    def locked_while_busy(self) -> tuple[QWidget, ...]:
        """The editors of this sheet."""
        return (self.answers, self.day, self.remark, self.pictures)

    @property
    def _asks_for_pictures(self) -> bool:
        return self._purpose is Purpose.CARE and self.answers.choice == WITHDRAW

    def save(self) -> None:
        """Keep the answer, or show what is missing."""
        self.clear_failure()
        remark = self._remark_edit.text().strip()
        withdraws = self.answers.choice == WITHDRAW
        needed = withdraws and not remark
        self.remark.complain(error_text(ExpectedError(ErrorCode.REASON_NEEDED)) if needed else "")
        self.fit()
        if self._now is None or not self._complete() or needed:
            return
        shown, who = self._day_edit.date(), self._patient_id
        day = date(shown.year(), shown.month(), shown.day())
        destroy = self._asks_for_pictures and self.pictures.choice == DESTROY
        act_id = self.acts.of(self.answers.choice, day, remark, destroy)
        desk = self.jobs.desk.consents
        if withdraws:
            asked = desk.withdraw(act_id, who, self._purpose, day, remark, destroy=destroy)
            self._call.start(asked)
        else:
            version = self._text.version if self._text else None
            self._call.start(desk.give(act_id, who, self._purpose, day, remark, version))

    def _complete(self) -> bool:
        answered = self.answers.choice is not None
        return answered and (not self._asks_for_pictures or self.pictures.choice is not None)

    def _look(self) -> None:
        asks = self._asks_for_pictures
        self._pictures_word.setVisible(asks)
        self.pictures.setVisible(asks)
        said = ""
        if asks and self.pictures.choice == DESTROY:
            said = self.tr(
                "All clips, pictures and estimates of this patient are destroyed, at once and for "
                "good. Weights stay. A recording that runs is ended and discarded."
            )
        elif asks:
            said = self.tr("A recording that runs is ended. What is kept is used for nothing.")
        self.warning.say(said, "bad" if self.pictures.choice == DESTROY else "attention")
        self.save_button.setEnabled(self._now is not None and self._complete())
        self.fit()

    def _on_card(self, card: PatientCard) -> None:
        self._banner.show_card(card)
        self.fit()

    def _on_consent(self, now: PatientConsent) -> None:
        self._now = now
        allowed = now.standings[self._purpose].allowed
        if self.answers.choice is None:
            self.answers.choose(WITHDRAW if allowed else GIVE)
        self._say_state()
        self._look()

    def _on_texts(self, texts: Mapping[Purpose, ConsentText]) -> None:
        self._text = texts[self._purpose]
        self._say_state()

    def _say_state(self) -> None:
        if self._now is not None:
            self.state.setText(standing_text(self._now.standings[self._purpose]))
        if self._text is not None:
            self.text.setPlainText(text_in_language(self._text))

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.REASON_NEEDED:
            self.remark.complain(error_text(error))
            self.fit()
        else:
            self.show_failure(error)

    def _on_saved(self, done: Withdrawn | None) -> None:
        if done is None:
            self.finish(self.tr("The consent is on record."))
        elif done.destroyed:
            said = self.tr(
                "The consent is withdrawn, and the pictures of {count} captures are destroyed."
            )
            self.finish(said.format(count=done.destroyed))
        else:
            self.finish(self.tr("The consent is withdrawn."))

    def retranslate(self) -> None:
        """Set every text again."""
        self.say_heading(purpose_text(self._purpose), self.tr("Record the answer"))
        self.answers.set_text(GIVE, self.tr("Agrees"))
        self.answers.set_text(WITHDRAW, self.tr("Does not agree, or no longer"))
        self.day.say(self.tr("Said on"))
        self.remark.say(self.tr("Remark: how it was said, where the paper is"))
        self._day_edit.setDisplayFormat(self.tr("d MMM yyyy"))
        self._pictures_word.setText(self.tr("What becomes of the pictures"))
        self.pictures.set_text(KEEP, self.tr("Keep, unused"))
        self.pictures.set_text(DESTROY, self.tr("Destroy"))
        self.text.setAccessibleName(self.tr("What the patient reads"))
        self._say_state()
        self._look()
