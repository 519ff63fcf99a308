"""What a freshly trained network finds familiar, from the captures it was trained on."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.batch import Overlay
from edema_desk.learning.crops import normalise
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.familiar import Familiar, fit_familiar
from edema_desk.learning.training_set import TrainingSet

CAPTURES_A_PERSON = 12
FRAMES_A_CAPTURE = 4
_SEED = 20


def familiar_of(
    encoder: FaceEncoder,
    plan: InputPlan,
    data: TrainingSet,
    overlay: Overlay | None = None,
    between: Callable[[], None] = lambda: None,
) -> Familiar | None:
    """Fit what is familiar; None when the people are too few.

    With an `overlay` it is laid on as in training, so that swelling is nothing strange.
    `between` is called after each capture. The same for the same network and data.
    """
    random = torch.Generator().manual_seed(_SEED)
    embeddings: list[NDArray[np.float64]] = []
    person: list[int] = []
    for capture in _captures(data):
        crops = np.flatnonzero(data.capture == capture)
        chosen = crops[_spread(len(crops), FRAMES_A_CAPTURE)]
        embeddings.append(_embedded(encoder, plan, data, chosen, overlay, random))
        person.append(int(data.person[capture]))
        between()
    if not embeddings:
        return None
    return fit_familiar(np.stack(embeddings), np.array(person, np.int64))


def _captures(data: TrainingSet) -> list[int]:
    shown = np.unique(data.capture)
    chosen: list[int] = []
    for who in np.unique(data.person[shown]):
        own = shown[data.person[shown] == who]
        chosen += own[_spread(len(own), CAPTURES_A_PERSON)].tolist()
    return chosen


def _spread(count: int, most: int) -> NDArray[np.int64]:
    """At most so many places of `count`, evenly from the first to the last."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.int64)


def _embedded(
    encoder: FaceEncoder,
    plan: InputPlan,
    data: TrainingSet,
    chosen: NDArray[np.int64],
    overlay: Overlay | None,
    random: torch.Generator,
) -> NDArray[np.float64]:
    crops = torch.from_numpy(data.crops[chosen])
    capture = torch.from_numpy(data.capture[chosen])
    with torch.inference_mode():
        if overlay is not None:
            excess_kg = torch.from_numpy(data.excess_kg[data.capture[chosen]]).float()
            person = torch.from_numpy(data.person[data.capture[chosen]])
            crops = overlay(crops, excess_kg, person, capture, random)[0]
        side = crops.shape[-1] - data.margin_px
        inner = crops[:, :, data.margin_px : side, data.margin_px : side]
        embedding = encoder(normalise(inner, plan))
    return np.asarray(embedding.double().mean(dim=0).numpy(), np.float64)
