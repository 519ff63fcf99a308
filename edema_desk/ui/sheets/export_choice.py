"""The choices of an export: what, of whom, under which name, of which days."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLayout, QWidget

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.ui.parts.phrases import origin_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Chips, Notice, column, label, row
from edema_desk.ui.sheets.export_words import kind_text, kind_word

ONE, ALL = "one", "all"
CODES, NAMES = "codes", "names"
EVERYTHING, YEAR, QUARTER, OWN = "everything", "year", "quarter", "own"
_DAYS = {YEAR: 365, QUARTER: 90}


class ExportChoice(QWidget):
    """Offers only what `may` allows; without a patient only everybody. `changed()` after each
    choice."""

    changed = Signal()

    def __init__(self, theme: Theme, may: Callable[[ActKind], bool], patient_id: str) -> None:
        super().__init__()
        self._may, self._patient_id = may, patient_id
        kinds = [kind for kind in ExportKind if may(ExportWish(kind).act)]
        if patient_id and not kinds:
            kinds = [kind for kind in ExportKind if may(ExportWish(kind, named=True).act)]
        self.kinds, self.whom = Chips(kinds), Chips((ONE, ALL))
        self.names, self.periods = Chips((CODES, NAMES)), Chips((EVERYTHING, YEAR, QUARTER, OWN))
        self.origins = QComboBox()
        self.first_edit, self.last_edit = QDateEdit(), QDateEdit()
        self._dash, self._wrong = label("muted", "–"), label("field-error")
        self.warning = Notice(theme, "attention")
        self._what = label("muted", wrap=True)
        self._captions = tuple(label("caption") for _ in range(4))
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        if self.kinds.keys:
            self.kinds.choose(self.kinds.keys[0])
        self.whom.choose(ONE if self._patient_id else ALL)
        self.names.choose(CODES)
        self.periods.choose(EVERYTHING)
        today = date.today()
        for edit, day in ((self.first_edit, today - timedelta(days=30)), (self.last_edit, today)):
            edit.setCalendarPopup(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.dateChanged.connect(self._on_choice)
        for chips in (self.kinds, self.whom, self.names, self.periods):
            chips.chosen.connect(self._on_choice)
        self.origins.activated.connect(self._on_choice)

    def _lay_out(self) -> None:
        what, whom, names, periods = self._captions
        self._days = QWidget()
        self._days.setLayout(row(self.first_edit, self._dash, self.last_edit))
        chosen = column(what, row(self.kinds, None), self._what, gap=STEP_PX)
        self._whom = _block(whom, row(self.whom, self.origins, None))
        self._names = _block(names, row(self.names, None))
        days = column(periods, row(self.periods, self._days, None), self._wrong, gap=STEP_PX)
        persons = row(self._whom, self._names, None, gap=STEP_PX * 10)
        self.setLayout(column(chosen, persons, days, self.warning, gap=STEP_PX * 3))

    @property
    def wrong(self) -> str:
        """What is wrong with the days, if anything."""
        return self._wrong.text()

    @property
    def wish(self) -> ExportWish | None:
        """What is chosen; None where nothing may be exported, or the days are out of order."""
        period = self._period()
        if self.kinds.choice is None or period is None:
            return None
        kind = ExportKind(self.kinds.choice)
        if self.whom.choice == ONE:
            named = self._may_be_named() and self.names.choice == NAMES
            return ExportWish(kind, (self._patient_id,), period=period, named=named)
        return ExportWish(kind, origin=self.origins.currentData() or CLINIC_ORIGIN, period=period)

    def offer_origins(self, origins: tuple[str, ...]) -> None:
        """Ask where people come from, if not all come from one place."""
        self.origins.clear()
        for origin in sorted(origins, key=lambda o: (o != CLINIC_ORIGIN, o)):
            self.origins.addItem(origin_text(origin) or self.tr("The clinic's own"), origin)
        self._look()
        self.changed.emit()

    def _on_choice(self) -> None:
        self._look()
        self.changed.emit()

    def _may_be_named(self) -> bool:
        kind = ExportKind(self.kinds.choice) if self.kinds.choice else ExportKind.STUDY
        named = kind is not ExportKind.STUDY and self._may(ExportWish(kind, named=True).act)
        return named and self.whom.choice == ONE

    def _look(self) -> None:
        self._whom.setVisible(bool(self._patient_id) or self.origins.count() > 1)
        self.whom.setVisible(bool(self._patient_id))
        self.origins.setVisible(self.whom.choice == ALL and self.origins.count() > 1)
        self._names.setVisible(self._may_be_named())
        self._days.setVisible(self.periods.choice == OWN)
        wish = self.wish
        ordered = self._period() is not None
        self._wrong.setText("" if ordered else self.tr("The days are out of order."))
        self._wrong.setVisible(not ordered)
        self._what.setText(kind_text(wish.kind) if wish is not None else "")
        named = self._warned(wish)
        self._what.setVisible(not named)
        self.warning.say(named)

    def _warned(self, wish: ExportWish | None) -> str:
        if wish is None or not wish.named:
            return ""
        return self.tr(
            "The files tell who the patient is: only for care elsewhere. It stays on record."
        )

    def _period(self) -> Period | None:
        choice = self.periods.choice
        if choice == OWN:
            first, last = (_day(edit) for edit in (self.first_edit, self.last_edit))
            return Period(first, last) if first <= last else None
        if choice in _DAYS:
            return Period(date.today() - timedelta(days=_DAYS[choice]))
        return Period()

    def retranslate(self) -> None:
        """Set every text again."""
        said = (self.tr("What"), self.tr("Of whom"), self.tr("Under"), self.tr("Days"))
        for caption, text in zip(self._captions, said, strict=True):
            caption.setText(text)
        for kind in self.kinds.keys:
            self.kinds.set_text(kind, kind_word(ExportKind(kind)))
        self.whom.set_text(ONE, self.tr("This patient"))
        self.whom.set_text(ALL, self.tr("Everybody who agreed"))
        self.names.set_text(CODES, self.tr("A code"))
        self.names.set_text(NAMES, self.tr("The name"))
        self.periods.set_text(EVERYTHING, self.tr("All time"))
        self.periods.set_text(YEAR, self.tr("A year"))
        self.periods.set_text(QUARTER, self.tr("90 days"))
        self.periods.set_text(OWN, self.tr("From – to"))
        self.origins.setAccessibleName(self.tr("Where they come from"))
        self.first_edit.setAccessibleName(self.tr("From"))
        self.last_edit.setAccessibleName(self.tr("To"))
        for edit in (self.first_edit, self.last_edit):
            edit.setDisplayFormat(self.tr("d MMM yyyy"))
        for place in range(self.origins.count()):
            origin = self.origins.itemData(place)
            self.origins.setItemText(place, origin_text(origin) or self.tr("The clinic's own"))
        self._look()


def _block(caption: QWidget, below: QLayout) -> QWidget:
    block = QWidget()
    block.setLayout(column(caption, below, gap=STEP_PX))
    return block


def _day(edit: QDateEdit) -> date:
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())
