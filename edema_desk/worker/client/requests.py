"""What may be asked of the worker process, from any thread."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from edema_desk.domain.capture.clips import ClipAnalysis, ClipSource, Image
from edema_desk.domain.models.card import ModelCard, parse_card
from edema_desk.domain.terms.geometry import Points
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.media.children import child_command
from edema_desk.worker.client.link import Link, Patience, Request, never
from edema_desk.worker.protocol.contents import (
    Embedding,
    KgMap,
    unpack_analysis,
    unpack_apart,
    unpack_done,
    unpack_embedding,
    unpack_map,
    unpack_memory,
    unpack_points,
)
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.range_check import pack_faces, unpack_check
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    TrainingProgress,
    Tuned,
    TuneOrder,
    pack_capture,
    pack_order,
    pack_tune_order,
    unpack_progress,
    unpack_tuned,
)

_TRAINING_PATIENCE = Patience(silence_s=300.0, cancel_s=60.0)
"""A step is seconds long at low priority, and a cancelled training is laid aside."""


def _unheard(done: float) -> None:
    del done


class WorkerClient:
    """Starts the worker at the first request, and anew after it failed.

    One request at a time is under way, others wait. Every request raises ExpectedError:
    WORKER_FAILED when the process crashed, met a bug or spoke nonsense, WORKER_TIMEOUT when it
    was silent or busy for too long, CANCELLED when `cancelled()` became true or the client was
    closed, and whatever the request itself met.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        threads: int = 2,
        low_priority: bool = False,
        patience: Patience | None = None,
    ) -> None:
        self._link = Link(
            command or child_command("_worker"),
            {"threads": threads, "low_priority": low_priority},
            patience or Patience(),
            low_priority=low_priority,
        )

    def start(self) -> None:
        """Let the process start by itself, so that the first request need not wait for it."""
        self._link.start()

    def warm(self, model_dir: Path | None) -> None:
        """Wait until detector and model are loaded. Raises the MODEL codes."""
        fields = {"model": _text(model_dir)}
        self._link.ask(Request("warm", fields, lambda done: None))

    def check(self, model_dir: Path) -> float:
        """Load a package from its files and run its self-check; the largest difference found, kg.

        Raises the MODEL codes, MODEL_UNCHECKED and MODEL_CHECK_FAILED among them.
        """
        fields = {"model": _text(model_dir)}
        return self._link.ask(Request("check", fields, lambda done: unpack_apart(done.fields)))

    def analyse(
        self,
        source: ClipSource,
        model_dir: Path | None,
        on_progress: Callable[[float], None] = _unheard,
        cancelled: Callable[[], bool] = never,
        timeout_s: float | None = None,
        looked_ms: Sequence[float] | None = None,
    ) -> ClipAnalysis:
        """Everything about one clip; without a model no score. Progress goes from 0 to 1.

        With `looked_ms`, which only grow, just the frames of these times are looked at, as
        `LiveWorker` looked at them. Raises what opening a clip raises, and the MODEL codes.
        """
        fields = {
            "path": str(source.path.absolute()),
            "key": source.key.hex() if source.key else "",
            "capture_id": source.capture_id,
            "model": _text(model_dir),
            "looked_ms": None if looked_ms is None else list(looked_ms),
        }
        request = Request(
            "analyse",
            fields,
            lambda done: unpack_analysis(done.fields, done.blobs),
            on_progress=lambda told: on_progress(unpack_done(told)),
            cancelled=cancelled,
            timeout_s=timeout_s,
        )
        return self._link.ask(request)

    def face_points(self, image: Image) -> Points | None:
        """The five points of the one clear face in a picture, None without one."""
        height, width = image.shape[:2]
        fields = {"height": height, "width": width}
        blobs = (np.ascontiguousarray(image).tobytes(),)
        return self._link.ask(
            Request("face_points", fields, lambda done: unpack_points(done.fields), blobs)
        )

    def embed(
        self, crops: Sequence[bytes], model_dir: Path, cancelled: Callable[[], bool] = never
    ) -> Embedding:
        """What a model says of stored crops (JPEG files), at least one."""
        request = Request(
            "embed",
            {"model": _text(model_dir)},
            lambda done: unpack_embedding(done.fields, done.blobs),
            tuple(crops),
            cancelled=cancelled,
        )
        return self._link.ask(request)

    def attribute_change(
        self,
        before: Sequence[bytes],
        after: Sequence[bytes],
        model_dir: Path,
        cancelled: Callable[[], bool] = never,
    ) -> KgMap:
        """Where on the aligned face g changed between two captures of a person, by their crops:
        kilograms a pixel of the crop, (256, 256), positive where more fluid is seen."""
        return self._attribute(before, after, model_dir, cancelled)

    def attribute_capture(
        self, crops: Sequence[bytes], model_dir: Path, cancelled: Callable[[], bool] = never
    ) -> KgMap:
        """Where one capture's own relief raises or lowers g; the shape of `attribute_change`."""
        return self._attribute((), crops, model_dir, cancelled)

    def check_range(
        self,
        seen: Faces,
        references: Faces,
        model_dir: Path,
        cancelled: Callable[[], bool] = never,
    ) -> RangeCheck:
        """How far a capture is from a person's earlier ones, and from what the model knows."""
        fields, blobs = pack_faces(seen, references)
        request = Request(
            "check_range",
            {"model": _text(model_dir), **fields},
            lambda done: unpack_check(done.fields),
            blobs,
            cancelled=cancelled,
        )
        return self._link.ask(request)

    def pretrain(
        self,
        order: TrainingOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[TrainingProgress], None],
        cancelled: Callable[[], bool] = never,
    ) -> ModelCard:
        """Train a model and save its package; best asked of a client of its own, with low
        priority. Raises STUDY_TOO_SMALL, OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE."""
        request = Request(
            "pretrain",
            pack_order(order),
            lambda done: parse_card(b"".join(done.blobs), order.folder.name),
            follow=_messages(captures),
            on_progress=lambda told: on_progress(unpack_progress(told)),
            cancelled=cancelled,
            patience=_TRAINING_PATIENCE,
        )
        return self._link.ask(request)

    def tune(
        self,
        order: TuneOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[float], None] = _unheard,
        cancelled: Callable[[], bool] = never,
    ) -> Tuned:
        """What a network made one patient's own says of the patient's captures; those held out
        teach it nothing. Nothing of it is kept. Raises STUDY_TOO_SMALL, and the MODEL codes."""
        request = Request(
            "tune",
            pack_tune_order(order),
            lambda done: unpack_tuned(done.fields, done.blobs),
            follow=_messages(captures),
            on_progress=lambda told: on_progress(unpack_done(told)),
            cancelled=cancelled,
            patience=_TRAINING_PATIENCE,
        )
        return self._link.ask(request)

    def _attribute(
        self,
        before: Sequence[bytes],
        after: Sequence[bytes],
        model_dir: Path,
        cancelled: Callable[[], bool],
    ) -> KgMap:
        request = Request(
            "attribute",
            {"model": _text(model_dir), "before": len(before)},
            lambda done: unpack_map(done.blobs),
            (*before, *after),
            cancelled=cancelled,
        )
        return self._link.ask(request)

    def memory_mb(self) -> float | None:
        """Resident memory of the process; None where the system does not tell."""
        return self._link.ask(Request("memory", {}, lambda done: unpack_memory(done.fields)))

    def suspend(self) -> None:
        """Let the process stand still until `resume`, from any thread: what it works on waits, and
        so do new requests, as long as it lasts. Does not count how often it was asked for.

        Windows cannot halt a process: there it runs only while nothing else wants to.
        """
        self._link.halt()

    def resume(self) -> None:
        """Go on after `suspend`."""
        self._link.go_on()

    def close(self) -> None:
        """End the process; a request under way is given up. Safe to call twice."""
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _text(model_dir: Path | None) -> str:
    return str(model_dir.absolute()) if model_dir else ""


def _messages(captures: Iterable[TrainingCapture]) -> Iterator[Message]:
    packed = (Message("capture", 0, *pack_capture(capture)) for capture in captures)
    return chain(packed, [Message("captures_end", 0)])
