"""What every piece of an evaluation works with: worker, cache, clock and the wish to stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.flow.evaluation.pieces import Pieces
from edema_desk.worker.client import WorkerClient

STEP_S, CAPTURE_S = 0.5, 0.3
"""About what a step of training and the scoring of a capture take: only for the time to go."""


class Meter:
    """Progress over pieces of different length; `total_s` is about what all of them take."""

    def __init__(self, total_s: float, listener: Listener) -> None:
        self._total_s, self._listener = total_s, listener
        self._done_s = 0.0
        self._start_s = time.monotonic()

    def skip(self, cost_s: float) -> None:
        """A piece was finished before: it is no work of this run."""
        self._total_s -= cost_s

    def part(self, cost_s: float) -> Callable[[float], None]:
        """To be told how much of a piece is done, 0 to 1."""
        began_s = self._done_s

        def tell(share: float) -> None:
            self._done_s = began_s + cost_s * min(share, 1.0)
            self._report()

        return tell

    def _report(self) -> None:
        passed_s = time.monotonic() - self._start_s
        left_s = None
        if self._done_s > 0 and passed_s > 0.5:
            left_s = passed_s * max(self._total_s - self._done_s, 0.0) / self._done_s
        total_s = max(self._total_s, self._done_s)
        self._listener(Progress("evaluate", self._done_s, total_s, left_s))


@dataclass(frozen=True, slots=True)
class Bench:
    """`worker` computes, `pieces` remembers, `meter` tells, `cancel` is asked between steps."""

    worker: WorkerClient
    pieces: Pieces
    meter: Meter
    cancel: Cancel
