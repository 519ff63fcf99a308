"""From a clip's crops to what is kept of it: one embedding and one score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edema_desk.domain.estimate import ChangeScore
from edema_desk.domain.model_card import InputPlan
from edema_desk.learning.crops import cut_crops, decode_crops, normalise
from edema_desk.learning.encoder import FaceEncoder

BATCH = 25


@dataclass(frozen=True, slots=True)
class Embedded:
    """Mean embedding (512,) of a clip's frames, and the score read from them."""

    embedding: NDArray[np.float16]
    score: ChangeScore


def embed_crops(
    encoder: FaceEncoder,
    plan: InputPlan,
    files: Sequence[bytes],
    between: Callable[[], None] = lambda: None,
    weights: NDArray[np.float64] | None = None,
) -> Embedded:
    """Embed JPEG files of canonical crops, at least one. `between` is called after each batch.

    `weights` (n,), none negative and not all zero, say how much each frame counts; without them
    all count alike. The mean stays linear, so that the score is still what is read from it.
    """
    parts: list[Tensor] = []
    for start in range(0, len(files), BATCH):
        images = cut_crops(decode_crops(files[start : start + BATCH]), plan)
        with torch.inference_mode():
            parts.append(encoder(normalise(images, plan)))
        between()
    embeddings = torch.cat(parts)
    with torch.inference_mode():
        part_kg = encoder.part_kg(embeddings).double().numpy()
    shares = _shares(len(files), weights)
    parts_kg = shares @ part_kg
    g_kg = part_kg.sum(axis=1)
    mean_kg = float(shares @ g_kg)
    alike = float(shares @ shares)
    variance = float(shares @ (g_kg - mean_kg) ** 2) / (1 - alike) if alike < 1 - 1e-9 else 0.0
    score = ChangeScore(
        mean_kg,
        float(np.sqrt(variance)),
        max(round(1 / alike), 1),
        tuple(parts_kg.tolist()) if encoder.parts > 1 else (),
    )
    return Embedded((shares @ embeddings.double().numpy()).astype(np.float16), score)


def _shares(frames: int, weights: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Weights that sum to 1. Their squares sum to 1 over the number of frames that they are
    worth (Kish 1965), which is what the score counts."""
    kept = np.ones(frames) if weights is None else np.asarray(weights, np.float64)
    if kept.shape != (frames,) or not np.isfinite(kept).all() or kept.min() < 0 or kept.sum() <= 0:
        raise ValueError("not the weights of these frames")
    return np.asarray(kept / kept.sum(), np.float64)
