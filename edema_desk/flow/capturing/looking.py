"""The live worker as a capture uses it: made ready aside, and ready again when it was lost."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.camera_feed import Seen
from edema_desk.log import LOGGER
from edema_desk.worker.client import LiveResult, LiveWorker

TRY_AGAIN_S = 3.0
MOST_SEARCHED = 4000
"""Looks, a good five minutes of them, before the worker forgets those that count for nothing."""
_ATTEND_S = 0.05
_LOST = frozenset({ErrorCode.WORKER_FAILED, ErrorCode.WORKER_TIMEOUT})


class Looker:
    """Looks at pictures while it can. `ready` says whether it can; `lost` that it could not any
    more. Whatever of a recording it missed, the file tells later: `complete` says whether it has
    seen all since `begin`."""

    def __init__(self, worker: LiveWorker, model_dir: Path, faces: Faces) -> None:
        self._worker = worker
        self._model_dir, self._faces = model_dir, faces
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="live worker")
        self._preparing: Future[None] | None = None
        self._tried_s = -TRY_AGAIN_S
        self._closed = False
        self._searched = 0
        self.ready = False
        self.lost = False
        self.complete = False

    def attend(self) -> None:
        """Get ready, aside, unless it is; never waits. To be called now and then.

        Raises ExpectedError where it cannot be for a reason of the model's.
        """
        if self.ready:
            return
        if self._preparing is None:
            if time.monotonic() - self._tried_s >= TRY_AGAIN_S:
                self._tried_s = time.monotonic()
                self._preparing = self._aside.submit(
                    self._worker.prepare, self._model_dir, self._faces, lambda: self._closed
                )
            return
        if not self._preparing.done():
            return
        done, self._preparing = self._preparing, None
        try:
            done.result()
        except ExpectedError as error:
            if error.code not in _LOST:
                raise
            self._lose(error)
        else:
            self.ready = True

    def wait(self, enough: Callable[[], bool]) -> None:
        """Until it is ready, or it is `enough` of waiting. Raises as `attend`."""
        while not (self.ready or enough()):
            self.attend()
            time.sleep(_ATTEND_S)

    def begin(self) -> None:
        """A recording begins: what is looked at from now on counts."""
        self.complete, self._searched = False, 0
        if self.ready:
            try:
                self._worker.begin()
            except ExpectedError as error:
                self._lose(error)
            else:
                self.complete = True

    def look(self, seen: Seen, t_ms: float) -> Sight | None:
        """What is seen; None where it cannot look."""
        if not self.ready:
            return None
        try:
            self._forget_what_does_not_count()
            return self._worker.look(
                t_ms,
                image=None if seen.shot.packet is not None else seen.shot.image,
                packet=seen.shot.packet,
                cancelled=lambda: self._closed,
            )
        except ExpectedError as error:
            self._lose(error)
            return None

    def _forget_what_does_not_count(self) -> None:
        """A page may be left open for hours: the worker would keep all it saw meanwhile."""
        self._searched += 1
        if self._searched > MOST_SEARCHED and not self.complete:
            self._searched = 0
            self._worker.begin()

    def finish(self, duration_ms: float) -> LiveResult | None:
        """All that was made of the recording; None where the file must be asked instead."""
        if not (self.ready and self.complete):
            return None
        try:
            return self._worker.finish(duration_ms)
        except ExpectedError as error:
            self._lose(error)
            return None

    def close(self) -> None:
        """Look no more. The worker itself stays as it is."""
        self._closed = True
        self._aside.shutdown()

    def _lose(self, error: ExpectedError) -> None:
        LOGGER.warning("the live worker is gone: %s", error.code)
        self.ready, self.complete, self.lost = False, False, True
