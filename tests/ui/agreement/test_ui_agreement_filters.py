"""What is chosen above Agreement, and how it reads in the numbers of a course."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.clinic_rows import no_rows
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.terms.records import Patient
from edema_desk.ui.agreement.filters import AgreementFilters, Wanted
from edema_desk.ui.parts.theme import Theme
from tests.ui.fixtures import TODAY

PEOPLE = (
    Patient("a", "0012", "山田 花子", "ヤマダ ハナコ"),
    Patient("b", "0345", "佐藤 健", "サトウ ケン"),
    Patient("c", "0777", "Aoki Jun", "アオキ ジュン"),
)
ROWS = replace(no_rows(), shift=np.array([2, 1, -1, 2], np.int64))
COURSE = ClinicCourse(ROWS, PEOPLE, ("m1", "m2"), ("cam A", "cam B"))


@pytest.fixture
def filters(theme: Theme, qtbot: QtBot) -> Iterator[AgreementFilters]:
    made = AgreementFilters(lambda: TODAY)
    made.offer(COURSE)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def type_in(filters: AgreementFilters, text: str) -> str:
    line = filters.patient.lineEdit()
    assert line is not None
    line.clear()
    QTest.keyClicks(line, "")
    line.setText(text)
    line.editingFinished.emit()
    return filters.patient.patient_id


@pytest.mark.parametrize(
    ("typed", "found"),
    [("やまだ", "a"), ("佐藤", "b"), ("777", "c"), ("AOKI", "c"), ("ｻﾄｳ", "b"), ("  ", "")],
)
def test_a_patient_is_found_however_it_is_typed(
    filters: AgreementFilters, typed: str, found: str
) -> None:
    assert type_in(filters, typed) == found


def test_nobody_by_that_name_changes_nothing(filters: AgreementFilters) -> None:
    type_in(filters, "佐藤")
    assert type_in(filters, "nobody") == "b"
    line = filters.patient.lineEdit()
    assert line is not None
    assert line.text() == "佐藤 健  0345"


def test_what_is_chosen_reads_in_numbers_of_the_course(filters: AgreementFilters) -> None:
    filters.choose_patient("b")
    filters.shift.setCurrentIndex(filters.shift.findData(2))
    filters.camera.setCurrentIndex(filters.camera.findData("cam B"))
    filters.model.setCurrentIndex(filters.model.findData("m2"))
    choice = filters.choice(COURSE)
    assert (choice.patient, choice.shift, choice.camera, choice.model) == (1, 2, 1, 1)
    turned = replace(COURSE, patients=PEOPLE[::-1], cameras=("cam B",), models=("m2", "m1"))
    choice = filters.choice(turned)
    assert (choice.patient, choice.shift, choice.camera, choice.model) == (1, 2, 0, 0)


def test_what_is_gone_counts_nothing_rather_than_everything() -> None:
    choice = Wanted(patient_id="z", camera="old", model="m0").choice(COURSE)
    assert (choice.patient, choice.camera, choice.model) == (3, 2, 2)


def test_a_choice_outlives_other_courses(filters: AgreementFilters) -> None:
    filters.choose_patient("c")
    filters.model.setCurrentIndex(filters.model.findData("m1"))
    filters.offer(replace(COURSE, patients=PEOPLE[1:], models=("m3", "m1")))
    assert filters.wanted == Wanted(patient_id="c", model="m1")


@pytest.mark.parametrize(
    ("key", "period"),
    [
        ("all", Period()),
        ("30", Period(first=date(2026, 2, 1))),
        ("90", Period(first=date(2025, 12, 3))),
        ("365", Period(first=date(2025, 3, 3))),
    ],
)
def test_periods_end_today(filters: AgreementFilters, key: str, period: Period) -> None:
    filters.period.setCurrentIndex(filters.period.findData(key))
    assert filters.wanted.period == period


def test_days_of_ones_own_in_either_order(filters: AgreementFilters) -> None:
    filters.period.setCurrentIndex(filters.period.findData("own"))
    filters.period.activated.emit(4)
    assert filters.own.isVisible()
    filters.first.setDate(QDate(2026, 2, 20))
    filters.last.setDate(QDate(2026, 2, 10))
    assert filters.wanted.period == Period(date(2026, 2, 10), date(2026, 2, 20))


def test_only_shifts_that_are_there_are_offered(filters: AgreementFilters) -> None:
    offered = [filters.shift.itemText(n) for n in range(filters.shift.count())]
    assert offered == ["All shifts", "Shift 1", "Shift 2"]


def test_each_choice_is_told_once(filters: AgreementFilters, qtbot: QtBot) -> None:
    told: list[Wanted] = []
    filters.changed.connect(lambda: told.append(filters.wanted))
    type_in(filters, "佐藤")
    type_in(filters, "佐藤")
    assert [one.patient_id for one in told] == ["b"]
    filters.reset.click()
    assert told[-1] == Wanted()


def test_people_of_two_origins_are_never_chosen_together(filters: AgreementFilters) -> None:
    assert not filters.origin.isVisibleTo(filters)  # the clinic's own alone need no word
    mixed = replace(COURSE, patients=(*PEOPLE, Patient("d", "D1", "Demo One", origin="demo")))
    filters.offer(mixed)
    assert filters.origin.isVisibleTo(filters)
    assert filters.wanted == Wanted()
    assert filters.patient.findData("d") < 0
    asked: list[None] = []
    filters.changed.connect(lambda: asked.append(None))
    filters.origin.setCurrentIndex(1)
    filters.origin.activated.emit(1)
    assert asked == [None]
    assert filters.choice(mixed).origin == "demo"
    assert [filters.patient.itemData(n) for n in range(filters.patient.count())] == ["", "d"]
    filters.offer(mixed)  # something changed: the choice stays
    assert filters.choice(mixed).origin == "demo"
    filters.choose_patient("a")
    assert (filters.wanted.origin, filters.patient.patient_id) == (None, "a")
    filters.choose_patient("d")
    assert filters.choice(mixed).patient == 3
    filters.reset.click()
    assert filters.wanted == Wanted()


def test_made_up_people_alone_are_named_as_such(filters: AgreementFilters) -> None:
    demo = tuple(replace(one, origin="demo") for one in PEOPLE)
    filters.offer(replace(COURSE, patients=demo))
    assert filters.origin.isVisibleTo(filters)
    assert filters.wanted == Wanted()
    assert filters.patient.count() == 4
