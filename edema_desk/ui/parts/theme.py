"""How the program looks: colours, type, icons, in a light and a dark dress."""

from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from edema_desk.domain.terms.records import Phase
from edema_desk.plots.style import DARK, FAMILY, LIGHT, Tokens, load_fonts, text_font

STEP_PX = 4
BUTTON_PX = 44
ROW_PX = 56
CARD_RADIUS_PX, BUTTON_RADIUS_PX = 14, 10
_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


class Theme(QObject):
    """The dress in use. `changed()` follows each change; pages colour their icons by it."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._choice = choice
        self._template = Template((resources / "style.qss").read_text(encoding="utf-8"))
        self.tokens = LIGHT
        load_fonts(resources / "fonts")
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(text_font())
        self.choose(choice)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme)

    @property
    def is_dark(self) -> bool:
        """Whether the dark dress is on."""
        return self.tokens is DARK

    def choose(self, choice: str) -> None:
        """Dress in "light" or "dark", or as the system does with "system"."""
        self._choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice)
        self._app.styleHints().setColorScheme(scheme or Qt.ColorScheme.Unknown)
        dark = (scheme or self._app.styleHints().colorScheme()) == Qt.ColorScheme.Dark
        self._dress(DARK if dark else LIGHT)

    def color(self, name: str) -> QColor:
        """One token as a colour to paint with."""
        return QColor(getattr(self.tokens, name))

    def phase_color(self, phase: Phase) -> QColor:
        """The colour of a phase's series."""
        return QColor(self.tokens.of_phase(phase))

    def icon(self, name: str, color: str = "ink", size_px: int = 24) -> QIcon:
        """The icon resources/icons/`name`.svg in the token `color`, sharp at usual scalings."""
        return _icon(
            self._resources / "icons" / f"{name}.svg", getattr(self.tokens, color), size_px
        )

    def pixmap(self, name: str, color: str, size_px: int, ratio: float) -> QPixmap:
        """The icon as a picture for a screen of `ratio` device pixels to one."""
        path = self._resources / "icons" / f"{name}.svg"
        pixmap = QPixmap(_draw(path, getattr(self.tokens, color), round(size_px * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _on_system_scheme(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._dress(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)

    def _dress(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._app.setPalette(palette_of(tokens))
        icons = (self._resources / "icons").as_posix()
        dress = "dark" if tokens is DARK else "light"
        words = {**asdict(tokens), "family": FAMILY, "icons": icons, "dress": dress}
        sheet = self._template.substitute(words)
        if sheet != self._app.styleSheet():  # Qt polishes every widget anew, also for the same one
            self._app.setStyleSheet(sheet)
        self.changed.emit()


def palette_of(tokens: Tokens) -> QPalette:
    """For what the style sheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, color in (
        ((role.Window, role.AlternateBase), tokens.ground),
        ((role.Base, role.Button, role.ToolTipBase), tokens.card),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), tokens.ink),
        ((role.PlaceholderText,), tokens.muted),
        ((role.Highlight, role.Link, role.Accent), tokens.accent),
        ((role.HighlightedText,), tokens.on_accent),
    ):
        for one in roles:
            palette.setColor(one, QColor(color))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.muted))
    return palette


@cache
def _icon(path: Path, color: str, size_px: int) -> QIcon:
    icon = QIcon()
    for scale in _SCALES:
        icon.addPixmap(_draw(path, color, round(size_px * scale)))
    return icon


@cache
def _draw(path: Path, color: str, side_px: int) -> QPixmap:
    svg = path.read_text(encoding="utf-8").replace("currentColor", color)
    pixmap = QPixmap(QSize(side_px, side_px))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return pixmap
