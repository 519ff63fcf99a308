"""Live captures for a window: which cameras there are, one capture at a time, and its worker."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.domain.terms.people import Actor
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.network_cameras import whole_address
from edema_desk.flow.base.news import News
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.capturing.keeping import CaptureKeeper, analyse_recording
from edema_desk.flow.capturing.leading import Told
from edema_desk.flow.capturing.live import STOP_WITHIN_S, LiveCapture
from edema_desk.flow.capturing.looking import Looker
from edema_desk.flow.capturing.made_up_camera import open_made_up_camera
from edema_desk.log import LOGGER, report_bug
from edema_desk.media.cameras.backend import CameraBackend
from edema_desk.media.cameras.listing import local_cameras
from edema_desk.media.cameras.opening import open_camera
from edema_desk.store.keys.locks import lock_capture
from edema_desk.worker.client import LiveWorker

IDLE_S = 600.0
"""So long after the last capture its worker is kept: the next patient comes within minutes."""

OpenCamera = Callable[[CameraAddress], CameraBackend]


def open_any_camera(address: CameraAddress) -> CameraBackend:
    """Whatever stands behind an address. Raises what `open_camera` raises."""
    if address.kind is CameraKind.SYNTHETIC:
        return open_made_up_camera(address)
    return open_camera(address)


class CaptureDesk:
    """The captures of one clinic. Work that can wait, on `intake`, waits while one runs.

    A capture is done by who sat at the desk when it began, to its end. `on_kept` is told of the
    patient and of who that was after each, on a thread that must not be kept.
    """

    def __init__(
        self,
        clinic: Clinic,
        news: News,
        intake: ThreadPoolExecutor,
        *,
        open_any: OpenCamera = open_any_camera,
        on_kept: Callable[[str, Actor], None] = lambda patient_id, actor: None,
        make_worker: Callable[[], LiveWorker] = LiveWorker,
    ) -> None:
        self._clinic, self._news, self._intake = clinic, news, intake
        self._open_any, self._make_worker = open_any, make_worker
        self._on_kept = on_kept
        self._listing = ThreadPoolExecutor(1, thread_name_prefix="cameras")
        self._stopping = Cancel()
        self._worker: LiveWorker | None = None
        self._idle: threading.Timer | None = None
        self._turn = threading.Lock()
        self._running: LiveCapture | None = None
        self._running_for = ""
        self.gate = Gate(clinic.worker.suspend, clinic.worker.resume)

    def cameras(self) -> Future[tuple[CameraAddress, ...]]:
        """The cameras of this computer."""
        return self._listing.submit(local_cameras)

    def get_ready(self) -> None:
        """Let the live worker start: somebody is about to capture. Returns at once."""
        self._live_worker().start()
        if self._running is None or self._running.result.done():
            self._wait_for_next()  # nobody may come after all

    def begin(self, order: CaptureOrder, on_change: Callable[[], None]) -> LiveCapture:
        """Begin at once. Raises CAPTURE_RUNNING while another one is under way, CANCELLED once
        this is closed."""
        self._stopping.check()
        if self._running is not None and not self._running.result.done():
            raise ExpectedError(ErrorCode.CAPTURE_RUNNING)
        held = lock_capture(self._clinic.profile)

        mine = self._clinic.for_who_sits_there()

        def over() -> None:
            held.release()
            self.gate.open()

        def later(capture_id: str) -> None:
            self._analyse_later(mine, capture_id)

        try:
            self._running = self._led(mine, order, Told(on_change, later, over))
        except BaseException:
            over()
            raise
        self._running_for = order.patient_id
        who = mine.database.seat.actor
        self._running.result.add_done_callback(lambda ended: self._on_end(order.patient_id, who))
        return self._running

    def _led(self, mine: Clinic, order: CaptureOrder, told: Told) -> LiveCapture:
        worker = self._live_worker()
        self.gate.shut()

        def make_looker(faces: Faces) -> Looker:
            return Looker(worker, mine.model.folder, faces)

        def opened() -> CameraBackend:
            return self._open_any(whole_address(mine, order.camera))

        return LiveCapture(CaptureKeeper(mine, self._news, order), make_looker, opened, told)

    def end_for(self, patient_id: str, *, discard: bool) -> bool:
        """End a capture of this patient, if one is under way, and say so when that is done.

        What is recorded is discarded, or kept as it is. Waits: not from the window thread.
        """
        running = self._running
        if running is None or running.result.done() or self._running_for != patient_id:
            return False
        if discard:
            running.discard()
            wait((running.result,), timeout=STOP_WITHIN_S)
        else:
            running.stop()
        return True

    def close(self) -> None:
        """Keep what is being recorded, then end everything."""
        self._stopping.set()
        if self._running is not None:
            self._running.stop()
        with self._turn:
            self._stop_waiting()
        self._listing.shutdown()
        if self._worker is not None:
            self._worker.close()

    def _live_worker(self) -> LiveWorker:
        with self._turn:
            self._stop_waiting()
            if self._worker is None:
                self._worker = self._make_worker()
            return self._worker

    def _on_end(self, patient_id: str, who: Actor) -> None:
        if not self._stopping.asked:
            self._on_kept(patient_id, who)
            self._wait_for_next()

    def _wait_for_next(self) -> None:
        with self._turn:
            self._stop_waiting()
            idle = self._idle = threading.Timer(IDLE_S, lambda: self._let_worker_go(idle))
            idle.daemon = True
            idle.start()

    def _stop_waiting(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _let_worker_go(self, idle: threading.Timer) -> None:
        with self._turn:
            if self._idle is not idle:  # somebody came in the last moment
                return
            self._idle = None
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def _analyse_later(self, mine: Clinic, capture_id: str) -> None:
        def work() -> None:
            try:
                self.gate.wait(self._stopping)
                analyse_recording(mine, capture_id, self._stopping)
            except ExpectedError as error:  # the next start takes it up again
                if not self._stopping.asked:
                    LOGGER.warning("a part was not analysed: %s", error.code)
            except Exception as error:  # noqa: BLE001  a thread's border: nobody reads its future
                report_bug(error)

        if not self._stopping.asked:
            self._intake.submit(work)
