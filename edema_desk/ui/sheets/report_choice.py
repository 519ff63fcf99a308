"""The choices of a report: which, of whom, of which days, in which language, under which name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QPushButton, QWidget

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.reporting import ReportKind, ReportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.ui.parts.fields import Field, fields
from edema_desk.ui.parts.phrases import shift_text
from edema_desk.ui.parts.theme import STEP_PX
from edema_desk.ui.parts.widgets import Chips, column, label, row

QUARTER, YEAR, EVERYTHING, OWN = "quarter", "year", "everything", "own"
_DAYS = {QUARTER: 90, YEAR: 365}
ENGLISH, JAPANESE = "en", "ja"
NAMES, CODES = "names", "codes"
PATIENT, ALL, PAGE = "patient", "all", "page"
SHIFTS = (1, 2, 3, 4)


class ReportChoice(QWidget):
    """Offers only what `may` allows. `on_page` is an agreement as the page shows it, which may be
    taken as it is. `changed()` after each choice."""

    changed = Signal()

    def __init__(
        self,
        may: Callable[[ActKind], bool],
        patient_id: str,
        kind: ReportKind | None,
        on_page: ReportWish | None = None,
    ) -> None:
        super().__init__()
        self._patient_id, self._on_page = patient_id, on_page
        self.kinds = Chips(_kinds(may, patient_id))
        self.whom_box = QComboBox()
        self.whom = Field(self.whom_box)
        self.periods = Chips((QUARTER, YEAR, EVERYTHING, OWN))
        self.first_edit, self.last_edit = QDateEdit(), QDateEdit()
        self.first, self.last = Field(self.first_edit), Field(self.last_edit)
        self.languages, self.names = Chips((ENGLISH, JAPANESE)), Chips((NAMES, CODES))
        self._captions = tuple(label("caption") for _ in range(4))
        self._own_days = QWidget()
        self._set_up(kind)
        self._lay_out()
        self.retranslate()

    def _set_up(self, kind: ReportKind | None) -> None:
        keys = self.kinds.keys
        if keys:
            self.kinds.choose(kind if kind in keys else keys[0])
        self.periods.choose(QUARTER)
        self.names.choose(NAMES)
        japanese = QLocale().language() == QLocale.Language.Japanese
        self.languages.choose(JAPANESE if japanese else ENGLISH)
        today = date.today()
        for edit, day in ((self.first_edit, today - timedelta(days=90)), (self.last_edit, today)):
            edit.setCalendarPopup(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.dateChanged.connect(self._on_choice)
        self._offer_whom()
        for chips in (self.kinds, self.periods, self.languages, self.names):
            chips.chosen.connect(self._on_choice)
        self.whom_box.activated.connect(self._on_choice)

    def _lay_out(self) -> None:
        what, days, language, under = self._captions
        self._own_days.setLayout(fields(self.first, self.last))
        self._days = _block(days, self.periods)
        self.setLayout(
            column(
                _block(what, self.kinds),
                self.whom,
                *(self._days, self._own_days),
                _block(language, self.languages),
                _block(under, self.names),
                gap=STEP_PX * 3,
            )
        )

    def take_focus(self) -> None:
        """Begin at the first choice."""
        chips = self.kinds.findChildren(QPushButton)
        if chips:
            chips[0].setFocus()

    @property
    def kind(self) -> ReportKind | None:
        """Which report; None where none may be made."""
        return ReportKind(self.kinds.choice) if self.kinds.choice else None

    @property
    def language(self) -> str:
        """What it is written in."""
        return self.languages.choice or ENGLISH

    @property
    def wish(self) -> ReportWish | None:
        """What is chosen; None where nothing may be made, or the days are out of order."""
        kind, period = self.kind, self._period()
        if kind is None or period is None:
            return None
        whom = self.whom_box.currentData()
        pseudonymous = self.names.choice == CODES
        if whom == PAGE and self._on_page is not None:
            return replace(self._on_page, pseudonymous=pseudonymous)
        return ReportWish(
            kind,
            period.last or date.today(),
            (self._patient_id,) if whom == PATIENT else (),
            whom if isinstance(whom, int) else None,
            Period() if kind is ReportKind.SHEET else period,
            pseudonymous=pseudonymous,
        )

    def _period(self) -> Period | None:
        if self.kind is ReportKind.SHEET:
            return Period(None, _day(self.last_edit))
        choice = self.periods.choice
        if choice == OWN:
            first, last = _day(self.first_edit), _day(self.last_edit)
            return Period(first, last) if first <= last else None
        if choice in _DAYS:
            return Period(date.today() - timedelta(days=_DAYS[choice]))
        return Period()

    def _offer_whom(self) -> None:
        """A patient's report is about the patient; sheets and agreement also about others."""
        before = self.whom_box.currentData()
        self.whom_box.clear()
        if self.kind is ReportKind.AGREEMENT and self._on_page is not None:
            self.whom_box.addItem(self.tr("As chosen on the page"), PAGE)
        if self._patient_id:
            self.whom_box.addItem(self.tr("This patient"), PATIENT)
        if self.kind is not ReportKind.PATIENT:
            sheets = self.kind is ReportKind.SHEET
            everybody = self.tr("Everybody who comes") if sheets else self.tr("All patients")
            self.whom_box.addItem(everybody, ALL)
            for shift in SHIFTS:
                self.whom_box.addItem(shift_text(shift), shift)
        self.whom_box.setCurrentIndex(max(self.whom_box.findData(before), 0))

    def _on_choice(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self._offer_whom()
        sheet = self.kind is ReportKind.SHEET
        on_page = self.whom_box.currentData() == PAGE
        own = self.periods.choice == OWN and not sheet and not on_page
        self.whom.setVisible(self.whom_box.count() > 1)
        self._days.setVisible(not sheet and not on_page)
        self._own_days.setVisible(own or sheet)
        self.first.setVisible(own)
        self.last.say(self.tr("Four weeks up to") if sheet else self.tr("To"))
        self.last.complain("" if self._period() else self.tr("The days are out of order."))

    def retranslate(self) -> None:
        """Set every text again."""
        said = (self.tr("Report"), self.tr("Days"), self.tr("Language"), self.tr("Under"))
        for caption, text in zip(self._captions, said, strict=True):
            caption.setText(text)
        for kind, word in (
            (ReportKind.PATIENT, self.tr("Patient")),
            (ReportKind.SHEET, self.tr("Dry-weight review")),
            (ReportKind.AGREEMENT, self.tr("Agreement")),
        ):
            if kind in self.kinds.keys:
                self.kinds.set_text(kind, word)
        for key, word in (
            (QUARTER, self.tr("90 days")),
            (YEAR, self.tr("A year")),
            (EVERYTHING, self.tr("All time")),
            (OWN, self.tr("From – to")),
        ):
            self.periods.set_text(key, word)
        self.languages.set_text(ENGLISH, "English")
        self.languages.set_text(JAPANESE, "日本語")
        self.names.set_text(NAMES, self.tr("The name"))
        self.names.set_text(CODES, self.tr("A code"))
        self.whom.say(self.tr("Of whom"))
        self.first.say(self.tr("From"))
        for edit in (self.first_edit, self.last_edit):
            edit.setDisplayFormat(self.tr("d MMM yyyy"))
        self._look()


def _kinds(may: Callable[[ActKind], bool], patient_id: str) -> tuple[ReportKind, ...]:
    """Those that may be made; that of a patient needs one."""
    clinical = may(ActKind.MAKE_REPORT)
    kinds = []
    if clinical and patient_id:
        kinds.append(ReportKind.PATIENT)
    if clinical:
        kinds.append(ReportKind.SHEET)
    if may(ActKind.MAKE_AGREEMENT_REPORT):
        kinds.append(ReportKind.AGREEMENT)
    return tuple(kinds)


def _block(caption: QWidget, chips: QWidget) -> QWidget:
    block = QWidget()
    block.setLayout(column(caption, row(chips, None), gap=STEP_PX))
    return block


def _day(edit: QDateEdit) -> date:
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())
