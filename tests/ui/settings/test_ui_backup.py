"""The age of the newest backup in the window, and the card of the settings."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from edema_desk.domain.keeping.backup import BackupProgress, BackupState, Generation
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.places import Shared, SharedBy
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.backup_words import age_text, progress_text, status_text
from edema_desk.ui.settings.backup_card import BackupCard
from edema_desk.ui.status_line import StatusLine
from edema_desk.ui.worklist.source import WorklistSource
from tests.ui.fakes.backups import FakeBackups

Settled = Callable[[], None]
NOW = Moment(1_800_000_000_000, 540)
MINUTE_MS = 60_000
GENERATION = Generation("x", NOW, 4096, "", "1", 9, "", 42, 900, 80, "")


def told() -> None:
    """News came to the window's thread."""
    for _ in range(3):
        QCoreApplication.processEvents()


def ago(minutes: float) -> Moment:
    return Moment(round(Moment.now().utc_ms - minutes * MINUTE_MS), 540)


@pytest.fixture
def backups(jobs: DeskJobs) -> FakeBackups:
    return cast(FakeBackups, jobs.desk.backups)


@pytest.fixture
def card(jobs: DeskJobs, theme: Theme, backups: FakeBackups, qtbot: QtBot) -> BackupCard:
    made = BackupCard(jobs, theme, Settings())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "1 minute"),
        (12, "12 minutes"),
        (119, "119 minutes"),
        (150, "2 hours"),
        (47 * 60, "47 hours"),
        (49 * 60, "2 days"),
    ],
)
def test_ages_are_said_in_their_largest_unit(minutes: int, text: str) -> None:
    assert age_text(minutes * MINUTE_MS) == text


def test_the_foot_always_says_how_old_it_is() -> None:
    old = Moment(NOW.utc_ms - 30 * 60 * MINUTE_MS, 0)
    failed = ExpectedError(ErrorCode.BACKUP_FAILED, path="x")
    assert status_text(BackupState(Path()), NOW) == "No backup yet"
    assert status_text(BackupState(Path(), old), NOW) == "Backup 30 hours old"
    assert status_text(BackupState(Path(), old, error=failed), NOW) == (
        "The backup failed, the last is 30 hours old"
    )
    assert status_text(BackupState(Path(), old, gone_since=NOW), NOW) == (
        "The backup disk is away, the last is 30 hours old"
    )
    assert status_text(BackupState(Path(), gone_since=NOW), NOW) == "The backup disk is away"


def test_what_needs_attention_has_its_colour(jobs: DeskJobs, qtbot: QtBot) -> None:
    line = StatusLine(WorklistSource(jobs, date(2026, 3, 2), jobs), Settings())
    qtbot.addWidget(line)
    line.show_backup(BackupState(Path(), ago(12)))
    assert line.backup.text() == "Backup 12 minutes old"
    assert line.backup.property("role") == "caption"
    line.show_backup(BackupState(Path(), ago(26 * 60)))
    assert line.backup.property("role") == "attention"
    line.show_backup(BackupState(Path(), ago(26 * 60), current=True))
    assert line.backup.property("role") == "caption"


def test_the_card_says_where_and_how_old(card: BackupCard, backups: FakeBackups) -> None:
    assert card.standing.text() == "There is no backup in this folder yet."
    state = BackupState(
        Path("/usb"), ago(12), (GENERATION,), current=True, shared=Shared(SharedBy.CLOUD, "Box")
    )
    backups.stand(state)
    told()
    assert card.folder.text() == str(Path("/usb"))
    assert "12 minutes ago. Nothing was entered since." in card.standing.text()
    assert "Others may see this folder (Box)." in card.advice.text.text()
    assert card.list.count() == 1
    assert "42 patients, 900 sessions" in card.list.item(0).text()


def test_a_disk_that_is_away_is_said_and_what_to_do(
    card: BackupCard, backups: FakeBackups, settled: Settled
) -> None:
    backups.stand(BackupState(Path("/usb"), ago(200), gone_since=ago(100)))
    told()
    assert "Connect its disk" in card.advice.text.text()
    assert not card.now.isEnabled()


def test_the_same_disk_and_a_pc_without_users_are_said(
    card: BackupCard, backups: FakeBackups, settled: Settled
) -> None:
    backups.stand(BackupState(Path("/p"), same_disk=True, sealed_here=True))
    told()
    assert "would be lost with it" in card.advice.text.text()
    assert "Make the first administrator" in card.advice.text.text()


def test_a_backup_at_once_with_progress_and_a_way_to_stop(
    card: BackupCard, backups: FakeBackups, settled: Settled
) -> None:
    assert not card.stop.isVisible()
    card.now.click()
    assert backups.asked == ["now"]
    assert not card.now.isEnabled()
    progress = BackupProgress("clips", 0.25, 100.0)
    backups.stand(BackupState(Path("/usb"), progress=progress))
    told()
    assert card.bar.value() == 250
    assert card.doing.text() == "Copying the clips · 25 % · about 1 minute to go"
    card.stop.click()
    assert backups.cancel is not None
    assert backups.cancel.asked
    assert backups.running is not None
    backups.stand(BackupState(Path("/usb")))
    backups.running.set_exception(ExpectedError(ErrorCode.CANCELLED))
    told()
    assert card.now.isEnabled()
    assert not card.bar.isVisible()
    assert not card.failure.isVisible()


def test_a_failure_is_said_in_place(
    card: BackupCard, backups: FakeBackups, settled: Settled
) -> None:
    card.now.click()
    failed = ExpectedError(ErrorCode.BACKUP_NO_ROOM, free="0.1", needed="2.0")
    assert backups.running is not None
    backups.running.set_exception(failed)
    settled()
    assert "too little room" in card.failure.text.text()


def test_a_folder_is_checked_before_it_is_chosen(
    jobs: DeskJobs, card: BackupCard, backups: FakeBackups, settled: Settled
) -> None:
    card.admit(True)
    backups.fails = ExpectedError(ErrorCode.BACKUP_FOLDER_TAKEN, path="/other")
    card.folder_chosen.emit("/other")
    settled()
    assert "/other holds the backups of other records" in card.failure.text.text()
    assert jobs.desk.clinic_settings.now().result().backup_folder == ""
    card.folder_chosen.emit("/usb")
    settled()
    settled()
    assert not card.failure.isVisible()
    assert jobs.desk.clinic_settings.now().result().backup_folder == "/usb"


def test_only_an_administrator_chooses_the_folder(card: BackupCard) -> None:
    card.follow(Settings(clinic=ClinicSettings(backup_folder="/usb")))
    card.admit(False)
    assert not card.choose.isEnabled()
    assert card.now.isEnabled()
    card.admit(True)
    assert card.choose.isEnabled()


def test_seconds_to_go_are_counted_only_when_there_are_some() -> None:
    assert progress_text(BackupProgress("records", 0.5, 1.0)) == "Copying the records · 50 %"
    assert "about 40 seconds to go" in progress_text(BackupProgress("check", 0.5, 40.0))
