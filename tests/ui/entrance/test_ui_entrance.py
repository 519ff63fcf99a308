"""The way in: the first start, signing in, a lost password; with the real keys of a profile."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.people import RECOVERY
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.desk import Desk
from edema_desk.jobs.entrance import Entrance, way_into
from edema_desk.store.base.entered import Entered
from edema_desk.ui.entrance.new_password import NewPassword
from edema_desk.ui.entrance.sign_in_form import PasswordEdit
from edema_desk.ui.entrance.window import EntranceWindow
from edema_desk.ui.parts.theme import Theme
from tests.flow.people.signed_in import ADMINISTRATOR, PASSWORD, with_administrator
from tests.ui.entrance.entrance_kit import WAIT_MS, Ways, type_first


class Shown(QObject):
    """An entrance on the screen."""

    def __init__(self, ways: Ways, theme: Theme, *, first: bool) -> None:
        super().__init__()
        self.entrance = Entrance(ways.made(), self)
        self.window = EntranceWindow(self.entrance, theme, first=first)
        self.window.show()

    def close(self) -> None:
        self.entrance.close()
        self.window.blockSignals(True)
        self.window.hide()
        self.window.deleteLater()
        self.deleteLater()


@pytest.fixture
def show(ways: Ways, theme: Theme) -> Iterator[Callable[[bool], Shown]]:
    held: list[Shown] = []

    def shown(first: bool) -> Shown:
        held.append(Shown(ways, theme, first=first))
        return held[-1]

    yield shown
    for each in held:
        each.close()


def test_the_first_administrator_sees_the_code_once_and_is_in(
    show: Callable[[bool], Shown], ways: Ways, qtbot: QtBot
) -> None:
    shown = show(True)
    window = shown.window
    assert not window.first.make_button.isEnabled()
    type_first(window)
    window.first.make_button.click()
    assert not window.first.make_button.isEnabled()
    assert not window.close()  # not while the records are being sealed
    qtbot.waitUntil(window.code.isVisible, timeout=WAIT_MS)
    code = window.code.code.accessibleName()
    assert len(code.split("-")) == 7
    assert window.code.code.text().replace(" ", "").replace("\n", "") == code
    assert not window.close()  # nor before the code is on paper
    window.code.copy_button.click()
    assert QGuiApplication.clipboard().text() == code
    QTest.keyClicks(window.code.typed_edit, "WRONG")
    QTest.keyClick(window.code.typed_edit, Qt.Key.Key_Return)
    assert window.code.isVisible()
    window.code.typed_edit.clear()
    QTest.keyClicks(window.code.typed_edit, code[-5:].lower())
    with qtbot.waitSignal(shown.entrance.opened, timeout=WAIT_MS):
        window.code.go_button.click()
    assert window.code.code.text() == ""
    assert QGuiApplication.clipboard().text() != code
    assert shown.entrance.desk is ways.desks[0]
    assert ways.opened_by == ["Hana Mori"]
    assert ways.made().needs_sign_in()


def test_the_code_is_printed_with_what_it_is_for(
    show: Callable[[bool], Shown], tmp_path: Path
) -> None:
    panel = show(True).window.code
    panel.show_code("7K2MA-9QTB4-ZX31C-WW0DE-5N8RP-J6HVY-2SFGA")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    panel.print_to(printer)
    page = QPdfDocument()
    page.load(str(tmp_path / "code.pdf"))
    said = " ".join(page.getAllText(0).text().split())
    assert page.pageCount() == 1
    assert said.startswith("EdemaDesk: recovery code ")  # digits of this font have no text in a PDF
    assert said.count(" - ") == 6
    assert panel.warning.text.text() in said


def test_signing_in_says_what_is_wrong_and_never_which_part(
    show: Callable[[bool], Shown], ways: Ways, qtbot: QtBot
) -> None:
    with_administrator(ways.profile)
    shown = show(False)
    form = shown.window.sign_in.form
    said = []
    for login, password in ((ADMINISTRATOR, "wrong"), ("nobody", PASSWORD)):
        form.login_edit.setText(login)
        form.password_edit.setText(password)
        with qtbot.waitSignal(shown.entrance.failed, timeout=WAIT_MS):
            QTest.keyClick(form.password_edit, Qt.Key.Key_Return)
        said.append(form.failure.text.text())
        assert form.password_edit.text() == ""
    assert said[0] == said[1] != ""
    form.login_edit.setText(ADMINISTRATOR)
    QTest.keyClicks(form.password_edit, PASSWORD)
    with qtbot.waitSignal(shown.entrance.opened, timeout=WAIT_MS):
        form.act.click()
    assert ways.opened_by == ["Hana Mori"]


def test_the_window_lives_while_a_password_is_tried(
    show: Callable[[bool], Shown], ways: Ways, qtbot: QtBot
) -> None:
    with_administrator(ways.profile)
    shown = show(False)
    window, beats = shown.window, 0

    def beat() -> None:
        nonlocal beats
        beats += 1

    pulse = QTimer(window)
    pulse.setInterval(5)
    pulse.timeout.connect(beat)
    pulse.start()
    slow = way_into(ways.profile).sign_in

    def sign_in(login: str, password: str) -> Entered:
        time.sleep(0.3)
        return slow(login, password)

    shown.entrance._way = replace(ways.made(), sign_in=sign_in)
    with qtbot.waitSignal(shown.entrance.opened, timeout=WAIT_MS):
        shown.entrance.sign_in(ADMINISTRATOR, PASSWORD)
        assert not window.sign_in.form.act.isEnabled()
        assert not window.sign_in.lost_button.isEnabled()
    pulse.stop()
    assert beats > 10


def test_a_lost_password_is_replaced_by_the_code_and_the_code_by_another(
    show: Callable[[bool], Shown], ways: Ways, qtbot: QtBot
) -> None:
    code = with_administrator(ways.profile)
    shown = show(False)
    window, recover = shown.window, shown.window.recover
    window.sign_in.lost_button.click()
    recover.code_edit.setText("12345")
    with qtbot.waitSignal(shown.entrance.failed, timeout=WAIT_MS):
        recover.go_button.click()
    assert recover.failure.isVisible()
    recover.code_edit.setText(code.lower().replace("-", " "))
    with qtbot.waitSignal(shown.entrance.recovered, timeout=WAIT_MS):
        recover.go_button.click()
    assert recover.who_box.currentText() == f"Hana Mori ({ADMINISTRATOR})"
    recover.password.first_edit.setText("another good one")
    assert not recover.go_button.isEnabled()
    recover.password.again_edit.setText("another good one")
    recover.go_button.click()
    qtbot.waitUntil(window.code.isVisible, timeout=WAIT_MS)
    newer = window.code.code.accessibleName()
    assert newer != code
    window.code.typed_edit.setText(newer[-5:])
    with qtbot.waitSignal(shown.entrance.opened, timeout=WAIT_MS):
        window.code.go_button.click()
    assert ways.opened_by == ["Hana Mori"]
    with pytest.raises(ExpectedError) as caught:
        ways.made().recover(code)
    assert caught.value.code is ErrorCode.RECOVERY_CODE_WRONG
    assert ways.made().recover(newer).into.actor is RECOVERY


def test_what_cannot_be_typed_away_ends_the_entrance(
    show: Callable[[bool], Shown], ways: Ways, qtbot: QtBot
) -> None:
    with_administrator(ways.profile)
    shown = show(False)

    def damaged(into: Entered) -> Desk:
        raise ExpectedError(ErrorCode.DATABASE_DAMAGED)

    shown.entrance._way = replace(ways.made(), open=damaged)
    with qtbot.waitSignal(shown.window.stuck, timeout=WAIT_MS) as stuck:
        shown.entrance.sign_in(ADMINISTRATOR, PASSWORD)
    assert stuck.args is not None
    assert stuck.args[0].code is ErrorCode.DATABASE_DAMAGED


@pytest.mark.parametrize(
    ("login", "first", "again", "said", "good"),
    [
        ("hana", "", "", "At least 10 characters", False),
        ("hana", "short", "short", "5 more", False),
        ("hana-mori-1", "hana-mori-1", "hana-mori-1", "Not the name", False),
        ("hana", "long enough", "", "once more", False),
        ("hana", "long enough", "long", "the same twice", False),
        ("hana", "long enough", "other", "the same twice", False),
        ("hana", "long enough", "long enough", "Both are the same", True),
        ("hana", "とても長いパスワード", "とても長いパスワード", "Both are the same", True),
    ],
)
def test_the_rule_of_a_password_is_said_while_it_is_typed(
    qapp: QApplication, login: str, first: str, again: str, said: str, good: bool
) -> None:
    made = NewPassword()
    made.follow(login)
    made.first_edit.setText(first)
    made.again_edit.setText(again)
    assert said in made.rule.text()
    assert (made.password == first) is good
    made.deleteLater()


def test_locked_capitals_are_noticed(qapp: QApplication) -> None:
    edit, told = PasswordEdit(), list[bool]()
    edit.caps_changed.connect(told.append)
    QTest.keyClicks(edit, "a")
    QTest.keyClicks(edit, "B", Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(edit, "C")
    QTest.keyClicks(edit, "1")
    assert told == [False, False, True]
    edit.deleteLater()
