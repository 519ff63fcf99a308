"""The demo's window opens on its people at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from edema_desk.cli import main
from edema_desk.commands import demo as demo_module
from edema_desk.paths import Profile
from edema_desk.settings import Settings, load_settings


def test_nobody_is_asked_who_works_with_made_up_people(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Settings] = []

    def open_window(profile: Profile) -> int:
        opened.append(load_settings(profile.settings))
        return 0

    def nothing(*_: object, **__: object) -> tuple[()]:
        return ()

    monkeypatch.setattr(demo_module, "has_display", lambda: True)
    monkeypatch.setattr(demo_module, "fill_demo", nothing)
    monkeypatch.setattr(demo_module, "table_text", lambda _: "")
    monkeypatch.setattr(demo_module, "open_window", open_window)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 0, done.output
    (settings,) = opened
    assert settings.asked_for_users
    assert not list(tmp_path.iterdir())
