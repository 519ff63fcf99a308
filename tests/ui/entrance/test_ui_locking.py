"""A locked window: nothing of a patient is seen, nothing typed is lost."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.terms.people import NOBODY
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.places import PATIENT, TODAY, Place
from edema_desk.ui.sheets.add_patient_dialog import AddPatientDialog
from edema_desk.ui.sheets.weight_dialog import WeightDialog
from tests.ui.entrance.locking_kit import SESSION, Made, fake, seat_left, unlock
from tests.ui.fakes.signs import ADMINISTRATOR, CLINICIAN
from tests.ui.fixtures import TODAY as TODAY_DATE
from tests.ui.made_up_clinic import made_up_clinic


def grabbed(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def covered(app: App, qtbot: QtBot) -> tuple[QImage, QImage]:
    """The window as it is, and once it is locked."""
    qtbot.waitUntil(lambda: app.jobs.waiting == 0, timeout=20_000)
    before = grabbed(app.window)
    app.window.guard.lock()
    app.window.guard.cover.form.password_edit.clearFocus()  # a cursor that blinks is no patient
    QApplication.processEvents()
    assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} == {app.window}
    return before, grabbed(app.window)


def test_a_locked_window_is_that_of_an_empty_clinic(make: Made, qtbot: QtBot) -> None:
    """Not one pixel of a patient: the cover over many looks like the cover over none."""
    full = make(made_up_clinic(8, 60, TODAY_DATE))
    full.window.go_to_patient("p0")
    qtbot.waitUntil(lambda: full.jobs.waiting == 0, timeout=20_000)
    full.window.dialogs.ask_weight("p0", None, None)
    seen, locked = covered(full, qtbot)
    unlock(full, qtbot)
    sheet = full.window.dialogs.open_sheet
    assert sheet is not None
    sheet.close()
    full.window.hide()
    empty_seen, empty_locked = covered(make(made_up_clinic(0, 0, TODAY_DATE)), qtbot)
    assert seen != empty_seen
    assert locked == empty_locked


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_popups_tool_tips_and_what_shows_itself_later_are_covered(app: App, qtbot: QtBot) -> None:
    window = app.window
    menu = window._rail.person.menu()
    assert menu is not None
    menu.popup(QPoint(0, 0))
    QToolTip.showText(QPoint(10, 10), "Sato Haruko", window)
    window.guard.lock()
    assert QApplication.activePopupWidget() is None
    window.toast.say("Weight of Sato Haruko saved")
    late = QDialog(window)
    late.open()
    QApplication.processEvents()
    shown = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    assert {w for w in shown if type(w).__name__ != "QTipLabel"} == {window}
    assert not QToolTip.isVisible() or not QToolTip.text()
    middle = window.childAt(window.toast.geometry().center())
    cover = window.guard.cover
    assert middle is not None
    assert middle is cover or cover.isAncestorOf(middle)
    unlock(app, qtbot)
    assert late.isVisible()
    late.close()


def test_no_key_leads_past_the_cover(app: App, qtbot: QtBot) -> None:
    window = app.window
    window.go_to_patient("p0")
    window.guard.lock()
    seat_left(app, qtbot)
    asked = dict(fake(app).asked)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F5, Qt.Key.Key_Tab, Qt.Key.Key_Slash):
        QTest.keyClick(window, key)
    assert window._way[-1] == Place(PATIENT, "p0")
    focus = QApplication.focusWidget()
    assert focus is None or window.guard.cover.isAncestorOf(focus)
    assert fake(app).asked == asked


def test_a_half_filled_form_is_there_again_for_the_same_person(app: App, qtbot: QtBot) -> None:
    window = app.window
    window.dialogs.ask_new_patient()
    sheet = window.dialogs.open_sheet
    assert isinstance(sheet, AddPatientDialog)
    edit = sheet.findChildren(QLineEdit)[0]
    edit.setFocus()
    QTest.keyClicks(edit, "Mori Ha")
    window.guard.lock()
    seat_left(app, qtbot)
    assert not sheet.isVisible()
    assert app.jobs.desk.sitting._door.seat.actor is NOBODY
    unlock(app, qtbot)
    assert window.dialogs.open_sheet is sheet
    assert sheet.isVisible()
    assert edit.text() == "Mori Ha"
    assert window._rail.isVisible()
    sheet.close()


def test_somebody_else_gets_a_window_without_the_formers_forms(app: App, qtbot: QtBot) -> None:
    window, first = app.window, app.window
    window.go_to_patient("p0")
    window.dialogs.ask_weight("p0", None, None)
    assert isinstance(window.dialogs.open_sheet, WeightDialog)
    window.guard.switch()
    seat_left(app, qtbot)
    unlock(app, qtbot, login="baba")
    qtbot.waitUntil(lambda: app.window is not first, timeout=20_000)
    assert app.jobs.desk.person is CLINICIAN
    assert app.window._way == [Place(TODAY)]
    assert app.window.dialogs.open_sheet is None
    assert app.window.isVisible()
    QApplication.processEvents()
    shown = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    assert shown == {app.window}
    assert app.window._rail.person.toolTip() == "Baba Ken is signed in"


def test_wrong_passwords_are_said_and_slowed_down(app: App, qtbot: QtBot) -> None:
    guard = app.window.guard
    guard.lock()
    form = guard.cover.form
    unlock(app, qtbot, "wrong")
    assert guard.locked
    assert form.failure.text.text()
    assert form.password_edit.text() == ""
    fake(app).signs.errors = [ExpectedError(ErrorCode.SIGN_IN_WAIT, seconds=2)]
    form.password_edit.setText("wrong again")
    form.press()
    qtbot.waitUntil(lambda: "2 s" in form.failure.text.text(), timeout=20_000)
    assert not form.act.isEnabled()
    qtbot.waitUntil(form.act.isEnabled, timeout=20_000)
    unlock(app, qtbot)
    assert not guard.locked


def test_what_is_being_saved_is_saved_by_who_saved_it(app: App, qtbot: QtBot) -> None:
    """The seat is left only when no answer is awaited any more; the cover is there at once."""
    desk = fake(app)
    desk.faults.delay_s = 0.3
    app.window.refresh()
    assert app.jobs.waiting
    app.window.guard.lock()
    assert app.window.guard.cover.isVisible()
    assert not desk.sitting.locked
    seat_left(app, qtbot)
    assert app.jobs.waiting == 0


def test_news_wait_until_somebody_is_back(app: App, qtbot: QtBot) -> None:
    desk = fake(app)
    app.window.guard.lock()
    seat_left(app, qtbot)
    asked = dict(desk.asked)
    desk.keep_wheelchair("a", "Number 3", 12_000).result(20)
    qtbot.wait(150)
    assert desk.asked["worklist"] == asked["worklist"]
    unlock(app, qtbot)
    qtbot.waitUntil(lambda: desk.asked["worklist"] > asked["worklist"], timeout=20_000)


def open_sheets() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_what_is_offered_is_what_one_may_do(app: App, qtbot: QtBot) -> None:
    """A nurse is not offered a dry weight, an administrator no capture; what leads there from
    elsewhere says so instead of opening a form that is refused at its end."""
    window = app.window
    page = window.patient
    assert (page.record.isHidden(), page.more.dry_weight.isVisible()) == (False, False)
    window.dialogs.ask_dry_weight("p0")
    assert window.dialogs.open_sheet is None
    assert window.toast.isVisible()
    fake(app).signs.people["hana"] = ADMINISTRATOR
    window.guard.switch()
    unlock(app, qtbot, login="hana")
    qtbot.waitUntil(lambda: app.window is not window, timeout=20_000)
    page = app.window.patient
    assert (page.record.isHidden(), page.more.dry_weight.isVisible()) == (True, False)
    app.window.go_to_capture("p0", SESSION, Phase.PRE)
    assert app.window._way == [Place(TODAY)]
    app.window.dialogs.ask_weight("p0", None, None)
    assert not open_sheets()
    app.window.dialogs.ask_new_patient()
    (sheet,) = open_sheets()
    assert isinstance(sheet, AddPatientDialog)
    sheet.close()
