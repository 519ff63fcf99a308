"""Small parts that pages and dialogs are made of."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.ui.parts.phrases import origin_text, origin_word
from edema_desk.ui.parts.theme import STEP_PX, Theme

Part = QWidget | QLayout | int | None


def set_look(widget: QWidget, **properties: str | bool) -> None:
    """Set the properties the style sheet asks for (`role`, `kind`, `wrong`...) and apply them."""
    changed = [n for n, value in properties.items() if widget.property(n) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(role: str = "", text: str = "", *, wrap: bool = False) -> QLabel:
    """Words in one of the roles of style.qss, never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(kind: str = "secondary") -> QPushButton:
    """A button of the kinds primary, secondary, quiet, chip, icon. Its page sets the text."""
    made = QPushButton()
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def hairline() -> QFrame:
    """A thin line between rows of a card."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def column(*parts: Part, gap: int = STEP_PX * 2, margin: int = 0) -> QVBoxLayout:
    """Parts one under another; an int is a gap of its own, None takes what room is left."""
    box = QVBoxLayout()
    _fill(box, parts, gap, margin)
    return box


def row(*parts: Part, gap: int = STEP_PX * 2, margin: int = 0) -> QHBoxLayout:
    """Parts side by side; an int is a gap of its own, None takes what room is left."""
    box = QHBoxLayout()
    _fill(box, parts, gap, margin)
    return box


def _fill(box: QBoxLayout, parts: Sequence[Part], gap: int, margin: int) -> None:
    box.setSpacing(gap)
    box.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)


class Card(QFrame):
    """A white, round surface with a column of parts."""

    def __init__(self, *parts: Part, gap: int = STEP_PX * 2, margin: int = STEP_PX * 5) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body = column(*parts, gap=gap, margin=margin)
        self.setLayout(self.body)


class Chips(QWidget):
    """One choice of a few, side by side. `chosen(key)` follows a click, not `choose`."""

    chosen = Signal(str)

    def __init__(self, keys: Sequence[str] = ()) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._box = row(gap=STEP_PX * 2)
        self.setLayout(self._box)
        self._group.buttonClicked.connect(self._on_click)
        self.offer(keys)

    def offer(self, keys: Sequence[str]) -> None:
        """Offer other choices. The choice made stays while it is among them."""
        if list(keys) == list(self._buttons):
            return
        before = self.choice
        for chip in self._buttons.values():
            self._group.removeButton(chip)
            self._box.removeWidget(chip)
            chip.setParent(None)
            chip.deleteLater()
        self._buttons = {}
        for key in keys:
            chip = button("chip")
            chip.setCheckable(True)
            chip.setProperty("key", key)
            self._group.addButton(chip)
            self._buttons[key] = chip
            self._box.addWidget(chip)
        if before in self._buttons:
            self.choose(before)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is offered."""
        return tuple(self._buttons)

    def set_text(self, key: str, text: str) -> None:
        """The word on one chip; nothing where it is not offered."""
        if key in self._buttons:
            self._buttons[key].setText(text)

    def choose(self, key: str) -> None:
        """Mark a chip as chosen."""
        self._buttons[key].setChecked(True)

    @property
    def choice(self) -> str | None:
        """The key of the chosen chip."""
        checked = self._group.checkedButton()
        return str(checked.property("key")) if checked is not None else None

    def _on_click(self, chip: QAbstractButton) -> None:
        self.chosen.emit(str(chip.property("key")))


class KeyFigure(QWidget):
    """A caption over a number with its unit beside it, muted."""

    def __init__(self, role: str = "figure") -> None:
        super().__init__()
        self.caption, self.value, self.unit = label("caption"), label(role), label("muted")
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        figures = row(self.value, self.unit, None, gap=STEP_PX + 2)
        figures.setAlignment(self.unit, Qt.AlignmentFlag.AlignBottom)
        self.unit.setContentsMargins(0, 0, 0, 3)
        self.setLayout(column(self.caption, figures, gap=2))

    def show_value(self, value: str, unit: str = "") -> None:
        """Set number and unit; an empty value shows as a dash."""
        self.value.setText(value or "–")
        self.unit.setText(unit if value else "")


