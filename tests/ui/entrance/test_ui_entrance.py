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

from edema_desk import app as program
from edema_desk.domain.terms.people import RECOVERY, Actor, Role
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.desk import Desk
from edema_desk.flow.people.access import make_first_administrator, reset_administrator
from edema_desk.jobs.entrance import Entrance, WayIn, way_into
from edema_desk.paths import Profile
from edema_desk.settings import load_settings
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.ui.entrance.new_password import NewPassword
from edema_desk.ui.entrance.sign_in_form import PasswordEdit
from edema_desk.ui.entrance.window import EntranceWindow
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.parts.theme import Theme
from tests.flow.people.signed_in import ADMINISTRATOR, CHEAP, PASSWORD, with_administrator
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import made_up_clinic

WAIT_MS = 20_000


class Ways:
    """The real ways into a profile, with keys that are derived in no time and made-up desks."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.desks: list[FakeDesk] = []
        self.opened_by: list[str] = []

    def made(self) -> WayIn:
        profile = self.profile

        def make_first(login: str, name: str, password: str) -> str:
            return make_first_administrator(enter_here(profile), login, name, password, CHEAP)

        def reset(into: Entered, user_id: str, password: str) -> str:
            return reset_administrator(into, user_id, password, CHEAP)

        return replace(way_into(profile), make_first=make_first, reset=reset, open=self.open)

    def open(self, into: Entered) -> Desk:
        made = FakeDesk(made_up_clinic(2, 2, TODAY), self.profile.root)
        made.sitting.take(into.actor)
        self.opened_by.append(into.actor.name or into.actor.actor_id)
        self.desks.append(made)
        return made

    def close(self) -> None:
        for desk in self.desks:
            desk.close()


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[Ways]:
    made = Ways(Profile(tmp_path / "profile"))
    yield made
    made.close()


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


def type_first(window: EntranceWindow) -> None:
    first = window.first
    first.name_edit.setText("Hana Mori")
    first.login_edit.setText(ADMINISTRATOR)
    first.password.first_edit.setText(PASSWORD)
    first.password.again_edit.setText(PASSWORD)


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


class Person:
    """Does one thing after another, each as soon as it can be done."""

    def __init__(self, *steps: Callable[[], bool]) -> None:
        self._steps = list(steps)
        self._end_s = time.monotonic() + WAIT_MS / 1000
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def _on_time(self) -> None:
        if time.monotonic() > self._end_s:
            self._timer.stop()
            QApplication.exit(9)
            raise AssertionError(f"nothing comes after {self._steps}")
        if not self._steps:
            self._timer.stop()
        elif self._steps[0]():
            self._steps.pop(0)

    @property
    def done(self) -> bool:
        return not self._steps


def shown_window(
    kind: type[EntranceWindow] | type[MainWindow],
) -> EntranceWindow | MainWindow | None:
    for each in QApplication.topLevelWidgets():
        if isinstance(each, kind) and each.isVisible():
            return each
    return None


def entrance() -> EntranceWindow | None:
    found = shown_window(EntranceWindow)
    return found if isinstance(found, EntranceWindow) else None


def main_window() -> MainWindow | None:
    found = shown_window(MainWindow)
    return found if isinstance(found, MainWindow) else None


def later() -> bool:
    shown = entrance()
    if shown is not None:
        shown.first.later_button.click()
    return shown is not None


def ask_for_users() -> bool:
    shown = main_window()
    there = shown is not None and shown._status.open_to_all.isVisible()
    if shown is not None and there:
        shown._status.open_to_all.click()
    return there


def make() -> bool:
    shown = entrance()
    if shown is not None:
        type_first(shown)
        shown.first.make_button.click()
    return shown is not None


def note_code() -> bool:
    shown = entrance()
    if shown is None or not shown.code.isVisible():
        return False
    shown.code.typed_edit.setText(shown.code.code.accessibleName()[-5:])
    shown.code.go_button.click()
    return True


def test_from_the_first_start_by_later_to_the_first_administrator(
    qapp: QApplication, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(program, "way_into", lambda profile: ways.made())
    monkeypatch.setattr(program, "start_log", lambda path: None)
    who: list[Actor] = []

    def leave() -> bool:
        shown = main_window()
        if shown is None or shown._status.open_to_all.isVisible():
            return False
        who.append(shown.jobs.desk.person)
        return shown.close()

    person = Person(later, ask_for_users, make, note_code, leave)
    assert program.run_window(ways.profile) == 0
    assert person.done
    assert ways.opened_by == ["local", "Hana Mori"]
    assert [Role.ADMINISTRATOR in one.roles for one in who] == [True]
    assert load_settings(ways.profile.settings).asked_for_users
    assert ways.made().needs_sign_in()
    QApplication.processEvents()


def test_closing_the_entrance_ends_the_program(
    qapp: QApplication, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "way_into", lambda profile: ways.made())

    def leave() -> bool:
        shown = entrance()
        return shown is not None and shown.close()

    person = Person(leave)
    assert program.run_window(ways.profile) == 0
    assert ways.opened_by == []
    person._timer.stop()


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
