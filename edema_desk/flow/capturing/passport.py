"""The two-minute test of a camera in its room, from opening it to the passport that is kept."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.passport import (
    CameraPassport,
    ItemResult,
    camera_key,
    judge_drift,
    judge_lock,
    judge_noise,
    judge_rate,
    judge_resolution,
)
from edema_desk.domain.capture.passport_measures import (
    Edges,
    Tiles,
    edges_of,
    following_of,
    levels_of,
    noise_of,
    pace_of,
    tiles_of,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.network_cameras import whole_address
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.flow.base.sitting import Ask
from edema_desk.media.cameras.backend import CameraBackend, Shot
from edema_desk.media.cameras.jpeg import PacketDecoder
from edema_desk.store.captures.passports import keep_passport, latest_passport

STILL, PAPER, AFTER = "still", "paper", "after"
"""The three parts of the test, as progress names them."""
LOOK_GAP_S = 0.2
_BASELINE_LOOKS = 25
_FULL_LOOKS = 8
_READ_S = 0.25
_SILENT_S = 5.0

Show = Callable[[Image], None]
"""Is handed a picture now and then, on another thread."""


@dataclass(frozen=True, slots=True)
class PassportPlan:
    """How long each part takes: a still picture, paper held into it, and still again."""

    still_s: float = 50.0
    paper_s: float = 20.0
    after_s: float = 50.0

    @property
    def total_s(self) -> float:
        """All of the test."""
        return self.still_s + self.paper_s + self.after_s

    def part_at(self, passed_s: float) -> str:
        """Which part runs."""
        if passed_s < self.still_s:
            return STILL
        return PAPER if passed_s < self.still_s + self.paper_s else AFTER


@dataclass(slots=True)
class _Findings:
    """What was gathered so far."""

    t_ms: list[float] = field(default_factory=list)
    still: list[Tiles] = field(default_factory=list)
    paper: list[Tiles] = field(default_factory=list)
    after: list[Tiles] = field(default_factory=list)
    noises: list[float] = field(default_factory=list)
    edges: list[Edges] = field(default_factory=list)
    last: Image | None = None
    full_picture: bool = False


def examine_camera(
    camera: CameraBackend, plan: PassportPlan, listener: Listener, cancel: Cancel, show: Show
) -> tuple[ItemResult, ...]:
    """Test an open camera; each item once. The camera's own times count, from its first picture.

    Raises ExpectedError CANCELLED, and CAMERA_GONE when it is gone or nothing comes for 5 s.
    """
    found, decoder = _Findings(), PacketDecoder()
    began_ns: int | None = None
    looked_s, passed_s = -LOOK_GAP_S, 0.0
    while passed_s < plan.total_s:
        shot = _next_shot(camera, cancel)
        began_ns = shot.t_ns if began_ns is None else began_ns
        passed_s = (shot.t_ns - began_ns) / 1e9
        found.t_ms.append(1000.0 * passed_s)
        if passed_s - looked_s < LOOK_GAP_S - 1e-3:
            continue
        looked_s = passed_s
        part = plan.part_at(passed_s)
        picture = _picture(shot, decoder)
        if picture is not None:
            _look(found, part, picture, full=shot.preview is None)
            show(picture)
        left_s = max(plan.total_s - passed_s, 0.0)
        listener(Progress(part, min(passed_s, plan.total_s), plan.total_s, left_s))
    return _judged(found, camera)


def _next_shot(camera: CameraBackend, cancel: Cancel) -> Shot:
    heard_s = time.monotonic()
    while True:
        cancel.check()
        shot = camera.read(_READ_S)
        if shot is not None:
            return shot
        if time.monotonic() - heard_s > _SILENT_S:
            raise ExpectedError(ErrorCode.CAMERA_GONE)


def _picture(shot: Shot, decoder: PacketDecoder) -> Image | None:
    """Packets of network cameras are only looked at in the small picture that comes with some."""
    if shot.preview is not None:
        return shot.preview
    if shot.image is not None or shot.packet is None:
        return shot.image
    try:
        return decoder.decode(shot.packet)
    except ExpectedError:
        return None


def _look(found: _Findings, part: str, picture: Image, *, full: bool) -> None:
    {STILL: found.still, PAPER: found.paper, AFTER: found.after}[part].append(tiles_of(picture))
    if not full or part != STILL:
        return
    found.full_picture = True
    if len(found.noises) < _FULL_LOOKS and found.last is not None:
        noise = noise_of(found.last, picture)
        if noise is not None:
            found.noises.append(noise)
    if len(found.edges) < _FULL_LOOKS:
        edges = edges_of(picture)
        if edges is not None:
            found.edges.append(edges)
    found.last = picture


def _judged(found: _Findings, camera: CameraBackend) -> tuple[ItemResult, ...]:
    sharpest = min(found.edges, key=lambda e: e.width_px, default=None)
    return (
        judge_rate(pace_of(found.t_ms)),
        judge_lock(following_of(found.still[-_BASELINE_LOOKS:], found.paper), camera.report),
        judge_noise(float(np.median(found.noises)) if found.noises else None),
        judge_drift(levels_of([*found.still, *found.after])),
        judge_resolution(sharpest, full_picture=found.full_picture),
    )


class PassportDesk:
    """Camera passports, a part of the `Desk`. Futures as there."""

    def __init__(
        self,
        clinic: Clinic,
        open_camera: Callable[[CameraAddress], CameraBackend],
        plan: PassportPlan | None = None,
        *,
        ask: Ask | None = None,
    ) -> None:
        self._clinic, self._open_camera = clinic, open_camera
        self._plan = plan or PassportPlan()
        self._ask: Ask = ask or clinic.database.submit
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="passport")
        self._cancels: list[Cancel] = []

    def latest(self, address: CameraAddress) -> Future[CameraPassport | None]:
        """The newest passport of a camera."""
        key = camera_key(address)
        return self._ask(lambda store: latest_passport(store, key))

    def examine(
        self, act_id: str, address: CameraAddress, listener: Listener, cancel: Cancel, show: Show
    ) -> Future[CameraPassport]:
        """Test a camera for two minutes and keep its passport.

        Progress and pictures are told on another thread. Fails with CAMERA_MISSING, CAMERA_BUSY,
        CAMERA_REFUSED, CAMERA_GONE or CANCELLED; then nothing is kept.
        """
        self._cancels.append(cancel)
        mine = self._clinic.for_who_sits_there()

        def work() -> CameraPassport:
            cancel.check()
            camera = self._open_camera(whole_address(mine, address))
            try:
                results = examine_camera(camera, self._plan, listener, cancel, show)
                made = CameraPassport(new_id(), camera.report, Moment.now(), results)
            finally:
                camera.close()
            mine.database.call(lambda store: keep_passport(store, act_id, made))
            return made

        return self._pool.submit(work)

    def close(self) -> None:
        """Stop what is being tested."""
        for cancel in self._cancels:
            cancel.set()
        self._pool.shutdown(cancel_futures=True)
