"""One day of a patient hour by hour: before, after and in between, as a plot or a table."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.day_series import capture_days, series_of_day
from edema_desk.plots.trend_series import Reading, TrendSeries
from edema_desk.ui.parts.phrases import day_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import IconButton, column, label, row
from edema_desk.ui.patient.day_foot import DayFoot
from edema_desk.ui.patient.day_gone import DayGone
from edema_desk.ui.patient.day_plot import DayPlot
from edema_desk.ui.patient.trend_table import DAY_COLUMNS, TrendTable

_LEAST_PLOT_PX = 150


class DayView(QWidget):
    """`way` leads from day to day and stands wherever its owner puts it. `event_asked`,
    `move_asked`, `removal_asked` and `return_asked` (Capture) and `session_asked(session_id)`."""

    event_asked = Signal(object)
    move_asked = Signal(object)
    removal_asked = Signal(object)
    return_asked = Signal(object)
    session_asked = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self.day: date | None = None
        self.days: tuple[date, ...] = ()
        self._series: TrendSeries | None = None
        self._removed: tuple[RemovedCapture, ...] = ()
        self._names: Mapping[str, str] = {}
        self.earlier, self.later = IconButton(theme, "previous"), IconButton(theme, "next")
        self.name, self.note = label("strong"), label("caption", wrap=True)
        self.plot, self.table = DayPlot(theme), TrendTable(DAY_COLUMNS)
        self.plot.setMinimumHeight(_LEAST_PLOT_PX)
        self.foot, self.gone = DayFoot(jobs, theme), DayGone()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.table)
        self.way = QWidget()
        self.way.setLayout(row(self.earlier, self.name, self.later, gap=STEP_PX))
        box = column(self._stack, self.note, self.foot, self.gone, gap=STEP_PX)
        box.setStretch(0, 1)
        self.setLayout(box)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.earlier.clicked.connect(self.go_earlier)
        self.later.clicked.connect(self.go_later)
        self.plot.picked.connect(self._on_picked)
        self.table.picked.connect(self.foot.show_reading)
        self.table.session_opened.connect(self.session_asked)
        self.foot.event_asked.connect(self.event_asked)
        self.foot.move_asked.connect(self.move_asked)
        self.foot.removal_asked.connect(self.removal_asked)
        self.foot.session_asked.connect(self.session_asked)
        self.gone.back_asked.connect(self.return_asked)
        for keys, slot in (("PgUp", self.go_earlier), ("PgDown", self.go_later)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def view(self) -> QWidget:
        """Plot or table, whichever is in front."""
        return self.table if self._stack.currentWidget() is self.table else self.plot

    def set_course(
        self,
        series: TrendSeries,
        removed: Sequence[RemovedCapture],
        names: Mapping[str, str],
        *,
        keep_day: bool,
    ) -> None:
        """Another state of a patient, or another one; then the newest day is meant."""
        self._series, self._removed, self._names = series, tuple(removed), names
        gone = {one.capture.captured_at.day for one in self._removed}
        self.days = tuple(sorted(gone.union(capture_days(series))))
        if not keep_day or self.day not in self.days:
            self.day = self.days[-1] if self.days else None
        if self.isVisible():
            self.show_day(self.day)

    def show_day(self, day: date | None) -> None:
        """Show a day with captures; one without is passed over for the newest before it."""
        before = [one for one in self.days if day is not None and one <= day]
        self.day = before[-1] if before else self.days[0] if self.days else None
        if self.day is None or self._series is None:
            return
        held = self.foot.capture
        own = series_of_day(self._series, self.day)
        self.plot.set_series(own, keep_view=False)
        self.table.set_readings(own.readings)
        self.gone.show_removed(
            [one for one in self._removed if one.capture.captured_at.day == self.day], self._names
        )
        self._choose(own.readings, held.capture_id if held else "")
        self.retranslate()

    def set_table(self, shown: bool) -> None:
        """The same readings as a table."""
        self._stack.setCurrentWidget(self.table if shown else self.plot)

    def go_earlier(self) -> None:
        """To the day with captures before."""
        self._go(-1)

    def go_later(self) -> None:
        """To the day with captures after."""
        self._go(1)

    def _go(self, by: int) -> None:
        if self.day in self.days:
            place = self.days.index(self.day) + by
            if 0 <= place < len(self.days):
                self.show_day(self.days[place])

    def _choose(self, readings: Sequence[Reading], capture_id: str) -> None:
        """The one that was chosen before, or the newest with a clip."""
        clips = [(r, r.entry.capture) for r in readings if r.entry.capture is not None]
        with_clip = [reading for reading, _ in clips]
        same = [reading for reading, clip in clips if clip.capture_id == capture_id]
        chosen = next(iter((*same, *reversed(with_clip), *readings)), None)
        self.foot.show_reading(chosen)
        if chosen is not None:
            self.table.pick(chosen)

    def _on_picked(self, reading: Reading) -> None:
        self.table.pick(reading)
        self.foot.show_reading(reading)

    def restyle(self) -> None:
        """The theme changed."""
        self.plot.restyle()

    def retranslate(self) -> None:
        """The language changed."""
        self.earlier.say(self.tr("The day with captures before (Page Up)"))
        self.later.say(self.tr("The day with captures after (Page Down)"))
        self.name.setText(day_text(self.day) if self.day is not None else "")
        self.earlier.setEnabled(self.day is not None and self.day != self.days[0])
        self.later.setEnabled(self.day is not None and self.day != self.days[-1])
        self.note.setText(
            self.tr(
                "Under each name: the change since the first estimate. One smaller than both bars"
                " may be chance."
            )
        )
        self.plot.retranslate()
        self.table.retranslate()
        self.foot.retranslate()
