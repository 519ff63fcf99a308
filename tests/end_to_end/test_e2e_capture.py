"""A capture in the real window: a made-up person, from the worklist to the estimate."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.app import App
from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import MadeUpFace
from edema_desk.domain.capture.clips import Frame
from edema_desk.domain.capture.view import Stage
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, Schedule, new_id
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.capturing.made_up_camera import made_up_frames
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.media.writer import ClipWriter
from edema_desk.paths import Profile
from edema_desk.settings import Settings
from tests.ui.test_ui_responsiveness import LONGEST_GAP_S, Heart

SEED, DRY_KG = 7, 52.0
BEFORE, AFTER = MadeUpFace(SEED, 1, 2.2), MadeUpFace(SEED, 1, 0.2)
WORK_MS, CAPTURE_MS = 120_000, 60_000


@pytest.fixture(scope="module")
def earlier_clips(tmp_path_factory: pytest.TempPathFactory) -> dict[Phase, Path]:
    """The same person on another day, before and after."""
    folder = tmp_path_factory.mktemp("earlier")
    return {
        Phase.PRE: _clip(folder / "pre.mkv", MadeUpFace(SEED, 1, 2.0)),
        Phase.POST: _clip(folder / "post.mkv", MadeUpFace(SEED, 1, 0.0)),
    }


def _clip(path: Path, face: MadeUpFace) -> Path:
    with ClipWriter(path, 640, 360, "mjpeg") as writer:
        for number, image in enumerate(made_up_frames(face, (640, 360), 12.5, 1.6)):
            writer.write(Frame(80.0 * number, image))
    return path


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    desk = open_desk(Profile(tmp_path / "profile"), window=True)
    made = App(qapp, desk, Settings("en", "light", voice="off"))
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


def _person_with_a_past(desk: Desk, clips: dict[Phase, Path]) -> str:
    today = datetime.now(UTC)
    schedule = Schedule(tuple(range(7)), 1, "A1")
    new = NewPatient(
        "DEMO-1", "Made Up", schedule=schedule, dry_weight_g=round(DRY_KG * 1000), origin="demo"
    )
    patient_id = desk.add_patient(new_id(), new).result(20).patient_id
    day = Moment.of(today - timedelta(days=2))
    desk.set_dry_weight(new_id(), patient_id, 52_000, day.day, "first entry").result(20)
    session_id = desk.open_session(new_id(), patient_id, day).result(20)
    for phase, excess_kg in ((Phase.PRE, 2.0), (Phase.POST, 0.0)):
        at = Moment.of(today - timedelta(days=2) + timedelta(hours=4 * (phase is Phase.POST)))
        net_g = round((DRY_KG + excess_kg) * 1000)
        desk.enter_weight(new_id(), session_id, phase, net_g, 0, at).result(20)
        taken = desk.add_clip(
            new_id(), clips[phase], patient_id, session_id, phase, at, unheard, Cancel()
        ).result(WORK_MS / 1000)
        assert taken.state is CaptureState.ANALYSED
    return patient_id


def test_from_the_worklist_to_the_estimate(
    app: App, earlier_clips: dict[Phase, Path], qtbot: QtBot
) -> None:
    window, desk = app.window, app.jobs.desk
    patient_id = _person_with_a_past(desk, earlier_clips)
    qtbot.waitUntil(lambda: bool(window.source.rows), timeout=WORK_MS)
    page = window.capture
    kept: list[Capture] = []
    page.usual_camera = CameraAddress(CameraKind.SYNTHETIC, BEFORE.locator)
    page.job.finished.connect(kept.append)
    heart = Heart()
    heart.start()

    window.today.table.select_first()
    row = window.today.table.selected
    assert row is not None
    window.today.table.next_wanted.emit(row)
    qtbot.waitUntil(lambda: page.job.view.stage is Stage.COUNTING, timeout=CAPTURE_MS)
    page.side.weight.weight_edit.setText("54.2")
    page.side.weight.save()
    qtbot.waitUntil(lambda: page.job.view.accepted >= 8, timeout=CAPTURE_MS)
    page.job.finish()
    qtbot.waitUntil(lambda: bool(kept), timeout=WORK_MS)
    heart.stop()

    (capture,) = kept
    assert (capture.state, capture.whole) == (CaptureState.ANALYSED, True)
    card = desk.patient_card(patient_id).result(20)
    entry = card.trend.sessions[-1].pre
    assert entry is not None
    assert entry.net_g == 54_200
    assert entry.estimate is not None
    assert entry.estimate.excess_kg is not None
    assert abs(entry.estimate.excess_kg - 2.2) < 1.5
    assert max(heart.worked_s) < LONGEST_GAP_S
