"""A day in the window, without a screen: users are made and sign in, a clip is taken in, a face is
recorded, models are looked at. Arguments: a folder, and the address of a network camera or "none".

Says each step on its output.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from edema_desk.app import App
from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import MadeUpFace, parse_camera
from edema_desk.domain.capture.clips import Frame
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, Schedule, new_id
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.capturing.made_up_camera import made_up_frames
from edema_desk.flow.desk import open_desk
from edema_desk.flow.people.access import make_first_administrator, sign_in
from edema_desk.media.writer import ClipWriter
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from edema_desk.store.base.entered import enter_here
from edema_desk.ui.places import INBOX, PATIENTS, SETTINGS, TODAY, Place

SEED = 7
PATIENCE_S = 240.0
PASSWORD = "long enough a password"


def main(folder: Path, camera: str) -> None:
    """The whole day, or, with a network camera, one look through it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if camera == "none":
        _signed_in(Profile(folder / "with-users"))
    qt = QApplication([])
    desk = open_desk(Profile(folder / "profile"), window=True)
    app = App(qt, desk, Settings("en", "light", inbox=str(folder)))
    try:
        app.window.show()
        if camera == "none":
            _work(app, folder)
        else:
            _look_through(app, camera)
    finally:
        app.close()
    _say("closed")


def _signed_in(profile: Profile) -> None:
    profile.create()
    make_first_administrator(enter_here(profile), "ito", "Ito Ken", PASSWORD)
    into = sign_in(profile, "ito", PASSWORD)
    desk = open_desk(into, window=True)
    desk.close()
    _say("signed in")


def _work(app: App, folder: Path) -> None:
    window, desk = app.window, app.jobs.desk
    day = datetime.now(UTC) - timedelta(days=2)
    at = Moment.of(day)
    schedule = Schedule(tuple(range(7)), 1, "A1")
    new = NewPatient("DEMO-1", "Made Up", schedule=schedule, dry_weight_g=52_000, origin="demo")
    patient_id = desk.add_patient(new_id(), new).result(60).patient_id
    desk.set_dry_weight(new_id(), patient_id, 52_000, at.day, "first entry").result(60)
    session_id = desk.open_session(new_id(), patient_id, at).result(60)
    desk.enter_weight(new_id(), session_id, Phase.PRE, 54_000, 0, at).result(60)
    clip = _clip(folder / "pre.mkv")
    taken = desk.add_clip(
        new_id(), clip, patient_id, session_id, Phase.PRE, at, unheard, Cancel()
    ).result(PATIENCE_S)
    _require(taken.state is CaptureState.ANALYSED)
    _say("clip taken in")
    for key in (TODAY, PATIENTS, INBOX, SETTINGS):
        window.go(Place(key))
        _work_for(0.3)
    window.go_to_patient(patient_id)
    _work_for(0.5)
    window.go_to_session(session_id)
    _work_for(0.5)
    _say("pages shown")
    page = window.capture
    kept: list[Capture] = []
    page.job.finished.connect(kept.append)
    page.usual_camera = CameraAddress(CameraKind.SYNTHETIC, MadeUpFace(SEED, 1, 2.2).locator)
    window.go_to_capture(patient_id, None, Phase.PRE)
    _until(lambda: page.job.view.stage is Stage.COUNTING and page.job.view.accepted >= 5)
    page.job.finish()
    _until(lambda: bool(kept))
    _require(kept[0].state in (CaptureState.ANALYSED, CaptureState.REFUSED))
    _say("face recorded")
    entries = desk.models.entries().result(60)
    _require(bool(entries))
    desk.correcting.remove(new_id(), kept[0].capture_id, "end of the day").result(60)
    _work_for(1.0)
    _say("models looked at")


def _look_through(app: App, camera: str) -> None:
    seen = Cancel()

    def show(*_: object) -> None:
        seen.set()

    passport = app.jobs.desk.passports.examine(new_id(), parse_camera(camera), unheard, seen, show)
    _until(passport.done)
    _require(seen.asked)
    _say("camera opened")


def _clip(path: Path) -> Path:
    with ClipWriter(path, 640, 360, "mjpeg") as writer:
        face = MadeUpFace(SEED, 1, 2.0)
        for number, image in enumerate(made_up_frames(face, (640, 360), 12.5, 1.6)):
            writer.write(Frame(80.0 * number, image))
    return path


def _until(what: Callable[[], bool]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not what():
        _require(time.monotonic() < end_s)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def _work_for(seconds: float) -> None:
    end_s = time.monotonic() + seconds
    _until(lambda: time.monotonic() >= end_s)


def _require(fact: bool) -> None:
    if not fact:
        raise RuntimeError("the day did not go as it should")


def _say(step: str) -> None:
    print(step, flush=True)  # noqa: T201  read by the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
