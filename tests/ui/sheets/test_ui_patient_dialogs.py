"""Adding a patient and entering a dry weight."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.entries import parse_birth_date, parse_day, parse_tare_g
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.sheets.add_patient_dialog import AddPatientDialog
from edema_desk.ui.sheets.dry_weight_dialog import DryWeightDialog
from tests.ui.fakes.desk import FakeDesk


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def adding(jobs: DeskJobs, theme: Theme, window: QWidget) -> AddPatientDialog:
    dialog = AddPatientDialog(jobs, theme, window)
    dialog.open()
    return dialog


def write(field: Field, text: str) -> None:
    assert isinstance(field.editor, QLineEdit)
    field.editor.setText(text)


def test_a_patient_is_added_with_everything(
    adding: AddPatientDialog, desk: FakeDesk, qtbot: QtBot
) -> None:
    for field, text in (
        (adding.chart, "０００７"),
        (adding.name, "山田 花子"),
        (adding.kana, "ヤマダ ハナコ"),
        (adding.born, "1949年5月17日"),
        (adding.dry_weight, "51,5"),
        (adding.schedule.bed, "B2"),
    ):
        write(field, text)
    for day in ("0", "2", "4"):
        adding.schedule.days._buttons[day].click()
    adding.schedule.shift._buttons["2"].click()
    with qtbot.waitSignal(adding.done_well):
        adding.save()
    added = adding.added
    assert added is not None
    assert added.birth_date == date(1949, 5, 17)
    assert desk.clinic.dry_weights[added.patient_id][0].weight_g == 51_500
    schedule = desk.clinic.schedules[added.patient_id]
    assert (schedule.weekdays, schedule.shift, schedule.bed) == ((0, 2, 4), 2, "B2")


def test_number_and_name_are_needed_and_all_mistakes_are_shown_at_once(
    adding: AddPatientDialog, desk: FakeDesk
) -> None:
    write(adding.born, "1949-02-30")
    write(adding.dry_weight, "heavy")
    adding.save()
    wrong = (adding.chart, adding.name, adding.born, adding.dry_weight)
    assert all(f.wrong.isVisible() for f in wrong)
    assert "Chart number is empty" in adding.chart.wrong.text()
    assert not desk.acts


def test_a_number_that_is_taken_is_said_beside_it(
    adding: AddPatientDialog, desk: FakeDesk, qtbot: QtBot
) -> None:
    write(adding.chart, "101-221")
    write(adding.name, "佐藤 春子")
    adding.save()
    qtbot.waitUntil(lambda: adding.chart.wrong.isVisible())
    assert "belongs to another patient" in adding.chart.wrong.text()
    write(adding.chart, "999")
    with qtbot.waitSignal(adding.done_well):
        adding.save()


@pytest.mark.parametrize(
    "entered",
    ["1949-05-17", "1949/5/17", "1949.5.17", "1949年5月17日", "１９４９－０５－１７", "19490517"],
)
def test_days_are_read_however_they_are_written(entered: str) -> None:
    assert parse_day(entered) == date(1949, 5, 17)


@pytest.mark.parametrize(
    "entered", ["17-05-1949", "1949-13-01", "昭和24年5月17日", "1949", "2090-01-01"]
)
def test_what_is_no_birth_date_is_refused(entered: str) -> None:
    with pytest.raises(ExpectedError) as caught:
        parse_birth_date(entered, date(2026, 3, 2))
    assert caught.value.code is ErrorCode.DATE_INVALID


def test_tares() -> None:
    assert [parse_tare_g(t) for t in ("", "12.4", "12,4 kg", "１２．４", "0")] == [
        *(0, 12_400, 12_400, 12_400, 0)
    ]
    for entered in ("-1", "x", "250", "1.2345"):
        with pytest.raises(ExpectedError):
            parse_tare_g(entered)


def test_a_dry_weight_change_needs_a_reason_and_shows_the_old_one(
    jobs: DeskJobs,
    theme: Theme,
    window: QWidget,
    desk: FakeDesk,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    dialog = DryWeightDialog(jobs, theme, "p0", window)
    dialog.open()
    settled()
    old_g = desk.clinic.dry_weights["p0"][0].weight_g
    assert f"{old_g / 1000:.1f} kg since" in dialog._now_line.text()
    write(dialog.weight, "50.0")
    dialog.save()
    assert dialog.reason.wrong.isVisible()
    assert not desk.acts
    write(dialog.reason, "gained flesh")
    dialog._day_edit.setDate(QDate(2026, 3, 1))
    dialog.save()
    settled()
    assert "away from the dry weight" in dialog.doubts.text.text()
    assert not desk.acts, "a slip is asked about before anything is entered"
    assert dialog.save_button.text() == "Enter it as it is"
    write(dialog.weight, "51.0")
    assert dialog.save_button.text() == "Enter", "another weight is doubted anew"
    write(dialog.weight, "50.0")
    dialog.save()
    settled()
    with qtbot.waitSignal(dialog.done_well):
        dialog.save()
    entry = desk.clinic.dry_weights["p0"][-1]
    assert (entry.weight_g, entry.valid_from, entry.reason) == (
        *(50_000, date(2026, 3, 1), "gained flesh"),
    )


def test_the_banner_warns_of_the_same_name(
    jobs: DeskJobs,
    theme: Theme,
    window: QWidget,
    desk: FakeDesk,
    settled: Callable[[], None],
) -> None:
    dialog = DryWeightDialog(jobs, theme, "p0", window)
    dialog.open()
    settled()
    banner = dialog._banner
    assert not banner._namesake.isVisible()
    assert banner._name.text() == "佐藤 春子"
    assert banner._chart[1].text() == "101-221"
    dialog.reject()
    twin = desk.clinic.patients["p1"]
    desk.clinic.patients["p1"] = type(twin)("p1", twin.chart_number, "佐藤　春子")
    again = DryWeightDialog(jobs, theme, "p0", window)
    again.open()
    settled()
    assert again._banner._namesake.isVisible()
    again.reject()
