"""The demo's window opens on its people at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from edema_desk.cli import main
from edema_desk.commands import demo as demo_module
from edema_desk.paths import Profile
from edema_desk.settings import Settings, load_settings


def test_nobody_is_asked_who_works_with_made_up_people(monkeypatch: pytest.MonkeyPatch) -> None:
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
    with CliRunner().isolated_filesystem():
        done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 0, done.output
    (settings,) = opened
    assert settings.asked_for_users
    assert not Path("edema-desk-demo").exists()
