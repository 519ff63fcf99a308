"""The rows of the worklist, their words, and what to do next with each."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.worklist import Mark, NextStep, WorklistRow, next_act, phase_mark
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.ui.parts.phrases import (
    excess,
    origin_text,
    phase_text,
    recording_text,
    refusal_words,
    schedule_text,
    shift_text,
    short_day_text,
    spread,
    time_text,
)

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What stands where."""

    BED = 0
    PHOTO = 1
    PATIENT = 2
    CHART = 3
    BORN = 4
    SCHEDULE = 5
    PRE = 6
    POST = 7
    EXCESS = 8
    ESTIMATE = 9
    ACTION = 10
    MORE = 11


TODAY_COLUMNS = tuple(c for c in Column if c not in (Column.BORN, Column.SCHEDULE))
PATIENTS_COLUMNS = tuple(c for c in Column if c <= Column.SCHEDULE)


RIGHT_ALIGNED = frozenset({Column.CHART, Column.EXCESS, Column.ESTIMATE, Column.ACTION})


def mark_text(mark: Mark, entry: PhaseEntry | None, due_at: Moment | None = None) -> str:
    """How a phase stands, in words; `due_at` is when it is expected, where that is known."""
    if mark is Mark.DUE and due_at is not None:
        said = QCoreApplication.translate("worklist", "Due {time}")
        return said.format(time=time_text(due_at))
    if mark is Mark.DONE and entry is not None:
        said = QCoreApplication.translate("worklist", "Done {time}")
        return said.format(time=time_text(entry.at))
    if mark is Mark.REFUSED and entry is not None and entry.estimate is not None:
        said = QCoreApplication.translate("worklist", "No estimate: {reason}")
        refusal = entry.estimate.refusal
        return said.format(reason=refusal_words(refusal) if refusal else "")
    return {
        Mark.WEIGHT_MISSING: QCoreApplication.translate("worklist", "Weight missing"),
        Mark.CLIP_MISSING: QCoreApplication.translate("worklist", "Clip missing"),
        Mark.WORKING: QCoreApplication.translate("worklist", "Being analysed"),
        Mark.INCOMPLETE: _incomplete(entry),
        Mark.DUE: QCoreApplication.translate("worklist", "Due"),
    }.get(mark, QCoreApplication.translate("worklist", "Not yet"))


def _incomplete(entry: PhaseEntry | None) -> str:
    capture = entry.capture if entry is not None else None
    return recording_text(capture) if capture is not None else ""


class WorklistModel(QAbstractTableModel):
    """Holds `WorklistRow`s; words for the screen and for screen readers, no look."""

    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[WorklistRow, ...] = ()
        self.first_waiting = -1
        self.is_today = True
        self.shift_shown: int | None = None

    def show_rows(self, rows: Sequence[WorklistRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        step = (NextStep.CAPTURE, Phase.PRE)
        acts = (next_act(row) for row in rows)
        waiting = (i for i, act in enumerate(acts) if (act.step, act.phase) == step)
        self.first_waiting = next(waiting, -1)
        self.endResetModel()

    def row_at(self, index: Index) -> WorklistRow:
        """The row behind an index."""
        return self._rows[index.row()]

    def row_of(self, patient_id: str) -> int:
        """Where a patient stands, or -1."""
        places = (i for i, r in enumerate(self._rows) if r.patient.patient_id == patient_id)
        return next(places, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many patients are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, or the row itself under `RowRole`."""
        row, column = self._rows[index.row()], Column(index.column())
        if role == self.RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heading(column)} {self._text(row, column)}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and column == Column.PATIENT:
            return origin_text(row.patient.origin) or None
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.PRE, Column.POST):
            return self._text(row, column) or None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The words over the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Column(section) in RIGHT_ALIGNED
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def action_text(self, row: WorklistRow) -> str:
        """The words on the button of a row."""
        act = next_act(row)
        if act.step is NextStep.CAPTURE:
            before = act.phase is Phase.PRE
            return self.tr("Before capture") if before else self.tr("After capture")
        return {
            NextStep.AGAIN: self.tr("Record again"),
            NextStep.WEIGHT: self.tr("Enter weight"),
            NextStep.OPEN: self.tr("Open"),
        }.get(act.step, "")

    def shift_note(self, row: WorklistRow) -> str:
        """The shift of a row that stands among those of `shift_shown`; 0 is none of them."""
        if self.shift_shown is None or row.schedule.shift == self.shift_shown or not row.due:
            return ""
        return shift_text(row.schedule.shift)

    def _heading(self, column: Column) -> str:
        return {
            Column.BED: self.tr("Bed"),
            Column.PATIENT: self.tr("Patient"),
            Column.CHART: self.tr("Chart"),
            Column.BORN: self.tr("Born"),
            Column.SCHEDULE: self.tr("Days and shift"),
            Column.PRE: phase_text(Phase.PRE),
            Column.POST: phase_text(Phase.POST),
            Column.EXCESS: self.tr("Scale excess"),
            Column.ESTIMATE: self.tr("Estimate"),
        }.get(column, "")

    def _text(self, row: WorklistRow, column: Column) -> str:
        if column in (Column.PRE, Column.POST):
            return self._phase_text(row, Phase.PRE if column is Column.PRE else Phase.POST)
        if column in (Column.EXCESS, Column.ESTIMATE):
            return _figure_text(row.latest, column)
        if column is Column.ACTION:
            return self.action_text(row)
        if column is Column.MORE:
            return self.tr("More")
        born = row.patient.birth_date
        return {
            Column.BED: row.schedule.bed,
            Column.PATIENT: row.patient.name,
            Column.CHART: row.patient.chart_number,
            Column.BORN: short_day_text(born) if born else "–",
            Column.SCHEDULE: schedule_text(row.schedule),
        }.get(column, "")

    def _phase_text(self, row: WorklistRow, phase: Phase) -> str:
        if row.away or not row.due:
            return self._absence_text(row) if phase is Phase.PRE else ""
        if phase is Phase.PRE:
            return mark_text(row.pre_mark, row.entry(phase))
        return mark_text(row.post_mark, row.entry(phase), row.post_due)

    def _absence_text(self, row: WorklistRow) -> str:
        if not row.away:
            return self.tr("Not due")
        return " · ".join(part for part in self._away_words(row) if part)

    def _away_words(self, row: WorklistRow) -> tuple[str, str]:
        said = self.tr("Away today") if self.is_today else self.tr("Away")
        return said, row.plan_reason

    def two_lines(self, row: WorklistRow, phase: Phase) -> tuple[str, str]:
        """How a phase stands and why, where that does not fit into one line; else nothing."""
        if row.away:
            return self._away_words(row)
        entry = row.entry(phase)
        refusal = entry.estimate.refusal if entry is not None and entry.estimate else None
        if refusal is None or phase_mark(entry) is not Mark.REFUSED:
            return "", ""
        return self.tr("No estimate"), refusal_words(refusal)


def _figure_text(latest: PhaseEntry | None, column: Column) -> str:
    if latest is None:
        return excess(None)
    if column is Column.EXCESS:
        scale_kg = latest.scale_excess_kg
        return excess(None) if scale_kg is None else f"{excess(scale_kg)} kg"
    estimate = latest.estimate
    if estimate is None or estimate.excess_kg is None or estimate.spread_kg is None:
        return excess(None)
    return f"{excess(estimate.excess_kg)} {spread(estimate.spread_kg)}"
