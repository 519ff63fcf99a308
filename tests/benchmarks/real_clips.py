"""What `analyse` and `compare` give for each real clip: a table for docs/measured.md.

Nobody in these clips is swollen, so the change between the two halves of a clip should be
nothing: what is found is the noise of motion, expression and light.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from edema_desk import words
from edema_desk.domain.capture.clips import ClipAnalysis, ClipSource, Frame
from edema_desk.domain.terms.estimate import estimate_change
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.model import ModelInUse, base_model
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.writer import ClipWriter
from edema_desk.worker.client import WorkerClient
from tests.conftest import SHARED_MEDIA

HEADER = (
    "| clip | frames seen | with a face | chosen | not used | sharpness | seconds | "
    "change between halves, kg |\n|---|---|---|---|---|---|---|---|"
)


def rows(place: Path) -> Iterator[str]:
    """A Markdown row for each clip."""
    yield HEADER
    model = base_model()
    with WorkerClient() as worker:
        worker.warm(model.folder)
        for clip in sorted((SHARED_MEDIA / "clips").iterdir()):
            yield _row(worker, model, clip, place)
        pair = [SHARED_MEDIA / "clips" / f"man_light_{level}.mp4" for level in (100, 75)]
        scores = [worker.analyse(ClipSource(p), model.folder).score for p in pair]
        if scores[0] is not None and scores[1] is not None:
            said = estimate_change(
                scores[0], scores[1], spread90_kg=model.card.figures.change_spread90_kg
            )
            yield (
                f"| man_light_100 against man_light_75 | | | | | | | "
                f"{said.excess_kg:+.2f} ± {said.spread_kg:.2f} |"
            )


def _row(worker: WorkerClient, model: ModelInUse, clip: Path, place: Path) -> str:
    try:
        told = worker.analyse(ClipSource(clip), model.folder)
    except ExpectedError as error:
        return f"| {clip.name} | refused: {words.ERRORS[error.code].text} | | | | | | |"
    refused = ", ".join(f"{words.FRAME_REFUSALS[k]} {n}" for k, n in told.refused.items())
    sharpness = float(np.nanmean(told.frame_scores[:, 5])) if told.frames_chosen else float("nan")
    cells = (
        clip.name,
        told.frames_seen,
        told.faces_found,
        told.frames_chosen,
        refused or "-",
        f"{sharpness:.0f}",
        f"{told.seconds:.1f}",
        _between_halves(worker, model, clip, told, place),
    )
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _between_halves(
    worker: WorkerClient, model: ModelInUse, clip: Path, told: ClipAnalysis, place: Path
) -> str:
    if told.refusal is not None:
        return words.CAPTURE_REFUSALS[told.refusal].text.format(limit=8)
    middle_ms = float(np.median(told.t_ms))
    scores = []
    for name, part in (("a", (0.0, middle_ms)), ("b", (middle_ms, float("inf")))):
        half = _cut(clip, place / f"half-{name}.mkv", *part)
        scores.append(worker.analyse(ClipSource(half), model.folder).score)
        half.unlink()
    if scores[0] is None or scores[1] is None:
        return "a half is too short"
    spread = model.card.figures.change_spread90_kg
    said = estimate_change(scores[0], scores[1], spread90_kg=spread)
    return f"{said.excess_kg:+.2f} ± {said.spread_kg:.2f}"


def _cut(clip: Path, out: Path, start_ms: float, end_ms: float) -> Path:
    """The part of a clip from `start_ms` up to `end_ms`, without loss."""
    with open_clip(ClipSource(clip), EVERY_FRAME) as opened:
        facts = opened.facts
        with ClipWriter(out, facts.width, facts.height, "ffv1") as writer:
            for frame in opened.frames:
                if start_ms <= frame.t_ms < end_ms:
                    writer.write(Frame(frame.t_ms - start_ms, frame.image))
    return out
