"""A study without clips, and a worker that reads scores from crops and remembers what it saw."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image as Picture

from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.terms.estimate import ChangeScore
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener, unheard
from edema_desk.flow.evaluation.bench import Bench, Meter
from edema_desk.flow.evaluation.captures import StudyCapture
from edema_desk.flow.evaluation.pieces import Pieces
from edema_desk.paths import Profile
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.contents import Embedding
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    TrainingProgress,
    Tuned,
    TuneOrder,
)
from tests.flow.made_up_worker import make_card

Captures = tuple[StudyCapture, ...]


def study(people: int = 8, days: int = 5, *, frames: int = 1, side_px: int = 256) -> Captures:
    """Crops whose brightness tells the excess, more or less, and hence a score."""
    rng = np.random.default_rng(7)
    made = []
    for person in range(people):
        level = 90 + 8 * person
        for day in range(1, days + 1):
            for phase, usual in ((Phase.PRE, 2.0), (Phase.POST, 0.0)):
                excess = round(usual + float(rng.normal(0, 0.3)), 1)
                crops = [
                    jpeg(level + 10 * (excess + float(rng.normal(0, 0.2))), side_px, mark=person)
                    for _ in range(frames)
                ]
                made.append(
                    StudyCapture(
                        capture_id=f"clip-{person}-{day}-{phase.value}",
                        patient_id=f"P{person}",
                        face=f"face-{person}",
                        day=date(2026, 3, day),
                        phase=phase,
                        excess_kg=excess,
                        crops=tuple(crops),
                        refusal=None,
                    )
                )
    return tuple(made)


def jpeg(brightness: float, side_px: int = 256, *, mark: int = 0) -> bytes:
    """A face of sorts: a disc of the brightness on a ground, and in its corner whose it is."""
    pixels = np.full((side_px, side_px, 3), 60, np.uint8)
    y, x = np.mgrid[:side_px, :side_px] / side_px - 0.5
    pixels[x**2 + y**2 < 0.16] = np.uint8(np.clip(brightness, 0, 255))
    pixels[: side_px // 8, : side_px // 8] = 15 * mark
    file = io.BytesIO()
    Picture.fromarray(pixels).save(file, "JPEG", quality=95)
    return file.getvalue()


def middle(crop: bytes) -> float:
    """The brightness of the middle of a crop."""
    with Picture.open(io.BytesIO(crop)) as picture:
        pixels = np.asarray(picture.convert("L"), float)
    centre = slice(pixels.shape[0] * 3 // 8, pixels.shape[0] * 5 // 8)
    return float(pixels[centre, centre].mean())


def noise(capture: StudyCapture, seed: int) -> StudyCapture:
    """The capture with other pixels and another weight."""
    rng = np.random.default_rng(seed)
    crops = []
    for _ in capture.crops:
        file = io.BytesIO()
        pixels = rng.integers(0, 255, (256, 256, 3), dtype=np.uint8)
        Picture.fromarray(pixels).save(file, "JPEG", quality=90)
        crops.append(file.getvalue())
    return replace(capture, crops=tuple(crops), excess_kg=float(rng.normal(1, 3)))


class ScoringWorker(WorkerClient):
    """g is the brightness of the middle, in tens. `dies_at` is the number of the training that
    fails."""

    def __init__(self, dies_at: int | None = None) -> None:
        super().__init__(["no-such-program"])
        self.orders: list[TrainingOrder] = []
        self.taught: list[list[TrainingCapture]] = []
        self.tuned: list[tuple[TuneOrder, list[TrainingCapture]]] = []
        self._dies_at = dies_at
        self.compared: list[tuple[Faces, Faces]] = []
        self.judge_range: Callable[[Faces], RangeCheck] = lambda seen: RangeCheck(None, None)

    def embed(
        self,
        crops: Iterable[bytes],
        model_dir: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Embedding:
        del cancelled
        if model_dir.name == "network" and not model_dir.exists():
            raise AssertionError("scored by a network that is not there")
        return score(crops)

    def check_range(
        self,
        seen: Faces,
        references: Faces,
        model_dir: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RangeCheck:
        del model_dir, cancelled
        self.compared.append((seen, references))
        return self.judge_range(seen)

    def pretrain(
        self,
        order: TrainingOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[TrainingProgress], None],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ModelCard:
        if cancelled():
            raise ExpectedError(ErrorCode.CANCELLED)
        self.orders.append(order)
        self.taught.append(list(captures))
        on_progress(TrainingProgress(1, 0.5, 1.0))
        if len(self.orders) == self._dies_at:
            raise ExpectedError(ErrorCode.WORKER_FAILED)
        order.folder.mkdir(parents=True)
        return make_card()

    def tune(
        self,
        order: TuneOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[float], None] = lambda done: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Tuned:
        del cancelled
        sent = list(captures)
        self.tuned.append((order, sent))
        on_progress(1.0)
        return Tuned(tuple(score(c.crops) for c in sent), 120, True)


def score(crops: Iterable[bytes]) -> Embedding:
    """What the made-up network says."""
    brightness = [middle(crop) for crop in crops]
    g_kg = float(np.mean(brightness)) / 10
    vector = np.full(512, g_kg, np.float16)
    return Embedding(vector, ChangeScore(g_kg, 0.05, len(brightness)), "made-up")


def bench(
    profile: Profile,
    worker: WorkerClient,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> Bench:
    """On a profile of its own."""
    return Bench(worker, Pieces(profile), Meter(100.0, listener), cancel or Cancel())
