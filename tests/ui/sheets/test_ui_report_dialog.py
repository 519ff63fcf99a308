"""The sheet for reports: what is offered, how the page looks, and that it is on record."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.exporting import Period, study_code
from edema_desk.domain.reporting import ReportKind, ReportWay, ReportWish, choice_of
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.errors import ErrorCode
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.agreement.page import AgreementPage
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import Card, Chips
from edema_desk.ui.sheets.dialogs import Dialogs
from edema_desk.ui.sheets.report_choice import ALL, CODES, EVERYTHING, JAPANESE, OWN, PAGE, YEAR
from edema_desk.ui.sheets.report_dialog import ReportDialog
from tests.ui.fakes.desk import FakeDesk

PATIENT, SHEET, AGREEMENT = ReportKind.PATIENT, ReportKind.SHEET, ReportKind.AGREEMENT
ADMINISTRATOR = Actor("admin-1", frozenset({Role.ADMINISTRATOR}), "Abe")
NURSE = Actor("nurse-1", frozenset({Role.NURSE}), "Mori")


@pytest.fixture
def window(qtbot: QtBot) -> Card:
    made = Card()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def opened(
    qtbot: QtBot,
    jobs: DeskJobs,
    theme: Theme,
    window: QWidget,
    patient_id: str = "p0",
    kind: ReportKind = PATIENT,
    on_page: ReportWish | None = None,
) -> ReportDialog:
    dialog = ReportDialog(jobs, theme, patient_id, kind, window, on_page)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.pages) and jobs.waiting == 0)
    return dialog


def choose(chips: Chips, key: str) -> None:
    chips.choose(key)
    chips.chosen.emit(key)


def test_the_first_page_is_shown_before_anything_goes_out(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    (wish,) = desk.reports.wishes
    assert wish.patient_ids == ("p0",)
    assert wish.period.first == date.today() - timedelta(days=90)
    picture = dialog.preview.pixmap().toImage()
    assert len({picture.pixel(x, y) for x in range(0, 200, 2) for y in range(0, 60)}) > 5
    assert not desk.reports.made
    assert dialog.height() <= 640


def test_a_pdf_is_saved_whole_and_on_record(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk, tmp_path: Path
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    choose(dialog.choice.languages, JAPANESE)
    choose(dialog.choice.periods, EVERYTHING)
    qtbot.waitUntil(lambda: bool(dialog.pages))
    path = tmp_path / dialog.file_name()
    dialog.save_to(str(path))
    qtbot.waitUntil(lambda: dialog.saved is not None)
    assert path.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [path]
    ((_, made),) = desk.reports.made
    assert (made.way, made.language, made.pages) == (ReportWay.FILE, "ja", 1)
    assert made.patient_ids == ("p0",)
    assert study_code("p0") in path.name
    assert desk.clinic.patients["p0"].chart_number not in path.name
    assert dialog.open_button.isVisible()
    dialog.save()
    assert not dialog.isVisible()


def test_what_was_not_put_on_record_is_not_saved(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk, tmp_path: Path
) -> None:
    desk.reports.error = ErrorCode.DISK_FULL
    dialog = opened(qtbot, jobs, theme, window)
    dialog.save_to(str(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: bool(dialog.failure.text.text()))
    assert list(tmp_path.iterdir()) == []
    desk.reports.error = None
    dialog.save_to(str(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: dialog.saved is not None)
    dialog.accept()


def test_a_place_that_cannot_be_written_to_is_said_in_place(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk, tmp_path: Path
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    dialog.save_to(str(tmp_path / "gone" / "a.pdf"))
    qtbot.waitUntil(lambda: bool(dialog.failure.text.text()))
    assert dialog.save_button.isEnabled()
    assert not desk.reports.made
    dialog.reject()


def test_many_pages_can_be_stopped(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk, tmp_path: Path
) -> None:
    dialog = opened(qtbot, jobs, theme, window, "", SHEET)
    assert len(dialog.pages) == len(desk.clinic.patients)
    dialog.save_to(str(tmp_path / "a.pdf"))
    with qtbot.waitSignal(dialog.drawing.progressed):
        pass
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.choice.isEnabled()
    QTest.qWait(50)
    assert list(tmp_path.iterdir()) == []
    assert not desk.reports.made
    dialog.reject()
    assert not dialog.isVisible()


def test_what_goes_to_the_printer_is_on_record_first(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk, tmp_path: Path
) -> None:
    dialog = opened(qtbot, jobs, theme, window, kind=SHEET)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    with qtbot.waitSignal(dialog.done_well):
        dialog.print_to(printer)
    ((_, made),) = desk.reports.made
    assert (made.way, made.wish.kind) == (ReportWay.PRINTER, SHEET)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


def test_days_names_and_shifts_become_the_wish(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    choice = opened(qtbot, jobs, theme, window).choice
    choose(choice.names, CODES)
    choose(choice.periods, OWN)
    choice.first_edit.setDate(QDate(2026, 3, 1))
    choice.last_edit.setDate(QDate(2026, 3, 31))
    wish = choice.wish
    assert wish is not None
    assert wish.pseudonymous
    assert wish.period == Period(date(2026, 3, 1), date(2026, 3, 31))
    choice.last_edit.setDate(QDate(2026, 2, 1))
    assert choice.wish is None
    assert choice.last.wrong.text()


def test_sheets_are_of_a_shift_up_to_a_day(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    choice = opened(qtbot, jobs, theme, window, kind=SHEET).choice
    choice.last_edit.setDate(QDate(2026, 3, 31))
    choice.whom_box.setCurrentIndex(choice.whom_box.findData(2))
    wish = choice.wish
    assert wish is not None
    assert (wish.kind, wish.shift, wish.patient_ids) == (SHEET, 2, ())
    assert (wish.day, wish.period) == (date(2026, 3, 31), Period())


def test_agreement_is_at_first_what_the_page_shows(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    shown = ReportWish(AGREEMENT, date.today(), shift=1, camera="desk", period=Period())
    dialog = opened(qtbot, jobs, theme, window, "", AGREEMENT, shown)
    assert dialog.choice.whom_box.currentData() == PAGE
    assert desk.reports.wishes == [shown]
    dialog.choice.whom_box.setCurrentIndex(dialog.choice.whom_box.findData(ALL))
    choose(dialog.choice.periods, YEAR)
    qtbot.waitUntil(lambda: bool(dialog.pages))
    assert desk.reports.wishes[-1].camera is None
    assert desk.reports.wishes[-1].period.first == date.today() - timedelta(days=365)


def test_each_is_offered_what_is_theirs(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    dialog = opened(qtbot, jobs, theme, window)
    assert dialog.choice.kinds.keys == (PATIENT, SHEET, AGREEMENT)
    dialog.reject()
    desk.sitting.take(ADMINISTRATOR)
    dialog = opened(qtbot, jobs, theme, window)
    assert dialog.choice.kinds.keys == (AGREEMENT,)
    dialog.reject()


def test_a_nurse_is_told_that_it_is_not_theirs(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    dialogs = Dialogs(jobs, theme, window)
    page = Page(jobs, theme, window)
    dialogs.serve(page)
    desk.sitting.take(NURSE)
    with qtbot.waitSignal(dialogs.done_well):
        page.report_wanted.emit("p0")
    assert dialogs.open_sheet is None


def test_pages_open_it_and_the_keyboard_reaches_everything(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, window: Card, desk: FakeDesk
) -> None:
    dialogs = Dialogs(jobs, theme, window)
    page = Page(jobs, theme, window)
    dialogs.serve(page)
    page.sheet_wanted.emit("p0")
    sheet: Sheet | None = dialogs.open_sheet
    assert isinstance(sheet, ReportDialog)
    qtbot.waitUntil(lambda: bool(sheet.pages) and jobs.waiting == 0)
    assert sheet.choice.kind is SHEET
    reached: set[QWidget] = set()
    for _ in range(40):
        QTest.keyClick(sheet.focusWidget() or sheet, Qt.Key.Key_Tab)
        focus = sheet.focusWidget()
        if focus is not None:
            reached.add(focus)
    for part in (sheet.save_button, sheet.print_button, sheet.cancel_button, sheet.larger):
        assert part in reached
    assert sheet.choice.whom_box in reached
    sheet.reject()


def test_the_page_agreement_says_what_is_chosen_there(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk
) -> None:
    page = AgreementPage(jobs, theme)
    qtbot.addWidget(page)
    before = page.report_wish()
    assert before is not None
    assert (before.kind, before.patient_ids) == (AGREEMENT, ())
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: page.job.course is not None and jobs.waiting == 0)
    wish = page.report_wish()
    course = page.job.course
    assert wish is not None
    assert course is not None
    assert choice_of(course, wish) == page.filters.choice(course)
