"""Draws the pictures of README.md: `python docs/make_window_pictures.py`, from the top folder.

The real window, drawn without a screen, on the demo's made-up people with a made-up face as camera.
Takes some minutes; pass the profile of a demo (`edema-desk demo --profile FOLDER`) to spare most.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PIL import Image as Picture
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from edema_desk.app import App
from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import MadeUpFace
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.terms.records import Phase
from edema_desk.flow.demo import fill_demo
from edema_desk.flow.desk import open_desk
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from edema_desk.ui.places import AGREEMENT, TODAY, Place

OUT = Path(__file__).parent / "pictures"
SEED = 7
SIZE = (1440, 900)
SHOWN = (1120, 700)
COLORS = 256
ENOUGH = 32
"""Frames that count by then: the ring is a third full."""
PATIENCE_S = 240.0


def main() -> None:
    """Agreement, patient and capture page."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        profile = Profile(Path(sys.argv[1]) if len(sys.argv) > 1 else place / "profile")
        if not profile.database.exists():
            profile.create()
            fill_demo(profile, place, seed=SEED, last_day=date.today())
        qt = QApplication([])
        app = App(qt, open_desk(profile, window=True), Settings("en", "light", voice="off"))
        try:
            draw(app)
        finally:
            app.close()


def draw(app: App) -> None:
    """Take all of them, as somebody goes from page to page."""
    window = app.window
    window.resize(*SIZE)
    window.show()
    until(lambda: bool(window.source.rows))
    patient_id = (window.source.rows or ())[0].patient.patient_id
    window.go(Place(AGREEMENT))
    until(lambda: window.agreement.verdict.isVisible())
    settle()
    keep(window, "agreement")

    window.go(Place(TODAY))
    window.go_to_patient(patient_id)
    until(lambda: window.patient.card is not None)
    settle()
    keep(window, "patient")

    page = window.capture
    page.usual_camera = CameraAddress(CameraKind.SYNTHETIC, MadeUpFace(SEED, 1).locator)
    window.go_to_capture(patient_id, None, Phase.SPOT)
    setup = page.setup
    if setup is None:
        raise RuntimeError("nothing is asked before the camera opens")
    until(lambda: setup.isVisible() and setup.begin.isEnabled())
    setup.press()
    until(lambda: page.job.view.stage is Stage.COUNTING and page.job.view.accepted >= ENOUGH)
    keep(window, "capture")
    page.job.discard()
    until(lambda: not page.job.busy)


def until(what: Callable[[], bool]) -> None:
    """Let the window work until `what` holds."""
    end_s = time.monotonic() + PATIENCE_S
    while not what():
        if time.monotonic() > end_s:
            raise TimeoutError("it did not come about")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)


def settle() -> None:
    """Until nothing moves any more."""
    end_s = time.monotonic() + 2.0
    until(lambda: time.monotonic() > end_s)


def keep(window: QWidget, name: str) -> None:
    """Write what the window shows, small."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"{name}.png"
    window.grab().save(str(path))
    with Picture.open(path) as shown:
        small = shown.convert("RGB").resize(SHOWN, Picture.Resampling.LANCZOS)
    small.quantize(COLORS, dither=Picture.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
