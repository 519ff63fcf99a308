"""The whole program from the entrance on: past it, back to it, and ended there."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from edema_desk import app as program
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.settings import load_settings
from edema_desk.ui.entrance.window import EntranceWindow
from edema_desk.ui.main_window import MainWindow
from tests.ui.entrance.entrance_kit import WAIT_MS, Ways, type_first


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
