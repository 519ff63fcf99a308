"""What a clip gave: the estimate beside the scale, or the reason for none."""

from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.trend import PhaseEntry, Trend
from edema_desk.domain.terms.records import Capture
from edema_desk.ui.parts.phrases import (
    excess,
    interval_note,
    likeness_text,
    phase_text,
    refusal_text,
    research_note,
    spread,
)
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import KeyFigure, Notice, column, label, row
from edema_desk.ui.pieces.judgement_words import veiled_text


def entry_of(trend: Trend, capture_id: str) -> PhaseEntry | None:
    """The entry of the trend that a capture stands in."""
    entries = [e for s in trend.sessions for e in (s.pre, s.post)] + list(trend.spots)
    held = (e for e in entries if e is not None and e.capture is not None)
    return next((e for e in held if e.capture and e.capture.capture_id == capture_id), None)


class ClipResult(QWidget):
    """Shows one capture's estimate or refusal. Made for the end of taking in a clip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._phase, self._frames = label("caption"), label("muted", wrap=True)
        self.estimate, self.scale = KeyFigure("hero"), KeyFigure("hero")
        self._figures = QWidget()
        self._figures.setLayout(row(self.estimate, self.scale, None, gap=40))
        self.refusal = Notice(theme, "attention")
        self.likeness = label()
        self._research = label("caption", wrap=True)
        self.setLayout(
            column(
                *(self._phase, self._figures, self.likeness, self.refusal),
                *(self._frames, self._research),
                gap=10,
            )
        )
        self._shown: tuple[Capture, PhaseEntry | None] | None = None

    def show_capture(self, capture: Capture, trend: Trend) -> None:
        """Show what came of a capture, from the patient's course."""
        self._shown = (capture, entry_of(trend, capture.capture_id))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.estimate.caption.setText(self.tr("Estimate of excess fluid"))
        self.scale.caption.setText(self.tr("By the scale"))
        self._research.setText(research_note())
        self.likeness.hide()
        if self._shown is None:
            return
        capture, entry = self._shown
        estimate = entry.estimate if entry else None
        self._phase.setText(phase_text(capture.phase))
        has_number = estimate is not None and estimate.excess_kg is not None
        self._figures.setVisible(has_number)
        if estimate is not None and estimate.excess_kg is not None:
            unit = f"kg {spread(estimate.spread_kg)}" if estimate.spread_kg is not None else "kg"
            self.estimate.show_value(excess(estimate.excess_kg), unit)
            scale_kg = entry.scale_excess_kg if entry else None
            self.scale.setVisible(scale_kg is not None)
            self.scale.show_value(excess(scale_kg), "kg")
            self._research.setText(f"{interval_note(estimate.interval_kind)}\n{research_note()}")
            if estimate.p_edema is not None:
                self.likeness.setText(likeness_text(estimate.p_edema))
                self.likeness.show()
        refusal = estimate.refusal if estimate else None
        veiled = veiled_text() if entry is not None and entry.veiled else ""
        self.refusal.say(refusal_text(refusal) if refusal else veiled)
        self._frames.setText(self._frames_text(capture))

    def _frames_text(self, capture: Capture) -> str:
        if capture.frames_seen is None or capture.frames_chosen is None:
            return ""
        said = self.tr("{chosen} of {seen} frames stand for the clip.")
        return said.format(chosen=capture.frames_chosen, seen=capture.frames_seen)
