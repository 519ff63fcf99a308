"""The rows of a day, kept fresh for every page that shows them."""

from collections import Counter
from datetime import date

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.course.views import Change
from edema_desk.domain.course.worklist import Mark, NextStep, WorklistRow, next_act
from edema_desk.domain.terms.search import matches, search_key
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs

EVERYONE = "everyone"
DUE = "due"
_NEEDS_SOMEBODY = {Mark.REFUSED, Mark.INCOMPLETE, Mark.WEIGHT_MISSING, Mark.CLIP_MISSING}


class WorklistSource(QObject):
    """Asks for a day's worklist, and again after each change.

    `arrived()` when rows came, `failed(ExpectedError)` when they did not. `rows` is None before
    the first answer.
    """

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, jobs: DeskJobs, day: date, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._again = False
        self.day = day
        self.rows: tuple[WorklistRow, ...] | None = None
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_rows)
        self._call.failed.connect(self._on_failure)
        jobs.changed.connect(self._on_change)

    def show_day(self, day: date) -> None:
        """Ask for another day."""
        if day != self.day:
            self.day = day
            self._call.forget()
            self.refresh()

    def refresh(self) -> None:
        """Ask again; while an answer is awaited, once more after it."""
        if self._call.waiting:
            self._again = True
            return
        self._call.start(self._jobs.desk.worklist(self.day))

    def _on_change(self, change: Change) -> None:
        del change  # whatever was touched may stand in a row
        self.refresh()

    def _on_rows(self, rows: tuple[WorklistRow, ...]) -> None:
        self.rows = rows
        self.arrived.emit()
        if self._again:
            self._again = False
            self.refresh()

    def _on_failure(self, error: ExpectedError) -> None:
        self._again = False
        self.failed.emit(error)


def found(rows: tuple[WorklistRow, ...], query: str) -> tuple[WorklistRow, ...]:
    """The rows whose name, kana or chart number hold every word of `query`."""
    return tuple(
        r for r in rows if matches(query, r.patient.name, r.patient.kana, r.patient.chart_number)
    )


def of_group(
    rows: tuple[WorklistRow, ...], group: str, on: int | None = None
) -> tuple[WorklistRow, ...]:
    """The rows of `EVERYONE`, of those `DUE`, or of those due in the shift of that number.

    In the shift that is `on` stand also those of earlier shifts of whom something is missing.
    """
    if group == EVERYONE:
        return rows
    due = tuple(r for r in rows if r.due)
    if group == DUE:
        return due
    shift = int(group)
    return tuple(
        r
        for r in due
        if r.schedule.shift == shift
        or (shift == on and r.schedule.shift < shift and not is_done(r))
    )


def is_done(row: WorklistRow) -> bool:
    """Whether nothing is to be done for the day, also because the patient is away."""
    return next_act(row).step in (NextStep.OPEN, NextStep.NOTHING)


def shifts(rows: tuple[WorklistRow, ...]) -> tuple[int, ...]:
    """The shifts of those who are due, in order."""
    return tuple(sorted({r.schedule.shift for r in rows if r.due}))


def of_number(rows: tuple[WorklistRow, ...], number: str) -> WorklistRow | None:
    """Whose chart number that is, of everyone."""
    key = search_key(number)
    return next((r for r in rows if search_key(r.patient.chart_number) == key), None)


def one_meant(rows: tuple[WorklistRow, ...], query: str) -> WorklistRow | None:
    """Who is meant by a scanned or fully typed query: the chart number itself, or the only one."""
    exact = of_number(rows, query) if search_key(query) else None
    if exact is not None:
        return exact
    return rows[0] if len(rows) == 1 else None


def count_marks(rows: tuple[WorklistRow, ...]) -> tuple[int, int, int, int]:
    """How many are due, done before, done after, and need attention."""
    due = [r for r in rows if r.due]
    pre, post = Counter(r.pre_mark for r in due), Counter(r.post_mark for r in due)
    attention = sum(1 for r in due if {r.pre_mark, r.post_mark} & _NEEDS_SOMEBODY)
    return len(due), pre[Mark.DONE], post[Mark.DONE], attention
