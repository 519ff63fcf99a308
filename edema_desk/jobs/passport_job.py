"""The two-minute test of a camera for a window: pictures, progress, cancel, and the passport."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.clips import Image
from edema_desk.flow.base.progress import Cancel
from edema_desk.jobs.long_job import LongJob

WIDEST_PX = 640


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A small picture on its way to the window."""

    pixels: Image


class PassportJob(LongJob):
    """One test at a time: `progressed(part, done_s, total_s, left_s)` and `pictured(QImage)` a few
    times a second, then `finished(CameraPassport)`."""

    pictured = Signal(QImage)

    def start(self, act_id: str, address: CameraAddress) -> None:
        """Begin. Does nothing while busy."""

        def begin(tell: Callable[[object], None], cancel: Cancel) -> Future[Any]:
            def show(image: Image) -> None:
                tell(_Picture(_small(image)))

            return self.jobs.desk.passports.examine(act_id, address, tell, cancel, show)

        self.run(begin)

    def on_news(self, content: object) -> None:
        """A picture."""
        if not isinstance(content, _Picture):
            super().on_news(content)
        elif not self.stopping:
            self.pictured.emit(_qimage(content.pixels))


def _small(image: Image) -> Image:
    """Every so many pixels of it: no wider than WIDEST_PX, and independent of the rest."""
    every = -(-image.shape[1] // WIDEST_PX)
    return image[::every, ::every].copy()


def _qimage(pixels: Image) -> QImage:
    height, width = pixels.shape[:2]
    shown = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return shown.copy()
