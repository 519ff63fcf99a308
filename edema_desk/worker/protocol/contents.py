"""What messages carry, as the program's own values and back.

Decoding checks shapes, so that a worker gone mad cannot hand on arrays that do not belong
together. Raises ProtocolError.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts
from edema_desk.domain.terms.estimate import PARTS, ChangeScore, Refusal
from edema_desk.domain.terms.geometry import CROP_PX, Points
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.protocol.framing import ProtocolError

Fields = Mapping[str, Any]
Blobs = tuple[bytes, ...]
Content = tuple[dict[str, Any], Blobs]
Value = TypeVar("Value")
KgMap = NDArray[np.float32]
"""Kilograms a pixel of the canonical crop, (256, 256)."""


def checked(unpack: Callable[[], Value]) -> Value:
    """What `unpack` gives; whatever other kind of value it stumbles over is a ProtocolError."""
    try:
        return unpack()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ProtocolError("contents that are not as they should be") from error


@dataclass(frozen=True, slots=True)
class Embedding:
    """What a model says of some crops: their mean embedding (512,) and their score."""

    vector: NDArray[np.float16]
    score: ChangeScore
    model_id: str


def pack_analysis(analysis: ClipAnalysis) -> Content:
    """Arrays as bytes, then the crops."""
    embedding = analysis.embedding
    fields = {
        "facts": asdict(analysis.facts),
        "frames_seen": analysis.frames_seen,
        "faces_found": analysis.faces_found,
        "refused": dict(analysis.refused),
        "score": asdict(analysis.score) if analysis.score else None,
        "refusal": analysis.refusal.value if analysis.refusal else None,
        "model_id": analysis.model_id,
        "seconds": analysis.seconds,
    }
    arrays = (
        np.ascontiguousarray(analysis.t_ms, np.float64).tobytes(),
        np.ascontiguousarray(analysis.frame_scores, np.float32).tobytes(),
        b"" if embedding is None else np.ascontiguousarray(embedding, np.float16).tobytes(),
    )
    return fields, arrays + analysis.crops


def unpack_analysis(fields: Fields, blobs: Blobs) -> ClipAnalysis:
    """What `pack_analysis` packed."""
    return checked(lambda: _unpack_analysis(fields, blobs))


def pack_embedding(embedding: Embedding) -> Content:
    """The vector is a blob."""
    fields = {"score": asdict(embedding.score), "model_id": embedding.model_id}
    return fields, (embedding.vector.astype(np.float16).tobytes(),)


def unpack_embedding(fields: Fields, blobs: Blobs) -> Embedding:
    """What `pack_embedding` packed."""
    return checked(
        lambda: Embedding(
            np.frombuffer(blobs[0], np.float16), _score(fields["score"]), str(fields["model_id"])
        )
    )


def pack_map(kg: KgMap) -> Content:
    """One blob."""
    return {}, (np.ascontiguousarray(kg, np.float32).tobytes(),)


def unpack_map(blobs: Blobs) -> KgMap:
    """What `pack_map` packed."""
    return checked(lambda: np.frombuffer(blobs[0], np.float32).reshape(CROP_PX, CROP_PX))


def unpack_done(fields: Fields) -> float:
    """How far a request is, 0 to 1."""
    return checked(lambda: float(fields["done"]))


def unpack_apart(fields: Fields) -> float:
    """Kilograms between what a model says of the reference faces and what it should."""
    return checked(lambda: float(fields["apart_kg"]))


def unpack_memory(fields: Fields) -> float | None:
    """Megabytes, or None."""
    return checked(lambda: None if fields["memory_mb"] is None else float(fields["memory_mb"]))


def unpack_points(fields: Fields) -> Points | None:
    """Five points (5, 2), or None for no face."""
    return checked(
        lambda: (
            None
            if fields["points"] is None
            else np.array(fields["points"], np.float64).reshape(5, 2)
        )
    )


def pack_error(error: ExpectedError) -> Content:
    """Code and parameters."""
    return {"code": error.code.value, "params": error.params}, ()


def unpack_error(fields: Fields) -> ExpectedError:
    """What `pack_error` packed."""
    return checked(lambda: _unpack_error(fields))


def _unpack_analysis(fields: Fields, blobs: Blobs) -> ClipAnalysis:
    t_ms = np.frombuffer(blobs[0], np.float64)
    scores = np.frombuffer(blobs[1], np.float32).reshape(-1, len(SCORE_NAMES))
    crops = blobs[3:]
    refusal = Refusal(fields["refusal"]) if fields["refusal"] is not None else None
    score = _score(fields["score"]) if fields["score"] is not None else None
    model_id = str(fields["model_id"])
    if not len(t_ms) == len(scores) == len(crops):
        raise ValueError("parts of an analysis that do not belong together")
    if (score is not None) != bool(blobs[2]) or (score is not None) != (
        bool(model_id) and refusal is None
    ):
        raise ValueError("a score without its embedding, or neither score nor refusal")
    return ClipAnalysis(
        facts=ClipFacts(**fields["facts"]),
        frames_seen=int(fields["frames_seen"]),
        faces_found=int(fields["faces_found"]),
        refused={str(reason): int(count) for reason, count in fields["refused"].items()},
        t_ms=t_ms,
        frame_scores=scores,
        crops=crops,
        embedding=np.frombuffer(blobs[2], np.float16) if score is not None else None,
        score=score,
        refusal=refusal,
        model_id=model_id,
        seconds=float(fields["seconds"]),
    )


def _unpack_error(fields: Fields) -> ExpectedError:
    params = {str(name): value for name, value in fields["params"].items()}
    if not all(isinstance(value, str | int | float) for value in params.values()):
        raise ValueError("not parameters")
    return ExpectedError(ErrorCode(fields["code"]), **params)


def _score(fields: Fields) -> ChangeScore:
    parts_kg = tuple(float(part) for part in fields["parts_kg"])
    if len(parts_kg) not in (0, PARTS):
        raise ValueError("not the parts of a face")
    return ChangeScore(
        float(fields["g_kg"]), float(fields["frame_sd_kg"]), int(fields["frames"]), parts_kg
    )
