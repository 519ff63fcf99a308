"""The sheet for exports: what is offered, what is said before it goes, and how it ends."""

from concurrent.futures import Future
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.models.export_plan import ExportCount, ExportKind, ExportWish, LeftOut
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.places import Shared, SharedBy
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Chips
from edema_desk.ui.sheets.dialogs import Dialogs
from edema_desk.ui.sheets.export_choice import ALL, NAMES, OWN, YEAR
from edema_desk.ui.sheets.export_dialog import ExportDialog
from tests.ui.fakes.desk import FakeDesk

TABLES, FHIR, STUDY = ExportKind.TABLES, ExportKind.FHIR, ExportKind.STUDY


@pytest.fixture
def window(qtbot: QtBot) -> Card:
    made = Card()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


@pytest.fixture
def patient_id(desk: FakeDesk) -> str:
    return next(iter(desk.clinic.patients))


def opened(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: QWidget, patient_id: str = ""
) -> ExportDialog:
    dialog = ExportDialog(jobs, theme, patient_id, window)
    dialog.open()
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    return dialog


def chosen(qtbot: QtBot, jobs: DeskJobs, chips: Chips, key: str) -> None:
    chips._buttons[key].click()
    qtbot.waitUntil(lambda: jobs.waiting == 0)


def sheet_of(dialogs: Dialogs) -> Sheet | None:
    return dialogs.open_sheet


def role(desk: FakeDesk, *roles: Role) -> None:
    desk.sitting.take(Actor("x", frozenset(roles)))


def test_what_goes_and_what_stays_is_said_before_anything_does(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card
) -> None:
    desk.exports.count = ExportCount(
        24, 3100, 12, 3, 2, 620, 1_234_000_000, {LeftOut.NO_CLIP: 5, LeftOut.DAMAGED: 1}
    )
    dialog = opened(qtbot, jobs, theme, window)
    assert desk.exports.looked == [ExportWish(TABLES)]
    assert dialog.counted.text() == (
        "Goes out: patients 24 · sessions 3,100 · spot captures 12 · clips 620 (1.2 GB)"
    )
    assert dialog.staying.text().splitlines() == [
        "Stays, since research was not agreed to: patients 3",
        "Nothing in this period: patients 2",
        "Stays, since the clip was dropped or destroyed: captures 5",
        "Stays, since the clip is not whole: captures 1",
    ]
    assert dialog.save_button.isEnabled()
    assert not desk.exports.begun
    dialog.reject()


def test_each_choice_is_counted_anew(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card, patient_id: str
) -> None:
    dialog = opened(qtbot, jobs, theme, window, patient_id)
    choice = dialog.choice
    today = date.today()
    for chips, key in (
        (choice.kinds, FHIR),
        (choice.names, NAMES),
        (choice.periods, YEAR),
        (choice.whom, ALL),
        (choice.kinds, STUDY),
    ):
        chosen(qtbot, jobs, chips, key)
    year = Period(today - timedelta(days=365))
    assert desk.exports.looked[1:] == [
        ExportWish(FHIR, (patient_id,)),
        ExportWish(FHIR, (patient_id,), named=True),
        ExportWish(FHIR, (patient_id,), period=year, named=True),
        ExportWish(FHIR, period=year),
        ExportWish(STUDY, period=year),
    ]
    chosen(qtbot, jobs, choice.periods, OWN)
    choice.first_edit.setDate(QDate(2026, 1, 2))
    choice.last_edit.setDate(QDate(2026, 3, 4))
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    assert desk.exports.looked[-1].period == Period(date(2026, 1, 2), date(2026, 3, 4))
    choice.last_edit.setDate(QDate(2025, 3, 4))
    assert choice.wrong == "The days are out of order."
    assert not dialog.save_button.isEnabled()
    assert dialog.counted.text() == ""
    dialog.reject()


