"""A scanned number does the next step of its patient, and is told from typing by its pace."""

import pytest
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.scanner import SLOWEST_KEY_MS, ScanReader
from edema_desk.ui.parts.search_field import SearchField
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.source import WorklistSource, of_number
from tests.ui.fixtures import TODAY
from tests.ui.scanning import keys
from tests.ui.today.today_kit import Clock


def field(page: TodayPage) -> SearchField:
    return page._search


@pytest.fixture
def window(page: TodayPage, qtbot: QtBot) -> QWindow:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page.windowHandle()


@pytest.mark.parametrize("focus", ["search", "table", "button", "nothing"])
def test_a_scan_does_the_next_step_wherever_the_cursor_is(
    page: TodayPage, window: QWindow, qtbot: QtBot, focus: str
) -> None:
    if focus == "search":
        field(page).setFocus()
    elif focus == "table":
        page.table.setFocus()
        page.table.selectRow(1)
    elif focus == "button":
        page._add.setFocus()
    else:
        page.setFocus()
    names = ("opened", "next_wanted")
    heard: list[str] = []
    for name in names:
        getattr(page.table, name).connect(lambda *_, name=name: heard.append(name))
    page.new_patient_wanted.connect(lambda: heard.append("new patient"))
    with qtbot.waitSignal(page.capture_wanted) as wished:
        keys(window, "103-255")
    assert wished.args == ["p2", f"p2-{TODAY}", Phase.PRE]
    assert heard == []  # its Enter pressed nothing
    assert field(page).text() == ""


def test_typing_at_a_persons_pace_is_no_scan(
    page: TodayPage, window: QWindow, qtbot: QtBot
) -> None:
    field(page).setFocus()
    with (
        qtbot.assertNotEmitted(page.capture_wanted),
        qtbot.waitSignal(page.patient_wanted) as opened,
    ):
        keys(window, "103-255", pause_ms=SLOWEST_KEY_MS + 25)
    assert opened.args == ["p2"]


def test_a_scan_into_another_field_stays_there(
    page: TodayPage, window: QWindow, qtbot: QtBot
) -> None:
    other = QLineEdit(page)
    other.show()
    other.setFocus()
    with qtbot.assertNotEmitted(page._scans.scanned):
        keys(window, "103-255")
    assert other.text() == "103-255"


def test_an_unknown_number_is_said(page: TodayPage, window: QWindow, qtbot: QtBot) -> None:
    page.table.setFocus()
    with (
        qtbot.assertNotEmitted(page.capture_wanted),
        qtbot.assertNotEmitted(page.patient_wanted),
    ):
        keys(window, "999-9")
    assert "999-9" in page.unknown.text.text()
    assert page.unknown.isVisible()
    with qtbot.waitSignal(page.new_patient_wanted):
        page.unknown.act.click()
    keys(window, "103-255")
    assert not page.unknown.isVisible()


def test_a_part_of_a_number_is_nobodys(page: TodayPage) -> None:
    rows = page._source.rows or ()
    assert of_number(rows, "103-25") is None
    found = of_number(rows, "１０３２５５")
    assert found is not None
    assert found.patient.patient_id == "p2"


def test_a_scan_before_the_rows_came_counts_when_they_do(
    jobs: DeskJobs, theme: Theme, source: WorklistSource, clock: Clock, qtbot: QtBot
) -> None:
    made = TodayPage(jobs, theme, source, Settings(), lambda: TODAY, clock)
    qtbot.addWidget(made)
    made._on_scan("103-255")
    with qtbot.waitSignal(made.capture_wanted) as wished:
        made.refresh()
    assert wished.args[0] == "p2"


def test_a_hidden_page_hears_no_scan(page: TodayPage, window: QWindow, qtbot: QtBot) -> None:
    page.hide()
    page.show()
    page.setFocus()
    with qtbot.waitSignal(page.capture_wanted):  # and watches again when shown
        keys(window, "103-255")
    page.hide()
    with qtbot.assertNotEmitted(page._scans.scanned):
        keys(window, "103-255")


@pytest.mark.parametrize(
    ("gaps_ms", "wanted"),
    [
        ([0, 5, 5, 5], "123"),
        ([0, SLOWEST_KEY_MS, SLOWEST_KEY_MS, SLOWEST_KEY_MS], "123"),
        ([0, 5, 5, SLOWEST_KEY_MS + 1], None),  # somebody presses Enter afterwards
        ([0, 5, SLOWEST_KEY_MS + 1, 5], None),  # what came fast is too short
    ],
)
def test_a_code_is_told_by_its_pace(gaps_ms: list[int], wanted: str | None) -> None:
    reader, t_ms = ScanReader(), 1_000
    for letter, gap_ms in zip("123", gaps_ms, strict=False):
        t_ms += gap_ms
        reader.key(letter, t_ms)
    assert reader.end(t_ms + gaps_ms[3]) == wanted
    assert reader.end(t_ms + gaps_ms[3]) is None  # an Enter of its own


def test_what_was_typed_slowly_before_a_scan_is_not_part_of_it() -> None:
    reader = ScanReader()
    reader.key("x", 0)
    for at, letter in enumerate("777"):
        reader.key(letter, 500 + 4 * at)
    assert reader.end(512) == "777"
