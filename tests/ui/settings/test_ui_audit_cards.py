"""The record of acts in the settings: pages of it, filters, verification, and its head."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.keeping.record_of_acts import ActFilter, RecordState, WhatChanged
from edema_desk.domain.terms.acts import ActKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.store.base.chain import NO_HEAD, AuditCheck, AuditFault
from edema_desk.ui.main_window import MainWindow
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.audit_words import act_text, changed_text, fault_text, kind_text, who_text
from edema_desk.ui.settings.audit_list_card import TODAY, AuditListCard
from edema_desk.ui.settings.audit_model import AuditColumn
from edema_desk.ui.settings.audit_state_card import AuditStateCard
from tests.ui.fakes.audit import ACTS, AT, FakeAudit, entry
from tests.ui.fakes.desk import FakeDesk


@pytest.fixture
def audit(desk: FakeDesk) -> FakeAudit:
    return desk.audit


@pytest.fixture
def listed(qtbot: QtBot, jobs: DeskJobs, theme: Theme, audit: FakeAudit) -> AuditListCard:
    card = AuditListCard(jobs, theme)
    qtbot.addWidget(card)
    card.resize(860, 800)
    card.show()
    card.refresh()
    qtbot.waitUntil(lambda: card.rows.rowCount() >= 200)
    return card


@pytest.fixture
def state(qtbot: QtBot, jobs: DeskJobs, theme: Theme, audit: FakeAudit) -> Iterator[AuditStateCard]:
    card = AuditStateCard(jobs, theme)
    qtbot.addWidget(card)
    card.show()
    card.refresh()
    qtbot.waitUntil(lambda: bool(card.verified.text()))
    yield card
    if card.job.busy:
        audit.verifying.set_result(AuditCheck(NO_HEAD))
        qtbot.waitUntil(lambda: not card.job.busy)


def test_the_newest_acts_are_there_and_older_ones_come_as_they_are_scrolled_to(
    qtbot: QtBot, listed: AuditListCard, audit: FakeAudit
) -> None:
    assert listed.rows.entry_at(0).row == ACTS
    before = listed.rows.rowCount()
    listed.table.scrollToBottom()
    qtbot.waitUntil(lambda: listed.rows.rowCount() > before)
    rows = [listed.rows.entry_at(at).row for at in range(listed.rows.rowCount())]
    assert rows == list(range(ACTS, ACTS - len(rows), -1))
    assert len(rows) < ACTS


def test_the_end_is_the_end(qtbot: QtBot, listed: AuditListCard, audit: FakeAudit) -> None:
    while listed.rows.canFetchMore(listed.table.rootIndex()):
        before = listed.rows.rowCount()
        listed.rows.fetchMore(listed.table.rootIndex())
        qtbot.waitUntil(
            lambda before=before: (
                listed.rows.rowCount() > before  # type: ignore[misc]
                or not listed.rows.canFetchMore(listed.table.rootIndex())
            )
        )
    assert listed.rows.rowCount() == ACTS
    asked = len(audit.asked)
    listed.table.scrollToBottom()
    qtbot.wait(50)
    assert len(audit.asked) == asked


def test_filters_ask_anew_from_the_newest_on(
    qtbot: QtBot, listed: AuditListCard, audit: FakeAudit
) -> None:
    listed.kinds.setCurrentIndex(listed.kinds.findData(ActKind.VIEW_PATIENT.value))
    listed.kinds.activated.emit(listed.kinds.currentIndex())
    listed.people.setCurrentIndex(listed.people.findData("u1"))
    listed.people.activated.emit(listed.people.currentIndex())
    QTest.keyClicks(listed.number, " 1001 ")
    qtbot.waitUntil(lambda: audit.asked[-1][0].chart_number == "1001")
    wanted, before = audit.asked[-1]
    assert wanted == ActFilter("u1", None, "1001", ActKind.VIEW_PATIENT)
    assert before is None
    listed.periods.choose(TODAY)
    assert listed.chosen_acts.first_day == listed.chosen_acts.last_day
    qtbot.waitUntil(lambda: listed.rows.rowCount() > 0)
    assert listed.rows.entry_at(0).kind is ActKind.VIEW_PATIENT


def test_a_chosen_act_shows_old_and_new_value_who_when_and_why(
    qtbot: QtBot, listed: AuditListCard
) -> None:
    listed.table.selectRow(1)
    qtbot.waitUntil(lambda: bool(listed.what.text()))
    assert listed.changed.text() == "Weight: 52.0 → 52.5 kg. Reason: slip"
    assert listed.what.text().startswith("Entered a weight: Before dialysis")
    assert str(ACTS - 1) in listed.when.text()
    assert "Sato" in listed.when.text()
    assert "1001" in listed.when.text()


def test_names_and_words_stand_in_the_table(listed: AuditListCard) -> None:
    model = listed.rows
    assert model.index(0, AuditColumn.WHO).data() == "Mori"
    assert model.index(1, AuditColumn.WHAT).data().startswith("Entered a weight")
    heading = model.headerData(AuditColumn.WHAT, Qt.Orientation.Horizontal)
    assert heading == "What"


def test_what_the_filters_let_through_is_exported(
    qtbot: QtBot, listed: AuditListCard, audit: FakeAudit, tmp_path: Path
) -> None:
    with qtbot.waitSignal(listed.done_well) as said:
        listed.write_to(str(tmp_path / "acts.csv"))
    assert audit.exports == [(tmp_path / "acts.csv", listed.chosen_acts)]
    assert said.args == ["7 acts exported"]


def test_the_state_tells_when_the_whole_was_verified(state: AuditStateCard) -> None:
    assert "10000 acts" in state.verified.text()
    assert "whole" in state.verified.text()
    assert "9990" in state.signed.text()
    assert state.fault.isHidden()


def test_a_fault_is_told_at_once(qtbot: QtBot, state: AuditStateCard, audit: FakeAudit) -> None:
    audit.kept = RecordState(ACTS, 9_990, AT, None, "head_differs", 9_990)
    state.refresh()
    qtbot.waitUntil(lambda: not state.fault.isHidden())
    assert "9990" in state.fault.text.text()


def test_a_verification_shows_progress_and_can_be_cancelled(
    qtbot: QtBot, state: AuditStateCard, audit: FakeAudit
) -> None:
    state.verify.click()
    assert not state.verify.isEnabled()
    assert audit.listener is not None
    audit.listener(Progress("verify", 30.0, 100.0, 12.0))
    qtbot.waitUntil(lambda: state.bar.value() == 300)
    state.stop.click()
    assert audit.cancel is not None
    assert audit.cancel.asked
    audit.verifying.set_exception(ExpectedError(ErrorCode.CANCELLED))
    qtbot.waitUntil(state.verify.isEnabled)
    assert state.bar.isHidden()
    assert state.failure.isHidden()


def test_the_end_of_a_verification_asks_how_it_stands(
    qtbot: QtBot, state: AuditStateCard, audit: FakeAudit
) -> None:
    state.verify.click()
    audit.kept = RecordState(ACTS, 9_990, AT, None, "value_altered", 17)
    with qtbot.waitSignal(state.job.finished) as told:
        audit.verifying.set_result(AuditCheck(NO_HEAD, AuditFault.VALUE_ALTERED, 17))
    assert told.args[0].at_row == 17
    qtbot.waitUntil(lambda: "17" in state.fault.text.text())


def test_the_head_is_copied_and_printed(
    qtbot: QtBot, state: AuditStateCard, tmp_path: Path
) -> None:
    state.copy.click()
    qtbot.waitUntil(lambda: not state.code.isHidden())
    assert QGuiApplication.clipboard().text() == "code 00000-11111"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "head.pdf"))
    state.print_to(printer)
    page = QPdfDocument()
    page.load(str(tmp_path / "head.pdf"))
    said = " ".join(page.getAllText(0).text().split())
    assert said.startswith("code ")  # digits of this font have no text in a PDF
    assert "Keep a printed code away from this PC" in said


def test_every_act_and_fault_has_its_words() -> None:
    for kind in ActKind:
        assert kind_text(kind)
        assert act_text(entry(1)) != kind.value
    for fault in AuditFault:
        assert "{" not in fault_text(fault.value, 3)
    assert who_text("local", {}) == "on this PC"
    assert who_text("gone", {}) == "gone"
    phase = changed_text(WhatChanged("phase", "pre", "post", "wrong button"))
    assert phase == "Phase: Before dialysis → After dialysis. Reason: wrong button"


def test_the_window_says_on_every_page_that_the_record_is_not_whole(
    qtbot: QtBot, jobs: DeskJobs, theme: Theme, desk: FakeDesk
) -> None:
    window = MainWindow(jobs, theme, Settings(), lambda: date(2026, 3, 2))
    qtbot.addWidget(window)

    def said() -> bool:
        return any("not whole" in part.text() for part in window.findChildren(QLabel))

    qtbot.waitUntil(lambda: jobs.waiting == 0, timeout=20_000)
    assert not said()
    desk.audit.kept = RecordState(ACTS, 9_990, AT, None, "row_altered", 17)
    jobs.changed.emit(Change(ChangeKind.RECORD_OF_ACTS))
    qtbot.waitUntil(said)
