"""What locks a window: a key, time, sleep, being shut out elsewhere; and what does not."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import LOCAL, NOBODY
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.entrance.idle import IdleWatch
from edema_desk.ui.main_window import MainWindow
from tests.ui.entrance.locking_kit import Made, fake, seat_left, unlock
from tests.ui.fakes.signs import CLINICIAN, NURSE
from tests.ui.fixtures import TODAY as TODAY_DATE
from tests.ui.made_up_clinic import made_up_clinic


def test_nobody_locks_a_profile_without_users(make: Made, qtbot: QtBot) -> None:
    app = make(made_up_clinic(1, 1, TODAY_DATE))
    assert app.window.guard.idle.watching
    assert not app.window._status.open_to_all.isVisible()
    fake(app).sitting.take(LOCAL)
    alone = MainWindow(app.jobs, app.theme, Settings("en", "light"), lambda: TODAY_DATE)
    alone.show()
    assert not alone.guard.idle.watching
    alone.guard.lock()
    assert not alone.guard.locked
    assert not alone._rail.person.isVisible()
    assert alone._status.open_to_all.isVisible()
    with qtbot.waitSignal(alone.administrator_wanted):
        alone._status.open_to_all.click()
    alone.close()
    alone.deleteLater()


def test_ctrl_l_locks_by_hand_and_time_by_itself(app: App, qtbot: QtBot) -> None:
    window, signs = app.window, fake(app).signs
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    seat_left(app, qtbot)
    unlock(app, qtbot)
    window.guard.idle.limit_s = 0.0
    window.guard.idle.look()
    seat_left(app, qtbot)
    assert signs.locks == [False, True]


def test_the_time_is_the_clinics(app: App) -> None:
    assert app.window.guard.idle.limit_s == 300.0
    app.window._on_settings(Settings("en", "light", clinic=ClinicSettings(lock_after_min=15)))
    assert app.window.guard.idle.limit_s == 900.0


class Clocks:
    def __init__(self) -> None:
        self.monotonic_s, self.wall_s = 100.0, 5_000.0

    def __call__(self) -> tuple[float, float]:
        return self.monotonic_s, self.wall_s


@pytest.mark.parametrize("how", ["key", "move", "click", "wheel"])
def test_whatever_is_touched_counts(app: App, how: str) -> None:
    clocks = Clocks()
    watch = IdleWatch(app.window, clocks)
    watch.start()
    clocks.monotonic_s += 200
    assert watch.idle_s == 200
    target = app.window.centralWidget()
    assert target is not None
    if how == "key":
        QTest.keyClick(target, Qt.Key.Key_A)
    elif how == "move":
        QTest.mouseMove(target, QPoint(30, 30))
        QTest.mouseMove(target, QPoint(60, 60))
        QApplication.processEvents()
    elif how == "click":
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    else:
        QTest.wheelEvent(app.window.windowHandle(), QPoint(50, 50), QPoint(0, 120))
        QApplication.processEvents()
    assert watch.idle_s == 0
    watch.stop()


def test_a_computer_that_slept_locks_and_a_clock_set_back_does_not(app: App, qtbot: QtBot) -> None:
    clocks = Clocks()
    watch = IdleWatch(app.window, clocks)
    watch.limit_s = 300
    passed: list[bool] = []
    watch.passed.connect(lambda: passed.append(True))
    watch.start()
    clocks.wall_s -= 86_400
    watch.look()
    assert passed == []
    clocks.wall_s += 86_400 + 301
    watch.look()
    assert passed == [True]
    watch.stop()


def is_covered(app: App) -> bool:
    return app.window.guard.locked and app.window.guard.cover.isVisible()


def test_who_is_shut_out_elsewhere_sees_nothing_any_more(app: App) -> None:
    fake(app).sitting.take(NOBODY)
    app.jobs.changed.emit(Change(ChangeKind.PATIENTS))
    assert not is_covered(app)
    app.jobs.changed.emit(Change(ChangeKind.USERS))
    assert is_covered(app)
    assert not app.window.today.isVisible()


def test_other_roles_cover_nothing(app: App) -> None:
    fake(app).sitting.take(replace(NURSE, roles=CLINICIAN.roles))
    app.jobs.changed.emit(Change(ChangeKind.USERS))
    assert not is_covered(app)
