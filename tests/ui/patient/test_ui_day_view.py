"""The hours of one day: reached from the trend, read, put right, and left again by keys alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.keeping.removed import RemovedCapture
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.page import PatientPage
from edema_desk.ui.sheets.event_dialog import EventDialog
from tests.ui.patient.trend_kit import CourseDesk
from tests.ui.trend_data import FIRST_DAY, PATIENT, SCHEDULE, Course, add_spot, moment

DAY = FIRST_DAY + timedelta(days=7)
EARLIER = FIRST_DAY


def day_course() -> Course:
    """One day with a session and two spots, and one a week earlier with a spot alone."""
    course = Course()
    course.add_dry_weight(EARLIER, 50_000)
    add_spot(course, moment(EARLIER, 20), 0.5)
    course.add_session(DAY, "s")
    course.add_weight("s", DAY, Phase.PRE, 52_300)
    course.add_capture("s", DAY, Phase.PRE, 2.4)
    course.add_capture("s", DAY, Phase.POST, -0.1)
    add_spot(course, moment(DAY, 18, 20), 0.3)
    add_spot(course, moment(DAY, 22), 0.9)
    return course


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """That patient."""
    made = CourseDesk(day_course(), tmp_path)
    yield made
    made.close()


@pytest.fixture
def card(desk: CourseDesk) -> PatientCard:
    """With what went before the last spot but one, and a deleted spot."""
    meal, late = desk.course.captures[-2:]
    gone = replace(late, capture_id="gone", captured_at=moment(DAY, 21), sha256="a" * 64)
    removed = RemovedCapture(gone, "another's face", "mori", moment(DAY, 21, 30))
    trend = desk.course.trend()
    events = {meal.capture_id: "meal"}
    return PatientCard(
        PATIENT, SCHEDULE, 50_000, trend, (), events, (removed,), {"mori": "Mori Hana"}
    )


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot, card: PatientCard) -> PatientPage:
    """On the day, reached by D."""
    made = PatientPage(jobs, theme)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitExposed(made)
    made.show_card(card)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.setFocus()
    QTest.keyClick(made.trend.plot, Qt.Key.Key_D)
    return made


def names(page: PatientPage) -> list[tuple[str, str]]:
    """What stands beside the points."""
    return [(one.first, one.second) for one in page.trend.day.plot.labels.labels]


def test_d_shows_the_newest_day_with_every_capture_named_and_its_change(page: PatientPage) -> None:
    day = page.trend.day
    assert day.isVisible()
    assert not page.strip.isVisible()
    assert day.name.text() == "Monday, 8 December 2025"
    assert names(page) == [
        ("Before dialysis", "first of the day"),
        ("After dialysis", "−2.5 kg"),
        ("after a meal", "−2.1 kg"),
        ("In between", "−1.5 kg"),
    ]
    assert day.plot.hasFocus()
    QTest.keyClick(day.plot, Qt.Key.Key_D)
    assert page.trend.plot.hasFocus()
    assert page.strip.isVisible()


def test_page_up_and_down_go_from_day_to_day_with_captures(page: PatientPage) -> None:
    day = page.trend.day
    assert day.days == (EARLIER, DAY)
    assert not day.later.isEnabled()
    QTest.keyClick(day.plot, Qt.Key.Key_PageUp)
    assert (day.day, day.earlier.isEnabled(), day.later.isEnabled()) == (EARLIER, False, True)
    assert names(page) == [("In between", "first of the day")]
    assert day.gone.buttons == []
    QTest.keyClick(day.plot, Qt.Key.Key_PageUp)
    assert day.day == EARLIER
    QTest.keyClick(day.plot, Qt.Key.Key_PageDown)
    assert day.day == DAY


def test_the_table_has_the_same_day_with_its_changes(page: PatientPage) -> None:
    day = page.trend.day
    QTest.keyClick(day.plot, Qt.Key.Key_T)
    assert day.table.isVisible()
    assert day.table.hasFocus()
    rows = day.table.rows
    said = ["|".join(str(rows.index(r, c).data()) for c in (1, 2, 3, 5, 6)) for r in range(4)]
    assert said == [
        "In between||+0.9|−1.5|",
        "In between · after a meal||+0.3|−2.1|",
        "After dialysis||−0.1|−2.5|",
        "Before dialysis|+2.3|+2.4||+0.1",
    ]
    page.trend.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[5] == "Change since the first of the day (kg)"
    day.table.selectRow(1)
    assert day.foot.said.text() == "18:20 · In between · after a meal"


def test_keys_choose_a_capture_and_what_is_asked_is_of_that_one(
    page: PatientPage, desk: CourseDesk, qtbot: QtBot
) -> None:
    day = page.trend.day
    meal, late = desk.course.captures[-2:]
    assert day.foot.capture == late  # the newest
    QTest.keyClick(day.plot, Qt.Key.Key_Left)
    QTest.keyClick(day.plot, Qt.Key.Key_Left)
    assert day.foot.capture == meal
    for act, wanted in (
        (day.foot.event_button.click, page.event_wanted),
        (day.foot.menu.move_act.trigger, page.move_wanted),
        (day.foot.menu.removal_act.trigger, page.removal_wanted),
    ):
        with qtbot.waitSignal(wanted) as asked:
            act()
        assert asked.args == [PATIENT.patient_id, meal]
    assert not day.foot.session_button.isVisible()
    QTest.keyClick(day.plot, Qt.Key.Key_Left)
    assert not day.foot.event_button.isVisible()  # after dialysis
    with qtbot.waitSignal(page.session_wanted) as session:
        day.foot.session_button.click()
    assert session.args == ["s"]


def test_a_deleted_spot_is_told_and_can_be_asked_back(page: PatientPage, qtbot: QtBot) -> None:
    gone = page.trend.day.gone
    assert [line.text() for line in gone.said] == ["Deleted: 21:00 · Mori Hana · another's face"]
    with qtbot.waitSignal(page.return_wanted) as asked:
        gone.buttons[0].click()
    patient_id, capture = asked.args
    assert patient_id == PATIENT.patient_id
    assert isinstance(capture, Capture)
    assert capture.capture_id == "gone"


def test_another_state_of_the_patient_keeps_day_and_choice(
    page: PatientPage, card: PatientCard, desk: CourseDesk
) -> None:
    day = page.trend.day
    meal = desk.course.captures[-2]
    for _ in range(2):
        QTest.keyClick(day.plot, Qt.Key.Key_Left)
    page.show_card(replace(card, events={meal.capture_id: "after a walk"}, removed_spots=()))
    assert day.foot.said.text() == "18:20 · In between · after a walk"
    assert ("after a walk", "−2.1 kg") in names(page)
    assert not day.gone.isVisible()
    other = replace(PATIENT, patient_id="p2")
    page.show_card(replace(card, patient=other, removed_spots=()))
    assert not day.isVisible()


def test_the_last_capture_deleted_leaves_the_day(page: PatientPage, card: PatientCard) -> None:
    empty = replace(card, trend=Course().trend(), removed_spots=(), events={})
    page.show_card(empty)
    assert not page.trend.day.isVisible()
    assert not page.trend.as_day.isVisible()
    assert page.trend.empty.isVisible()


def test_a_day_of_deleted_captures_only_is_still_reached(
    page: PatientPage, card: PatientCard
) -> None:
    page.show_card(replace(card, trend=Course().trend(), events={}))
    day = page.trend.day
    assert day.days == (DAY,)
    page.trend.show_day(DAY)
    assert day.gone.isVisible()
    assert names(page) == []
    assert not day.foot.menu.isVisible()


def test_who_may_not_correct_is_not_offered_to(
    page: PatientPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.jobs, "may", lambda kind: kind is ActKind.PRINT)
    foot = page.trend.day.foot
    foot.retranslate()
    assert not foot.event_button.isVisible()
    assert not foot.menu.isVisible()


# what was before


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Over which sheets open."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def sheet(
    jobs: DeskJobs, theme: Theme, window: QWidget, desk: CourseDesk, settled: Callable[[], None]
) -> EventDialog:
    """For the newest spot, of which nothing was said."""
    dialog = EventDialog(jobs, theme, PATIENT.patient_id, desk.course.captures[-1], window)
    dialog.open()
    settled()
    return dialog


def test_what_was_before_is_chosen_or_typed_and_kept(
    sheet: EventDialog, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    choice, capture_id = sheet.event_choice, desk.course.captures[-1].capture_id
    assert (choice.said, choice.text.isVisible()) == ("", False)
    choice.chips._buttons["toilet"].click()
    assert choice.said == "toilet"
    choice.chips._buttons["other"].click()
    choice.text.setText("  tea   and cake ")
    sheet.save()
    settled()
    assert desk.correcting.said == [(capture_id, "tea and cake")]


@pytest.mark.parametrize(
    ("said", "key"), [("", "nothing"), ("meal", "meal"), ("after a walk", "other")]
)
def test_what_was_said_until_now_is_shown(sheet: EventDialog, said: str, key: str) -> None:
    sheet.event_choice.choose(said)
    assert sheet.event_choice.chips.choice == key
    assert sheet.event_choice.said == said
