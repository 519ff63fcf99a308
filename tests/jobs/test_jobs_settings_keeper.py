"""Settings are written in the background, in order, and a failure is told."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from edema_desk.errors import ErrorCode
from edema_desk.jobs import settings_keeper
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.settings_keeper import SettingsKeeper
from edema_desk.settings import Settings, load_settings


def test_the_last_choice_is_the_one_kept(jobs: DeskJobs, tmp_path: Path) -> None:
    owner = QObject()
    keeper = SettingsKeeper(jobs, tmp_path / "settings.json", owner)
    for language in ("en", "ja", "en", "ja"):
        keeper.keep(Settings(language=language))
    keeper.close()
    assert load_settings(tmp_path / "settings.json").language == "ja"


def test_a_disk_that_refuses_is_told(
    jobs: DeskJobs, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, settings: Settings) -> None:
        raise OSError("no room")

    monkeypatch.setattr(settings_keeper, "save_settings", refuse)
    owner = QObject()
    keeper = SettingsKeeper(jobs, tmp_path / "settings.json", owner)
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.keep(Settings())
    assert (told.args or [None])[0].code is ErrorCode.OUTPUT_NOT_WRITABLE
    keeper.close()
