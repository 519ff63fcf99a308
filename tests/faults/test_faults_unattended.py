"""A desk that nobody sits at (A3): covered, recording on, and never in the middle of a save."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from edema_desk.app import App
from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import NOBODY, PROGRAM, Role
from edema_desk.domain.terms.records import CaptureState, Phase, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.capturing import desk as capturing_desk
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.people.access import sign_in
from edema_desk.media.cameras.backend import CameraBackend
from edema_desk.paths import Profile
from edema_desk.settings import ClinicSettings, Settings
from edema_desk.store.base.database import Store
from edema_desk.ui.sheets.add_patient_dialog import AddPatientDialog
from edema_desk.ui.sheets.weight_dialog import WeightDialog
from tests.faults.rounds import rounds
from tests.flow.capturing.made_up_live import USB, MadeUpCamera, MadeUpLiveWorker
from tests.flow.made_up_worker import MadeUpWorker
from tests.flow.people.signed_in import PASSWORD, with_administrator, with_user
from tests.ui.fixtures import nothing_left, theme

__all__ = ["nothing_left", "theme"]

WAIT_S = 30.0
LIMIT_MIN = 1


@pytest.fixture
def desk(profile: Profile, model: ModelInUse, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Of a clinic with two nurses, of whom one is signed in, and cameras of the tests' own."""
    monkeypatch.setattr(capturing_desk, "local_cameras", lambda: (USB,))
    with_administrator(profile)
    for login in ("aoki", "baba"):
        with_user(profile, login, [Role.NURSE])

    def camera(address: CameraAddress) -> CameraBackend:
        return MadeUpCamera()

    def clinic(into: object) -> Clinic:
        worker = MadeUpWorker()
        worker.sees_recordings = True
        return Clinic(sign_in(profile, "aoki", PASSWORD), model=model, worker=worker)

    opened = open_desk(
        sign_in(profile, "aoki", PASSWORD), window=True, open_clinic=clinic, open_camera=camera
    )
    opened.captures._make_worker = MadeUpLiveWorker
    return opened


@pytest.fixture
def app(qapp: QApplication, desk: Desk) -> Iterator[App]:
    settings = Settings("en", "light", voice="off", clinic=ClinicSettings(lock_after_min=LIMIT_MIN))
    made = App(qapp, desk, settings)
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


def until(told: Callable[[], bool]) -> None:
    end_s = time.monotonic() + WAIT_S
    while not told():
        assert time.monotonic() < end_s
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(0.005)


def settled(app: App) -> None:
    until(lambda: app.jobs.waiting == 0)


def nobody_touches(app: App) -> None:
    """The set time passes, to the second, without a key or a click."""
    watch = app.window.guard.idle
    monotonic_s, wall_s = watch._touched
    watch._now = lambda: (monotonic_s + 60 * LIMIT_MIN, wall_s + 60 * LIMIT_MIN)
    watch.look()


def unlock(app: App, login: str = "") -> None:
    guard = app.window.guard
    guard.cover.form.login_edit.setText(login)
    guard.cover.form.password_edit.setText(PASSWORD)
    if login:
        guard.cover.ask_other(True)
        guard.cover.form.password_edit.setText(PASSWORD)
        guard.cover.form.login_edit.setText(login)
    guard.cover.form.press()


def grabbed(app: App) -> QImage:
    app.window.guard.cover.form.password_edit.clearFocus()
    QApplication.processEvents()
    return app.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def patient(desk: Desk, number: str = "1") -> str:
    new = NewPatient(number, "Sato Haruko", care_given=date(2026, 1, 5))
    return desk.add_patient(new_id(), new).result(WAIT_S).patient_id


def acts(desk: Desk) -> list[tuple[str, str]]:
    def ask(store: Store) -> list[tuple[str, str]]:
        with store.reading() as db:
            return [(r["actor"], r["kind"]) for r in db.query("select actor, kind from audit")]

    return desk._clinic.acting_as(PROGRAM).database.call(ask)


def sound(desk: Desk) -> bool:
    def ask(store: Store) -> bool:
        with store.reading() as db:
            whole = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and not db.execute("PRAGMA foreign_key_check").fetchall()

    return desk._clinic.acting_as(PROGRAM).database.call(ask)


