"""How well the picture serves: a bar for each side of it, and how the light compares."""

from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from edema_desk.domain.capture.view import CaptureView, LightNote, PictureMarks
from edema_desk.ui.capture.acts import BEFORE_RECORDING
from edema_desk.ui.capture.words import FAIR_FROM, GOOD_FROM, light_text, mark_text
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, column, label

_BAR_PX = QSize(140, 8)
_SIDES = ("face_size", "facing", "light", "sharpness", "same_light")


class MarkBar(QWidget):
    """A bar from useless to ideal; its ground alone where nothing is known."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mark: float | None = None
        self.setFixedHeight(_BAR_PX.height())
        self.setMinimumWidth(96)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mark(self, mark: float | None) -> None:
        """Paint another mark. Steps too small to be seen are not painted."""
        steps = None if mark is None else round(min(max(mark, 0.0), 1.0) * 50) / 50
        if steps != self._mark:
            self._mark = steps
            self.update()

    def sizeHint(self) -> QSize:
        """As in the design."""
        return _BAR_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and bar, both round."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect())
        round_px = room.height() / 2
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(room, round_px, round_px)
        if self._mark is not None:
            room.setWidth(max(room.width() * self._mark, room.height()))
            painter.setBrush(self._theme.color(_color(self._mark)))
            painter.drawRoundedRect(room, round_px, round_px)
        painter.end()


class MarksCard(Card):
    """Five bars with their words, and a line on the light where it is unlike earlier."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(gap=10)
        self._view: CaptureView | None = None
        self._heading = label("caption")
        self.words = {side: label() for side in _SIDES}
        self.bars = {side: MarkBar(theme) for side in _SIDES}
        self.note = label("attention", wrap=True)
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for line, side in enumerate(_SIDES):
            grid.addWidget(self.words[side], line, 0)
            grid.addWidget(self.bars[side], line, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(column(self._heading, grid, self.note, gap=10))
        self.be_low(low=False)
        self.note.hide()
        self._retranslate()

    def be_low(self, *, low: bool) -> None:
        """Take less room, so that the last bar is in sight where the window is low."""
        self._heading.setHidden(low)
        self._grid.setVerticalSpacing(4 if low else 8)
        edge = 10 if low else 16
        self.body.setContentsMargins(20, edge, 20, edge)

    def show_view(self, view: CaptureView) -> None:
        """Show the marks of a moment."""
        before = self._view
        changed = before is None or _shown(view) != _shown(before)
        self._view = view
        if changed:
            self._show()

    def _show(self) -> None:
        marks = self._view.marks if self._view is not None else PictureMarks()
        for side in _SIDES:
            mark: float | None = getattr(marks, side)
            self.bars[side].show_mark(mark)
            said = self.tr("{side}: {mark}")
            words = said.format(side=self.words[side].text(), mark=mark_text(mark))
            self.bars[side].setAccessibleName(words)
            self.bars[side].setToolTip(words)
        note = _shown(self._view)[1] if self._view is not None else None
        self.note.setText(light_text(note, date.today()) if note is not None else "")
        self.note.setVisible(note is not None)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Picture"))
        for side, words in (
            ("face_size", self.tr("Face size")),
            ("facing", self.tr("Facing the camera")),
            ("light", self.tr("Light")),
            ("sharpness", self.tr("Sharpness")),
            ("same_light", self.tr("Same light as last time")),
        ):
            self.words[side].setText(words)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _shown(view: CaptureView) -> tuple[PictureMarks, LightNote | None]:
    """Before the recording the light is told of over the picture, where nobody misses it."""
    early = view.stage in BEFORE_RECORDING
    return view.marks, None if early else view.light_note


def _color(mark: float) -> str:
    if mark >= GOOD_FROM:
        return "good"
    return "attention" if mark >= FAIR_FROM else "bad"
