"""Bugs, of any thread, end in one dialog with a code and without any value."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.ui.parts.messages import BugDialog, BugHooks, Toast
from edema_desk.ui.parts.theme import Theme


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[BaseException, int]] = []

    def hear(self, error: BaseException) -> None:
        self.heard.append((error, threading.get_ident()))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def hooks(ear: Ear) -> Iterator[BugHooks]:
    made = BugHooks(ear)
    made.bug_found.connect(ear.hear)
    before = (sys.excepthook, threading.excepthook)
    made.install()
    yield made
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before


def fail() -> None:
    raise LookupError("山田 花子")


def test_errors_of_other_threads_come_to_the_window_thread(
    hooks: BugHooks, ear: Ear, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert ear.heard == []  # not on that thread, and not yet
    qtbot.waitUntil(lambda: len(ear.heard) == 1)
    error, where = ear.heard[0]
    assert isinstance(error, LookupError)
    assert where == threading.get_ident()


def test_errors_of_slots_come_too(hooks: BugHooks, ear: Ear, qtbot: QtBot) -> None:
    try:
        fail()
    except LookupError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(ear.heard) == 1)


def test_an_interrupt_is_no_bug(
    hooks: BugHooks, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[object] = []
    monkeypatch.setattr(hooks, "_before", (lambda *told: passed.append(told), None))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.wait(20)
    assert ear.heard == []
    assert len(passed) == 1
    monkeypatch.undo()


def test_the_dialog_names_a_code_and_no_value(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    try:
        fail()
    except LookupError as error:
        dialog = BugDialog(theme, error, window)
    dialog.open()
    dialog._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert dialog.code in copied
    assert "LookupError" in copied
    assert "山田" not in copied
    assert dialog._copy.text() == "Copied"
    dialog.accept()


def test_good_news_fades(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edema_desk.ui.parts.messages._TOAST_MS", 30)
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    toast.say("53.6 kg was entered.")
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    qtbot.waitUntil(lambda: not toast.isVisible())
