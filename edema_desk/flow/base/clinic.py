"""A profile opened for work: database thread, clip library, worker and the model in use."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.capture.clips import ClipAnalysis, ClipSource
from edema_desk.domain.terms.people import Actor
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseDoor, DatabaseThread
from edema_desk.flow.base.model import ModelInUse, make_known
from edema_desk.flow.base.model_registry import active_model
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.entered import Where, entered
from edema_desk.worker.client import WorkerClient


@dataclass(slots=True)
class _InUse:
    """One for a clinic, however many act in it: who switches the model switches it for all."""

    model: ModelInUse


class Clinic:
    """Everything the flows of one profile work with. One owner, who closes it."""

    def __init__(
        self,
        where: Where,
        *,
        model: ModelInUse | None = None,
        worker: WorkerClient | None = None,
    ) -> None:
        self.entered = entered(where)
        self.profile = self.entered.profile
        self._thread = DatabaseThread(self.entered)
        self.database: DatabaseDoor = self._thread
        try:
            self._in_use = _InUse(model or self.database.call(active_model))
            self.use(self.model)
            self.library = self.own_library()
        except BaseException:
            self._thread.close()
            raise
        self.worker = worker or WorkerClient()

    def acting_as(self, actor: Actor) -> "Clinic":
        """The same clinic, in which everything is done by `actor`. Its owner stays who it was."""
        same = copy(self)
        same.database = self.database.acting_as(actor)
        return same

    def for_who_sits_there(self) -> "Clinic":
        """The same clinic, in which everything is done by whoever sits at the desk now: for what
        a person begins and what goes on after somebody else sat down, or nobody."""
        return self.acting_as(self.database.seat.actor)

    def own_library(self) -> ClipLibrary:
        """The clips, for one thread: a key file's object is not shared."""
        keys = CaptureKeys(self.profile.capture_keys, self.entered.data_key)
        return ClipLibrary(self.profile.clips, keys)

    @property
    def model(self) -> ModelInUse:
        """What estimates now."""
        return self._in_use.model

    def use(self, model: ModelInUse) -> None:
        """Estimate with this model from now on."""
        self.database.call(lambda store: make_known(store, model))
        self._in_use.model = model

    def analyse(
        self,
        source: ClipSource | Path,
        listener: Listener,
        cancel: Cancel,
        looked_ms: Sequence[float] = (),
    ) -> ClipAnalysis:
        """What vision and learning make of a clip, or of its frames at just these times."""
        return analyse_clip(self.worker, self.model, source, listener, cancel, looked_ms)

    def close(self) -> None:
        """Finish what is being written, then stop worker and thread."""
        self.worker.close()
        self._thread.close()

    def __enter__(self) -> "Clinic":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def analyse_clip(
    worker: WorkerClient,
    model: ModelInUse | None,
    source: ClipSource | Path,
    listener: Listener,
    cancel: Cancel,
    looked_ms: Sequence[float] = (),
) -> ClipAnalysis:
    """Have the worker look at a clip. Without a model only crops and scores come back. With
    `looked_ms` it looks at the frames of these times instead of choosing which.

    Raises ExpectedError for a clip that cannot be read, CANCELLED, WORKER_FAILED,
    WORKER_TIMEOUT, MODEL_*.
    """
    watch = Stopwatch("analyse", 1.0, listener)
    analysis = worker.analyse(
        source if isinstance(source, ClipSource) else ClipSource(source),
        model.folder if model else None,
        on_progress=watch.report,
        cancelled=lambda: cancel.asked,
        looked_ms=tuple(looked_ms) or None,
    )
    if model is not None and analysis.model_id != model.model_id:
        # its folder was changed beside the running program: what it says belongs to no one known
        raise ExpectedError(ErrorCode.MODEL_ALTERED, name=model.model_id)
    return analysis
