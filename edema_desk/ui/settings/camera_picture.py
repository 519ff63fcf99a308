"""A camera's picture in a rounded frame, mirrored, as a person sees herself."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from edema_desk.ui.parts.theme import Theme

_ROUND_PX = 12


class CameraPicture(QWidget):
    """The newest picture; an outline of a camera before the first."""

    def __init__(self, theme: Theme, width_px: int, height_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setFixedSize(width_px, height_px)

    def show_image(self, image: QImage | None) -> None:
        """Show `image`, or the outline."""
        mirrored = Qt.Orientation.Horizontal
        self._image = None if image is None else image.flipped(mirrored)
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the middle of the picture, as much as fits."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(frame, _ROUND_PX, _ROUND_PX)
        painter.setClipPath(path)
        painter.fillRect(frame, self._theme.color("hover"))
        if self._image is None:
            icon = self._theme.pixmap("camera", "muted", 40, self.devicePixelRatioF())
            middle = self.rect().center()
            painter.drawPixmap(middle.x() - 20, middle.y() - 20, icon)
        else:
            painter.drawImage(frame, self._image, _cut(self._image, frame))
        painter.end()


def _cut(image: QImage, frame: QRectF) -> QRectF:
    """The largest middle part of the shape of `frame`."""
    scale = min(image.width() / frame.width(), image.height() / frame.height())
    width, height = frame.width() * scale, frame.height() * scale
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
