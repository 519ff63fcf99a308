"""Pages as a PDF, on a printer, or as a picture."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from edema_desk import __version__
from edema_desk.domain.reporting import Page
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.new_file import output_failure_told
from edema_desk.plots.style import LIGHT
from edema_desk.reports.pages import draw_page, report_title
from edema_desk.reports.paper import HEIGHT, UNITS_PER_INCH, WIDTH
from edema_desk.reports.speaking import spoken

MAKER = f"EdemaDesk {__version__}"


class PdfPages:
    """Pages of A4 that become a PDF in memory, one after another. Nothing in it but the pages
    names anybody. On the application's thread."""

    def __init__(self, first: Page, language: str) -> None:
        self._language = language
        self._painter = QPainter()  # first: parts go in this order, and it needs the others to end
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(buffer)
        self._buffer = buffer
        with spoken(language):
            self._writer.setTitle(report_title(first))
        self._writer.setAuthor(MAKER)
        self._writer.setCreator(MAKER)
        self._writer.setResolution(UNITS_PER_INCH)
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF())
        self._painter.begin(self._writer)
        self.drawn = 0

    def add(self, page: Page) -> None:
        """Draw one more."""
        if self.drawn:
            self._writer.newPage()
        with spoken(self._language):
            draw_page(self._painter, page)
        self.drawn += 1

    def finished(self) -> bytes:
        """The file. No page can be added any more."""
        self._painter.end()
        self._buffer.close()
        return bytes(self._buffer.data().data())


class PrinterPages:
    """Pages put on paper one after another, as large as its paper lets them be."""

    def __init__(self, printer: QPrinter, language: str) -> None:
        self._language = language
        self._painter = QPainter()  # first, as that of a PDF
        self._printer = printer
        printer.setFullPage(True)
        self._painter.begin(printer)
        room = printer.pageLayout().fullRectPixels(printer.resolution())
        scale = min(room.width() / WIDTH, room.height() / HEIGHT)
        self._painter.scale(scale, scale)
        self.drawn = 0

    def add(self, page: Page) -> None:
        """Draw one more."""
        if self.drawn:
            self._printer.newPage()
        with spoken(self._language):
            draw_page(self._painter, page)
        self.drawn += 1

    def finished(self) -> bytes:
        """The last page is out; there is nothing to keep."""
        self._painter.end()
        return b""


def page_picture(page: Page, language: str, width_px: int) -> QImage:
    """How a page will look."""
    scale = width_px / WIDTH
    image = QImage(width_px, round(HEIGHT * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    with QPainter(image) as painter, spoken(language):
        painter.scale(scale, scale)
        draw_page(painter, page)
    return image


class StagedFile:
    """A file that is on the disk but not yet in its place; then `publish` or `discard` it.

    Raises ExpectedError: OUTPUT_EXISTS unless it may `replace` what is there, OUTPUT_NO_ROOM,
    OUTPUT_NOT_WRITABLE.
    """

    def __init__(self, path: Path, content: bytes, *, replace: bool = False) -> None:
        if path.exists() and not replace:
            raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(path))
        self._path, self._replace = path, replace
        self._part = path.with_name(path.name + ".part")
        try:
            with output_failure_told(path), self._part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except ExpectedError:
            self.discard()
            raise

    def publish(self) -> None:
        """Put it whole in its place. Raises as making it does, and then nothing is left."""
        try:
            with output_failure_told(self._path):
                if not self._replace:
                    self._path.open("x").close()  # claims the name: another may have come since
                try:
                    self._part.replace(self._path)
                except OSError:
                    if not self._replace:
                        self._path.unlink(missing_ok=True)
                    raise
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing of it."""
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


@contextmanager
def kept_back(path: Path, content: bytes) -> Iterator[None]:
    """A file that appears only when the block ends well. Raises as `StagedFile`."""
    staged = StagedFile(path, content)
    try:
        yield
        staged.publish()
    finally:
        staged.discard()
