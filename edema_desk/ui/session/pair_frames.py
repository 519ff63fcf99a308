"""The faces of one capture: JPEG files that are decoded only when they are looked at."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QImageReader,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from edema_desk.ui.parts.theme import Theme

KEPT = 24
"""So many decoded pictures are kept for each capture."""
THUMB_PX, THUMB_GAP_PX = 44, 4
BAR_PX = 4
"""Under each small face: how good its frame is."""


def decoded(jpeg: bytes, side_px: int = 0) -> QImage:
    """The picture, reduced to `side_px` while it is read if given; null when it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"jpeg")
    if side_px:
        reader.setScaledSize(QSize(side_px, side_px))
    return reader.read()


class Faces:
    """Crops in time order."""

    def __init__(self, crops: Sequence[bytes] = ()) -> None:
        self.crops = tuple(crops)
        self._kept: OrderedDict[int, QImage] = OrderedDict()

    def __len__(self) -> int:
        return len(self.crops)

    def image(self, index: int) -> QImage:
        """One face at full size."""
        image = self._kept.pop(index, None) or decoded(self.crops[index])
        self._kept[index] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return image


class FaceView(QWidget):
    """One face, as large as there is room for, with round corners."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image = QImage()
        self.setMinimumSize(160, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """At least as large as the crop is."""
        return QSize(256, 256)

    def show_image(self, image: QImage) -> None:
        """Show another face."""
        self.image = image
        self.update()

    def square(self) -> QRectF:
        """Where the face is painted."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the face, or an empty ground."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        square = self.square()
        path = QPainterPath()
        path.addRoundedRect(square, 12, 12)
        if self.image.isNull():
            painter.fillPath(path, self._theme.color("hover"))
        else:
            painter.setClipPath(path)
            painter.drawImage(square, self.image)
        painter.end()


class FrameStrip(QWidget):
    """As many small faces as fit, evenly over the clip, each over a bar as long as its frame is
    good. `frame_chosen(index)` on a click."""

    frame_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._faces = Faces()
        self._thumbs: dict[int, QImage] = {}
        self._current = 0
        self._merits: Sequence[float] = ()
        self._tips: Sequence[str] = ()
        self.setFixedHeight(THUMB_PX + BAR_PX + 9)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_faces(self, faces: Faces) -> None:
        """Show the frames of another capture."""
        self._faces, self._thumbs, self._current = faces, {}, 0
        self.update()

    def set_merits(self, merits: Sequence[float], tips: Sequence[str]) -> None:
        """How good each frame is, 0 to 1, and what is said of it under the pointer."""
        self._merits, self._tips = merits, tips
        self.update()

    def set_current(self, index: int) -> None:
        """Mark the small face nearest to the frame shown."""
        self._current = index
        self.update()

    def shown(self) -> list[int]:
        """The frames that have a small face."""
        room = max((self.width() + THUMB_GAP_PX) // (THUMB_PX + THUMB_GAP_PX), 1)
        count = len(self._faces)
        if count <= room:
            return list(range(count))
        return [round(i * (count - 1) / max(room - 1, 1)) for i in range(room)]

    def place(self, position: int) -> QRect:
        """Where the small face number `position` is painted."""
        return QRect(position * (THUMB_PX + THUMB_GAP_PX), 3, THUMB_PX, THUMB_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the small faces, the nearest to the frame shown with a border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self.shown()
        nearest = min(shown, key=lambda i: abs(i - self._current), default=-1)
        for position, index in enumerate(shown):
            self._paint_one(painter, QRectF(self.place(position)), index, marked=index == nearest)
        painter.end()

    def _paint_one(self, painter: QPainter, place: QRectF, index: int, *, marked: bool) -> None:
        if index not in self._thumbs:
            side_px = round(THUMB_PX * self.devicePixelRatioF())
            self._thumbs[index] = decoded(self._faces.crops[index], side_px)
        path = QPainterPath()
        path.addRoundedRect(place, 7, 7)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(place, self._thumbs[index])
        painter.restore()
        self._paint_bar(painter, place, index)
        if marked:
            painter.setPen(QPen(self._theme.color("accent"), 2.4))
            painter.drawPath(path)

    def _paint_bar(self, painter: QPainter, place: QRectF, index: int) -> None:
        if index >= len(self._merits):
            return
        whole = QRectF(place.left() + 3, place.bottom() + 4, place.width() - 6, BAR_PX)
        filled = QRectF(whole)
        filled.setWidth(max(whole.width() * self._merits[index], BAR_PX))
        for area, color in ((whole, "line"), (filled, "muted")):
            path = QPainterPath()
            path.addRoundedRect(area, BAR_PX / 2, BAR_PX / 2)
            painter.fillPath(path, self._theme.color(color))

    def tip_at(self, position: int) -> str:
        """What is said of the small face in that place."""
        shown = self.shown()
        index = shown[position] if 0 <= position < len(shown) else -1
        return self._tips[index] if 0 <= index < len(self._tips) else ""

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = event.pos().x() // (THUMB_PX + THUMB_GAP_PX)
            QToolTip.showText(event.globalPos(), self.tip_at(position), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the frame under the pointer."""
        for position, index in enumerate(self.shown()):
            if self.place(position).contains(event.position().toPoint()):
                self.frame_chosen.emit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other frames fit."""
        super().resizeEvent(event)
        self.update()
