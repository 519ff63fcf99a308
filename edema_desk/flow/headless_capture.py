"""A live capture without a window: the same way, led from the command line."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.guidance import LONGEST_MS
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.pairing import Pairing, propose_session
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, Phase, StoredEstimate, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.news import News
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.capturing.desk import CaptureDesk
from edema_desk.flow.capturing.live import LiveCapture
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import Where
from edema_desk.store.captures.analyses import estimate_in_force
from edema_desk.store.captures.recordings import check_recording
from edema_desk.store.captures.sessions import (
    doubts_about,
    enter_weighing,
    open_session,
    session_states,
)
from edema_desk.store.people.patients import patients

_LOOK_S = 0.25
Watcher = Callable[[CaptureView], None]


@dataclass(frozen=True, slots=True)
class CaptureWish:
    """What to record. A doubtful weight is taken with a `reason` only; `new_session` opens one
    where it is doubtful which the capture belongs to."""

    chart_number: str
    phase: Phase
    camera: CameraAddress
    weight_g: int | None = None
    reason: str = ""
    new_session: bool = False
    event: str = ""
    longest_ms: float = LONGEST_MS


@dataclass(frozen=True, slots=True)
class CaptureOutcome:
    """What was kept, and the estimate made of it."""

    capture: Capture
    estimate: StoredEstimate | None


def capture_headless(
    where: Where, wish: CaptureWish, watch: Watcher, stop: Cancel
) -> CaptureOutcome | None:
    """Record, analyse and estimate; None where nobody held still before it was stopped.

    `stop` ends the recording and estimates from what there is. A face unlike the patient's
    earlier ones ends it with OTHER_PERSON_ASKED, since nobody is there to be asked. Raises
    ExpectedError: those of opening a profile, of cameras and recordings, UNKNOWN_CHART_NUMBER,
    SESSION_DOUBTFUL, WEIGHT_DOUBTFUL.
    """
    with ExitStack() as held:
        clinic = held.enter_context(Clinic(where))
        news = News(clinic.database)
        held.callback(news.close)
        intake = held.enter_context(ThreadPoolExecutor(1))
        order = clinic.database.call(lambda store: _order(store, wish))
        desk = CaptureDesk(clinic, news, intake)
        held.callback(desk.close)
        changed = threading.Event()
        live = desk.begin(order, changed.set)
        kept = _watched(live, changed, watch, stop)
        if kept is None:
            return None
        estimate = clinic.database.call(lambda s: estimate_in_force(s, kept.capture_id))
        return CaptureOutcome(kept, estimate)


def _watched(
    live: LiveCapture, changed: threading.Event, watch: Watcher, stop: Cancel
) -> Capture | None:
    told: CaptureView | None = None
    asked = False
    while not live.result.done():
        changed.wait(_LOOK_S)
        changed.clear()
        if live.view != told:
            told = live.view
            watch(told)
        if told is not None and told.question is not None:
            live.discard()
            live.result.result()
            raise ExpectedError(ErrorCode.OTHER_PERSON_ASKED)
        ended = told is not None and told.stage is Stage.TROUBLE
        if (stop.asked or ended) and not asked:
            asked = True
            live.finish()
    return live.result.result()


def _order(store: Store, wish: CaptureWish) -> CaptureOrder:
    """All that can be refused is asked before anything is written."""
    found = [p for p in patients(store, wish.chart_number) if p.chart_number == wish.chart_number]
    if not found:
        raise ExpectedError(ErrorCode.UNKNOWN_CHART_NUMBER, number=wish.chart_number)
    patient_id, now = found[0].patient_id, Moment.now()
    session_id = None if wish.phase is Phase.SPOT else _known_session(store, patient_id, wish, now)
    check_recording(store, patient_id, session_id, wish.phase, wish.camera)
    if wish.weight_g is not None:
        _check_weight(store, patient_id, session_id, wish, wish.weight_g, now)
    if session_id is None and (wish.new_session or wish.weight_g is not None):
        session_id = open_session(store, new_id(), patient_id, now)
    if wish.weight_g is not None and session_id is not None:
        weight = (wish.phase, wish.weight_g, 0, now, wish.reason)
        enter_weighing(store, new_id(), session_id, *weight)
    return CaptureOrder(
        *(new_id(), patient_id, session_id, wish.phase, wish.camera, wish.event, wish.longest_ms)
    )


def _known_session(store: Store, patient_id: str, wish: CaptureWish, now: Moment) -> str | None:
    """The session there is; None where one is to be opened."""
    if wish.new_session:
        return None
    proposal = propose_session(wish.phase, now, session_states(store, patient_id, now))
    if proposal.pairing is Pairing.ASK:
        raise ExpectedError(ErrorCode.SESSION_DOUBTFUL)
    return proposal.session_id if proposal.pairing is Pairing.JOIN else None


def _check_weight(
    store: Store,
    patient_id: str,
    session_id: str | None,
    wish: CaptureWish,
    weight_g: int,
    now: Moment,
) -> None:
    doubts = doubts_about(store, patient_id, session_id, wish.phase, weight_g, now)
    if doubts and not wish.reason.strip():
        raise ExpectedError(ErrorCode.WEIGHT_DOUBTFUL, entered=f"{weight_g / 1000:g}")