@pytest.mark.qt_log_ignore("JPEG datastream contains no image", "propagateSizeHints")
def test_nobody_sees_a_patient_and_the_recording_goes_on(app: App, desk: Desk) -> None:
    nurse, window = desk.person, app.window
    window.guard.lock()
    empty = grabbed(app)
    unlock(app)
    until(lambda: not window.guard.locked)
    patient_id = patient(desk)
    settled(app)
    window.go_to_capture(patient_id, None, Phase.PRE)
    page = window.capture
    until(lambda: page.job.view.stage in (Stage.SEARCHING, Stage.HOLDING, Stage.COUNTING))
    page.job.start_now()
    until(lambda: page.job.at_stake)
    window.dialogs.ask_new_patient()
    sheet = window.dialogs.open_sheet
    assert isinstance(sheet, AddPatientDialog)
    typed = sheet.findChildren(QLineEdit)[0]
    QTest.keyClicks(typed, "104-2")
    before_ms = page.job.view.recorded_ms
    nobody_touches(app)
    assert window.guard.locked
    until(lambda: desk.sitting.locked)
    window.guard.show_recording(None)  # the line of the recording, which no empty clinic has
    window.capture.job.blockSignals(True)
    seen = grabbed(app)
    window.capture.job.blockSignals(False)
    assert seen == empty
    assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} == {window}
    until(lambda: page.job.view.recorded_ms > before_ms + 500)
    page.job.finish()  # as the ring does once it is full
    until(lambda: not page.job.busy)
    unlock(app)
    until(lambda: not window.guard.locked)
    assert window.dialogs.open_sheet is sheet
    assert typed.text() == "104-2"
    settled(app)
    kept = page._capture
    assert kept is not None
    assert kept.state is CaptureState.ANALYSED
    told = acts(desk)
    for kind in (ActKind.BEGIN_RECORDING, ActKind.END_RECORDING, ActKind.RECORD_ANALYSIS):
        assert (nurse.actor_id, kind) in told
    assert (nurse.actor_id, ActKind.LOCK_DESK) in told
    assert not [kind for actor, kind in told if actor == NOBODY.actor_id]
    sheet.close()


def test_a_save_and_a_lock_at_the_same_moment(app: App, desk: Desk) -> None:
    """At any moment of the three steps of a save: it is saved wholly, by who saved it, or the
    form is there again with what was typed and saves then."""
    nurse, window = desk.person, app.window
    chance, saved = random.Random(7), 0
    for turn in range(rounds(100)):
        patient_id = patient(desk, f"{turn}")
        settled(app)
        window.dialogs.ask_weight(patient_id, None, Phase.PRE)
        sheet = window.dialogs.open_sheet
        assert isinstance(sheet, WeightDialog)
        settled(app)
        sheet.entry.weight_edit.setText("52.4")
        sheet.save()
        end_s = time.monotonic() + chance.uniform(0.0, 0.06)
        while time.monotonic() < end_s:
            QCoreApplication.processEvents()
        window.guard.lock()
        until(lambda: desk.sitting.locked)
        unlock(app)
        until(lambda: not window.guard.locked)
        settled(app)
        if window.dialogs.open_sheet is not None:
            assert window.dialogs.open_sheet is sheet
            assert sheet.entry.weight_edit.text() == "52.4"
            sheet.save()
            until(lambda: window.dialogs.open_sheet is None)
        else:
            saved += 1
        weights = desk.patient_card(patient_id).result(WAIT_S).trend.sessions
        assert [w.pre.net_g if w.pre else None for w in weights] == [52_400]
    told = acts(desk)
    assert not [kind for actor, kind in told if actor == NOBODY.actor_id]
    assert told.count((nurse.actor_id, ActKind.ENTER_WEIGHING)) == rounds(100)
    assert saved == rounds(100)
    assert sound(desk)


def test_another_nurse_gets_nothing_of_what_was_typed(app: App, desk: Desk) -> None:
    first, window = desk.person, app.window
    window.dialogs.ask_new_patient()
    sheet = window.dialogs.open_sheet
    assert sheet is not None
    QTest.keyClicks(sheet.findChildren(QLineEdit)[0], "104-2")
    nobody_touches(app)
    until(lambda: desk.sitting.locked)
    unlock(app, "baba")
    until(lambda: app.window is not window)
    assert desk.person.actor_id != first.actor_id
    assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} == {app.window}
    edits = [edit.text() for edit in app.window.findChildren(QLineEdit)]
    assert not [text for text in edits if "104" in text]
    told = acts(desk)
    assert (first.actor_id, ActKind.SIGN_OUT) in told
    assert (desk.person.actor_id, ActKind.SIGN_IN) in told
