"""Today: who is due, what is there, what is missing, and the next thing to do."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.worklist import WorklistRow
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.day_chooser import DayChooser
from edema_desk.ui.page import Page
from edema_desk.ui.photos import PhotoShelf
from edema_desk.ui.phrases import day_text, error_text, shift_text
from edema_desk.ui.search_field import SearchField
from edema_desk.ui.theme import Theme
from edema_desk.ui.widgets import Card, Chips, EmptyState, button, column, row
from edema_desk.ui.worklist_model import TODAY_COLUMNS, NextStep, next_act
from edema_desk.ui.worklist_source import (
    DUE,
    EVERYONE,
    WorklistSource,
    found,
    of_group,
    one_meant,
    shifts,
)
from edema_desk.ui.worklist_table import WorklistTable

_TICK_MS = 30_000


class TodayPage(Page):
    """The worklist of a day. `today` tells the day it is; past midnight the page follows."""

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        source: WorklistSource,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(jobs, theme)
        self._source, self._today = source, today
        self._known_today = today()
        self._rows_shown: tuple[WorklistRow, ...] = ()
        self._query = ""
        self._scanned = ""
        self._failure: ExpectedError | None = None
        self._days = DayChooser(theme, today, self)
        self._search, self._groups, self._add = SearchField(theme), Chips([DUE, EVERYONE]), button()
        self.table = WorklistTable(theme, PhotoShelf(jobs, self), TODAY_COLUMNS)
        self.empty = EmptyState(theme, "today")
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
        box = column(tools, card, gap=16)
        box.setStretch(1, 1)
        self.setLayout(box)
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
        self._add.clicked.connect(self.new_patient_wanted)
        self.empty.acted.connect(self._on_empty_act)
        self._tick.timeout.connect(self._on_tick)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Today") if self._source.day == self._today() else self.tr("Worklist")

    def subtitle(self) -> str:
        """The day shown."""
        return day_text(self._source.day)

    def header_tools(self) -> QWidget | None:
        """Going to other days."""
        return self._days

    def go_to(self, day: date) -> None:
        """Show another day."""
        self._source.show_day(day)
        self._days.show_day(day)
        self.title_changed.emit()

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
        """Follow the clock while in front."""
        self._tick.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop following the clock."""
        self._tick.stop()
        super().hideEvent(event)

    def _on_tick(self) -> None:
        today = self._today()
        if today != self._known_today:
            followed = self._source.day == self._known_today
            self._known_today = today
            if followed:
                self.go_to(today)

    def _on_rows(self) -> None:
        self._failure = None
        rows = self._source.rows or ()
        numbers = [str(s) for s in shifts(rows)]
        self._groups.offer([DUE, *(numbers if len(numbers) > 1 else ()), EVERYONE])
        if self._groups.choice is None:
            self._groups.choose(DUE)
        self._name_groups()
        self._show()
        if self._scanned:
            query, self._scanned = self._scanned, ""
            self._on_entered(query)

    def _on_failure(self, error: ExpectedError) -> None:
        self._failure = error
        self._show()

    def _on_group(self, group: str) -> None:
        self._show()

    def _on_search(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self._show()

    def _on_entered(self, query: str) -> None:
        if self._source.rows is None:
            self._scanned = query
            return
        meant = one_meant(self._rows_shown, query) if query else None
        if meant is not None:
            self._search.clear()
            self._open(meant)
        else:
            self._enter_table()

    def _enter_table(self) -> None:
        if self._rows_shown:
            self.table.setFocus()
            self.table.select_first()

    def _open(self, row: WorklistRow) -> None:
        self.patient_wanted.emit(row.patient.patient_id)

    def _do_next(self, row: WorklistRow) -> None:
        act, patient_id = next_act(row), row.patient.patient_id
        session_id = row.session.session.session_id if row.session else None
        if act.step is NextStep.WEIGHT:
            self.weight_wanted.emit(patient_id, session_id, act.phase)
        elif act.step is NextStep.CLIP:
            self.clip_wanted.emit(patient_id, session_id, act.phase)
        elif session_id is not None:
            self.session_wanted.emit(session_id)
        else:
            self.patient_wanted.emit(patient_id)

    def _show(self) -> None:
        rows = self._source.rows or ()
        if self._query:  # whoever is looked for is found, due or not
            self._rows_shown = found(rows, self._query)
        else:
            self._rows_shown = of_group(rows, self._groups.choice or DUE)
        self.table.show_rows(self._rows_shown)
        if self._rows_shown and self._failure is None:
            self._stack.setCurrentWidget(self.table)
        else:
            self._stack.setCurrentWidget(self.empty)
            self._say_empty()

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
