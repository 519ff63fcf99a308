"""The recovery code, shown once: large, to be printed or written down, and typed in part."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit, QWidget

from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import short_day_text
from edema_desk.ui.parts.printing import PrinterChoice, print_page
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Notice, button, column, label, row


class RecoveryCodePanel(QWidget):
    """`confirmed()` once the last group of the code was typed: then it is on paper."""

    confirmed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._code = ""
        self._printer = PrinterChoice(self, self.print_to)
        self.heading, self.text = label("title"), label(wrap=True)
        self.code = label("code")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print_button, self.copy_button = button(), button()
        self.warning = Notice(theme, "attention")
        self.typed_edit = QLineEdit()
        self.typed_edit.setMaxLength(20)
        self.typed_edit.setMaximumWidth(220)
        self.typed = Field(self.typed_edit, None)
        self.go_button = button("primary")
        self.go_button.setEnabled(False)
        self.setLayout(
            column(
                *(self.heading, self.text, 4, Card(self.code, margin=18)),
                *(row(self.print_button, self.copy_button, None), 4, self.warning, 4),
                *(self.typed, 4, row(None, self.go_button), None),
                gap=12,
            )
        )
        self.print_button.clicked.connect(self._printer.ask)
        self.copy_button.clicked.connect(self._on_copy)
        self.typed_edit.textChanged.connect(self._on_typed)
        self.typed_edit.returnPressed.connect(self._on_go)
        self.go_button.clicked.connect(self._on_go)
        self.retranslate()

    def show_code(self, code: str) -> None:
        """Show a new code."""
        self._code = code
        groups = code.split("-")
        half = (len(groups) + 1) // 2
        self.code.setText(" - ".join(groups[:half]) + " -\n" + " - ".join(groups[half:]))
        self.code.setAccessibleName(code)
        self.typed_edit.clear()
        self.typed_edit.setFocus()

    def forget(self) -> None:
        """Leave it nowhere: not on the screen, and not in what was copied."""
        clipboard = QGuiApplication.clipboard()
        if self._code and clipboard.text() == self._code:
            clipboard.clear()
        self._code = ""
        self.code.clear()
        self.code.setAccessibleName("")
        self.typed_edit.clear()

    def print_to(self, printer: QPrinter) -> None:
        """Put the code on a page, with what it is for."""
        day = short_day_text(date.today())
        said = (self.tr("EdemaDesk: recovery code"), self._code.replace("-", " - "), day)
        print_page("\n\n".join([*said, self.text.text(), self.warning.text.text()]), printer)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.copy_button.setText(self.tr("Copied"))

    def _is_typed(self) -> bool:
        last = self._code.rpartition("-")[2]
        typed = self.typed_edit.text().strip().upper()
        return bool(last) and typed.rpartition("-")[2] == last

    def _on_typed(self) -> None:
        self.go_button.setEnabled(self._is_typed())

    def _on_go(self) -> None:
        if self._is_typed():
            self.forget()
            self.confirmed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self.heading.setText(self.tr("The recovery code"))
        self.text.setText(
            self.tr(
                "It opens the records when nobody knows a password any more, on this PC or from a "
                "backup on another one. It is shown only now: print it, or write it down."
            )
        )
        self.warning.say(
            self.tr(
                "Keep it in a closed place outside this PC. Without a password and without this "
                "code nobody can open the records, not even who made the program."
            )
        )
        self.print_button.setText(self.tr("Print…"))
        self.copy_button.setText(self.tr("Copy"))
        self.typed.say(self.tr("Its last five characters, from the paper"))
        self.go_button.setText(self.tr("I have it on paper"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
