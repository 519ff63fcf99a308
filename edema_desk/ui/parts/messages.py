"""What went wrong, said: bugs in a dialog with a code, good news in a line that fades."""

import platform
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from edema_desk import __version__
from edema_desk.log import report_bug
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import IconLabel, button, column, label, row

_TOAST_MS, _UNDO_MS = 4500, 9000


class BugHooks(QObject):
    """Brings errors nobody caught, of any thread, to the window's thread: `bug_found(error)`.

    `install` takes the place of Python's hooks, `remove` gives it back.
    """

    bug_found = Signal(object)
    _came = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._came.connect(self.bug_found, Qt.ConnectionType.QueuedConnection)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Listen from now on."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def remove(self) -> None:
        """Stop listening."""
        sys.excepthook, threading.excepthook = self._before

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            self._came.emit(error)
        else:  # Ctrl+C and exits are no bugs
            self._before[0](kind, error, trace)

    def _on_thread_error(self, told: threading.ExceptHookArgs) -> None:
        if isinstance(told.exc_value, Exception):
            self._came.emit(told.exc_value)


class BugDialog(QDialog):
    """Says that something went wrong that should not, with the code it is found by in the log.

    What can be copied names code, versions and the kind of error: never a value.
    """

    def __init__(self, theme: Theme, error: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = report_bug(error)
        self.details = (
            f"EdemaDesk {__version__}, code {self.code}, {type(error).__name__}, "
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
        )
        self.setWindowTitle(self.tr("Something went wrong"))
        title = label("title", self.tr("Something went wrong"))
        said = self.tr(
            "This is a fault of the program, not of yours. What was saved is safe. "
            "Give the code {code} to whoever looks after EdemaDesk."
        )
        text = label(text=said.format(code=self.code), wrap=True)
        details = label("caption", self.details, wrap=True)
        details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy, close = button(), button("primary")
        self._copy.setText(self.tr("Copy details"))
        close.setText(self.tr("Close"))
        self._copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        head = row(IconLabel(theme, "warning", "attention", 28), title, None, gap=12)
        self.setLayout(
            column(head, text, details, 8, row(None, self._copy, close), gap=10, margin=24)
        )
        self.setFixedWidth(520)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)
        self._copy.setText(self.tr("Copied"))


class Toast(QFrame):
    """One line over the lower edge of its parent that fades by itself; some have a way back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._undo: Callable[[], None] | None = None
        self.setProperty("role", "toast")
        self._text, self.undo_button = label(), button("toast")
        self.undo_button.clicked.connect(self._on_undo)
        self._parts = row(self._text, self.undo_button, gap=18)
        self._parts.setContentsMargins(16, 12, 16, 12)
        self.setLayout(self._parts)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text` for a few seconds; with `undo`, longer and with a button that calls it."""
        self._undo = undo
        self._text.setText(text)
        self.undo_button.setText(self.tr("Undo"))
        self.undo_button.setVisible(undo is not None)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, undo is None)
        self._parts.activate()
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_TOAST_MS if undo is None else _UNDO_MS)

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def place(self) -> None:
        """Go to the middle of the lower edge."""
        room = self._window.rect()
        self.move(room.center().x() - self.width() // 2, room.bottom() - self.height() - 56)
