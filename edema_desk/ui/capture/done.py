"""The end of a capture: the estimate, or the reason for none, beside scale and dry weight."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.records import Capture
from edema_desk.ui.parts.phrases import kg, short_day_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import (
    Card,
    IconLabel,
    KeyFigure,
    Notice,
    column,
    hairline,
    label,
    row,
)
from edema_desk.ui.pieces.clip_result import ClipResult, entry_of

_WIDTH_PX = 560


class CaptureDone(QWidget):
    """`show_capture` again when the patient's course changed: a weight may still come."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: tuple[Capture, PatientCard] | None = None
        self.heading = label("title")
        self.result = ClipResult(theme)
        self.scale, self.dry = KeyFigure(), KeyFigure()
        self.missing, self.cut = Notice(theme, "info"), Notice(theme, "attention")
        for note in (self.missing, self.cut):
            note.hide()
        head = row(IconLabel(theme, "check", "good", 28), self.heading, None, gap=12)
        weights = row(self.scale, self.dry, None, gap=48)
        parts = (head, 12, self.result, 8, hairline(), 8, weights, 4, self.cut, self.missing)
        held = QWidget()
        held.setLayout(column(*parts, gap=12))
        held.setFixedWidth(_WIDTH_PX)
        self.setLayout(column(Card(None, row(None, held, None), None)))

    def show_capture(self, capture: Capture, card: PatientCard) -> None:
        """Show what came of a capture, from the patient's course as it stands."""
        self._shown = (capture, card)
        self.result.show_capture(capture, card.trend)
        self._say()

    def _say(self) -> None:
        self.heading.setText(self.tr("The capture is stored"))
        self.scale.caption.setText(self.tr("Weight by the scale"))
        self.dry.caption.setText(self.tr("Dry weight"))
        if self._shown is None:
            return
        capture, card = self._shown
        entry = entry_of(card.trend, capture.capture_id)
        net_g, dry_g = _weights(entry, card)
        self.scale.setVisible(net_g is not None)
        self.scale.show_value(kg(net_g), "kg")
        self.dry.setVisible(dry_g is not None)
        self.dry.show_value(kg(dry_g), self._dry_unit(card, dry_g))
        cut = self.tr("The recording was cut short; this is what the part that is there says.")
        self.cut.say("" if capture.whole else cut)
        lacks = capture.session_id is not None and net_g is None
        self.missing.say(self.tr("No weight yet: enter it at the right.") if lacks else "")

    def _dry_unit(self, card: PatientCard, dry_g: int | None) -> str:
        held = [d for d in card.trend.dry_weights if d.weight_g == dry_g]
        if not held:
            return "kg"
        said = self.tr("kg, since {day}")
        return said.format(day=short_day_text(held[-1].valid_from))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.result.retranslate()
            self._say()
        super().changeEvent(event)


def _weights(entry: PhaseEntry | None, card: PatientCard) -> tuple[int | None, int | None]:
    """What the scale said, less the tare, and the dry weight of that day."""
    if entry is None:
        return None, card.dry_weight_g
    return entry.net_g, entry.dry_weight_g or card.dry_weight_g
