"""One page of text on paper."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from edema_desk.plots.style import text_font

_POINTS = 16


def print_page(text: str, printer: QPrinter) -> None:
    """Put the text, large, on a page of A5."""
    page = QTextDocument()
    page.setDefaultFont(text_font(_POINTS))
    page.setPageSize(QPageSize.size(QPageSize.PageSizeId.A5, QPageSize.Unit.Point))
    page.setPlainText(text)
    page.print_(printer)


class PrinterChoice(QObject):
    """Asks for a printer over the window of `parent`, without waiting, and gives it to `chosen`."""

    def __init__(self, parent: QWidget, chosen: Callable[[QPrinter], None]) -> None:
        super().__init__(parent)
        self._over, self._chosen = parent, chosen
        self._printer: QPrinter | None = None

    def ask(self) -> None:
        """Open the dialog of the system."""
        self._printer = QPrinter()
        dialog = QPrintDialog(self._printer, self._over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(self._on_finished)
        dialog.show()

    def _on_finished(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and self._printer is not None:
            self._chosen(self._printer)
        self._printer = None
