"""A clip on its way: where it lies, a decoded frame of it, and what its analysis gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.estimate import ChangeScore, Refusal

Image = NDArray[np.uint8]
"""RGB picture, (height, width, 3), rows contiguous."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture and the time it bears in its clip."""

    t_ms: float
    image: Image


@dataclass(frozen=True, slots=True)
class ClipSource:
    """A clip on disk. With a key it is a sealed file of the capture `capture_id`."""

    path: Path
    key: bytes | None = None
    capture_id: str = ""

    def __repr__(self) -> str:  # the key must not reach a log
        return f"ClipSource({'sealed' if self.key else 'plain'})"


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What a clip says of itself. The duration is that of its pictures' own times."""

    container: str
    codec: str
    width: int
    height: int
    rotation_deg: int
    duration_ms: float


@dataclass(frozen=True, slots=True)
class ClipAnalysis:
    """Everything one analysis of a clip found.

    `t_ms` (n,), `frame_scores` (n, len(SCORE_NAMES)) and `crops` (n JPEG files of the aligned
    256 px face) belong to the chosen frames. `embedding` is half precision. Without `refusal`
    there is a `score`; with one, both it and the embedding are None.
    """

    facts: ClipFacts
    frames_seen: int
    faces_found: int
    refused: Mapping[str, int]
    t_ms: NDArray[np.float64]
    frame_scores: NDArray[np.float32]
    crops: tuple[bytes, ...]
    embedding: NDArray[np.float16] | None
    score: ChangeScore | None
    refusal: Refusal | None
    model_id: str
    seconds: float

    @property
    def frames_chosen(self) -> int:
        """How many frames stand for the clip."""
        return len(self.crops)
