"""The patient page: how it asks, waits, refreshes, and leads on."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import Change, ChangeKind, PatientCard
from edema_desk.domain.terms.alike import Alike, LookAlike
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Patient, Phase
from edema_desk.domain.terms.rights import may_do
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.trend_canvas import Span
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.waiting import PATIENCE_MS
from edema_desk.ui.patient.page import PatientPage
from edema_desk.ui.session.page import SessionPage
from tests.ui.patient.trend_kit import CourseDesk
from tests.ui.trend_data import (
    PATIENT,
    SCHEDULE,
    make_card,
    make_course,
    make_pair,
    moment,
)

LIMITS = Settings(clinic=ClinicSettings(uf_rate_limit_ml_kg_h=13.0, gain_limit_percent=6.0))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with 36 sessions."""
    made = CourseDesk(make_course(36), tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot) -> PatientPage:
    """Shown, and empty."""
    made = PatientPage(jobs, theme, LIMITS)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


# asking, waiting, refreshing


def test_a_patient_is_fetched_and_shown(page: PatientPage, settled: Callable[[], None]) -> None:
    page.show_patient(PATIENT.patient_id)
    assert page.stack.currentWidget() is not page.stack.content
    settled()
    assert page.stack.currentWidget() is page.stack.content
    assert page.banner.isVisible()
    assert len(page.trend.plot.series.readings) == 73


def test_loading_is_said_only_after_a_moment(
    page: PatientPage, desk: CourseDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Future[PatientCard]] = [Future(), Future()]
    waiting = iter(answers)
    monkeypatch.setattr(desk, "patient_card", lambda patient_id: next(waiting))
    page.show_patient(PATIENT.patient_id)
    assert not page.stack.waiting.isVisible()
    qtbot.waitUntil(page.stack.waiting.isVisible, timeout=20_000)
    answers[0].set_result(make_card(3))
    qtbot.waitUntil(page.stack.content.isVisible, timeout=20_000)
    page.refresh()  # what is shown stays meanwhile
    qtbot.wait(2 * PATIENCE_MS)
    assert page.stack.content.isVisible()
    answers[1].set_result(make_card(4))
    qtbot.waitUntil(lambda: len(page.trend.plot.series.readings) == 8, timeout=20_000)


