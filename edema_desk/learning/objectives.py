"""The objectives as parts that can be put together, each a loss of the same batch."""

from collections.abc import Mapping
from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from edema_desk.domain.models.objectives import Mixture, Objective
from edema_desk.learning.batch import Batch
from edema_desk.learning.change import pairwise_change_loss
from edema_desk.learning.device import mixed_precision
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.momentum import MomentumContrast
from edema_desk.learning.parts import parts_change_loss

READS_G = (Objective.CHANGE, Objective.REGRESSION)


class _Loss(Protocol):
    def loss(self, encoder: FaceEncoder, embedding: Tensor, batch: Batch) -> Tensor: ...

    def after_step(self) -> None: ...


class _Memoryless(nn.Module):
    """An objective that knows no more than the batch."""

    def after_step(self) -> None:
        """There is nothing to remember."""


class Change(_Memoryless):
    """Pairwise change, see `pairwise_change_loss`."""

    def loss(self, encoder: FaceEncoder, embedding: Tensor, batch: Batch) -> Tensor:
        """Over all pairs of frames of one person in the batch."""
        return pairwise_change_loss(encoder.change_kg(embedding), batch.excess_kg, batch.person)


class Regression(_Memoryless):
    """Smooth-L1 of g against the excess: who it is counts as much as how it changed."""

    def loss(self, encoder: FaceEncoder, embedding: Tensor, batch: Batch) -> Tensor:
        """Mean over frames; errors up to 0.5 kg are squared."""
        return functional.smooth_l1_loss(encoder.change_kg(embedding), batch.excess_kg, beta=0.5)


class Parts(_Memoryless):
    """Pairwise change of each part of the face, see `parts_change_loss`."""

    def loss(self, encoder: FaceEncoder, embedding: Tensor, batch: Batch) -> Tensor:
        """Raises ValueError where nothing tells how much each part holds."""
        if batch.part_kg is None:
            raise ValueError("nothing tells the fluid of the parts")
        said = encoder.part_kg(embedding)
        return parts_change_loss(said, batch.part_kg, batch.person)


class Learner(nn.Module):
    """Network and objectives as one module, whose result is the loss: what runs on several
    devices at once has to be one module.

    Where no objective reads g, the read-out learns pairwise change from embeddings as they are,
    without a say in them: every network can be asked for a change in kg.
    """

    def __init__(self, encoder: FaceEncoder, mixture: Mixture) -> None:
        super().__init__()
        self.encoder = encoder
        self.objectives = nn.ModuleDict(
            {share.objective.value: _build(share.objective, encoder) for share in mixture}
        )
        self._weights: Mapping[str, float] = {s.objective.value: s.weight for s in mixture}
        self._reads_beside = not any(share.objective in READS_G for share in mixture)
        self._beside = Change()

    def forward(self, batch: Batch) -> Tensor:
        """The weighted sum of the objectives' losses."""
        with mixed_precision(batch.images.device):
            embedding = self.encoder(batch.images)
        embedding = embedding.float()
        total = torch.zeros((), device=embedding.device)
        for name, objective in self.objectives.items():
            loss = cast(_Loss, objective).loss(self.encoder, embedding, batch)
            total = total + self._weights[name] * loss
        if self._reads_beside:
            total = total + self._beside.loss(self.encoder, embedding.detach(), batch)
        return total

    def after_step(self) -> None:
        """To be called when the optimiser has made its step."""
        for objective in self.objectives.values():
            cast(_Loss, objective).after_step()


def needs_two_views(mixture: Mixture) -> bool:
    """Whether batches must hold second images."""
    return any(share.objective is Objective.CONTRAST for share in mixture)


def tells_parts(mixture: Mixture) -> bool:
    """Whether the network is to tell the parts of the face apart."""
    return any(share.objective is Objective.PARTS for share in mixture)


def _build(objective: Objective, encoder: FaceEncoder) -> nn.Module:
    if objective is Objective.CONTRAST:
        return MomentumContrast(encoder)
    plain = {
        Objective.CHANGE: Change,
        Objective.REGRESSION: Regression,
        Objective.PARTS: Parts,
    }
    return plain[objective]()
