"""A slider in the dress of the program: a thin groove, a round handle that is easy to catch."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from edema_desk.plots.style import Tokens
from edema_desk.ui.parts.theme import Theme


class FrameSlider(QSlider):
    """Horizontal; dresses itself anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setMinimumHeight(28)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(_sheet(self._theme.tokens))


def _sheet(tokens: Tokens) -> str:
    return f"""
        QSlider::groove:horizontal {{ background: {tokens.line}; height: 6px; border-radius: 3px; }}
        QSlider::sub-page:horizontal {{ background: {tokens.accent}; border-radius: 3px; }}
        QSlider::handle:horizontal {{ background: {tokens.accent}; width: 18px; height: 18px;
            margin: -8px 0; border-radius: 11px; border: 2px solid {tokens.card}; }}
        QSlider::handle:horizontal:focus {{ border: 2px solid {tokens.ink}; }}
        QSlider::handle:horizontal:hover {{ background: {tokens.accent_hover}; }}
        """
