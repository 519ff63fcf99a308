"""Restoring in a window: over a damaged database at the start, and on a new PC."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from edema_desk import app as program
from edema_desk.app import Dress
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import Pace, back_up
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.jobs.restore_job import RestoreJob
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.patients import patients
from edema_desk.ui.entrance.restore_dialog import RestoreDialog
from edema_desk.ui.parts.theme import Theme
from tests.store.store_samples import some_patient

PASSWORD = "correct horse battery"
Ask = Callable[..., RestoreDialog]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "clinic")
    with open_store(made) as store:
        some_patient(store)
    return made


def save(profile: Profile, folder: Path) -> Entered:
    """A backup of the profile, as it is now."""
    folder.mkdir(exist_ok=True)
    into = enter_here(profile)
    door = DatabaseThread(into)
    try:
        back_up(into, door, BackupFolder(folder), known_folder=False, pace=Pace())
    finally:
        door.close()
    return into


@pytest.fixture
def ask(theme: Theme, qtbot: QtBot) -> Iterator[Ask]:
    jobs = []

    def made(profile: Profile, error: ErrorCode | None = None) -> RestoreDialog:
        jobs.append(RestoreJob(profile))
        dialog = RestoreDialog(jobs[-1], theme, ExpectedError(error) if error else None)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    yield made
    for job in jobs:
        job.close()


def test_a_damaged_database_comes_back_from_the_newest_backup(
    profile: Profile, ask: Ask, qtbot: QtBot
) -> None:
    save(profile, profile.backups)
    profile.database.write_bytes(b"damaged")
    dialog = ask(profile, ErrorCode.DATABASE_DAMAGED)
    qtbot.waitUntil(dialog.restore.isEnabled, timeout=20_000)
    assert "1 minute old" in dialog._lost.text()
    assert not dialog.password_edit.isVisible()
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20_000)
    assert "1 patients" in dialog._how.text()
    assert "set-aside" in dialog._how.text()
    dialog.restore.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    with open_store(profile) as store:
        assert len(patients(store)) == 1


@pytest.mark.parametrize("by_code", [False, True])
def test_a_new_pc_asks_for_a_password_or_the_recovery_code(
    profile: Profile, ask: Ask, tmp_path: Path, qtbot: QtBot, by_code: bool
) -> None:
    keyring = Keyring(profile, Cost(1, 8, 1))
    into = enter_here(profile)
    door = DatabaseThread(into)
    code = keyring.create(into.data_key)
    keyring.add_user("u1", "hana", PASSWORD, into.data_key)
    (tmp_path / "usb").mkdir()
    back_up(into, door, BackupFolder(tmp_path / "usb"), known_folder=False, pace=Pace())
    door.close()
    new = Profile(tmp_path / "new")
    dialog = ask(new)
    qtbot.waitUntil(lambda: dialog.folder.wrong.isVisible(), timeout=20_000)
    assert not dialog.restore.isEnabled()
    dialog.look(str(tmp_path / "usb"))
    qtbot.waitUntil(dialog.restore.isEnabled, timeout=20_000)
    dialog.login_edit.setText("hana")
    dialog.password_edit.setText("not the password")
    dialog.restore.click()
    qtbot.waitUntil(dialog.failure.isVisible, timeout=20_000)
    hints = dialog.password_edit.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData  # no keyboard on the screen learns it
    assert not new.database.exists()
    if by_code:
        dialog.ways.setCurrentIndex(1)
        assert not dialog.password_edit.isVisible()
        dialog.code_edit.setText(code)
    else:
        dialog.password_edit.setText(PASSWORD)
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20_000)
    with open_store(Entered(new, PROGRAM, into.data_key)) as store:
        assert len(patients(store)) == 1


def test_closed_it_changes_nothing(profile: Profile, ask: Ask, qtbot: QtBot) -> None:
    save(profile, profile.backups)
    profile.database.write_bytes(b"damaged")
    dialog = ask(profile, ErrorCode.DATABASE_DAMAGED)
    qtbot.waitUntil(dialog.restore.isEnabled, timeout=20_000)
    dialog.quit.click()
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert profile.database.read_bytes() == b"damaged"


def test_the_program_offers_it_at_the_start_and_goes_on(
    profile: Profile, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As somebody would: the window does not open, the backup is taken, the window opens."""
    save(profile, profile.backups)
    profile.database.write_bytes(b"damaged")
    error = ExpectedError(ErrorCode.DATABASE_DAMAGED)
    dress = Dress.of(qapp, Settings("en", "light"))
    clicks = QTimer()

    def click() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, RestoreDialog) and shown.restore.isEnabled():
            shown.restore.click()

    def no_box(*_: object) -> None:
        pytest.fail("it was only said")

    monkeypatch.setattr(QMessageBox, "critical", no_box)
    clicks.timeout.connect(click)
    clicks.start(50)
    assert program._restored(profile, dress, error)
    clicks.stop()
    assert error.code in program._RESTORABLE
    with open_store(profile) as store:
        assert len(patients(store)) == 1
    assert sys.exc_info() == (None, None, None)