def test_counting_that_takes_long_says_how_long(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    desk.exports.counting = Future()
    dialog.choice.kinds._buttons[STUDY].click()
    assert desk.exports.count_listener is not None
    desk.exports.count_listener(Progress("gather", 10, 200, 19.0))
    qtbot.waitUntil(lambda: "about 19 s to go" in dialog.counted.text())
    assert not dialog.save_button.isEnabled()
    before, desk.exports.counting = desk.exports.counting, None
    dialog.choice.kinds._buttons[FHIR].click()
    before.set_result(ExportCount(1, 1, 1, 1))
    qtbot.waitUntil(lambda: dialog.counted.text().startswith("Goes out: patients 24"))
    dialog.reject()


def test_only_what_one_may_do_is_offered(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card, patient_id: str
) -> None:
    role(desk, Role.CLINICIAN)
    dialog = opened(qtbot, jobs, theme, window, patient_id)
    assert dialog.choice.kinds.keys == (TABLES, FHIR)
    assert dialog.choice.names.isVisible()
    assert dialog.choice.warning.isHidden()
    chosen(qtbot, jobs, dialog.choice.names, NAMES)
    assert "stays on record" in dialog.choice.warning.text.text()
    desk.exports.count = ExportCount(0, 0, 0, 1)
    chosen(qtbot, jobs, dialog.choice.kinds, FHIR)
    assert dialog.counted.text() == "Nothing would go out."
    assert "care was not agreed" in dialog.staying.text()
    assert not dialog.save_button.isEnabled()
    chosen(qtbot, jobs, dialog.choice.whom, ALL)
    assert not dialog.choice.names.isVisible()
    dialog.reject()
    role(desk, Role.ADMINISTRATOR)
    dialog = opened(qtbot, jobs, theme, window, patient_id)
    assert dialog.choice.kinds.keys == (TABLES, FHIR, STUDY)
    assert not dialog.choice.names.isVisible()
    dialog.reject()


def test_where_people_come_from_is_asked_where_it_is_not_one_place(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    assert dialog.choice.origins.isHidden()
    dialog.reject()
    desk.exports.known_origins = ("clinic", "demo", "a-trial")
    dialog = opened(qtbot, jobs, theme, window)
    origins = dialog.choice.origins
    assert [origins.itemText(i) for i in range(3)] == [
        *("The clinic's own", "Study: a-trial", "Made-up person (demo)")
    ]
    assert desk.exports.looked[-1].origin == "clinic"
    origins.setCurrentIndex(1)
    origins.activated.emit(1)
    qtbot.waitUntil(lambda: desk.exports.looked[-1].origin == "a-trial")
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    dialog.reject()


def test_an_export_shows_how_far_it_is_and_where_it_lies(
    qtbot: QtBot,
    jobs: DeskJobs,
    desk: FakeDesk,
    theme: Theme,
    window: Card,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    first = tmp_path / f"edema-desk-csv-{date.today()}"
    first.mkdir()
    dialog.put_into(str(tmp_path))
    dialog.save_button.click()
    ((_, wish, out),) = desk.exports.begun
    assert (wish, out) == (ExportWish(TABLES), tmp_path / f"{first.name}-2")
    assert desk.exports.listener is not None
    assert dialog.choice.isHidden()
    desk.exports.listener(Progress("export", 12, 24, 40.0))
    qtbot.waitUntil(lambda: dialog.bar.value() == 500)
    assert dialog.progress_words.text() == "Exporting · about 40 s to go"
    with qtbot.waitSignal(dialog.done_well):
        desk.exports.running.set_result(ExportCount(24, 310, 12, 3))
    assert dialog.counted.text().startswith("Went out: patients 24")
    assert str(out) in dialog.where.text()
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    dialog.open_button.click()
    assert shown == [QUrl.fromLocalFile(str(out))]
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()


def test_a_folder_that_others_see_is_said(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card, tmp_path: Path
) -> None:
    cloud, server = tmp_path / "cloud", tmp_path / "server"
    desk.exports.sharing = {
        cloud: Shared(SharedBy.CLOUD, "OneDrive"),
        server: Shared(SharedBy.NETWORK),
    }
    dialog = opened(qtbot, jobs, theme, window)
    assert dialog.shared.isHidden()
    for folder, told in ((cloud, "OneDrive copies"), (server, "another computer"), (tmp_path, "")):
        dialog.put_into(str(folder))
        qtbot.waitUntil(lambda: jobs.waiting == 0)
        assert told in dialog.shared.text.text()
        assert dialog.shared.isHidden() == (told == "")
    dialog.reject()


def test_while_it_works_the_sheet_is_no_higher_than_what_it_shows(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card, tmp_path: Path
) -> None:
    desk.exports.sharing = {tmp_path: Shared(SharedBy.CLOUD, "OneDrive")}
    dialog = opened(qtbot, jobs, theme, window)
    dialog.put_into(str(tmp_path))
    qtbot.waitUntil(lambda: not dialog.shared.isHidden())
    dialog.save_button.click()
    assert dialog.shared.isHidden()
    height_px = dialog.height()
    dialog.fit()
    assert dialog.height() == pytest.approx(height_px, abs=2)  # words are measured anew
    with qtbot.waitSignal(dialog.job.failed):
        desk.exports.running.set_exception(ExpectedError(ErrorCode.CANCELLED))
    assert not dialog.shared.isHidden()
    assert dialog.choice.isVisible()
    dialog.reject()


def test_what_runs_is_stopped_and_may_be_begun_again_as_the_same_act(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card, tmp_path: Path
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    dialog.put_into(str(tmp_path))
    dialog.save_button.click()
    dialog.cancel_button.click()
    assert desk.exports.cancel is not None
    assert desk.exports.cancel.asked
    assert dialog.cancel_button.text() == "Stopping…"
    desk.exports.running.set_exception(ExpectedError(ErrorCode.CANCELLED))
    qtbot.waitUntil(lambda: not dialog.job.busy)
    assert dialog.isVisible()
    assert dialog.choice.isVisible()
    dialog.save_button.click()
    desk.exports.running.set_exception(ExpectedError(ErrorCode.OUTPUT_NO_ROOM, path="/x"))
    qtbot.waitUntil(lambda: "too little room" in dialog.failure.text.text())
    assert desk.exports.begun[0][0] == desk.exports.begun[1][0]
    dialog.reject()


def test_a_page_s_wish_opens_it_for_whoever_may_and_tells_the_others(
    qtbot: QtBot, jobs: DeskJobs, desk: FakeDesk, theme: Theme, window: Card, patient_id: str
) -> None:
    dialogs, page = Dialogs(jobs, theme, window), Page(jobs, theme, window)
    dialogs.serve(page)
    role(desk, Role.NURSE)
    with qtbot.waitSignal(dialogs.done_well):
        page.export_wanted.emit(patient_id)
    assert sheet_of(dialogs) is None
    role(desk, Role.CLINICIAN)
    page.export_wanted.emit("")
    sheet = sheet_of(dialogs)
    assert isinstance(sheet, ExportDialog)
    qtbot.waitUntil(lambda: jobs.waiting == 0)
    assert sheet.choice.whom.isHidden()
    sheet.reject()


def test_a_keyboard_alone_reaches_everything(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, patient_id: str
) -> None:
    dialog = opened(qtbot, jobs, theme, window, patient_id)
    groups = (dialog.choice.kinds, dialog.choice.whom, dialog.choice.names, dialog.choice.periods)
    reached: set[QWidget | None] = set()
    for _ in range(20):
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert {dialog.save_button, dialog.cancel_button, dialog.browse} <= reached
    for chips in groups:  # of a group the tab stops at the chosen one, and arrows go on
        before = chips.choice
        assert before is not None
        assert chips._buttons[before] in reached
        chips._buttons[before].setFocus()
        QTest.keyClick(chips._buttons[before], Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: jobs.waiting == 0)
        assert dialog.focusWidget() is chips._buttons[chips.keys[1]]
        QTest.keyClick(chips._buttons[chips.keys[1]], Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: jobs.waiting == 0)
        assert chips.choice == chips.keys[1]
        chips.choose(before)
    dialog.reject()
