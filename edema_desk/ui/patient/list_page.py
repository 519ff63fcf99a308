"""Patients: everyone the clinic keeps, to search and to open. Nobody is ever hidden."""

from PySide6.QtWidgets import QStackedWidget

from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.photos import PhotoShelf
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, EmptyState, button, column, row
from edema_desk.ui.worklist.model import PATIENTS_COLUMNS
from edema_desk.ui.worklist.source import WorklistSource, found, one_meant
from edema_desk.ui.worklist.table import WorklistTable


class PatientsPage(Page):
    """All patients by kana, whatever the day."""

    def __init__(self, jobs: DeskJobs, theme: Theme, source: WorklistSource) -> None:
        super().__init__(jobs, theme)
        self._source = source
        self._query = ""
        self._rows_shown: tuple[WorklistRow, ...] = ()
        self._failure: ExpectedError | None = None
        self._search, self._add = SearchField(theme), button()
        self.table = WorklistTable(theme, PhotoShelf(jobs, self), PATIENTS_COLUMNS)
        self.empty = EmptyState(theme, "patients")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        card = Card(self._stack, margin=0)
        card.body.setContentsMargins(1, 4, 1, 14)
        tools = row(self._search, self._add, gap=12)
        box = column(tools, card, gap=16)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._source.arrived.connect(self._on_rows)
        self._source.failed.connect(self._on_failure)
        self._search.searched.connect(self._on_search)
        self._search.entered.connect(self._on_entered)
        self._search.left_downwards.connect(self._enter_table)
        self.table.left_upwards.connect(self.search)
        self.table.opened.connect(self._open)
        self.table.next_wanted.connect(self._open)
        self._add.clicked.connect(self.new_patient_wanted)
        self.empty.acted.connect(self._on_empty_act)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Patients")

    def subtitle(self) -> str:
        """How many there are."""
        rows = self._source.rows
        return "" if rows is None else self.tr("{count} in all").format(count=len(rows))

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

    def _on_rows(self) -> None:
        self._failure = None
        self._show()
        self.title_changed.emit()

    def _on_failure(self, error: ExpectedError) -> None:
        self._failure = error
        self._show()

    def _on_search(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self._show()

    def _on_entered(self, query: str) -> None:
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

    def _show(self) -> None:
        rows = found(self._source.rows or (), self._query)
        by_kana = sorted(rows, key=lambda r: r.patient.kana or r.patient.name)
        self._rows_shown = tuple(by_kana)
        self.table.show_rows(self._rows_shown)
        shown = self.table if by_kana and self._failure is None else self.empty
        self._stack.setCurrentWidget(shown)
        if shown is self.empty:
            self._say_empty()

    def _say_empty(self) -> None:
        if self._failure is not None:
            again = self.tr("Try again")
            head = self.tr("The patients cannot be shown")
            self.empty.say(head, error_text(self._failure), again, "warning")
        elif self._source.rows is None:
            self.empty.say(self.tr("Loading…"), "", icon="patients")
        elif self._query:
            text = self.tr("Names, kana and chart numbers were searched, of everyone.")
            self.empty.say(self.tr("No match"), text, self.tr("Clear the search"), "search")
        else:
            text = self.tr("Add the first patient to begin.")
            self.empty.say(self.tr("No patients yet"), text, self.tr("Add patient"), "patients")

    def _on_empty_act(self) -> None:
        if self._failure is not None:
            self.refresh()
        elif self._query:
            self._search.clear()
        else:
            self.new_patient_wanted.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self._search.setPlaceholderText(self.tr("Name, kana or chart number"))
        self._search.setAccessibleName(self.tr("Search for a patient"))
        self._add.setText(self.tr("Add patient"))
        self.table.setAccessibleName(self.tr("Patients"))
        self._show()
