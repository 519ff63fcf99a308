"""Notes on the session page: read by all, written by clinicians, corrected and never lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import LONGEST_NOTE, Note
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.session.page import SessionPage
from edema_desk.ui.sheets.session_note_dialog import NoteDialog
from tests.ui.patient.trend_kit import CourseDesk, session_page_on_screen
from tests.ui.trend_data import PATIENT, make_course, make_pair

COURSE = make_course(36)
AT = Moment(1_772_409_600_000, 540)
FIRST = Note("n1", PATIENT.patient_id, "s35", "lids swolen", AT, "local")
SECOND = Note("n2", PATIENT.patient_id, "s35", "lids swollen", AT, "local", "n1", "spelling")
SALT = Note("n3", PATIENT.patient_id, "s35", "salt", Moment(AT.utc_ms + 1, 540), "local")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CourseDesk]:
    """One patient with 36 sessions."""
    made = CourseDesk(COURSE, tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> SessionPage:
    """The newest session."""
    return session_page_on_screen(jobs, theme, qtbot, settled)


def opened(
    jobs: DeskJobs, theme: Theme, qtbot: QtBot, before: Note | None, parent: QWidget
) -> NoteDialog:
    made = NoteDialog(jobs, theme, make_pair(COURSE, 35), before, parent)
    made.open()
    qtbot.waitExposed(made)
    return made


def buttons(page: SessionPage) -> list[str]:
    return [b.text() for b in page.notes.buttons]


def test_the_newest_note_is_first_and_earlier_texts_are_shown_on_wish(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    assert page.notes.empty.isVisible()
    desk.notes.kept = [FIRST, SECOND, SALT]
    page.refresh()
    settled()
    assert page.notes.texts() == ["salt", "lids swollen"]
    assert not page.notes.empty.isVisible()
    assert buttons(page) == ["Correct…", "Correct…", "Earlier (1)"]
    page.notes.buttons[2].click()
    QCoreApplication.processEvents()
    assert page.focusWidget() is page.notes.buttons[2]
    assert "Hide earlier" in buttons(page)
    held = " ".join(
        w.text() for w in page.notes.findChildren(type(page.notes.title)) if w.isVisible()
    )
    assert "lids swolen" in held
    assert "corrected: spelling" in held


def test_who_may_not_write_reads(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None]
) -> None:
    desk.notes.kept = [FIRST]
    desk.sitting.take(Actor("n", frozenset({Role.NURSE})))
    page.refresh()
    settled()
    assert page.notes.texts() == ["lids swolen"]
    assert buttons(page) == []
    assert not page.notes.add.isVisible()


def test_n_and_the_buttons_ask_for_the_dialog(
    page: SessionPage, desk: CourseDesk, settled: Callable[[], None], qtbot: QtBot
) -> None:
    desk.notes.kept = [FIRST]
    page.refresh()
    settled()
    page.activateWindow()
    page.setFocus()
    with qtbot.waitSignal(page.note_wanted) as wanted:
        QTest.keyClick(page.faces, Qt.Key.Key_N)
    assert wanted.args == [page.pair, None]
    for button, before in ((page.notes.add, None), (page.notes.buttons[0], FIRST)):
        with qtbot.waitSignal(page.note_wanted) as wanted:
            button.click()
        assert wanted.args == [page.pair, before]


def test_a_note_is_written_and_shown(
    page: SessionPage,
    desk: CourseDesk,
    jobs: DeskJobs,
    theme: Theme,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    dialog = opened(jobs, theme, qtbot, None, page)
    assert dialog.focusWidget() is dialog.text_edit
    assert not dialog.reason.isVisible()
    QTest.keyClicks(dialog.text_edit, "pitting at both shins")
    with qtbot.waitSignal(dialog.done_well):
        QTest.keyClick(dialog.text_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    settled()
    assert page.notes.texts() == ["pitting at both shins"]
    assert [name for name, _ in desk.acts] == ["add_note"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_NOTE + 1)])
def test_nothing_and_too_much_are_said_in_place(
    page: SessionPage, desk: CourseDesk, jobs: DeskJobs, theme: Theme, qtbot: QtBot, text: str
) -> None:
    dialog = opened(jobs, theme, qtbot, None, page)
    dialog.text_edit.setPlainText(text)
    dialog.save_button.click()
    assert dialog.text.wrong.isVisible()
    assert desk.acts == []
    dialog.close()


def test_a_correction_needs_a_reason_and_keeps_what_was_typed_when_it_fails(
    page: SessionPage,
    desk: CourseDesk,
    jobs: DeskJobs,
    theme: Theme,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    desk.notes.kept = [FIRST]
    dialog = opened(jobs, theme, qtbot, FIRST, page)
    assert dialog.text_edit.toPlainText() == "lids swolen"
    dialog.text_edit.setPlainText("lids swollen")
    dialog.save_button.click()
    assert dialog.reason.wrong.isVisible()
    assert desk.acts == []
    dialog.reason_edit.setText("spelling")
    desk.faults.errors["correct_note"] = ExpectedError(ErrorCode.NOTE_CORRECTED)
    dialog.save_button.click()
    settled()
    assert "corrected this note meanwhile" in dialog.failure.text.text()
    assert dialog.text_edit.toPlainText() == "lids swollen"
    desk.faults.errors.clear()
    with qtbot.waitSignal(dialog.done_well):
        dialog.save_button.click()
    assert len({act_id for _, act_id in desk.acts}) == 1  # the same try
    assert [(n.text, n.supersedes, n.reason) for n in desk.notes.kept[1:]] == [
        ("lids swollen", "n1", "spelling")
    ]
