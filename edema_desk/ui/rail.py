"""The rail at the left: one large target for each page there is."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPainterPath, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QToolButton, QWidget

from edema_desk.plots.style import text_font
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column

WIDTH_PX = 88
_BADGE_PX = 18


class _Button(QToolButton):
    """A page's button, with a number on it where something waits there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.count = theme, 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """The number stands at the upper right of the icon."""
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(_BADGE_PX - 6, bold=True))
        text = str(self.count) if self.count < 100 else "99+"
        wide = max(_BADGE_PX, painter.fontMetrics().horizontalAdvance(text) + 9)
        box = QRectF(self.width() / 2 + 5, 5, wide, _BADGE_PX)
        path = QPainterPath()
        path.addRoundedRect(box, _BADGE_PX / 2, _BADGE_PX / 2)
        painter.fillPath(path, self._theme.color("attention"))
        painter.setPen(self._theme.color("card"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.end()


class Rail(QFrame):
    """`chosen(key)` by a click or its shortcut. Keys are names of icons; those after `None` stand
    at the foot. `person` is the button of who is signed in, hidden while nobody is."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, keys: tuple[str | None, ...], shortcuts: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._theme, self._shortcuts = theme, shortcuts
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDTH_PX)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Button] = {}
        self.person = self._plain_button()
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.person.hide()
        parts = [self._button(key) if key is not None else None for key in keys]
        box = column(*parts, self.person, gap=6)
        box.setContentsMargins(4, 16, 4, 16)
        self.setLayout(box)
        self._group.buttonClicked.connect(self._on_click)
        theme.changed.connect(self._recolor)

    def listen_in(self, window: QWidget) -> None:
        """Let the shortcuts hold in `window`."""
        for key, shortcut in self._shortcuts.items():
            way = QShortcut(QKeySequence(shortcut), window)
            way.setObjectName(key)
            way.activated.connect(self._on_shortcut)

    def _button(self, key: str) -> _Button:
        made = self._plain_button()
        made.setProperty("key", key)
        made.setCheckable(True)
        made.toggled.connect(self._recolor)
        self._group.addButton(made)
        self._buttons[key] = made
        return made

    def _plain_button(self) -> _Button:
        made = _Button(self._theme)
        made.setProperty("kind", "rail")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(24, 24))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        return made

    def show_person(self, name: str, tip: str) -> None:
        """Who is signed in; nobody with an empty name."""
        room = self.person.fontMetrics()
        self.person.setText(room.elidedText(name, Qt.TextElideMode.ElideRight, WIDTH_PX - 24))
        self.person.setToolTip(tip)
        self.person.setAccessibleName(tip)
        self.person.setVisible(bool(name))

    def choose(self, key: str) -> None:
        """Mark the page that is in front."""
        self._buttons[key].setChecked(True)
        self._recolor()

    def set_text(self, key: str, text: str) -> None:
        """The word under an icon; the keys that lead there are told with it."""
        self._buttons[key].setText(text)
        self._buttons[key].setToolTip(f"{text} ({self._shortcuts[key]})")

    def set_count(self, key: str, count: int, words: str) -> None:
        """How many things wait on a page, and that in words for who does not see it."""
        self._buttons[key].count = count
        self._buttons[key].setAccessibleDescription(words if count else "")
        self._buttons[key].update()

    def _on_shortcut(self) -> None:
        self.chosen.emit(self.sender().objectName())

    def _on_click(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(str(clicked.property("key")))

    def _recolor(self) -> None:
        for key, made in self._buttons.items():
            color = "accent" if made.isChecked() else "muted"
            made.setIcon(self._theme.icon(key, color))
        self.person.setIcon(self._theme.icon("person", "muted"))
