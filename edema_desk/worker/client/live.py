"""The worker that looks at a patient while the capture is recorded."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.capture.sight import Sight
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.media.children import child_command
from edema_desk.worker.client.link import Link, Patience, Request, never
from edema_desk.worker.protocol.contents import unpack_memory
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.live import (
    LiveResult,
    Picture,
    pack_picture,
    pack_references,
    unpack_result,
    unpack_sight,
)

_PATIENCE = Patience(silence_s=60.0, cancel_s=1.0)
"""While it starts and loads."""
_LIVE_PATIENCE = Patience(silence_s=10.0, cancel_s=1.0)
"""Longer than any look takes on a machine that can record at all."""
_CLOSE_S = 0.4

Value = TypeVar("Value")


class LiveWorker:
    """A process of its own, beside the one for clips. `prepare`, then for each clip `begin`, a
    `look` at each picture that is to count, and `finish`.

    One request at a time is under way. Every request raises ExpectedError: WORKER_FAILED at once
    when the process dies, and from then on until it was prepared again; WORKER_TIMEOUT when it
    is silent for too long; CANCELLED when `cancelled()` became true or it was closed.
    """

    def __init__(self, command: Sequence[str] | None = None, *, threads: int = 1) -> None:
        greeting = {"threads": threads, "low_priority": False}
        self._last_ms: float | None = None
        self._link = Link(
            command or child_command("_worker"), greeting, _PATIENCE, low_priority=False
        )

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._link.alive

    def start(self) -> None:
        """Let the process start by itself, so that `prepare` need not wait for it."""
        self._link.start()

    def prepare(
        self, model_dir: Path, references: Faces, cancelled: Callable[[], bool] = never
    ) -> None:
        """Load everything, and look at the faces of the patient's earlier captures; starts the
        process where none runs. Raises the MODEL codes too."""
        fields, blobs = pack_references(references)
        asked = {"model": str(model_dir.absolute()), **fields}
        self._last_ms = None
        self._link.ask(
            Request("live_prepare", asked, lambda done: None, blobs, cancelled=cancelled)
        )

    def begin(self) -> None:
        """A new clip: what was looked at before does not count for it."""
        self._link.ask(_request("live_begin", {}, lambda done: None))
        self._last_ms = -math.inf

    def look(
        self,
        t_ms: float,
        image: Image | None = None,
        packet: bytes | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Sight:
        """What is seen in a picture, RGB or the JPEG file a camera sent; `t_ms` is the time it
        bears in its clip. One that is broken or of no usable size shows no face and does not
        count. Raises ValueError for none or both, and within a clip for a time that did not grow.
        """
        fields, blobs = pack_picture(Picture(t_ms, image, packet))
        if self._last_ms is not None:
            if t_ms <= self._last_ms:
                raise ValueError("frames must follow each other in time")
            self._last_ms = t_ms
        return self._link.ask(
            _request(
                "live_look",
                fields,
                lambda done: unpack_sight(done.fields, done.blobs),
                blobs,
                cancelled,
            )
        )

    def finish(self, duration_ms: float) -> LiveResult:
        """What the clip gave, once for each `begin`; the clip is `duration_ms` long."""
        self._last_ms = None
        fields = {"duration_ms": duration_ms}
        return self._link.ask(
            _request("live_finish", fields, lambda done: unpack_result(done.fields, done.blobs))
        )

    def memory_mb(self) -> float | None:
        """Resident memory of the process; None where the system does not tell."""
        return self._link.ask(_request("memory", {}, lambda done: unpack_memory(done.fields)))

    def close(self) -> None:
        """End the process; a request under way is given up. Safe to call twice."""
        self._link.close(_CLOSE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _request(
    kind: str,
    fields: Mapping[str, Any],
    unpack: Callable[[Message], Value],
    blobs: tuple[bytes, ...] = (),
    cancelled: Callable[[], bool] = never,
) -> Request[Value]:
    """One that starts no process: what a new one would have to know is gone."""
    return Request(
        kind, fields, unpack, blobs, cancelled=cancelled, patience=_LIVE_PATIENCE, anew=False
    )
