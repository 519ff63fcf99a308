"""A day at the real window, for somebody who looks through the disk meanwhile. Arguments: profile,
a folder with clips from elsewhere, and `real` for the real worker and camera.

Says `look NAME` at moments at which to look, and goes on when it is told a line.
"""

import contextlib
import os
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QLineEdit

from edema_desk.app import App
from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import MadeUpFace
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import InboxPlan
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Role
from edema_desk.domain.terms.records import Capture, Phase, Schedule, new_id
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import model_at
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.people import access
from edema_desk.log import start_log
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.derivation import Cost
from edema_desk.ui.sheets.weight_dialog import WeightDialog
from tests.faults import planted
from tests.flow.made_up_worker import MadeUpWorker

T = TypeVar("T")
CHEAP = Cost(1, 8, 1)


class Day:
    """What is done, one thing after another."""

    def __init__(self, profile: Profile, outside: Path, *, real: bool) -> None:
        self.profile, self.outside, self.real = profile, outside, real
        self.qt = QApplication([])

    def until(self, done: Callable[[], bool], most_s: float = 180.0) -> None:
        """Let the window work."""
        end_s = time.monotonic() + most_s
        while not done():
            assert time.monotonic() < end_s
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.005)

    def answer(self, future: Future[T]) -> T:
        self.until(future.done)
        return future.result()

    def look(self, name: str) -> None:
        """Have the disk looked through now, while everything is open."""
        self.until(lambda: self.app.jobs.waiting == 0)
        print(f"look {name}", flush=True)  # noqa: T201
        sys.stdin.readline()

    def open(self) -> Desk:
        """The first administrator, a mistyped password, and the way in."""
        profile, (login, _), (right, wrong, _) = self.profile, planted.LOGINS, planted.PASSWORDS
        access.make_first_administrator(
            enter_here(profile), login, planted.USERS[0], right, cost=CHEAP
        )
        for tried in ((login, wrong), (planted.SEARCHED, wrong)):
            with contextlib.suppress(ExpectedError):
                access.sign_in(profile, *tried)
        start_log(profile.log)
        return open_desk(
            access.sign_in(profile, login, right), window=True, open_clinic=self._clinic
        )

    def _clinic(self, into: Entered) -> Clinic:
        if self.real:
            return Clinic(into)
        return Clinic(into, model=model_at(self.outside / "model"), worker=MadeUpWorker())

    def run(self) -> None:
        """All of it."""
        desk = self.open()
        self.app = App(self.qt, desk, Settings("en", "light", voice="off"))
        self.app.hooks.install()
        self.app.window.show()
        self.people(desk)
        patient_id = self.patients()
        self.forms(patient_id)
        self.look("the forms")
        self.clips(desk, patient_id)
        self.look("the clips")
        if self.real:
            self.capture(desk)
            self.look("the capture")
        self.faults()
        self.answer(desk.backups.back_up_now(Cancel()))
        self.app.window.guard.lock()
        self.look("a locked desk")
        self.app.hooks.remove()
        self.app.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def people(self, desk: Desk) -> None:
        """Somebody who may do everything, and who takes the seat."""
        login, name, password = planted.LOGINS[1], planted.USERS[1], planted.PASSWORDS[2]
        roles = (Role.CLINICIAN, Role.NURSE, Role.ADMINISTRATOR)
        self.answer(desk.users.add(new_id(), login, name, roles, password))
        self.answer(desk.signs.switch(login, password))

    def patients(self) -> str:
        """One through the form, the others behind it."""
        window = self.app.window
        window.dialogs.ask_new_patient()
        sheet = window.dialogs.open_sheet
        assert sheet is not None
        for field, text in zip(
            ("chart", "name", "kana", "born", "dry_weight"),
            (planted.CHARTS[0], planted.NAMES[0], planted.KANA[0], planted.BORN, "52.0"),
            strict=True,
        ):
            editor = getattr(sheet, field).editor
            assert isinstance(editor, QLineEdit)
            editor.setText(text)
        sheet.save()
        self.until(lambda: window.dialogs.open_sheet is None)
        for number in (1, 2):
            new = NewPatient(
                *(planted.CHARTS[number], planted.NAMES[number], planted.KANA[number]),
                schedule=Schedule(tuple(range(7)), 1, planted.BED),
                dry_weight_g=52_000,
                origin="demo",
            )
            added = self.answer(self.app.jobs.desk.add_patient(new_id(), new))
        return added.patient_id

    def forms(self, patient_id: str) -> None:
        """Weights, remarks, wheelchairs, days; and a form that is left half filled."""
        window, desk = self.app.window, self.app.jobs.desk
        day = Moment.now().day
        dry = (new_id(), patient_id, 51_900, day - timedelta(days=9), planted.REASON)
        self.answer(desk.set_dry_weight(*dry))
        away = (new_id(), patient_id, day + timedelta(days=1), DayPlan.AWAY, planted.AWAY)
        self.answer(desk.plan_day(*away))
        self.answer(desk.keep_wheelchair(new_id(), planted.WHEELCHAIR, 14_000))
        url = f"rtsp://nurse:{planted.CAMERA_PASSWORD}@192.0.2.7/live"
        self.answer(desk.network_cameras.keep(new_id(), CameraAddress(CameraKind.NETWORK, url)))
        window.search()
        window.go_to_patient(patient_id)
        self.until(lambda: self.app.jobs.waiting == 0)
        window.dialogs.ask_weight(patient_id, None, Phase.PRE)
        sheet = window.dialogs.open_sheet
        assert isinstance(sheet, WeightDialog)
        sheet.entry.weight_edit.setText("53.1")
        sheet.entry.reason_edit.setText(planted.REASON)

    def clips(self, desk: Desk, patient_id: str) -> None:
        """Two taken in, and a folder that is watched."""
        taken: list[Capture] = []
        for phase, days in ((Phase.PRE, 4), (Phase.POST, 4)):
            at = Moment(
                Moment.now().utc_ms - days * 86_400_000 + 4 * 3_600_000 * (phase is Phase.POST), 540
            )
            clip = self.outside / phase.value / planted.CLIP_NAME
            args = (new_id(), clip, patient_id, None, phase, at, unheard, Cancel())
            taken.append(self.answer(desk.add_clip(*args)))
        self.answer(desk.crops(taken[0].capture_id))
        assert taken[1].session_id is not None
        self.app.window.go_to_session(taken[1].session_id)
        desk.inbox.watch(InboxPlan(self.outside / "inbox"))
        self.until(lambda: bool(self.answer(desk.inbox.entries())))

    def capture(self, desk: Desk) -> None:
        """A made-up face before the camera of a made-up patient."""
        window = self.app.window
        window.dialogs.open_sheet.reject() if window.dialogs.open_sheet else None
        rows = [r for r in self.answer(desk.worklist(date.today())) if r.session is None]
        row = next(r for r in rows if r.patient.origin == "demo")
        page, kept = window.capture, list[Capture]()
        page.usual_camera = CameraAddress(CameraKind.SYNTHETIC, MadeUpFace(7, 1, 2.0).locator)
        page.job.finished.connect(kept.append)
        window.go_to_capture(row.patient.patient_id, None, Phase.PRE)
        self.until(lambda: page.job.view.stage is Stage.COUNTING)
        self.until(lambda: page.job.view.accepted >= 4)
        self.look("a running recording")
        page.job.finish()
        self.until(lambda: bool(kept))

    def faults(self) -> None:
        """A bug whose text and values hold what must not be told, in the window and beside it."""
        name = planted.NAMES[0]
        try:
            raise ValueError(f"{name} {planted.CHARTS[0]} {planted.PASSWORDS[0]}")
        except ValueError as error:
            self.app.window.show_bug(error)
        self.until(lambda: self.app.jobs.waiting == 0)
        for dialog in QApplication.topLevelWidgets():
            if dialog.objectName() == "" and dialog.metaObject().className() == "BugDialog":
                dialog.close()


def main(profile: str, outside: str, kind: str = "") -> None:
    """Make a day of it."""
    try:
        Day(Profile(Path(profile)), Path(outside), real=kind == "real").run()
    except Exception:  # noqa: BLE001  a process's border
        traceback.print_exc()  # the window's own hook would show it in a dialog
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
