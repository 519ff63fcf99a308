"""What else can be done with a row of the worklist."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.schedule import DayPlan


class RowAct(StrEnum):
    """What the menu of a row offers."""

    OPEN = "open"
    CAPTURE_PRE = "capture_pre"
    CAPTURE_POST = "capture_post"
    WEIGHT_PRE = "weight_pre"
    WEIGHT_POST = "weight_post"
    CLIP_PRE = "clip_pre"
    CLIP_POST = "clip_post"
    AWAY = "away"
    EXTRA = "extra"
    AS_SCHEDULED = "as_scheduled"
    SCHEDULE = "schedule"


class RowMenu(QMenu):
    """`chosen(row, RowAct)`. Deletes itself when closed."""

    chosen = Signal(object, object)

    def __init__(self, row: WorklistRow, *, is_today: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row
        words = self._words(is_today)
        for group in _groups(row, is_today=is_today):
            if not self.isEmpty():
                self.addSeparator()
            for act in group:
                self.addAction(words[act]).setData(act.value)
        self.triggered.connect(self._on_choice)
        self.aboutToHide.connect(self.deleteLater)

    def _on_choice(self, action: QAction) -> None:
        self.chosen.emit(self._row, RowAct(action.data()))

    def _words(self, is_today: bool) -> dict[RowAct, str]:
        extra = self.tr("Due today, too") if is_today else self.tr("Due on this day, too")
        away = self.tr("Away today…") if is_today else self.tr("Away on this day…")
        return {
            RowAct.OPEN: self.tr("Open patient"),
            RowAct.CAPTURE_PRE: self.tr("Record before dialysis"),
            RowAct.CAPTURE_POST: self.tr("Record after dialysis"),
            RowAct.WEIGHT_PRE: self.tr("Weight before dialysis…"),
            RowAct.WEIGHT_POST: self.tr("Weight after dialysis…"),
            RowAct.CLIP_PRE: self.tr("Add a clip file, before dialysis…"),
            RowAct.CLIP_POST: self.tr("Add a clip file, after dialysis…"),
            RowAct.AWAY: away,
            RowAct.EXTRA: extra,
            RowAct.AS_SCHEDULED: self.tr("As scheduled again"),
            RowAct.SCHEDULE: self.tr("Days, shift and bed…"),
        }


def _groups(row: WorklistRow, *, is_today: bool) -> tuple[tuple[RowAct, ...], ...]:
    """Capturing is for today; a weight or a clip may come later."""
    captures = (RowAct.CAPTURE_PRE, RowAct.CAPTURE_POST) if is_today else ()
    weights = (RowAct.WEIGHT_PRE, RowAct.WEIGHT_POST)
    clips = (RowAct.CLIP_PRE, RowAct.CLIP_POST)
    return (
        (RowAct.OPEN,),
        (*captures, *weights, *clips),
        (*_day_acts(row), RowAct.SCHEDULE),
    )


def _day_acts(row: WorklistRow) -> tuple[RowAct, ...]:
    if row.plan is not DayPlan.AS_SCHEDULED:
        return (RowAct.AS_SCHEDULED,)
    if row.session is not None:
        return ()
    return (RowAct.AWAY,) if row.due else (RowAct.EXTRA,)


def phase_of(act: RowAct) -> Phase:
    """Of an act that is about a phase."""
    return Phase.POST if act.value.endswith(Phase.POST.value) else Phase.PRE
