"""Small courtesies of the large parts: a frame where the keys go, chips that never clip."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QPushButton

from edema_desk.plots.style import text_font
from edema_desk.ui.parts.theme import CARD_RADIUS_PX, Theme

KEY_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
CHIP_FONT_PX, CHIP_SIDES_PX = 14, 30


def paint_focus(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """A rounded frame in the accent, just inside `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), CARD_RADIUS_PX, CARD_RADIUS_PX)


def leave_room(chip: QPushButton) -> None:
    """A chip is bold while it is chosen, and must not cut off its word then."""
    metrics = QFontMetrics(text_font(CHIP_FONT_PX, bold=True))
    chip.setMinimumWidth(metrics.horizontalAdvance(chip.text()) + CHIP_SIDES_PX)
