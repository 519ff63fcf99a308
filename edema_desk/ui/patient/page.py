"""The page of one patient: who it is, the trend, the newest entry, and how far to believe it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.views import Change, ChangeKind, PatientCard
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.fading import Fade
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.waiting import WaitingStack, scrolling
from edema_desk.ui.parts.widgets import Notice, button, column, row
from edema_desk.ui.patient.belief import BeliefCard
from edema_desk.ui.patient.consent_card import ConsentCard
from edema_desk.ui.patient.latest import LatestCard
from edema_desk.ui.patient.more import MoreButton
from edema_desk.ui.patient.strip import SessionStrip
from edema_desk.ui.patient.trend_card import TrendCard
from edema_desk.ui.pieces.patient_banner import PatientBanner

SIDE_PX = 356
NARROW_PX = 1220


class PatientPage(Page):
    """`show_patient(patient_id)` fetches; it fetches again when something of it changed."""

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self.patient_id: str | None = None
        self.card: PatientCard | None = None
        self.banner = PatientBanner(jobs, theme)
        self.record, self.add_weight = button("primary"), button()
        self.more = MoreButton(jobs, theme)
        actions = QWidget()
        actions.setLayout(row(self.more, self.add_weight, self.record))
        self.banner.add_action(actions)
        self.trend = TrendCard(jobs, theme)
        self.strip = SessionStrip(settings or Settings())
        self.latest, self.belief = LatestCard(theme), BeliefCard(theme)
        self.consent = ConsentCard(jobs)
        self.stale = Notice(theme, "attention")
        self.stack = WaitingStack(theme, self._content())
        self.setLayout(column(self.stack))
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self.show_card)
        self._call.failed.connect(self._on_failure)
        self._connect()
        self.keys_to = self.trend.plot
        self.retranslate()

    def _content(self) -> QWidget:
        side = column(self.latest, self.belief, self.consent, gap=STEP_PX * 4)
        side.setStretch(1, 1)
        area = scrolling(side)
        area.setFixedWidth(SIDE_PX)
        Fade(self.theme, area)
        left = column(self.trend, self.strip, gap=STEP_PX * 4)
        left.setStretch(0, 1)
        both = row(gap=STEP_PX * 5)
        both.addLayout(left, 1)
        both.addWidget(area)
        content = QWidget()
        box = column(self.banner, self.stale, both, gap=STEP_PX * 4)
        box.setStretch(2, 1)
        content.setLayout(box)
        self.stale.hide()
        return content

    def _offer(self) -> None:
        """What is offered at all is what whoever signed in may do."""
        for part, kind in (
            (self.record, ActKind.BEGIN_RECORDING),
            (self.add_weight, ActKind.ENTER_WEIGHING),
        ):
            part.setVisible(self.jobs.may(kind))
        self.more.offer()

    def _connect(self) -> None:
        self._offer()
        self.record.clicked.connect(self._on_record)
        self.add_weight.clicked.connect(self._on_weight)
        self.more.clip_asked.connect(self._on_clip)
        self.more.dry_weight_asked.connect(self._on_dry_weight)
        self.more.report_asked.connect(self._on_report)
        self.more.sheet_asked.connect(self._on_sheet)
        self.more.export_asked.connect(self._on_export)
        self.trend.weight_asked.connect(self._on_weight)
        self.trend.dry_weight_asked.connect(self._on_dry_weight)
        self.trend.session_opened.connect(self.session_wanted)
        self.latest.weight_asked.connect(self._on_missing_weight)
        self.latest.clip_asked.connect(self._on_missing_clip)
        self.latest.capture_asked.connect(self._on_missing_capture)
        self.consent.consent_wanted.connect(self.consent_wanted)
        self.consent.erasing_wanted.connect(self.erasing_wanted)
        self.trend.daily.connect(self.strip.setHidden)  # it tells of the newest session
        day = self.trend.day
        day.event_asked.connect(self._on_event)
        day.move_asked.connect(self._on_move)
        day.removal_asked.connect(self._on_removal)
        day.return_asked.connect(self._on_return)
        self.stack.retried.connect(self.refresh)
        self.stale.acted.connect(self.refresh)
        for key, slot in (
            (Qt.Key.Key_T, self.trend.toggle_table),
            (Qt.Key.Key_D, self.trend.toggle_day),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # what is shown

    def title(self) -> str:
        """The page's name."""
        return self.tr("Patient")

    def show_patient(self, patient_id: str) -> None:
        """Fetch a patient; the one before is not shown meanwhile."""
        if patient_id != self.patient_id:
            self.patient_id = patient_id
            self.card = None
            self.stack.wait()
        self.refresh()

    def show_card(self, card: PatientCard) -> None:
        """Show a patient. The same one as before keeps range, scroll position and table."""
        before = self.card.patient.patient_id if self.card else None
        keep_view = before == card.patient.patient_id
        self.patient_id, self.card = card.patient.patient_id, card
        self.banner.show_card(card)
        self.trend.set_trend(card, keep_view=keep_view)
        self.latest.show_trend(card.trend)
        self.belief.show_trend(card.trend)
        self.strip.show_trend(card.trend, self.belief.beliefs[Phase.PRE])
        self.consent.show_patient(card.patient.patient_id)
        self.stale.say("")
        self.stack.arrive()

    def set_settings(self, settings: Settings) -> None:
        """Other limits."""
        self.strip.set_settings(settings)

    def refresh(self) -> None:
        """Ask the desk again for the patient shown."""
        if self.patient_id is not None:
            self._call.start(self.jobs.desk.patient_card(self.patient_id))

    def on_change(self, change: Change) -> None:
        """Fetch again when it concerns the patient shown; hidden pages wait until they are."""
        elsewhere = change.kind is ChangeKind.ELSEWHERE
        if self.isVisible() and (elsewhere or change.patient_id == self.patient_id):
            self.refresh()

    def retranslate(self) -> None:
        """Set every text again."""
        self.record.setText(self.tr("Record"))
        self.record.setToolTip(self.tr("Record the face with a camera"))
        self.add_weight.setAccessibleName(self.tr("Add weight"))
        self.more.retranslate()
        self._fit_actions()
        for part in (self.trend, self.strip, self.latest, self.belief, self.consent):
            part.retranslate()

    def restyle(self) -> None:
        """Colour what a style sheet does not reach."""
        self.trend.restyle()
        self.more.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The banner's facts come before the words of the rarest actions."""
        super().resizeEvent(event)
        self._fit_actions()

    def _fit_actions(self) -> None:
        narrow = self.width() < NARROW_PX
        self.more.setText("" if narrow else self.tr("More"))
        self.add_weight.setText(self.tr("Weight") if narrow else self.tr("Add weight"))

    def _on_failure(self, error: ExpectedError) -> None:
        """What is shown stays, with a word that it may be old; but not of who was erased."""
        if error.code is ErrorCode.UNKNOWN_PATIENT:
            self.card = None
        if self.card is None:
            self.stack.fail(error)
        else:
            self.stale.say(
                self.tr("These figures could not be fetched again and may be old."),
                action=self.tr("Try again"),
            )

    # what is asked for

    def _on_event(self, capture: Capture) -> None:
        self.event_wanted.emit(self.patient_id, capture)

    def _on_move(self, capture: Capture) -> None:
        self.move_wanted.emit(self.patient_id, capture)

    def _on_removal(self, capture: Capture) -> None:
        self.removal_wanted.emit(self.patient_id, capture)

    def _on_return(self, capture: Capture) -> None:
        self.return_wanted.emit(self.patient_id, capture)

    def _on_record(self) -> None:
        self.capture_wanted.emit(self.patient_id, None, None)

    def _on_weight(self) -> None:
        self.weight_wanted.emit(self.patient_id, None, None)

    def _on_clip(self) -> None:
        self.clip_wanted.emit(self.patient_id, None, None)

    def _on_report(self) -> None:
        self.report_wanted.emit(self.patient_id)

    def _on_sheet(self) -> None:
        self.sheet_wanted.emit(self.patient_id)

    def _on_export(self) -> None:
        self.export_wanted.emit(self.patient_id)

    def _on_dry_weight(self) -> None:
        self.dry_weight_wanted.emit(self.patient_id)

    def _on_missing_weight(self, session_id: str | None, phase: Phase) -> None:
        self.weight_wanted.emit(self.patient_id, session_id, phase)

    def _on_missing_clip(self, session_id: str | None, phase: Phase) -> None:
        self.clip_wanted.emit(self.patient_id, session_id, phase)

    def _on_missing_capture(self, session_id: str | None, phase: Phase) -> None:
        self.capture_wanted.emit(self.patient_id, session_id, phase)