class Photo(QWidget):
    """A face in a rounded square; an outline of a person where there is no photo."""

    def __init__(self, theme: Theme, side_px: int = 56) -> None:
        super().__init__()
        self._theme, self._side = theme, side_px
        self._image: QImage | None = None
        self.setFixedSize(side_px, side_px)

    def set_jpeg(self, data: bytes | None) -> None:
        """Show the picture in `data`, or the outline."""
        self.set_image(QImage.fromData(data) if data else None)

    def set_image(self, image: QImage | None) -> None:
        """Show `image`, or the outline."""
        self._image = image if image is not None and not image.isNull() else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, cut to a square, or the outline."""
        painter = QPainter(self)
        paint_photo(painter, QRectF(self.rect()), self._image, self._theme)
        painter.end()


def paint_photo(painter: QPainter, square: QRectF, image: QImage | None, theme: Theme) -> None:
    """Paint a face, or the outline of a person, into a rounded square."""
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    path = QPainterPath()
    path.addRoundedRect(square, square.width() * 0.22, square.width() * 0.22)
    if image is None:
        painter.fillPath(path, theme.color("hover"))
        side = round(square.width() * 0.56)
        ratio = painter.device().devicePixelRatioF()
        icon = theme.pixmap("person", "muted", side, ratio)
        corner = square.center().toPoint()
        painter.drawPixmap(corner.x() - side // 2, corner.y() - side // 2, icon)
    else:
        painter.setClipPath(path)
        side_px = min(image.width(), image.height())
        left, top = (image.width() - side_px) / 2, (image.height() - side_px) / 2
        painter.drawImage(square, image, QRectF(left, top, side_px, side_px))
    painter.restore()


class IconLabel(QWidget):
    """An icon of the theme; colours itself again when the dress changes."""

    def __init__(self, theme: Theme, name: str, color: str = "muted", size_px: int = 24) -> None:
        super().__init__()
        self._theme, self._name, self._color, self._size = theme, name, color, size_px
        self.setFixedSize(size_px, size_px)

    def set_icon(self, name: str, color: str) -> None:
        """Show another icon, in the token `color`."""
        self._name, self._color = name, color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon sharp on this screen."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        picture = self._theme.pixmap(self._name, self._color, self._size, ratio)
        painter.drawPixmap(0, 0, picture)
        painter.end()


_NOTICE_ICONS = {
    "info": ("info", "accent"),
    "attention": ("warning", "attention"),
    "bad": ("warning", "bad"),
}


class Notice(QFrame):
    """A calm line with an icon: kinds info, attention and bad. `acted()` when its button is."""

    acted = Signal()

    def __init__(self, theme: Theme, kind: str = "info") -> None:
        super().__init__()
        self._icon = IconLabel(theme, *_NOTICE_ICONS[kind], 20)
        self.text = label(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.act = button("quiet")
        self.act.hide()
        self.act.clicked.connect(self.acted)
        parts = row(self._icon, self.text, self.act, gap=STEP_PX * 3)
        parts.setStretch(1, 1)
        parts.setContentsMargins(14, 11, 14, 11)
        self.setLayout(parts)
        set_look(self, role=f"notice-{kind}")

    def say(self, text: str, kind: str | None = None, action: str = "") -> None:
        """Show `text`; an empty one hides the notice."""
        self.text.setText(text)
        self.act.setText(action)
        self.act.setVisible(bool(action))
        if kind is not None:
            self._icon.set_icon(*_NOTICE_ICONS[kind])
            set_look(self, role=f"notice-{kind}")
        self.setVisible(bool(text))


class OriginBadge(QLabel):
    """Says that a person is made up or comes from a study; hidden for the clinic's own."""

    def __init__(self, *, short: bool = False) -> None:
        super().__init__()
        self._origin, self._say = CLINIC_ORIGIN, origin_word if short else origin_text
        self.setProperty("role", "badge-origin")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_origin(self, origin: str) -> None:
        """Show where a patient comes from."""
        self._origin = origin
        self.setText(self._say(origin))
        self.setVisible(origin != CLINIC_ORIGIN)

    def changeEvent(self, event: QEvent) -> None:
        """Say it again in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setText(self._say(self._origin))
        super().changeEvent(event)


class EmptyState(QWidget):
    """What to see where there is nothing yet: an icon, a sentence, and what to do next."""

    acted = Signal()

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._icon = IconLabel(theme, icon, "muted", 40)
        self.headline, self.text = label("card-title"), label("muted", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.act = button("primary")
        self.act.clicked.connect(self.acted)
        box = column(None, self._icon, self.headline, self.text, STEP_PX, self.act, None, gap=12)
        for part in (self._icon, self.headline, self.text, self.act):
            box.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(box)

    def say(self, headline: str, text: str, action: str = "", icon: str = "") -> None:
        """Set the words; without `action` there is no button."""
        self.headline.setText(headline)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        width = min(440, self.text.fontMetrics().horizontalAdvance(text) + 8)
        self.text.setFixedSize(width, max(self.text.heightForWidth(width), 0))
        self.act.setText(action)
        self.act.setVisible(bool(action))
        if icon:
            self._icon.set_icon(icon, "muted")


class IconButton(QPushButton):
    """A quiet square button with an icon alone; its words are for screen readers and tips."""

    def __init__(self, theme: Theme, icon: str, color: str = "ink") -> None:
        super().__init__()
        self._theme, self._icon, self._color = theme, icon, color
        self.setProperty("kind", "icon")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setIconSize(QSize(24, 24))
        theme.changed.connect(self._recolor)
        self._recolor()

    def say(self, words: str) -> None:
        """What the button does."""
        self.setToolTip(words)
        self.setAccessibleName(words)

    def _recolor(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._color))
