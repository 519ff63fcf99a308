"""Where a session's estimates came from: asked of the worker, for a window."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from edema_desk.domain.course.attribution import Attribution
from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.veil import Veil
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.model_registry import find_model
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import session_pair


class AttributionDesk:
    """A part of the `Desk`, with a thread of its own, so that nothing waits behind clips."""

    def __init__(
        self, clinic: Clinic, gate: Gate, veil: Callable[[Store], Veil | None] = lambda store: None
    ) -> None:
        self._clinic, self._gate, self._veil = clinic, gate, veil
        self._library = clinic.own_library()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="attribution")
        self._running = Cancel()

    def of_session(
        self, session_id: str, listener: Listener, cancel: Cancel
    ) -> Future[Attribution]:
        """Where the model that estimated both phases saw the change from before to after. Waits
        while a capture runs.

        Raises ExpectedError UNKNOWN_SESSION, ATTRIBUTION_NO_ESTIMATE, ATTRIBUTION_TWO_MODELS,
        JUDGE_FIRST where the figures are kept back, CANCELLED, WORKER_*, MODEL_*, CLIP_*.
        """
        mine = self._clinic.for_who_sits_there()

        def work() -> Attribution:
            self._running = cancel
            before, after, model = mine.database.call(lambda store: self._plan(store, session_id))
            listener(Progress("attribute", 0.0, 0.0))
            self._gate.wait(cancel)
            crops_before, crops_after = (self._library.crops(one) for one in (before, after))
            kg = mine.worker.attribute_change(
                crops_before, crops_after, model.folder, lambda: cancel.asked
            )
            return Attribution(model.model_id, model.card.name, kg)

        return self._thread.submit(work)

    def close(self) -> None:
        """Give up what is under way. Before the worker is closed."""
        self._running.set()
        self._thread.shutdown(cancel_futures=True)

    def _plan(self, store: Store, session_id: str) -> tuple[str, str, ModelInUse]:
        entry = session_pair(store, session_id).entry
        veil = self._veil(store)
        if veil is not None and veil.over(entry):
            raise ExpectedError(ErrorCode.JUDGE_FIRST)
        before, after = _estimated(entry.pre), _estimated(entry.post)
        if before[1] != after[1]:
            raise ExpectedError(ErrorCode.ATTRIBUTION_TWO_MODELS)
        in_use = self._clinic.model
        model = in_use if in_use.model_id == before[1] else find_model(store, before[1])
        return before[0], after[0], model


def _estimated(entry: PhaseEntry | None) -> tuple[str, str]:
    """The capture of a phase, and by which model it has a number."""
    estimate = entry.estimate if entry is not None else None
    if estimate is None or estimate.excess_kg is None:
        raise ExpectedError(ErrorCode.ATTRIBUTION_NO_ESTIMATE)
    return estimate.capture_id, estimate.model_id
