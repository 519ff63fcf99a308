"""The live picture as in a mirror, with the oval to sit in and a ring of accepted frames."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.plots.style import DARK, text_font
from edema_desk.ui.capture.oval import GuidingOval
from edema_desk.ui.parts.theme import CARD_RADIUS_PX

GROUND = "#20282f"
"""Behind the picture, and before there is one. Dark in both dresses, as a screen is."""
_RING_PX, _DIGIT_PX = 9.0, 132
_FULL_TURN = 360 * 16
_STILL = (Stage.OPENING, Stage.PAUSED, Stage.FINISHING, Stage.TROUBLE)
"""The picture is not a live one, or does not count: it is darkened."""


class CapturePreview(QWidget):
    """Paints what it was shown last. Parts that say something lie over it, in its layout."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._view = CaptureView(Stage.OPENING)
        self._oval = GuidingOval()
        self.setMinimumSize(480, 300)

    def show_view(self, view: CaptureView, picture: QImage | None) -> None:
        """Paint `picture`, as the camera sees it, and what `view` says of it."""
        self._picture, self._view = picture, view
        self._oval.follow(view)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, shade, oval, ring, countdown."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        edge = QPainterPath()
        edge.addRoundedRect(room, CARD_RADIUS_PX, CARD_RADIUS_PX)
        painter.setClipPath(edge)
        painter.fillRect(room, QColor(GROUND))
        if self._picture is not None:
            self._paint_picture(painter, self._picture, room)
        if self._view.stage not in (Stage.OPENING, Stage.ENDED):
            self._paint_oval(painter, self.oval())
        painter.end()

    def oval(self) -> QRectF:
        """The oval to stay in, on this widget."""
        return self._oval.on(covering(_shape(self._picture), QRectF(self.rect())))

    def _paint_picture(self, painter: QPainter, picture: QImage, room: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        mirror = QTransform(-1, 0, 0, 1, room.width(), 0)  # as people know themselves
        painter.setTransform(mirror, True)
        painter.drawImage(covering(_shape(picture), room), picture)
        painter.restore()
        if self._view.stage in _STILL:
            painter.fillRect(room, QColor(18, 23, 28, 140))

    def _paint_oval(self, painter: QPainter, oval: QRectF) -> None:
        view = self._view
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(QColor(18, 23, 28, 90), _RING_PX + 3))
        painter.drawEllipse(oval)
        track = _pen(QColor(255, 255, 255, 130), _RING_PX)
        if view.stage in (Stage.SEARCHING, Stage.LOST):
            track.setDashPattern([1.6, 1.9])  # a broken line: nothing counts now
        painter.setPen(track)
        painter.drawEllipse(oval)
        share = min(max(view.accepted / max(view.wanted, 1), 0.0), 1.0)
        if share > 0:
            counts = view.stage in (Stage.COUNTING, Stage.FINISHING, Stage.DONE)
            painter.setPen(_pen(QColor(DARK.accent if counts else DARK.attention), _RING_PX))
            painter.drawArc(oval, 90 * 16, -round(share * _FULL_TURN))
        if view.stage is Stage.HOLDING and view.countdown_s is not None:
            _paint_digit(painter, oval, str(view.countdown_s))


def covering(shape: QSizeF, room: QRectF) -> QRectF:
    """Where a picture of `shape` lies that fills `room` wholly, its middle in the middle."""
    scale = max(room.width() / shape.width(), room.height() / shape.height())
    size = QSizeF(shape.width() * scale, shape.height() * scale)
    return QRectF(room.center() - QPointF(size.width() / 2, size.height() / 2), size)


def _shape(picture: QImage | None) -> QSizeF:
    return QSizeF(16, 9) if picture is None else QSizeF(picture.size())


def _pen(color: QColor, width_px: float) -> QPen:
    pen = QPen(color, width_px)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _paint_digit(painter: QPainter, oval: QRectF, digit: str) -> None:
    """A large figure with a dark rim, to be read over any face."""
    path = QPainterPath()
    path.addText(QPointF(0, 0), text_font(_DIGIT_PX, bold=True), digit)
    path = path.translated(oval.center() - path.boundingRect().center())
    painter.setPen(QPen(QColor(18, 23, 28, 200), 8))
    painter.drawPath(path)
    painter.fillPath(path, QColor("#ffffff"))
