"""The card with the trend: plot or table, how much of the past, or what to do to get one."""

from datetime import date

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.trend_canvas import Span
from edema_desk.plots.trend_series import TrendSeries, make_series
from edema_desk.ui.parts.focus import leave_room
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, EmptyState, Notice, button, label, row
from edema_desk.ui.patient.day_view import DayView
from edema_desk.ui.patient.trend_plot import TrendPlot
from edema_desk.ui.patient.trend_table import TrendTable

LEAST_PLOT_PX = 140


class TrendCard(Card):
    """The trend, or one `day` of it, as a plot or a table. `session_opened(session_id)` from a
    point or a row; `weight_asked()` and `dry_weight_asked()` from the buttons shown while there is
    no trend; `daily(bool)` when one day takes the place of the trend, or no longer does."""

    session_opened = Signal(str)
    weight_asked = Signal()
    dry_weight_asked = Signal()
    daily = Signal(bool)

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__(gap=STEP_PX * 2)
        self._title = label("card-title")
        self.spans: dict[Span, QPushButton] = {span: _chip() for span in Span}
        self._group = QButtonGroup(self)
        for span, chip in self.spans.items():
            chip.setProperty("span", span.value)
            self._group.addButton(chip)
        self.as_day, self.as_table, self.copy = _chip(), _chip(), button("quiet")
        self._table_is_old = False
        self.plot, self.table = TrendPlot(theme), TrendTable()
        self.plot.setMinimumHeight(LEAST_PLOT_PX)
        self.day = DayView(jobs, theme)
        self.day.setMinimumHeight(LEAST_PLOT_PX)  # it takes the room of the strip as well
        self.empty = EmptyState(theme, "trend")
        self.notice = Notice(theme)
        self._stack = QStackedWidget()
        for page in (self.plot, self.table, self.empty, self.day):
            self._stack.addWidget(page)
        chips = (self.copy, *self.spans.values(), self.as_day, self.as_table)
        self.body.addLayout(row(self._title, self.day.way, None, *chips))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.notice)
        self._connect()
        self.retranslate()
        self._on_span(self.plot.span)
        self._choose_page()

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_chip)
        self.as_table.toggled.connect(self._choose_page)
        self.as_day.toggled.connect(self._on_day)
        self.copy.clicked.connect(self.copy_table)
        self.day.session_asked.connect(self.session_opened)
        self.plot.day_opened.connect(self.show_day)
        self.table.day_opened.connect(self.show_day)
        self.plot.span_changed.connect(self._on_span)
        self.plot.session_opened.connect(self.session_opened)
        self.table.session_opened.connect(self.session_opened)
        self.empty.acted.connect(self._on_empty_act)

    def set_trend(self, card: PatientCard, *, keep_view: bool) -> None:
        """Show a patient's trend; with `keep_view` the range, scroll position, day and choice of
        table stay."""
        series = make_series(card.trend, card.events)
        self.plot.set_series(series, keep_view=keep_view)
        self._table_is_old = True
        self.day.set_course(series, card.removed_spots, card.names, keep_day=keep_view)
        if not keep_view:
            self.as_table.setChecked(False)
        if not (keep_view and self.day.days):
            self.as_day.setChecked(False)
        self._say_state()
        self._choose_page()

    def restyle(self) -> None:
        """The theme changed."""
        self.plot.restyle()
        self.day.restyle()

    def retranslate(self) -> None:
        """The language changed."""
        self._title.setText(self.tr("Excess fluid above dry weight"))
        self.spans[Span.MONTH].setText(self.tr("30 days"))
        self.spans[Span.QUARTER].setText(self.tr("90 days"))
        self.spans[Span.YEAR].setText(self.tr("1 year"))
        self.spans[Span.ALL].setText(self.tr("All"))
        self.as_table.setText(self.tr("Table"))
        self.as_table.setToolTip(self.tr("Show the same figures as a table (T)"))
        self.as_day.setText(self.tr("Day"))
        self.as_day.setToolTip(self.tr("Show the hours of one day (D)"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the rows chosen, or all, with their heads (Ctrl+C)"))
        for chip in (*self.spans.values(), self.as_day, self.as_table):
            leave_room(chip)
        self.day.retranslate()
        self.plot.retranslate()
        self.table.retranslate()
        self._say_state()

    def toggle_table(self) -> None:
        """Between plot and table, where there is something to show."""
        if len(self.plot.series.readings):
            self.as_table.toggle()
            self.focus_view()

    def toggle_day(self) -> None:
        """Between the trend and one day: that of the point read out, or the newest."""
        if self.as_day.isChecked():
            self.as_day.setChecked(False)
        elif self.day.days:
            current = self.plot.current
            readings = self.plot.series.readings
            self.show_day(self.day.day if current is None else readings[current].entry.at.day)
        self.focus_view()

    def show_day(self, day: date | None) -> None:
        """Show the hours of a day."""
        self.day.show_day(day)
        self.as_day.setChecked(True)
        self.focus_view()

    def focus_view(self) -> None:
        """Keys go to what is in front."""
        parts = (self.plot, self.table, self.day.view)
        front = next((part for part in parts if part.isVisible()), self.empty)
        front.setFocus()

    def copy_table(self) -> None:
        """Put the table in front into the clipboard."""
        (self.day.table if self.as_day.isChecked() else self.table).copy()

    def _on_day(self, shown: bool) -> None:
        if shown and self.day.days:
            self.day.show_day(self.day.day)
        self._choose_page()
        self.daily.emit(shown)

    def _say_state(self) -> None:
        """What is missing, and what to do about it."""
        series = self.plot.series
        self.notice.say("")
        if len(series.readings) == 0:
            self.empty.say(
                self.tr("No session yet"),
                self.tr("The trend begins with the first weight before dialysis."),
                self.tr("Add weight"),
            )
        elif _is_blank(series):
            self.empty.say(
                self.tr("No dry weight for these sessions"),
                self.tr(
                    "Excess fluid is the scale weight minus the dry weight. Enter the dry weight"
                    " and the day from which it holds; the trend then shows all sessions since."
                ),
                self.tr("Dry weight"),
            )
        elif not np.isfinite(series.estimate_kg).any():
            self.notice.say(self._no_estimate_words(series))

    def _no_estimate_words(self, series: TrendSeries) -> str:
        sessions = {r.session.session.session_id for r in series.readings if r.session}
        if len(sessions) == 1:
            return self.tr(
                "The estimate begins with the second session: the first one, with its weights,"
                " is what later faces are compared with."
            )
        return self.tr("No session has an estimate yet. It needs a clip and an earlier session.")

    def _choose_page(self) -> None:
        series = self.plot.series
        nothing = len(series.readings) == 0
        as_table = not nothing and self.as_table.isChecked()
        self.as_table.setVisible(not nothing)
        self.as_day.setVisible(bool(self.day.days))
        self.copy.setVisible(as_table)
        self.day.set_table(as_table)
        if self.as_day.isChecked():
            self._stack.setCurrentWidget(self.day)
        elif as_table:
            if self._table_is_old:  # filled only to be seen
                self.table.set_readings(series.readings)
                self._table_is_old = False
            self._stack.setCurrentWidget(self.table)
        elif nothing or _is_blank(series):
            self._stack.setCurrentWidget(self.empty)
        else:
            self._stack.setCurrentWidget(self.plot)
        daily = self.as_day.isChecked()
        self._title.setVisible(not daily)
        self.day.way.setVisible(daily)
        for chip in self.spans.values():
            chip.setVisible(self._stack.currentWidget() is self.plot)

    def _on_chip(self, chip: QPushButton) -> None:
        self.plot.set_span(Span(chip.property("span")))

    def _on_span(self, span: Span | None) -> None:
        """Zooming by hand leaves no span chosen."""
        self._group.setExclusive(False)
        for one, chip in self.spans.items():
            chip.setChecked(one is span)
        self._group.setExclusive(True)

    def _on_empty_act(self) -> None:
        if len(self.plot.series.readings) == 0:
            self.weight_asked.emit()
        else:
            self.dry_weight_asked.emit()


def _chip() -> QPushButton:
    chip = button("chip")
    chip.setCheckable(True)
    return chip


def _is_blank(series: TrendSeries) -> bool:
    """Whether no point could be drawn."""
    drawn = np.isfinite(series.scale_kg).any() or np.isfinite(series.estimate_kg).any()
    return not drawn
