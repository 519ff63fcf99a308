"""The window as a whole: ways between pages, language and theme at once, what is always said."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase
from edema_desk.settings import Settings, load_settings
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.parts.messages import BugDialog
from edema_desk.ui.places import AGREEMENT, PATIENT, PATIENTS, SESSION, SETTINGS, TODAY, Place
from edema_desk.ui.sheets.add_patient_dialog import AddPatientDialog
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY as TODAY_DATE
from tests.ui.made_up_clinic import made_up_clinic
from tests.ui.scanning import keys

Settle = Callable[[], None]


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    desk = FakeDesk(made_up_clinic(8, 60, TODAY_DATE), tmp_path)
    made = App(qapp, desk, Settings("en", "light"), lambda: TODAY_DATE)
    made.window.show()
    yield made
    made.language.choose("en")
    made.theme.choose("light")
    made.close()
    made.deleteLater()


@pytest.fixture
def window(app: App) -> MainWindow:
    return app.window


@pytest.fixture
def settle(app: App, qtbot: QtBot) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: app.jobs.waiting == 0, timeout=20_000)

    wait()
    return wait


def key_of(window: MainWindow) -> str:
    return window._way[-1].key


def test_the_way_from_today_to_a_session_and_back(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.today.table.selectRow(0)
    QTest.keyClick(window.today.table, Qt.Key.Key_Return)
    settle()
    assert key_of(window) == PATIENT
    assert window.patient.patient_id == "p0"
    window.patient.session_wanted.emit(f"p0-{TODAY_DATE}")
    settle()
    assert key_of(window) == SESSION
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert key_of(window) == PATIENT
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert key_of(window) == TODAY
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert key_of(window) == TODAY


def test_keys_lead_to_pages_and_to_the_search(window: MainWindow, settle: Settle) -> None:
    window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_2, control)
    assert key_of(window) == PATIENTS
    QTest.keyClick(window, Qt.Key.Key_Comma, control)
    assert key_of(window) == SETTINGS
    QTest.keyClick(window, Qt.Key.Key_Slash)
    assert key_of(window) == TODAY
    assert window.today._search.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_4, control)
    assert key_of(window) == AGREEMENT
    QTest.keyClick(window, Qt.Key.Key_F, control)
    assert window.agreement.filters.patient.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_1, control)
    assert key_of(window) == TODAY
    window.go_to_patient("p0")
    QTest.keyClick(window, Qt.Key.Key_F, control)
    assert window.today._search.hasFocus()


def test_an_act_shows_on_every_page_without_restart(
    app: App, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    desk = app.jobs.desk
    window.go_to_patient("p4")
    settle()
    card = window.patient.card
    assert card is not None
    before = len(card.trend.sessions)
    window.dialogs.ask_weight("p4", None, Phase.PRE)
    settle()
    sheet = window.dialogs.open_sheet
    assert sheet is not None
    dry_g = card.dry_weight_g or 0
    sheet.entry.weight_edit.setText(f"{dry_g / 1000 + 2:.1f}")  # type: ignore[attr-defined]
    sheet.save()
    qtbot.waitUntil(lambda: window.dialogs.open_sheet is None)
    assert "was entered" in window.toast._text.text()
    assert isinstance(desk, FakeDesk)

    def has_it() -> bool:
        shown = window.patient.card
        return shown is not None and len(shown.trend.sessions) == before + 1

    qtbot.waitUntil(has_it)


def test_each_page_says_that_it_is_for_research(window: MainWindow, settle: Settle) -> None:
    for key in (TODAY, PATIENTS, AGREEMENT, SETTINGS):
        window._on_rail(key)
        assert window._header._research.isVisible()
        assert window._header._research.text() == "Research use, not for diagnosis"
    window.go_to_patient("p0")
    assert window._header._research.isVisible()


def test_made_up_people_are_said_to_be_made_up(
    app: App, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    assert window._header._origin.text() == "Made-up people (demo)"
    assert window._header._origin.isVisible()
    desk = app.jobs.desk
    assert isinstance(desk, FakeDesk)
    desk.clinic = made_up_clinic(3, 10, TODAY_DATE, CLINIC_ORIGIN)
    window.source.refresh()
    settle()
    assert not window._header._origin.isVisible()


def words_on(window: MainWindow) -> set[str]:
    """What can be read on the page in front and around it."""
    labels = {w.text() for w in window.findChildren(QLabel) if w.isVisible()}
    buttons = {w.text() for w in window.findChildren(QAbstractButton) if w.isVisible()}
    return {t for t in labels | buttons if t.strip()}


SAME_IN_BOTH = ("English", "EdemaDesk", "kg", "base-1", "px", "mL", "Everything")


@pytest.mark.parametrize("key", [TODAY, PATIENTS, AGREEMENT, SETTINGS, PATIENT, SESSION])
def test_the_language_changes_at_once_and_back(
    app: App, window: MainWindow, settle: Settle, qtbot: QtBot, key: str
) -> None:
    session_id = f"p0-{TODAY_DATE - timedelta(days=3)}"
    window.go(Place(key, {PATIENT: "p0", SESSION: session_id}.get(key, "")))
    settle()
    english = words_on(window)
    app._on_settings(Settings("ja", "light"))
    qtbot.waitUntil(lambda: "研究用・診断には使用できません" in words_on(window))
    left = {t for t in english & words_on(window) if re.search("[A-Za-z]{3}", t)}
    assert not {t for t in left if not t.startswith(SAME_IN_BOTH)}
    if key == TODAY:
        assert window._header._subtitle.text() == "2026年3月2日(月)"
    app._on_settings(Settings("en", "light"))
    qtbot.waitUntil(lambda: words_on(window) == english)


def test_choices_are_kept(app: App, window: MainWindow, settle: Settle) -> None:
    window.settings.looks.languages._buttons["ja"].click()
    window.settings.looks.themes._buttons["dark"].click()
    app.keeper.close()
    kept = load_settings(app.jobs.desk.profile.settings)
    assert (kept.language, kept.theme) == ("ja", "dark")
    assert app.theme.is_dark
    assert QLocale().language() == QLocale.Language.Japanese


_CONNECTIONS: list[str] = []


def _note_connections(event: str, args: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        _CONNECTIONS.append(event)


def test_the_window_opens_no_connection(window: MainWindow, settle: Settle) -> None:
    """The status line says so; this keeps it true of everything Python does."""
    sys.addaudithook(_note_connections)
    _CONNECTIONS.clear()
    window.source.refresh()
    window.go_to_patient("p0")
    settle()
    assert _CONNECTIONS == []
    line = [w.text() for w in window.findChildren(QLabel)]
    assert "No network in use" in line


def test_the_smallest_window_shows_everything(window: MainWindow, settle: Settle) -> None:
    """Nothing asks for more room than the smallest window has."""
    for key in (TODAY, PATIENTS, AGREEMENT, SETTINGS):
        window._on_rail(key)
    window.go_to_patient("p0")
    settle()
    window.go_to_session(f"p0-{TODAY_DATE}")
    settle()
    wanted = window.minimumSizeHint()
    assert wanted.width() <= 1280
    assert wanted.height() <= 720


def test_a_new_patient_is_opened(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    """Who is not due today would otherwise seem to have gone."""
    window.dialogs.ask_new_patient()
    sheet = window.dialogs.open_sheet
    assert isinstance(sheet, AddPatientDialog)
    QTest.keyClicks(sheet.chart.editor, "777")
    QTest.keyClicks(sheet.name.editor, "New")
    QTest.keyClick(sheet.name.editor, Qt.Key.Key_Return)  # Enter saves
    qtbot.waitUntil(lambda: key_of(window) == PATIENT)
    settle()
    assert window.patient.card is not None
    assert window.patient.card.patient.chart_number == "777"


def test_a_scan_counts_on_today_and_nowhere_else(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go_to_patient("p0")
    settle()
    asked: list[object] = []
    window.today.capture_wanted.disconnect(window.go_to_capture)
    window.today.capture_wanted.connect(lambda *wanted: asked.append(wanted))
    for page_is_today in (False, True):
        if page_is_today:
            window.go(Place(TODAY))
        keys(window.windowHandle(), "103-255")
        assert len(asked) == page_is_today
    assert asked == [("p2", f"p2-{TODAY_DATE}", Phase.PRE)]


def test_many_bugs_open_one_dialog(window: MainWindow, settle: Settle) -> None:
    for _ in range(5):
        window.show_bug(ValueError())
    dialogs = window.findChildren(BugDialog)
    assert len(dialogs) == 1
    dialogs[0].accept()
    window.show_bug(ValueError())
    shown = [d for d in window.findChildren(BugDialog) if d.isVisible()]
    assert len(shown) == 1
    shown[0].accept()
