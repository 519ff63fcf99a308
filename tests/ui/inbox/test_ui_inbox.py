"""The inbox page: what arrived, whom it shows, and that every decision reaches the desk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from edema_desk.domain.inbox.filing import AfterTakingIn, InboxPlan, InboxState
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.flow.estimates.intake import Slot
from edema_desk.flow.inbox.desk import InboxStatus
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.inbox.folder_dialog import InboxFolderDialog
from edema_desk.ui.inbox.page import ALL, WAITING, InboxPage
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.worklist.source import WorklistSource
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fakes.inbox import FakeInbox, some_entries
from tests.ui.fixtures import TODAY

FOLDER = Path("/tablet/clips")


@pytest.fixture
def inbox(desk: FakeDesk) -> FakeInbox:
    desk.inbox.held = some_entries(desk.clinic, TODAY)
    desk.inbox.say(InboxStatus(InboxPlan(FOLDER)))
    return desk.inbox


@pytest.fixture
def page(
    qapp: QApplication, jobs: DeskJobs, theme: Theme, inbox: FakeInbox, qtbot: QtBot
) -> Iterator[InboxPage]:
    source = WorklistSource(jobs, TODAY, jobs)
    made = InboxPage(jobs, theme, source)
    made.resize(1300, 760)
    made.show()
    source.refresh()
    made.refresh()
    qtbot.waitUntil(lambda: made.waiting == 3 and source.rows is not None)
    yield made
    made.close()
    made.deleteLater()


def settle(qtbot: QtBot, page: InboxPage) -> None:
    qtbot.waitUntil(lambda: not page._load.waiting and not page._act.waiting)
    QApplication.processEvents()


def buttons(page: InboxPage) -> set[str]:
    panel = page.panel
    parts = (panel.take_in, panel.aside, panel.undo, panel.retry, panel.open)
    return {part.text() for part in parts if part.isVisible()}


def test_each_state_offers_what_can_be_done(page: InboxPage) -> None:
    for item_id, offered in {
        "item0": set(),
        "item1": {"Take in", "Set aside"},
        "item3": {"Take in", "Set aside"},
        "item4": {"Undo", "Open the patient"},
        "item6": {"Try again"},
        "item7": {"Try again", "Open the patient"},
        "item8": {"Undo"},
        "item9": set(),
    }.items():
        page.table.choose(item_id)
        assert buttons(page) == offered, item_id


def test_reasons_are_said_in_words(page: InboxPage) -> None:
    rows = page.table.rows
    said = {rows.entry_at(r).item.item_id: rows.index(r, 2).data() for r in range(rows.rowCount())}
    assert said["item1"].startswith("Waits for you\nThe file's name holds no chart number.")
    assert said["item4"] == "Taken in\nEstimate +2.3 kg"
    assert said["item5"] == "Taken in\nNo estimate: poor light"
    assert "The video in this file is coded as wmv2" in said["item6"]
    assert "was stored for" in said["item7"]
    assert page.subtitle() == "3 waiting for you"


def test_a_waiting_clip_is_taken_in_for_a_patient_that_was_searched(
    page: InboxPage, inbox: FakeInbox, qtbot: QtBot
) -> None:
    page.table.choose("item1")
    form = page.panel.form
    assert not page.panel.take_in.isEnabled()
    form.who.search.setText("サトウ")
    form.who.search.returnPressed.emit()
    assert form.who.patient is not None
    assert form.who.patient.patient_id == "p0"
    assert not page.panel.take_in.isEnabled()  # not before the phase is known
    form.phases.choose(Phase.SPOT)
    form.phases.chosen.emit(Phase.SPOT)
    assert page.panel.take_in.isEnabled()
    page.panel.take_in.click()
    settle(qtbot, page)
    at = Moment.at_clinic(TODAY, 8, 12)
    assert inbox.told[-1] == ("assign", "item1", Slot("p0", None, Phase.SPOT, at))
    qtbot.waitUntil(lambda: page.waiting == 2)


def test_the_session_is_proposed_and_a_doubtful_one_asked(page: InboxPage, qtbot: QtBot) -> None:
    page.table.choose("item2")
    form = page.panel.form
    assert form.phase is Phase.PRE  # its name says so
    form.who.show_patient(page.panel.form.who._source.rows[0].patient)  # type: ignore[index]
    form.who.changed.emit()
    qtbot.waitUntil(lambda: form.session is not None and form.session.decided)
    assert page.panel.take_in.isEnabled()
    form.at_edit.setDateTime(form.at_edit.dateTime().addSecs(-3600 * 24 * 200))
    form.phases.choose(Phase.POST)
    form.phases.chosen.emit(Phase.POST)
    qtbot.waitUntil(lambda: form.session is not None and form.session.asking)
    assert not page.panel.take_in.isEnabled()


def test_several_at_once(page: InboxPage, inbox: FakeInbox, qtbot: QtBot) -> None:
    page.table.choose("item1")
    page.table._select("item2")
    assert page.panel.entries[1].item.item_id == "item2"
    assert buttons(page) == {"Take in", "Set aside"}
    assert not page.panel.form.at.isVisible()
    page.panel.form.who.search.setText("サトウ")
    page.panel.form.who.search.returnPressed.emit()
    page.panel.take_in.click()
    settle(qtbot, page)
    assert inbox.told[-1][:4] == ("assign_several", "item1", "item2", "p0")
    page.table.choose("item6")
    page.table._select("item7")
    page.panel.retry.click()
    settle(qtbot, page)
    assert inbox.told[-1] == ("retry", "item6", "item7")
    page.table.choose("item1")
    page.table._select("item4")
    assert buttons(page) == set()  # nothing suits both


@pytest.mark.parametrize(
    ("item_id", "act", "told"),
    [
        ("item4", "undo", "undo"),
        ("item6", "retry", "retry"),
        ("item1", "aside", "set_aside"),
    ],
)
def test_decisions_reach_the_desk(
    page: InboxPage, inbox: FakeInbox, qtbot: QtBot, item_id: str, act: str, told: str
) -> None:
    page.table.choose(item_id)
    pressed: QAbstractButton = getattr(page.panel, act)
    pressed.click()
    settle(qtbot, page)
    assert inbox.told[-1] == (told, item_id)
    assert page.table.chosen[0].item.item_id == item_id  # what was chosen stays so


def test_a_decision_that_fails_says_why(page: InboxPage, inbox: FakeInbox, qtbot: QtBot) -> None:
    page.table.choose("item6")
    inbox.error = ExpectedError(ErrorCode.FILE_MISSING, path="holiday.mp4")
    page.panel.retry.click()
    settle(qtbot, page)
    assert "holiday.mp4" in page.panel._failure.text.text()
    assert page.panel._failure.isVisible()


def test_news_does_not_disturb_what_is_being_entered(
    page: InboxPage, inbox: FakeInbox, qtbot: QtBot
) -> None:
    page.table.choose("item1")
    form = page.panel.form
    form.who.search.setText("サトウ")
    form.who.search.returnPressed.emit()
    form.phases.choose(Phase.POST)
    newest = replace(inbox.held[0], item=replace(inbox.held[0].item, item_id="new"))
    inbox.held.insert(0, newest)
    inbox.tell()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 11)
    assert page.table.chosen[0].item.item_id == "item1"
    assert form.who.patient is not None
    assert form.phase is Phase.POST


def test_progress_is_shown_of_the_file_it_is_of(
    page: InboxPage, inbox: FakeInbox, qtbot: QtBot
) -> None:
    page.table.choose("item0")
    inbox.say(InboxStatus(InboxPlan(FOLDER), None, "item0", Progress("analyse", 0.5, 1.0, 8.0)))
    qtbot.waitUntil(lambda: page.panel._bar.isVisible())
    assert page.panel._bar.value() == 500
    assert "about 8 s to go" in page.panel._step.text()
    page.table.choose("item9")
    assert not page.panel._bar.isVisible()


def test_a_folder_that_is_gone_is_said(page: InboxPage, inbox: FakeInbox, qtbot: QtBot) -> None:
    gone = ExpectedError(ErrorCode.INBOX_FOLDER_GONE, path=str(FOLDER))
    inbox.say(InboxStatus(InboxPlan(FOLDER), gone))
    qtbot.waitUntil(lambda: page.stopped.isVisible())
    assert str(FOLDER) in page.stopped.text.text()
    inbox.say(InboxStatus(InboxPlan(FOLDER)))
    qtbot.waitUntil(lambda: not page.stopped.isVisible())


def test_only_those_that_wait(page: InboxPage, inbox: FakeInbox, qtbot: QtBot) -> None:
    page.groups.choose(WAITING)
    page.groups.chosen.emit(WAITING)
    assert page.table.rows.rowCount() == 3
    inbox.held = [replace(e, item=replace(e.item, state=InboxState.SET_ASIDE)) for e in inbox.held]
    inbox.tell()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert page.empty.headline.text() == "Nothing waits for you"
    page.empty.act.click()
    assert page.groups.choice == ALL
    assert page.table.rows.rowCount() == 10


def test_empty_states_say_how_to_begin(page: InboxPage, inbox: FakeInbox, qtbot: QtBot) -> None:
    inbox.held = []
    inbox.tell()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert str(FOLDER) in page.empty.text.text()
    assert not page.empty.act.isVisible()
    inbox.say(InboxStatus(InboxPlan()))
    qtbot.waitUntil(lambda: page.empty.act.text() == "Choose a folder")


def test_the_count_is_told_once_it_changes(page: InboxPage, inbox: FakeInbox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.waiting_changed) as told:
        inbox.set_aside("item1", "item2")
    assert told.args == [1]


Ask = Callable[[], InboxFolderDialog]


@pytest.fixture
def ask(page: InboxPage, qtbot: QtBot) -> Ask:
    def opened() -> InboxFolderDialog:
        page.ask_folder()
        (dialog,) = page.window().findChildren(InboxFolderDialog)
        return dialog

    return opened


def test_a_folder_is_chosen(page: InboxPage, ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask()
    assert dialog.folder_edit.text() == str(FOLDER)
    dialog.folder_edit.setText(str(tmp_path / "absent"))
    dialog.save()
    assert dialog.isVisible()
    assert dialog.folder.wrong.text()
    dialog.folder_edit.setText(str(tmp_path))
    dialog.after.choose(AfterTakingIn.MOVE.value)
    with qtbot.waitSignal(page.folder_chosen) as told:
        dialog.save()
    assert told.args == [str(tmp_path), "move"]


def test_watching_none_is_possible(page: InboxPage, ask: Ask, qtbot: QtBot) -> None:
    dialog = ask()
    dialog.folder_edit.clear()
    with qtbot.waitSignal(page.folder_chosen) as told:
        dialog.save()
    assert told.args == ["", "keep"]


def test_a_time_that_was_not_touched_is_kept_to_the_second(
    page: InboxPage, inbox: FakeInbox
) -> None:
    exact = Moment.of(Moment.at_clinic(TODAY, 8, 12).local() + timedelta(seconds=33))
    first = inbox.held[1]
    target = replace(first.item.target, at=exact)
    page.panel.form.show_entry(replace(first, item=replace(first.item, target=target)))
    assert page.panel.form.moment == exact
