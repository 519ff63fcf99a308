"""Tab comes past everything that can be pressed on the pages that take keys themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.page import PatientPage
from edema_desk.ui.session.page import SessionPage
from tests.ui.patient.trend_kit import CourseDesk
from tests.ui.trend_data import PATIENT, make_course

COURSE = make_course(12)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with twelve sessions."""
    made = CourseDesk(COURSE, tmp_path)
    yield made
    made.close()


def reached(page: Page) -> set[QWidget | None]:
    found: set[QWidget | None] = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        found.add(QApplication.focusWidget())
    return found


def opened(page: Page, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)


def test_all_of_the_patient_page_and_of_its_day(
    jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page = PatientPage(jobs, theme)
    opened(page, qtbot)
    page.show_patient(PATIENT.patient_id)
    settled()
    page.setFocus()
    assert QApplication.focusWidget() is page.trend.plot, "the keys of the trend work at once"
    assert {page.more, page.add_weight, page.record, page.trend.as_table} <= reached(page)
    page.trend.toggle_day()
    settled()
    assert {page.more, page.record, page.trend.as_table} <= reached(page)


def test_all_of_the_session_page(
    jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page = SessionPage(jobs, theme)
    opened(page, qtbot)
    page.show_session("s11")
    settled()
    settled()
    page.setFocus()
    assert QApplication.focusWidget() is page.faces
    assert page.back in reached(page)
