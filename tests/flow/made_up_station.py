"""A clinic with one patient and a camera of the tests' own, for live captures."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import pytest

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.clips import Frame
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.take import Recording
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import Capture, CaptureState, Phase, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.news import News
from edema_desk.flow.capturing.desk import CaptureDesk
from edema_desk.flow.capturing.live import LiveCapture
from edema_desk.media.cameras.backend import CameraBackend
from edema_desk.media.cameras.opening import open_camera
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.recordings import recording
from edema_desk.store.people.patients import add_patient
from tests.flow.capturing.made_up_live import USB, WAIT_S, MadeUpCamera, MadeUpLiveWorker, until
from tests.flow.made_up_worker import MadeUpWorker


@dataclass(slots=True)
class Station:
    """A clinic with one patient and one camera."""

    clinic: Clinic
    desk: CaptureDesk
    patient_id: str
    camera: MadeUpCamera
    worker: MadeUpLiveWorker
    clip_worker: MadeUpWorker
    views: list[CaptureView] = field(default_factory=list)
    cameras_opened: int = 0
    live: LiveCapture | None = None

    def begin(
        self, phase: Phase = Phase.PRE, session_id: str | None = None, camera: CameraAddress = USB
    ) -> LiveCapture:
        order = CaptureOrder(new_id(), self.patient_id, session_id, phase, camera)
        self.live = self.desk.begin(order, self._note)
        return self.live

    def _note(self) -> None:
        if self.live is not None:
            self.views.append(self.live.view)

    def ask(self, question: Callable[[Store], object]) -> object:
        return self.clinic.database.call(question)

    def state(self, capture_id: str) -> CaptureState:
        return self.clinic.database.call(lambda store: capture(store, capture_id)).state

    def recording(self, capture_id: str) -> Recording:
        found = self.clinic.database.call(lambda store: recording(store, capture_id))
        assert found is not None
        return found

    def frames(self, capture_id: str) -> list[Frame]:
        with open_clip(self.clinic.library.clip(capture_id), EVERY_FRAME) as clip:
            return list(clip.frames)


@pytest.fixture
def station(clinic: Clinic, worker: MadeUpWorker) -> Iterator[Station]:
    patient = clinic.database.call(
        lambda store: add_patient(
            store,
            new_id(),
            NewPatient("1001", "Sato Haruko", dry_weight_g=52_000, care_given=date(2026, 1, 5)),
        )
    )
    camera, live_worker = MadeUpCamera(), MadeUpLiveWorker()
    news = News(clinic.database)
    with ThreadPoolExecutor(1) as intake:
        made = Station(
            clinic,
            CaptureDesk(
                clinic,
                news,
                intake,
                open_any=lambda address: _opened(made, address),
                make_worker=lambda: live_worker,
            ),
            patient.patient_id,
            camera,
            live_worker,
            worker,
        )
        worker.sees_recordings = True
        yield made
        made.desk.close()
    news.close()


def _opened(station: Station, address: CameraAddress) -> CameraBackend:
    station.cameras_opened += 1
    if address.kind is CameraKind.NETWORK:
        return open_camera(address)
    if station.camera.closed or station.camera.gone.is_set():
        station.camera = MadeUpCamera()
    return station.camera


def recorded(live: LiveCapture, seconds: float = 0.8) -> None:
    """Begun without waiting for the pose, and recorded for a while."""
    until(lambda: live.view.stage is Stage.SEARCHING or live.view.stage is Stage.HOLDING)
    live.start_now()
    until(lambda: live.view.stage is Stage.COUNTING)
    time.sleep(seconds)


def kept(live: LiveCapture) -> Capture:
    made = live.result.result(timeout=WAIT_S)
    assert made is not None
    return made
