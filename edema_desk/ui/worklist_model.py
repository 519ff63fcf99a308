"""The rows of the worklist, their words, and what to do next with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from edema_desk.domain.records import Phase
from edema_desk.domain.trend import PhaseEntry
from edema_desk.domain.worklist import Mark, WorklistRow
from edema_desk.ui.phrases import (
    excess,
    origin_text,
    phase_text,
    refusal_words,
    schedule_text,
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


TODAY_COLUMNS = tuple(c for c in Column if c not in (Column.BORN, Column.SCHEDULE))
PATIENTS_COLUMNS = tuple(c for c in Column if c <= Column.SCHEDULE)


RIGHT_ALIGNED = frozenset({Column.CHART, Column.EXCESS, Column.ESTIMATE, Column.ACTION})


class NextStep(StrEnum):
    """What a row asks for next."""

    WEIGHT = "weight"
    CLIP = "clip"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class NextAct:
    """The step, and the phase it is for."""

    step: NextStep
    phase: Phase


def next_act(row: WorklistRow) -> NextAct:
    """The first thing that is missing, pre before post; nothing: open the patient."""
    if row.session is None and not row.due:
        return NextAct(NextStep.OPEN, Phase.PRE)
    entries = (
        (Phase.PRE, row.session.pre if row.session else None),
        (Phase.POST, row.session.post if row.session else None),
    )
    for phase, entry in entries:
        if entry is None or entry.net_g is None:
            return NextAct(NextStep.WEIGHT, phase)
        if entry.capture is None:
            return NextAct(NextStep.CLIP, phase)
    return NextAct(NextStep.OPEN, Phase.POST)


def mark_text(mark: Mark, entry: PhaseEntry | None) -> str:
    """How a phase stands, in words."""
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
    }.get(mark, QCoreApplication.translate("worklist", "Not yet"))


class WorklistModel(QAbstractTableModel):
    """Holds `WorklistRow`s; words for the screen and for screen readers, no look."""

    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[WorklistRow, ...] = ()
        self.first_waiting = -1

    def show_rows(self, rows: Sequence[WorklistRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        waiting = (i for i, r in enumerate(rows) if r.due and r.pre_mark is Mark.NOT_YET)
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
        before = act.phase is Phase.PRE
        if act.step is NextStep.WEIGHT:
            return self.tr("Weight before") if before else self.tr("Weight after")
        if act.step is NextStep.CLIP:
            return self.tr("Clip before") if before else self.tr("Clip after")
        return self.tr("Open")

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
        born = row.patient.birth_date
        return {
            Column.BED: row.schedule.bed,
            Column.PATIENT: row.patient.name,
            Column.CHART: row.patient.chart_number,
            Column.BORN: short_day_text(born) if born else "–",
            Column.SCHEDULE: schedule_text(row.schedule),
        }.get(column, "")

    def _phase_text(self, row: WorklistRow, phase: Phase) -> str:
        if row.session is None and not row.due:
            return self.tr("Not due") if phase is Phase.PRE else ""
        entry = None
        if row.session is not None:
            entry = row.session.pre if phase is Phase.PRE else row.session.post
        return mark_text(row.pre_mark if phase is Phase.PRE else row.post_mark, entry)


def _figure_text(latest: PhaseEntry | None, column: Column) -> str:
    if latest is None:
        return excess(None)
    if column is Column.EXCESS:
        scale_kg = latest.scale_excess_kg
        return excess(None) if scale_kg is None else f"{excess(scale_kg)} kg"
    estimate = latest.estimate
    if estimate is None or estimate.excess_kg is None or estimate.spread_kg is None:
        return excess(None)
    return f"{excess(estimate.excess_kg)} {spread(estimate.spread_kg)} kg"
