"""Pages as pictures, without a screen; and a window program that loads no torch."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMessageBox

from edema_desk import app
from edema_desk.app import render_pages
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Progress
from edema_desk.paths import Profile
from edema_desk.store.keys.locks import lock_window
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY


def test_a_picture_of_each_page_is_written(
    qapp: QApplication, desk: FakeDesk, tmp_path: Path
) -> None:
    told: list[Progress] = []
    out = tmp_path / "out"
    out.mkdir()
    written = render_pages(desk, out, told.append, day=TODAY)
    assert {p.name for p in written} == {
        *("today.png", "patients.png", "patient.png", "session.png", "settings.png"),
        *("inbox.png", "agreement.png", "models.png"),
    }
    for file in written:
        image = QImage(str(file))
        assert (image.width(), image.height()) == (1440, 900)
        colors = {image.pixel(x, y) for x in range(100, 1400, 9) for y in range(100, 880, 7)}
        assert len(colors) > 20, f"{file.name} is empty"
    assert told[-1].done == told[-1].total
    assert desk.worklist(TODAY).result(5)  # the desk is still open


def test_a_folder_that_refuses_is_said(qapp: QApplication, desk: FakeDesk, tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        render_pages(desk, tmp_path / "none", day=TODAY)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_no_display_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(ExpectedError) as caught:
        app.run_window(Profile(tmp_path))
    assert caught.value.code is ErrorCode.NO_DISPLAY


def test_the_window_program_loads_no_torch() -> None:
    code = (
        "import sys, edema_desk.app\n"
        "print([m for m in ('torch', 'torchvision', 'facenet_pytorch', 'PySide6.QtMultimedia')"
        " if m in sys.modules])"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_keeps_the_window_from_opening_is_said_in_a_box(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said: list[str] = []

    def note(parent: object, title: str, text: str) -> None:
        said.append(text)

    monkeypatch.setattr(QMessageBox, "critical", note)
    profile = Profile(tmp_path)
    profile.create()
    with lock_window(profile):
        assert app.run_window(profile) == 1
    assert len(said) == 1
    assert "already open on this profile" in said[0]
