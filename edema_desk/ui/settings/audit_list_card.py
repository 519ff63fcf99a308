"""The record of acts for an administrator: who did what, newest first, and what it changed."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QTableView,
)

from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.audit_job import AuditJob
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Chips, Notice, button, column, label, row
from edema_desk.ui.pieces.audit_words import (
    act_text,
    changed_text,
    details_text,
    kind_text,
    moment_text,
    who_text,
)
from edema_desk.ui.settings.audit_model import AuditColumn, AuditModel
from edema_desk.ui.settings.card import SettingsCard

ALL, TODAY, WEEK, YEAR = "all", "today", "week", "year"
PERIODS = {TODAY: 0, WEEK: 6, YEAR: 364}
"""How many days before today a period begins."""
_TABLE_PX, _PATIENT_PX, _WHEN_PX, _WHO_PX = 420, 170, 180, 130
_TYPING_MS = 300


class AuditListCard(SettingsCard):
    """Filters, the table, and the act that is chosen in it."""

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._jobs = jobs
        self._names: Mapping[str, str] = {}
        self._entry: ActEntry | None = None
        self._heading = label("card-title")
        self.people, self.kinds = QComboBox(), QComboBox()
        self.number, self.periods = QLineEdit(), Chips((ALL, TODAY, WEEK, YEAR))
        self.number.setMaximumWidth(_PATIENT_PX)
        self.periods.choose(ALL)
        self.rows = AuditModel(self._ask_page, self)
        self.table = QTableView()
        self._set_up_table()
        self.failure = Notice(theme, "bad")
        self.failure.hide()
        self.what, self.changed = label("strong", wrap=True), label(wrap=True)
        self.when, self.told = label("muted", wrap=True), label("caption", wrap=True)
        self.export = button()
        self._page, self._one = DeskCall(jobs, self), DeskCall(jobs, self)
        self._people = DeskCall(jobs, self)
        self.job = AuditJob(jobs, self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        chosen = column(self.what, self.when, self.changed, self.told, gap=STEP_PX)
        for part in (
            row(self._heading, None, self.export),
            row(self.people, self.kinds, self.number, None),
            row(self.periods, None),
            self.failure,
            self.table,
            chosen,
        ):
            if isinstance(part, QTableView | Notice):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)
        self._connect()
        self.retranslate()

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.rows)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMinimumHeight(_TABLE_PX)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(AuditColumn.WHAT, QHeaderView.ResizeMode.Stretch)
        for at, width in (
            (AuditColumn.WHEN, _WHEN_PX),
            (AuditColumn.WHO, _WHO_PX),
            (AuditColumn.PATIENT, _PATIENT_PX),
        ):
            table.setColumnWidth(at, width)

    def _connect(self) -> None:
        self._page.answered.connect(self._on_page)
        self._page.failed.connect(self._on_failure)
        self._one.answered.connect(self._on_one)
        self._one.failed.connect(self._on_failure)
        self._people.answered.connect(self._on_people)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.people.activated.connect(self._begin)
        self.kinds.activated.connect(self._begin)
        self.periods.chosen.connect(self._begin)
        self.number.textEdited.connect(self._typing.start)
        self._typing.timeout.connect(self._begin)
        self.export.clicked.connect(self._on_export)
        self.job.finished.connect(self._on_exported)
        self.job.failed.connect(self._on_failure)

    @property
    def chosen_acts(self) -> ActFilter:
        """What the filters say."""
        kind, actor = self.kinds.currentData(), self.people.currentData()
        days = PERIODS.get(self.periods.choice or ALL)
        today = date.today()
        return ActFilter(
            actor_id=actor or None,
            chart_number=self.number.text().strip() or None,
            kind=ActKind(kind) if kind else None,
            first_day=today - timedelta(days=days) if days is not None else None,
            last_day=today if days is not None else None,
        )

    def refresh(self) -> None:
        """Begin anew with the newest acts, and ask who is who."""
        self._people.start(self._jobs.desk.audit.people())
        self._begin()

    def _begin(self) -> None:
        self.failure.say("")
        self._page.forget()
        self.rows.begin()
        self._show(None)
        self._ask_page()

    def _ask_page(self) -> None:
        if not self._page.waiting:
            self._page.start(self._jobs.desk.audit.acts(self.chosen_acts, self.rows.last_row))

    def _on_page(self, page: tuple[ActEntry, ...]) -> None:
        self.rows.add(page)

    def _on_people(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.rows.name(names)
        self._fill_people()

    def _on_row(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._one.start(self._jobs.desk.audit.act(self.rows.entry_at(index.row()).row))

    def _on_one(self, entry: ActEntry) -> None:
        self._show(entry)

    def _show(self, entry: ActEntry | None) -> None:
        self._entry = entry
        for part in (self.what, self.when, self.changed, self.told):
            part.setVisible(entry is not None)
        if entry is None:
            return
        self.what.setText(act_text(entry))
        who = who_text(entry.actor_id, self._names)
        said = self.tr("Act {row}, {when}, {who}").format(
            row=entry.row, when=moment_text(entry.at), who=who
        )
        self.when.setText(f"{said}. {entry.patient}" if entry.patient else said)
        self.changed.setText("\n".join(changed_text(change) for change in entry.changed))
        self.changed.setVisible(bool(entry.changed))
        self.told.setText(details_text(entry.details))

    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the record of acts"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"edema-desk-acts-{date.today()}.csv")
        dialog.fileSelected.connect(self.write_to)
        dialog.open()

    def write_to(self, path: str) -> None:
        """Write what the filters let through into a file."""
        self.job.export(Path(path), self.chosen_acts)

    def _on_exported(self, count: int) -> None:
        self.done_well.emit(self.tr("{count} acts exported").format(count=count))
        self._begin()

    def _on_failure(self, error: ExpectedError) -> None:
        if error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error))

    def _fill_people(self) -> None:
        chosen = self.people.currentData()
        self.people.clear()
        self.people.addItem(self.tr("Everybody"), "")
        for actor_id in self._names:
            self.people.addItem(who_text(actor_id, self._names), actor_id)
        self.people.setCurrentIndex(max(0, self.people.findData(chosen)))

    def _fill_kinds(self) -> None:
        chosen = self.kinds.currentData()
        self.kinds.clear()
        self.kinds.addItem(self.tr("All acts"), "")
        for said, kind in sorted((kind_text(kind), kind) for kind in ActKind):
            self.kinds.addItem(said, kind.value)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Record of acts"))
        self.export.setText(self.tr("Export…"))
        self.number.setPlaceholderText(self.tr("Chart number"))
        self.people.setAccessibleName(self.tr("Whose acts"))
        self.kinds.setAccessibleName(self.tr("Which acts"))
        self.number.setAccessibleName(self.tr("About the patient with this chart number"))
        self.table.setAccessibleName(self.tr("Record of acts"))
        for key, said in (
            (ALL, self.tr("All")),
            (TODAY, self.tr("Today")),
            (WEEK, self.tr("Seven days")),
            (YEAR, self.tr("A year")),
        ):
            self.periods.set_text(key, said)
        self.rows.head((self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Patient")))
        self._fill_people()
        self._fill_kinds()
        self._show(self._entry)
