"""Clips looked at without a database: one alone, or a pre and a post of one person."""

from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.capture.clips import ClipAnalysis
from edema_desk.domain.terms.estimate import Estimated, estimate_change
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import analyse_clip
from edema_desk.flow.base.model import base_model
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.media.contact_sheet import contact_sheet
from edema_desk.media.pictures import encode_jpeg
from edema_desk.worker.client import WorkerClient


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two analysed clips and, where both have a score, the estimated loss of fluid."""

    pre: ClipAnalysis
    post: ClipAnalysis
    change: Estimated | None


def analyse_plain(clip: Path, listener: Listener) -> ClipAnalysis:
    """Look at one clip with the base model. Raises ExpectedError."""
    model = base_model()
    with WorkerClient() as worker:
        return analyse_clip(worker, model, clip, listener, Cancel())


def compare_plain(pre: Path, post: Path, listener: Listener) -> Comparison:
    """Look at two clips of one person and estimate the change. Raises ExpectedError."""
    model = base_model()
    for path in (pre, post):
        if not path.exists():
            raise ExpectedError(ErrorCode.FILE_MISSING, path=str(path))
    with WorkerClient() as worker:
        before, after = (
            analyse_clip(worker, model, clip, listener, Cancel()) for clip in (pre, post)
        )
    change = None
    if before.score is not None and after.score is not None:
        spread90_kg = model.card.figures.change_spread90_kg
        change = estimate_change(before.score, after.score, spread90_kg=spread90_kg)
    return Comparison(before, after, change)


def write_frames(folder: Path, analysis: ClipAnalysis) -> None:
    """Write each chosen crop as a JPEG named by its time, and `contact-sheet.jpg`.

    Raises ExpectedError OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for t_ms, crop in zip(analysis.t_ms, analysis.crops, strict=True):
            (folder / f"frame_{round(float(t_ms)):07d}_ms.jpg").write_bytes(crop)
        sheet = encode_jpeg(contact_sheet(analysis.crops, analysis.t_ms.tolist()))
        (folder / "contact-sheet.jpg").write_bytes(sheet)
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(folder)) from error
