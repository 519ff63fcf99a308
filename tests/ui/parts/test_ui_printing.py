"""A page on paper goes to the printer that was chosen, and nowhere when none was."""

from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.ui.parts.printing import PrinterChoice, print_page


@pytest.mark.parametrize(
    ("answer", "printers"), [(QDialog.DialogCode.Accepted, 1), (QDialog.DialogCode.Rejected, 0)]
)
def test_the_chosen_printer_is_given_once(
    qtbot: QtBot, answer: QDialog.DialogCode, printers: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chosen: list[QPrinter] = []
    choice = PrinterChoice(window, chosen.append)
    choice.ask()
    (dialog,) = window.findChildren(QPrintDialog)
    assert dialog.isVisible()
    assert chosen == []
    offered = dialog.printer()
    dialog.finished.emit(answer)
    dialog.close()
    assert chosen == [offered][:printers]


def test_the_text_is_on_one_page(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    print_page("ABCDE - FGHJK\n\nKeep it.", printer)
    page = QPdfDocument()
    page.load(str(tmp_path / "page.pdf"))
    assert page.pageCount() == 1
    assert page.getAllText(0).text().split() == ["ABCDE", "-", "FGHJK", "Keep", "it."]
