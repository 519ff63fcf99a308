"""From a clip's crops to what is kept of it: one embedding and one score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edema_desk.domain.models.card import InputPlan
from edema_desk.domain.terms.estimate import ChangeScore
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
) -> Embedded:
    """Embed JPEG files of canonical crops, at least one. `between` is called after each batch."""
    parts: list[Tensor] = []
    for start in range(0, len(files), BATCH):
        parts.append(embed_frames(encoder, plan, files[start : start + BATCH]))
        between()
    return summed_up(encoder, torch.cat(parts))


def embed_frames(encoder: FaceEncoder, plan: InputPlan, files: Sequence[bytes]) -> Tensor:
    """One embedding (n, 512) for each JPEG file of a canonical crop, at least one."""
    images = cut_crops(decode_crops(files), plan)
    with torch.inference_mode():
        return cast(Tensor, encoder(normalise(images, plan)))


def summed_up(encoder: FaceEncoder, embeddings: Tensor) -> Embedded:
    """What the embeddings (n, 512) of a clip's frames say together.

    All frames count alike: no robust mean that was tried was better (decision 0010).
    """
    with torch.inference_mode():
        part_kg = encoder.part_kg(embeddings).double().numpy()
    g_kg = part_kg.sum(axis=1)
    score = ChangeScore(
        float(g_kg.mean()),
        float(g_kg.std(ddof=1)) if len(g_kg) > 1 else 0.0,
        len(g_kg),
        tuple(part_kg.mean(axis=0).tolist()) if encoder.parts > 1 else (),
    )
    return Embedded(embeddings.double().mean(dim=0).numpy().astype(np.float16), score)
