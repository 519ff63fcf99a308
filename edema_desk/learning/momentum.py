"""The contrast objective: a second network that follows the first, and a queue of its features."""

import copy
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, distributed, nn
from torch.nn import functional

from edema_desk.learning.batch import Batch
from edema_desk.learning.device import mixed_precision
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.supmoco import Keys, weight_supmoco_loss


@dataclass(frozen=True, slots=True)
class ContrastOptions:
    """Starting points are those of momentum contrast (He et al., CVPR 2020), made smaller: tens
    of people fill no longer queue, and some thousand steps need a second network that follows
    faster."""

    features: int = 128
    queue: int = 2048
    momentum: float = 0.99
    temperature: float = 0.1
    sigma_kg: float = 0.5


class MomentumContrast(nn.Module):
    """Keeps the following network and its queue among its tensors, so a checkpoint holds them."""

    def __init__(self, encoder: FaceEncoder, options: ContrastOptions | None = None) -> None:
        super().__init__()
        self.options = options or ContrastOptions()
        width, features = encoder.read_out.in_features, self.options.features
        self.head = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, features))
        self.following = nn.Sequential(copy.deepcopy(encoder), copy.deepcopy(self.head))
        self.following.requires_grad_(False)
        length = self.options.queue
        self.register_buffer("feature", torch.zeros(length, features))
        self.register_buffer("is_pre", torch.zeros(length, dtype=torch.bool))
        self.register_buffer("excess_kg", torch.zeros(length))
        self.register_buffer("person", torch.zeros(length, dtype=torch.int64))
        self.register_buffer("capture", torch.zeros(length, dtype=torch.int64))
        self.register_buffer("enqueued", torch.zeros((), dtype=torch.int64))
        self.enqueued: Tensor
        self._new: Keys | None = None

    def loss(self, encoder: FaceEncoder, embedding: Tensor, batch: Batch) -> Tensor:
        """Of the embedding of the first view against keys of the second and of the queue."""
        if batch.second_images is None:
            raise ValueError("the contrast needs two views")
        self._follow(encoder)
        query = functional.normalize(self.head(embedding).float(), dim=1)
        with torch.no_grad(), mixed_precision(batch.images.device):
            own = self.following(batch.second_images)
        own = functional.normalize(own.float(), dim=1)
        self._new = _keys(own, batch)
        return weight_supmoco_loss(
            _keys(query, batch),
            own,
            self.queue(),
            sigma_kg=self.options.sigma_kg,
            temperature=self.options.temperature,
        )

    def after_step(self) -> None:
        """The new keys take the places of the oldest; those of all processes alike."""
        if self._new is None:
            return
        columns = [_of_all(column) for column in _columns(self._new)]
        place = int(self.enqueued) + torch.arange(len(columns[0]), device=columns[0].device)
        place = place[-self.options.queue :] % self.options.queue
        for held, column in zip(_columns(self._held()), columns, strict=True):
            held[place] = column[-self.options.queue :]
        self.enqueued += len(columns[0])
        self._new = None

    def queue(self) -> Keys:
        """What is in it, at first nothing."""
        filled = min(int(self.enqueued), self.options.queue)
        return Keys(*(column[:filled] for column in _columns(self._held())))

    def _held(self) -> Keys:
        names = ("feature", "is_pre", "excess_kg", "person", "capture")
        return Keys(*(cast(Tensor, getattr(self, name)) for name in names))

    @torch.no_grad()
    def _follow(self, encoder: FaceEncoder) -> None:
        """A step of the second network towards the first. Its running means are its own."""
        leading = [*encoder.parameters(), *self.head.parameters()]
        for behind, ahead in zip(self.following.parameters(), leading, strict=True):
            behind.lerp_(ahead, 1.0 - self.options.momentum)


def _keys(feature: Tensor, batch: Batch) -> Keys:
    return Keys(feature, batch.is_pre, batch.excess_kg, batch.person, batch.capture)


def _columns(keys: Keys) -> tuple[Tensor, ...]:
    return keys.feature, keys.is_pre, keys.excess_kg, keys.person, keys.capture


def _of_all(column: Tensor) -> Tensor:
    """The rows of every process, in the order of their ranks."""
    if not distributed.is_initialized():
        return column
    parts = [torch.empty_like(column) for _ in range(distributed.get_world_size())]
    distributed.all_gather(parts, column.contiguous())
    return torch.cat(parts)
