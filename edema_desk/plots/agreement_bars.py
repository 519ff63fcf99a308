"""The error of the estimates and of each guess without a camera, as bars with their words."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.domain.course.clinic_rows import Guess
from edema_desk.plots.agreement_words import gain_text, guess_text, number_text
from edema_desk.plots.style import CAPTION_PX, TEXT_PX, Tokens, text_font

ROW_PX, BAR_PX = 46, 12
_VALUE_PX = 76
_ORDER = (Guess.CLASS_MEAN, Guess.LAST_TIME, Guess.PATIENT_MEAN, Guess.DRY_WEIGHT)


@dataclass(frozen=True, slots=True)
class Bar:
    """One error. `beside_kg` is that of the estimates on the same captures."""

    name: str
    note: str
    error_kg: float
    beside_kg: float | None = None


def bars_of(view: AgreementView) -> tuple[Bar, ...]:
    """The estimates first, then the guesses, the usual value before the others. Where nothing can
    be compared the bar is left out."""
    found = {one.guess: one for one in view.comparisons if one.captures}
    bars = [
        Bar(
            _begun(guess_text(guess)),
            gain_text(found[guess]),
            found[guess].guess_mae_kg,
            found[guess].mae_kg,
        )
        for guess in _ORDER
        if guess in found
    ]
    return tuple(bars)


def _begun(text: str) -> str:
    """As a line begins."""
    return text[:1].upper() + text[1:]


class BaselineBars(QWidget):
    """Paints them; as high as they need."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._view: AgreementView | None = None
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, shown: AgreementView) -> None:
        """Draw another state."""
        self._view = shown
        self.retranslate()

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        self._tokens = tokens
        self.update()

    def retranslate(self) -> None:
        """Write everything again; language or data changed."""
        if self._view is not None and self._view.captures:
            own = Bar(self.tr("The estimate from the face"), "", self._view.figures.mae_kg)
            self.bars = (own, *bars_of(self._view))
        else:
            self.bars = ()
        self.setAccessibleName(self.tr("Mean error beside guesses without a camera"))
        lines = (f"{b.name}: {number_text(b.error_kg)} kg. {b.note}" for b in self.bars)
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each."""
        return QSize(420, ROW_PX * len(self.bars))

    def minimumSizeHint(self) -> QSize:
        """Narrower than wished for, never lower."""
        return QSize(300, ROW_PX * len(self.bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        """From top to bottom."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        longest = max((bar.error_kg for bar in self.bars), default=1.0) or 1.0
        scale = max(self.width() - _VALUE_PX, 1) / longest
        for number, bar in enumerate(self.bars):
            self._paint_bar(painter, bar, ROW_PX * number, scale)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: Bar, top: int, scale: float) -> None:
        own, tokens = bar.beside_kg is None, self._tokens
        name, note = text_font(TEXT_PX, bold=own), text_font(CAPTION_PX)
        line = QRectF(0, top, self.width(), ROW_PX - BAR_PX - 12)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(note)
        room = QFontMetricsF(note).horizontalAdvance(bar.note)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, middle | int(Qt.AlignmentFlag.AlignRight), bar.note)
        painter.setFont(name)
        painter.setPen(QColor(tokens.ink))
        words = QFontMetricsF(name).elidedText(
            bar.name, Qt.TextElideMode.ElideRight, self.width() - room - 16
        )
        painter.drawText(line, middle, words)
        self._paint_length(painter, bar, line.bottom() + 2, scale)

    def _paint_length(self, painter: QPainter, bar: Bar, top: float, scale: float) -> None:
        own, tokens = bar.beside_kg is None, self._tokens
        length = QRectF(0, top, max(bar.error_kg * scale, 2.0), BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen if own else QPen(QColor(tokens.muted), 1))
        painter.setBrush(QColor(tokens.accent if own else tokens.line))
        painter.drawRoundedRect(length.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if bar.beside_kg is not None:
            x = bar.beside_kg * scale
            painter.setPen(QPen(QColor(tokens.accent), 2.4))
            painter.drawLine(QPointF(x, top - 1), QPointF(x, top + BAR_PX + 2))
        painter.setFont(text_font(CAPTION_PX, bold=True))
        painter.setPen(QColor(tokens.ink))
        end = max(length.right(), (bar.beside_kg or 0.0) * scale) + 8
        value = QRectF(end, top - 4, _VALUE_PX, BAR_PX + 8)
        painter.drawText(
            value, int(Qt.AlignmentFlag.AlignVCenter), f"{number_text(bar.error_kg)} kg"
        )
