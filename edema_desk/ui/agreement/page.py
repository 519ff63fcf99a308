"""Agreement: whether estimates say more than the calendar, how far off they are, and for whom."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.course.agreement_view import AgreementChoice, AgreementView
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.reporting import ReportKind, ReportWish, agreement_wish
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.agreement_job import AgreementJob, Standing
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.agreement_plots import DifferencePlot, ScatterPlot
from edema_desk.plots.agreement_words import count_text, counted_text, number_text
from edema_desk.ui.agreement.cards import (
    CurveCard,
    DifferenceCard,
    FiguresCard,
    PlotCard,
    ScatterCard,
    VerdictCard,
)
from edema_desk.ui.agreement.drift import DriftCard
from edema_desk.ui.agreement.filters import AgreementFilters
from edema_desk.ui.agreement.table import AgreementTable
from edema_desk.ui.agreement.waiting import AgreementWaiting
from edema_desk.ui.parts.focus import leave_room
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import error_text, phase_text, short_day_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import scrolling
from edema_desk.ui.parts.widgets import Card, EmptyState, Notice, button, column, label, row

_QUIET_MS = 1_200
"""So long nothing more may change before everything is asked again."""
_TOUCHED = frozenset(
    {ChangeKind.PATIENTS, ChangeKind.PATIENT, ChangeKind.SESSION, ChangeKind.ELSEWHERE}
)


class AgreementPage(Page):
    """Of all captures that have a weight and a dry weight beside them, or those that are chosen.

    It asks when it is in front, and again when something was written; until then what is shown
    stays. The choice stays until the window is closed.
    """

    def __init__(
        self, jobs: DeskJobs, theme: Theme, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(jobs, theme)
        self._view: AgreementView | None = None
        self._stale = True
        self._today = today
        self.filters = AgreementFilters(today)
        self.job = AgreementJob(jobs, self._choice, self)
        self.counted, self.failure = label("muted"), Notice(theme, "bad")
        self.failure.hide()
        self.verdict = VerdictCard(theme)
        self.scatter = ScatterCard(theme, ScatterPlot(theme.tokens))
        self.difference = DifferenceCard(theme, DifferencePlot(theme.tokens))
        self.figures, self.curve = FiguresCard(), CurveCard(theme)
        self.drift, self.table = DriftCard(theme), AgreementTable()
        self.empty, self.waiting = EmptyState(theme, "agreement"), AgreementWaiting(theme)
        self.as_table, self.copy = button("chip"), button("chip")
        self.report, self.export = button("chip"), button("chip")
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._tools = QWidget(self)
        self._tools.hide()
        self.as_table.setCheckable(True)
        self._tools.setLayout(row(self.as_table, self.copy, self.report, self.export))
        plots = row(self.scatter, self.difference, gap=STEP_PX * 4)
        below = row(self.curve, self.drift, gap=STEP_PX * 4)
        for box in (plots, below):
            box.setStretch(0, 1)
            box.setStretch(1, 1)
        cards = column(self.verdict, plots, self.figures, below, None, gap=STEP_PX * 4)
        cards.setContentsMargins(0, 0, STEP_PX * 2, STEP_PX * 3)
        self._cards = scrolling(cards)
        self._listed = Card(self.table, margin=STEP_PX * 2)
        self._stack = QStackedWidget()
        for page in (self.waiting, self._cards, self._listed, self.empty):
            self._stack.addWidget(page)
        whole = column(self.filters, self.counted, self.failure, self._stack, gap=STEP_PX * 2)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_chosen)
        self.job.course_came.connect(self._on_course)
        self.job.view_came.connect(self._on_view)
        self.job.standing_came.connect(self._on_standing)
        self.job.progressed.connect(self.waiting.show_progress)
        self.job.failed.connect(self._on_failure)
        self.job.broke.connect(self._on_bug)
        self.waiting.cancelled.connect(self.job.cancel)
        self.waiting.retried.connect(self.refresh)
        self.failure.acted.connect(self.refresh)
        self._quiet.timeout.connect(self.refresh)
        self.as_table.toggled.connect(self._choose_page)
        self.copy.clicked.connect(self.table.copy)
        self.report.clicked.connect(self._on_report)
        self.export.clicked.connect(self._on_export)
        self.empty.acted.connect(self._on_empty_act)
        self.drift.patient_opened.connect(self.patient_wanted)
        self.scatter.reader.wanted.connect(self._on_scatter_point)
        self.difference.reader.wanted.connect(self._on_difference_point)
        for card in (self.scatter, self.difference):
            card.reader.opened.connect(self._on_opened)

    # what a page is

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Agreement")

    def header_tools(self) -> QWidget:
        """Table, copy, report, export."""
        return self._tools

    def refresh(self) -> None:
        """Ask for everything again; what is shown stays meanwhile."""
        self._quiet.stop()
        self._stale = False
        self.failure.say("")
        if self._view is None:
            self.waiting.begin()
            self._stack.setCurrentWidget(self.waiting)
        self.job.refresh()

    def on_change(self, change: Change) -> None:
        """Courses may have changed: ask again soon, or once the page is in front."""
        if change.kind not in _TOUCHED:
            return
        self._stale = True
        if self.isVisible():
            self._quiet.start()

    def showEvent(self, event: QShowEvent) -> None:
        """In front: ask, where something changed since."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing is asked any more."""
        super().hideEvent(event)
        self._quiet.stop()
        if self.job.working:
            self.job.abandon()
            self._stale = True

    def report_wish(self) -> ReportWish | None:
        """Agreement of the captures that are chosen here; of all before any are there."""
        course = self.job.course
        if course is None:
            return ReportWish(ReportKind.AGREEMENT, self._today())
        return agreement_wish(course, self._choice(course), self._today())

    def search(self) -> None:
        """Put the cursor where a patient is chosen."""
        self.filters.patient.begin_typing()

    # answers

    def _choice(self, course: ClinicCourse) -> AgreementChoice:
        return self.filters.choice(course)

    def _on_chosen(self) -> None:
        if self.job.course is None or (self._stale and not self.isVisible()):
            return
        self.job.choose()

    def _on_course(self, course: ClinicCourse) -> None:
        self.filters.offer(course)

    def _on_view(self, view: AgreementView) -> None:
        self._view = view
        for card in (self.verdict, self.scatter, self.difference, self.figures, self.curve):
            card.show_view(view)
        self.table.show_view(view)
        self.failure.say("")
        self._say_counted()
        self._choose_page()

    def _on_standing(self, standing: Standing) -> None:
        self.drift.show_standing(standing)
        self.table.show_standing(standing)

    def _on_failure(self, error: ExpectedError) -> None:
        if self._view is None:
            self.waiting.fail(error)
        elif error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error), action=self.tr("Try again"))

    def _on_bug(self) -> None:
        """The window says it; the page stays as it was."""
        if self._view is None:
            self.waiting.fail(None)

    # what is shown

    def _choose_page(self) -> None:
        view = self._view
        for part in (self.as_table, self.copy):
            part.setEnabled(view is not None and view.captures > 0)
        self.copy.setVisible(self.as_table.isChecked())
        if view is None:
            return
        if not view.captures:
            self._say_empty(view)
            self._stack.setCurrentWidget(self.empty)
        else:
            self._stack.setCurrentWidget(self._listed if self.as_table.isChecked() else self._cards)

    def _say_empty(self, view: AgreementView) -> None:
        course = self.job.course
        if course is not None and len(course.rows) and self.filters.reset.isEnabled():
            head = self.tr("No such captures")
            text = self.tr(
                "Nothing fits all of the choices above. {refused} captures were refused."
            )
            if not view.refused:
                text = self.tr("Nothing fits all of the choices above.")
            said = text.format(refused=count_text(view.refused))
            self.empty.say(head, said, self.tr("Reset"), "search")
        elif course is None or not course.patients:
            text = self.tr("Agreement begins with patients, their weights and their clips.")
            self.empty.say(self.tr("No patients yet"), text, self.tr("Add patient"), "patients")
        else:
            text = self.tr(
                "A capture counts that has an estimate, a weight and a dry weight. The estimate "
                "begins with a patient's second session."
            )
            self.empty.say(self.tr("No estimate beside a weight yet"), text, "", "agreement")

    def _on_empty_act(self) -> None:
        if self.filters.reset.isEnabled():
            self.filters.clear()
        else:
            self.new_patient_wanted.emit()

    def _say_counted(self) -> None:
        view = self._view
        self.counted.setText("" if view is None or not view.captures else counted_text(view))

    def _on_report(self) -> None:
        self.report_wanted.emit(self.filters.patient.patient_id)

    def _on_export(self) -> None:
        self.export_wanted.emit(self.filters.patient.patient_id)

    # points

    def _on_scatter_point(self, index: int) -> None:
        self._say_point(self.scatter, index)

    def _on_difference_point(self, index: int) -> None:
        self._say_point(self.difference, index)

    def _say_point(self, card: PlotCard, index: int) -> None:
        view, course = self._view, self.job.course
        if view is None or course is None:
            return
        scale, said = float(view.scale_kg[index]), float(view.estimate_kg[index])
        phase = Phase.PRE if view.pre[index] else Phase.POST
        day = date.fromordinal(int(view.day[index]))
        card.reader.say(
            (
                course.patients[int(view.patient[index])].name,
                f"{short_day_text(day)} · {phase_text(phase)}",
                self.tr("Scale {scale} kg, estimate {estimate} kg").format(
                    scale=number_text(scale, 1, signed=True),
                    estimate=number_text(said, 1, signed=True),
                ),
                self.tr("Difference {difference} kg").format(
                    difference=number_text(said - scale, signed=True)
                ),
            )
        )

    def _on_opened(self, index: int) -> None:
        view, course = self._view, self.job.course
        if view is not None and course is not None:
            self.patient_wanted.emit(course.patients[int(view.patient[index])].patient_id)

    # dress and language

    def restyle(self) -> None:
        """The theme changed."""
        for card in (self.verdict, self.scatter, self.difference, self.curve):
            card.restyle()

    def retranslate(self) -> None:
        """Set every text again."""
        self.as_table.setText(self.tr("Table"))
        self.as_table.setToolTip(self.tr("Show all figures as a table"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the table for a spreadsheet (Ctrl+C)"))
        self.report.setText(self.tr("Report…"))
        self.export.setText(self.tr("Export…"))
        for chip in (self.as_table, self.copy, self.report, self.export):
            leave_room(chip)
        for card in (self.verdict, self.scatter, self.difference, self.figures, self.curve):
            card.retranslate()
        self.drift.retranslate()
        self.table.retranslate()
        self._say_counted()
        self._choose_page()
