"""A worker that answers at once: what a clip shows is written in its file."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts, ClipSource
from edema_desk.domain.models.card import (
    CARD_FILE,
    Figures,
    InputPlan,
    ModelCard,
    TrainedOn,
    read_card,
)
from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.sources import open_source
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.contents import Embedding

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def make_card() -> ModelCard:
    return ModelCard(
        name="made-up",
        encoder="fine18",
        input=InputPlan(),
        weights_sha256="a" * 64,
        parent=None,
        trained_on=TrainedOn("b" * 64, 2, 8, 80, True),
        figures=Figures(0.5, 0.7, 0.3, 0.9, 20, 80, "made-up swelling"),
        licence="CC0-1.0",
        attributions=(),
        made_at="2026-03-01T00:00:00+00:00",
        program_version="0.1.0",
        commands=("none",),
    )


def clip_file(folder: Path, name: str, *, g_kg: float | None = None, refusal: str = "") -> Path:
    """A file that tells the made-up worker what to find in it."""
    path = folder / name
    path.write_text(json.dumps({"name": name, "g_kg": g_kg, "refusal": refusal}))
    return path


class MadeUpWorker(WorkerClient):
    """Reads its findings from the clip, sealed or not, as the real one reads pixels."""

    def __init__(self) -> None:
        super().__init__(["no-such-program"])
        self.analysed = 0
        self.compared: list[tuple[Faces, Faces]] = []
        self.range_check = RangeCheck(None, None)
        self.model_id = ""
        self.asked_ms: Sequence[float] | None = None
        self.sees_recordings = False

    def warm(self, model_dir: Path | None) -> None:
        del model_dir

    def analyse(
        self,
        source: ClipSource,
        model_dir: Path | None,
        on_progress: Callable[[float], None] = lambda done: None,
        cancelled: Callable[[], bool] = lambda: False,
        timeout_s: float | None = None,
        looked_ms: Sequence[float] | None = None,
    ) -> ClipAnalysis:
        del timeout_s
        self.asked_ms = looked_ms
        if cancelled():
            raise ExpectedError(ErrorCode.CANCELLED)
        with open_source(source) as file:
            text = file.read()
        try:
            found: dict[str, Any] = (
                {"g_kg": 1.0, "refusal": ""} if self.sees_recordings else json.loads(text or b"")
            )
        except ValueError as error:
            raise ExpectedError(ErrorCode.NOT_A_VIDEO, name=source.path.name) from error
        on_progress(0.5)
        self.analysed += 1
        made = _analysis(found["g_kg"], found["refusal"])
        if model_dir is None:
            return replace(made, score=None, embedding=None)
        return replace(made, model_id=self.model_id or _id_at(model_dir))

    def embed(
        self,
        crops: object,
        model_dir: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Embedding:
        raise NotImplementedError

    def check_range(
        self,
        seen: Faces,
        references: Faces,
        model_dir: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RangeCheck:
        del model_dir, cancelled
        self.compared.append((seen, references))
        return self.range_check


def _id_at(model_dir: Path) -> str:
    card = read_card(model_dir) if (model_dir / CARD_FILE).exists() else make_card()
    return card.model_id


def _analysis(g_kg: float | None, refusal: str) -> ClipAnalysis:
    frames = 0 if refusal else 10
    return ClipAnalysis(
        facts=ClipFacts("mp4", "h264", 640, 480, 0, 3000.0),
        frames_seen=30,
        faces_found=30 if not refusal else 0,
        refused={"not_needed": 20} if not refusal else {"no_face": 30},
        t_ms=np.arange(frames, dtype=np.float64) * 100.0,
        frame_scores=np.full((frames, len(SCORE_NAMES)), 50, np.float32),
        crops=(JPEG,) * frames,
        embedding=None if refusal else np.ones(512, np.float16),
        score=None if g_kg is None else ChangeScore(g_kg, 0.1, frames),
        refusal=Refusal(refusal) if refusal else None,
        model_id=make_card().model_id,
        seconds=0.1,
    )