def test_a_failure_is_said_in_place_and_can_be_tried_again(
    page: PatientPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.faults.errors["patient_card"] = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.show_patient(PATIENT.patient_id)
    settled()
    assert page.stack.failure.isVisible()
    assert "being written to by another command" in page.stack.failure.text.text()
    desk.faults.errors.clear()
    page.stack.failure.act.click()
    settled()
    assert page.stack.content.isVisible()


def test_a_failed_refresh_keeps_what_is_shown_and_says_it_may_be_old(
    page: PatientPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    page.show_patient(PATIENT.patient_id)
    settled()
    desk.faults.errors["patient_card"] = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.refresh()
    settled()
    assert page.stack.content.isVisible()
    assert "may be old" in page.stale.text.text()
    desk.faults.errors.clear()
    page.stale.act.click()
    settled()
    assert not page.stale.isVisible()


def test_only_changes_of_this_patient_are_fetched(
    page: PatientPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    page.show_patient(PATIENT.patient_id)
    settled()
    for change, more in (
        (Change(ChangeKind.PATIENT, "another"), 0),
        (Change(ChangeKind.SESSION, PATIENT.patient_id, "s3"), 1),
        (Change(ChangeKind.ELSEWHERE), 1),
    ):
        before = desk.asked["patient_card"]
        page.on_change(change)
        settled()
        assert desk.asked["patient_card"] - before == more
    page.hide()
    before = desk.asked["patient_card"]
    page.on_change(Change(ChangeKind.PATIENT, PATIENT.patient_id))
    settled()
    assert desk.asked["patient_card"] == before


def test_an_entered_weight_appears_and_the_range_stays(
    page: PatientPage, desk: CourseDesk, settled: Callable[[], None], qtbot: QtBot
) -> None:
    page.show_patient(PATIENT.patient_id)
    settled()
    page.trend.plot.set_span(Span.MONTH)
    count = len(page.trend.plot.series.readings)
    day = desk.clinic.today + timedelta(days=2)
    desk.open_session("new", PATIENT.patient_id, moment(day, 9))
    desk.enter_weight("w", "new", Phase.PRE, 54_000, 0, moment(day, 9))
    qtbot.waitUntil(lambda: len(page.trend.plot.series.readings) == count + 1, timeout=20_000)
    settled()
    assert page.trend.plot.span is Span.MONTH
    assert page.latest.heading.text().endswith("Before dialysis")


def test_another_patient_begins_with_ninety_days(page: PatientPage) -> None:
    page.show_card(make_card(36))
    page.trend.plot.set_span(Span.ALL)
    other = replace(make_card(20), patient=replace(PATIENT, patient_id="p2"))
    page.show_card(other)
    assert page.trend.plot.span is Span.QUARTER


def test_the_actions_ask_for_this_patient(page: PatientPage, qtbot: QtBot) -> None:
    page.show_card(make_card(3))
    with qtbot.waitSignal(page.weight_wanted) as weight:
        page.add_weight.click()
    assert weight.args == [PATIENT.patient_id, None, None]
    with qtbot.waitSignal(page.clip_wanted) as clip:
        page.more.clip.trigger()
    assert clip.args == [PATIENT.patient_id, None, None]
    with qtbot.waitSignal(page.dry_weight_wanted) as dry:
        page.more.dry_weight.trigger()
    assert dry.args == [PATIENT.patient_id]
    for action, wanted in (
        (page.more.report, page.report_wanted),
        (page.more.sheet, page.sheet_wanted),
        (page.more.export, page.export_wanted),
    ):
        with qtbot.waitSignal(wanted) as asked:
            action.trigger()
        assert asked.args == [PATIENT.patient_id]
    with qtbot.waitSignal(page.session_wanted) as session:
        page.trend.plot.session_opened.emit("s1")
    assert session.args == ["s1"]


def test_t_turns_the_plot_into_the_table_and_back(page: PatientPage, qtbot: QtBot) -> None:
    page.show_card(make_card(3))
    page.activateWindow()
    page.setFocus()
    assert page.trend.plot.hasFocus()
    QTest.keyClick(page.trend.plot, Qt.Key.Key_T)
    assert page.trend.table.hasFocus()
    QTest.keyClick(page.trend.table, Qt.Key.Key_T)
    assert page.trend.plot.hasFocus()


def test_nothing_of_a_page_stays_behind(jobs: DeskJobs, theme: Theme) -> None:
    gc.collect()
    before = len(QApplication.allWidgets())
    for kind in (PatientPage, SessionPage, PatientPage):
        page = kind(jobs, theme)
        page.resize(1200, 700)
        page.show()
        if isinstance(page, PatientPage):
            page.show_card(make_card(36))
        else:
            page.show_pair(make_pair(make_course(3), 2))
        QApplication.processEvents()
        page.close()
        page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
    gc.collect()
    assert len(QApplication.allWidgets()) == before


def test_another_language_rewrites_the_page(page: PatientPage) -> None:
    page.show_card(make_card(36))
    for part in (page.add_weight, page.trend.as_table, page.latest.said, page.strip.gain.caption):
        part.setText("old")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.add_weight.text() == "Add weight"
    assert page.trend.as_table.text() == "Table"
    assert page.latest.said.text().startswith("The estimate is")
    assert page.strip.gain.caption.text() == "Gain since the session before"
    assert page.title() == "Patient"


def test_a_narrow_page_shows_the_menu_of_rarer_acts_as_an_icon(page: PatientPage) -> None:
    page.resize(1140, 640)
    assert (page.more.text(), page.more.icon().isNull()) == ("", False)
    assert page.more.accessibleName() == "More to do with this patient"
    page.resize(1300, 640)
    assert page.more.text() == "More"


def test_what_may_not_be_done_is_not_in_the_menu(
    page: PatientPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nurse sets no dry weight, and neither exports nor makes reports; an administrator reports
    agreement only."""
    for role, offered in (
        (Role.NURSE, (False, True, False, False, False)),
        (Role.CLINICIAN, (True, True, True, True, True)),
        (Role.ADMINISTRATOR, (False, False, True, False, True)),
    ):
        who = Actor("x", frozenset({role}))
        monkeypatch.setattr(page.jobs, "may", lambda kind, who=who: may_do(who, kind))
        page.more.offer()
        more = page.more
        actions = (more.dry_weight, more.clip, more.report, more.sheet, more.export)
        assert tuple(action.isVisible() for action in actions) == offered


def test_the_page_fits_the_smallest_window(page: PatientPage) -> None:
    page.show_card(
        replace(
            make_card(36),
            alike=(LookAlike(Patient("p9", "9", "Somebody"), frozenset({Alike.BIRTHDAY})),),
            schedule=SCHEDULE,
        )
    )
    assert page.minimumSizeHint().width() <= 1280 - 84 - 56
    assert page.minimumSizeHint().height() <= 720 - 80
