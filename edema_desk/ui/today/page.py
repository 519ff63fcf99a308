"""Today: who is due, what is there, what is missing, and the next thing to do."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.course.worklist import NextStep, WorklistRow, next_act
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.schedule import DayPlan, parse_shift_starts, shift_at
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.photos import PhotoShelf
from edema_desk.ui.parts.phrases import day_text, error_text, shift_text
from edema_desk.ui.parts.scanner import ScanWatch
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Chips, EmptyState, Notice, button, column, row
from edema_desk.ui.today.day_chooser import DayChooser
from edema_desk.ui.worklist.menu import RowAct, RowMenu, phase_of
from edema_desk.ui.worklist.model import TODAY_COLUMNS
from edema_desk.ui.worklist.source import (
    DUE,
    EVERYONE,
    WorklistSource,
    found,
    of_group,
    of_number,
    one_meant,
    shifts,
)
from edema_desk.ui.worklist.table import WorklistTable

_TICK_MS = 30_000
_DAY_PLANS = {
    RowAct.AWAY: DayPlan.AWAY,
    RowAct.EXTRA: DayPlan.EXTRA,
    RowAct.AS_SCHEDULED: DayPlan.AS_SCHEDULED,
}


class TodayPage(Page):
    """The worklist of a day. `today` tells the day it is; past midnight the page follows.

    With the shift that is on, too, until somebody looks at another. A scanned chart number does
    the next step of its patient, wherever on the page the cursor is.
    """

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        source: WorklistSource,
        settings: Settings,
        today: Callable[[], date] = date.today,
        now: Callable[[], Moment] = Moment.now,
    ) -> None:
        super().__init__(jobs, theme)
        self._source, self._today, self._now = source, today, now
        self._shift_starts = _starts(settings)
        self._follows = True
        self._known_today = today()
        self._rows_shown: tuple[WorklistRow, ...] = ()
        self._query = ""
        self._entered_early, self._scanned_early = "", ""
        self._failure: ExpectedError | None = None
        self._days = DayChooser(theme, today, self)
        self._search, self._groups, self._add = SearchField(theme), Chips([DUE, EVERYONE]), button()
        self.table = WorklistTable(theme, PhotoShelf(jobs, self), TODAY_COLUMNS)
        self.empty = EmptyState(theme, "today")
        self.unknown = Notice(theme, "attention")
        self._scans = ScanWatch(self, self._search)
        self._stack = QStackedWidget()
        self._tick = QTimer(self)
        self._build()
        self._connect()
        self._days.show_day(source.day)
        self.retranslate()

    def _build(self) -> None:
        self._search.setMinimumWidth(220)
        tools = row(self._search, self._groups, self._add, gap=12)
        tools.setStretch(0, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        card = Card(self._stack, margin=0)
        card.body.setContentsMargins(1, 4, 1, 14)
        box = column(tools, self.unknown, card, gap=16)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.unknown.hide()
        self._groups.choose(DUE)
        self._tick.setInterval(_TICK_MS)
        self.setTabOrder(self._search, self.table)

    def _connect(self) -> None:
        self._source.arrived.connect(self._on_rows)
        self._source.failed.connect(self._on_failure)
        self._days.chosen.connect(self.go_to)
        self._groups.chosen.connect(self._on_group)
        self._search.searched.connect(self._on_search)
        self._search.entered.connect(self._on_entered)
        self._search.left_downwards.connect(self._enter_table)
        self.table.left_upwards.connect(self.search)
        self.table.opened.connect(self._open)
        self.table.next_wanted.connect(self._do_next)
        self.table.menu_wanted.connect(self._offer_more)
        self._scans.scanned.connect(self._on_scan)
        self.unknown.acted.connect(self.new_patient_wanted)
        self._add.clicked.connect(self.new_patient_wanted)
        self.empty.acted.connect(self._on_empty_act)
        self._tick.timeout.connect(self._on_tick)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Today") if self._source.day == self._today() else self.tr("Worklist")

    def subtitle(self) -> str:
        """The day shown, and the shift that is on."""
        day, offered = day_text(self._source.day), shifts(self._source.rows or ())
        on = self._shift_on()
        if on is None or len(offered) < 2:
            return day
        said = self.tr("Shift {number} of {count}").format(number=on, count=max(offered))
        return f"{day} · {said}"

    def header_tools(self) -> QWidget | None:
        """Going to other days."""
        return self._days

    def go_to(self, day: date) -> None:
        """Show another day."""
        self._follows = True
        self.unknown.say("")
        self._source.show_day(day)
        self._days.show_day(day)
        self.title_changed.emit()

    def set_settings(self, settings: Settings) -> None:
        """Other hours of the shifts."""
        self._shift_starts = _starts(settings)
        self._follow_shift()
        self._show()

    def refresh(self) -> None:
        """Ask for the rows again."""
        self._source.refresh()

    def search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def restyle(self) -> None:
        """Paint the rows in the new dress."""
        self.table.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the clock and the scanner while in front."""
        self._tick.start()
        self._scans.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop following them."""
        self._tick.stop()
        self._scans.stop()
        super().hideEvent(event)

    def _on_tick(self) -> None:
        today = self._today()
        if today != self._known_today:
            followed = self._source.day == self._known_today
            self._known_today = today
            if followed:
                self.go_to(today)
        elif self._follow_shift():
            self._show()

    def _shift_on(self) -> int | None:
        """The shift that is on now, while the page shows today."""
        now, offered = self._now().local(), shifts(self._source.rows or ())
        if now.date() != self._source.day or self._source.day != self._today():
            return None
        return shift_at(now.hour * 60 + now.minute, self._shift_starts, offered)

    def _follow_shift(self) -> bool:
        """Go to the shift that is on; whether that is another than before."""
        on, before = self._shift_on(), self._groups.choice
        self.title_changed.emit()
        if self._follows:
            wanted = str(on) if str(on) in self._groups.keys else DUE
            self._groups.choose(wanted)
        return self._groups.choice != before

    def _on_rows(self) -> None:
        self._failure = None
        rows = self._source.rows or ()
        numbers = [str(s) for s in shifts(rows)]
        self._groups.offer([DUE, *(numbers if len(numbers) > 1 else ()), EVERYONE])
        if self._groups.choice is None:
            self._groups.choose(DUE)
        self._follow_shift()
        self._name_groups()
        self._show()
        entered, self._entered_early = self._entered_early, ""
        scanned, self._scanned_early = self._scanned_early, ""
        if entered:
            self._on_entered(entered)
        if scanned:
            self._on_scan(scanned)

    def _on_failure(self, error: ExpectedError) -> None:
        self._failure = error
        self._show()

    def _on_group(self, group: str) -> None:
        self._follows = group == str(self._shift_on())
        self.unknown.say("")
        self._show()

    def _on_search(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self._show()

    def _on_entered(self, query: str) -> None:
        if self._source.rows is None:
            self._entered_early = query
            return
        meant = one_meant(self._rows_shown, query) if query else None
        if meant is not None:
            self._search.clear()
            self._open(meant)
        else:
            self._enter_table()

    def _on_scan(self, code: str) -> None:
        """The next step of whose number it is, without another key."""
        self._search.clear()
        if self._source.rows is None:
            self._scanned_early = code
            return
        row = of_number(self._source.rows, code)
        if row is not None:
            self.unknown.say("")
            self._do_next(row)
        else:
            said = self.tr("Nobody has the chart number {number}. Was this the right band?")
            self.unknown.say(said.format(number=code[:40]), action=self.tr("Add patient"))

    def _enter_table(self) -> None:
        if self._rows_shown:
            self.table.setFocus()
            self.table.select_first()

    def _open(self, row: WorklistRow) -> None:
        self.patient_wanted.emit(row.patient.patient_id)

    def _do_next(self, row: WorklistRow) -> None:
        act, patient_id = next_act(row), row.patient.patient_id
        session_id = _session_id(row)
        if act.step is NextStep.WEIGHT:
            self.weight_wanted.emit(patient_id, session_id, act.phase)
        elif act.step in (NextStep.CAPTURE, NextStep.AGAIN):
            self._capture(row, act.phase)
        elif act.step is NextStep.OPEN and session_id is not None:
            self.session_wanted.emit(session_id)
        else:
            self.patient_wanted.emit(patient_id)

    def _capture(self, row: WorklistRow, phase: Phase) -> None:
        """A camera sees only what is today; of another day a clip may be at hand."""
        asked = (row.patient.patient_id, _session_id(row), phase)
        is_today = self._source.day == self._today()
        (self.capture_wanted if is_today else self.clip_wanted).emit(*asked)

    def _offer_more(self, row: WorklistRow, place: QPoint) -> None:
        menu = RowMenu(row, is_today=self._source.day == self._today(), parent=self)
        menu.chosen.connect(self._on_more)
        menu.popup(place)

    def _on_more(self, row: WorklistRow, act: RowAct) -> None:
        patient_id, session_id = row.patient.patient_id, _session_id(row)
        if act in _DAY_PLANS:
            self.day_plan_wanted.emit(patient_id, self._source.day, _DAY_PLANS[act])
        elif act is RowAct.SCHEDULE:
            self.schedule_wanted.emit(patient_id)
        elif act is RowAct.OPEN:
            self.patient_wanted.emit(patient_id)
        elif act in (RowAct.CAPTURE_PRE, RowAct.CAPTURE_POST):
            self.capture_wanted.emit(patient_id, session_id, phase_of(act))
        elif act in (RowAct.WEIGHT_PRE, RowAct.WEIGHT_POST):
            self.weight_wanted.emit(patient_id, session_id, phase_of(act))
        else:
            self.clip_wanted.emit(patient_id, session_id, phase_of(act))

    def _show(self) -> None:
        rows = self._source.rows or ()
        if self._query:  # whoever is looked for is found, due or not
            self._rows_shown = found(rows, self._query)
        else:
            group = self._groups.choice or DUE
            self._rows_shown = of_group(rows, group, self._shift_on())
        self.table.rows.shift_shown = self._shift_shown()
        self.table.rows.is_today = self._source.day == self._today()
        self.table.show_rows(self._rows_shown)
        if self._rows_shown and self._failure is None:
            self._stack.setCurrentWidget(self.table)
        else:
            self._stack.setCurrentWidget(self.empty)
            self._say_empty()

    def _shift_shown(self) -> int | None:
        """The shift that needs no saying, where several are in sight."""
        several = len({r.schedule.shift for r in self._rows_shown}) > 1
        choice = self._groups.choice or ""
        if not several:
            return None
        return int(choice) if choice.isdecimal() and not self._query else 0

    def _say_empty(self) -> None:
        if self._failure is not None:
            text = error_text(self._failure)
            self.empty.say(
                self.tr("The worklist cannot be shown"), text, self.tr("Try again"), "warning"
            )
        elif self._source.rows is None:
            self.empty.say(self.tr("Loading…"), "", icon="today")
        elif not self._source.rows:
            text = self.tr(
                "Add the first patient here. To look around with made-up people first, "
                "run the command edema-desk demo."
            )
            self.empty.say(self.tr("No patients yet"), text, self.tr("Add patient"), "patients")
        elif self._query:
            text = self.tr("Names, kana and chart numbers were searched, of everyone.")
            self.empty.say(self.tr("No match"), text, self.tr("Clear the search"), "search")
        else:
            text = self.tr("Search for a patient, or show everyone.")
            self.empty.say(self.tr("Nobody is due"), text, self.tr("Show everyone"), "today")

    def _on_empty_act(self) -> None:
        if self._failure is not None:
            self.refresh()
        elif not self._source.rows:
            self.new_patient_wanted.emit()
        elif self._query:
            self._search.clear()
        else:
            self._groups.choose(EVERYONE)
            self._show()

    def _name_groups(self) -> None:
        self._groups.set_text(DUE, self.tr("Due"))
        self._groups.set_text(EVERYONE, self.tr("Everyone"))
        for shift in shifts(self._source.rows or ()):
            self._groups.set_text(str(shift), shift_text(shift))

    def retranslate(self) -> None:
        """Set every text again."""
        self._search.setPlaceholderText(
            self.tr("Name, kana or chart number — or scan the wristband")
        )
        self._search.setAccessibleName(self.tr("Search for a patient"))
        self._add.setText(self.tr("Add patient"))
        self.table.setAccessibleName(self.tr("Worklist"))
        self._name_groups()
        self._show()


def _session_id(row: WorklistRow) -> str | None:
    return row.session.session.session_id if row.session else None


def _starts(settings: Settings) -> tuple[int, ...]:
    """As they are set; a file of settings with nonsense in it closes no worklist."""
    try:
        return parse_shift_starts(settings.clinic.shift_starts)
    except ValueError:
        return parse_shift_starts(ClinicSettings().shift_starts)
