"""The card of the newest entry: what the scale says, what the face says, and how to take it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from edema_desk.domain.course.trend import PhaseEntry, Trend
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.plots.signs import SIGN_OF, paint_sign
from edema_desk.ui.parts.phrases import (
    excess,
    interval_note,
    interval_word,
    kg,
    likeness_text,
    phase_text,
    refusal_text,
    research_note,
    short_day_text,
    shown_difference_kg,
)
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, button, column, label, row
from edema_desk.ui.pieces.judgement_words import veiled_text
from edema_desk.ui.pieces.patient_figures import latest_entry, session_of

_SIGN_PX = 8.4
_UNFINISHED = (CaptureState.RECORDING, CaptureState.STORED)


class ShapeMark(QWidget):
    """The sign of a series: filled for what is measured, hollow for what is estimated."""

    def __init__(self, theme: Theme, *, ring: bool) -> None:
        super().__init__()
        self._theme, self._ring, self._phase = theme, ring, Phase.PRE
        self.setFixedSize(QSize(12, 12))

    def set_phase(self, phase: Phase) -> None:
        """Shape and colour are those of the phase."""
        self._phase = phase
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As in the plot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        center = QRectF(self.rect()).center()
        if self._ring:
            painter.setPen(QPen(self._theme.color("ink"), 1.6))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.phase_color(self._phase))
        paint_sign(painter, SIGN_OF[self._phase], QPointF(center), _SIGN_PX)
        painter.end()


class LatestCard(Card):
    """`weight_asked`, `capture_asked` and `clip_asked` (session_id, Phase): what is missing. A
    camera sees only today; a clip of another day can only come from a file."""

    weight_asked = Signal(object, object)
    capture_asked = Signal(object, object)
    clip_asked = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(gap=STEP_PX)
        self._entry: PhaseEntry | None = None
        self._session_id: str | None = None
        self.heading = label("caption")
        self.scale, self.estimate = label("hero"), label("hero")
        self._scale_mark, self._ring = ShapeMark(theme, ring=False), ShapeMark(theme, ring=True)
        self._scale_unit, self.interval = label("caption"), label("caption")
        self.said, self._notes = label(wrap=True), label("caption", wrap=True)
        self._act = button()
        self._act.clicked.connect(self._on_act)
        self._act_place = QWidget()
        self._act_place.setLayout(column(STEP_PX, self._act, gap=0))
        self._figures = QWidget()
        left = _figure(self.scale, self._scale_mark, self._scale_unit)
        right = _figure(self.estimate, self._ring, self.interval)
        self._figures.setLayout(row(left, right, None, gap=STEP_PX * 7))
        for part in (self.heading, self._figures, self.said, self._act_place, self._notes):
            self.body.addWidget(part)
        for part in (self.said, self._notes):
            self.body.insertSpacing(self.body.indexOf(part), STEP_PX)
        self.retranslate()

    def show_trend(self, trend: Trend) -> None:
        """Show the newest entry of a patient."""
        self._entry = latest_entry(trend)
        self._session_id = session_of(trend, self._entry) if self._entry else None
        self._show()

    def retranslate(self) -> None:
        """The language changed."""
        self._scale_unit.setText(self.tr("scale, kg"))
        self._show()

    def _show(self) -> None:
        entry = self._entry
        self._figures.setVisible(entry is not None)
        self._notes.setVisible(entry is not None)
        self._act_place.hide()
        if entry is None:
            self.heading.setText(self.tr("Newest entry"))
            self.said.setText(self.tr("Nothing is entered yet."))
            return
        self.heading.setText(self._when(entry))
        for mark in (self._scale_mark, self._ring):
            mark.set_phase(entry.phase)
        self.scale.setText(excess(entry.scale_excess_kg))
        estimate = entry.estimate
        number = estimate.excess_kg if estimate else None
        self.estimate.setText(excess(number))
        self.interval.setText(self._interval(number, estimate.spread_kg if estimate else None))
        self.said.setText(
            "\n".join(part for part in (_likeness(entry), self._sentence(entry)) if part)
        )
        notes = [research_note()]
        if estimate is not None and number is not None:
            notes.insert(0, interval_note(estimate.interval_kind))
        self._notes.setText("\n".join(notes))
        self._offer(entry)

    def _when(self, entry: PhaseEntry) -> str:
        day = self.tr("Today") if _is_today(entry) else short_day_text(entry.at.day)
        return self.tr("{day} · {phase}").format(day=day, phase=phase_text(entry.phase))

    def _interval(self, excess_kg: float | None, spread_kg: float | None) -> str:
        if excess_kg is None or spread_kg is None:
            return self.tr("estimate, kg")
        return self.tr("estimate, kg ({low} to {high})").format(
            low=excess(excess_kg - spread_kg), high=excess(excess_kg + spread_kg)
        )

    def _sentence(self, entry: PhaseEntry) -> str:
        """Facts alone: how estimate and scale stand, or what is missing."""
        if entry.veiled:
            return veiled_text()
        if entry.estimate is not None and entry.estimate.refusal is not None:
            return self.tr("No estimate. {reason}").format(
                reason=refusal_text(entry.estimate.refusal)
            )
        if entry.capture is None:
            return self.tr("No clip yet, so there is no estimate.")
        if entry.estimate is None:
            if entry.capture.state in _UNFINISHED:
                return self.tr("The clip is being analysed.")
            return self.tr("This clip has no estimate.")
        if entry.net_g is None and entry.phase is not Phase.SPOT:
            return self.tr("No weight yet to compare the estimate with.")
        if entry.dry_weight_g is None:
            return self.tr("No dry weight was valid on that day.")
        return self._comparison(entry)

    def _comparison(self, entry: PhaseEntry) -> str:
        difference = shown_difference_kg(entry)
        if difference is None or entry.estimate is None:
            return self.tr("A spot capture has no scale weight beside it.")
        tenths = round(abs(difference) * 10)
        if tenths == 0:
            return self.tr("The estimate and the scale agree to 0.1 kg.")
        within = _within_as_shown(entry)
        if difference > 0:
            said = (
                self.tr("The estimate is {off} kg above the scale, within its {width}.")
                if within
                else self.tr("The estimate is {off} kg above the scale, outside its {width}.")
            )
        else:
            said = (
                self.tr("The estimate is {off} kg below the scale, within its {width}.")
                if within
                else self.tr("The estimate is {off} kg below the scale, outside its {width}.")
            )
        width = interval_word(entry.estimate.interval_kind)
        return said.format(off=kg(tenths * 100), width=width)

    def _offer(self, entry: PhaseEntry) -> None:
        if entry.capture is None:
            words = self.tr("Record") if _is_today(entry) else self.tr("Add clip")
            self._act.setText(words)
            self._act_place.show()
        elif entry.net_g is None and entry.phase is not Phase.SPOT:
            self._act.setText(self.tr("Add weight"))
            self._act_place.show()

    def _on_act(self) -> None:
        entry = self._entry
        if entry is None:
            return
        film = self.capture_asked if _is_today(entry) else self.clip_asked
        asked = film if entry.capture is None else self.weight_asked
        asked.emit(self._session_id, entry.phase)


def _is_today(entry: PhaseEntry) -> bool:
    return entry.at.day == Moment.now().day


def _likeness(entry: PhaseEntry) -> str:
    """Which phase the face is like, where there is an estimate that says so."""
    estimate = entry.estimate
    return "" if estimate is None or estimate.p_edema is None else likeness_text(estimate.p_edema)


def _within_as_shown(entry: PhaseEntry) -> bool:
    """Whether the scale lies in the interval, by the tenths on the screen: words that
    contradict the figures beside them would not be believed."""
    estimate, scale_kg = entry.estimate, entry.scale_excess_kg
    if estimate is None or estimate.excess_kg is None or scale_kg is None:
        return False
    spread_kg = estimate.spread_kg or 0.0
    low, high = estimate.excess_kg - spread_kg, estimate.excess_kg + spread_kg
    return round(low, 1) <= round(scale_kg, 1) <= round(high, 1)


def _figure(number: QWidget, mark: QWidget, unit: QWidget) -> QVBoxLayout:
    return column(number, row(mark, unit, None, gap=STEP_PX + 2), gap=0)
