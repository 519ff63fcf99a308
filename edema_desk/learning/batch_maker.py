"""From the training set to batches: draw, lay over, augment, normalise."""

import torch
from torch import Tensor

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.augment import Augment
from edema_desk.learning.batch import Batch, Overlay
from edema_desk.learning.batches import Batches, BatchShape
from edema_desk.learning.crops import normalise
from edema_desk.learning.training_set import TrainingSet

STEPS_APART = 1_000_003
"""Between the seeds of two trainings: their batches draw from generators of their own."""


class BatchMaker:
    """Batch `number` is the same whenever it is made, on one kind of device."""

    def __init__(
        self,
        data: TrainingSet,
        plan: InputPlan,
        shape: BatchShape,
        seed: int,
        device: torch.device,
        *,
        overlay: Overlay | None = None,
        two_views: bool = False,
    ) -> None:
        self._data, self._plan, self._seed, self._device = data, plan, seed, device
        self._overlay, self._two_views = overlay, two_views
        self._batches = Batches(data, shape, seed)
        self._augment = Augment(plan.size_px)
        self._excess_kg = torch.from_numpy(data.excess_kg).float()
        self._person = torch.from_numpy(data.person)
        self._session = torch.from_numpy(data.session)
        self._is_pre = torch.from_numpy(data.is_pre)

    def batch(self, number: int) -> Batch:
        """Draws only crops of the training set, and of its table only the rows of those."""
        chosen = self._batches.batch(number)
        capture = torch.from_numpy(self._data.capture[chosen])
        crops = torch.from_numpy(self._data.crops[chosen]).to(self._device)
        person = self._person[capture].to(self._device)
        excess_kg = self._excess_kg[capture].to(self._device)
        random = torch.Generator(self._device).manual_seed(self._seed * STEPS_APART + number)
        is_pre = self._is_pre[capture].to(self._device)
        part_kg: Tensor | None = None
        if self._overlay is not None:
            where = capture.to(self._device)
            crops, excess_kg, part_kg = self._overlay(crops, excess_kg, person, where, random)
            is_pre = _above_own_mean(excess_kg, person)
        return Batch(
            images=self._view(crops, person, random),
            excess_kg=excess_kg,
            person=person,
            capture=capture.to(self._device),
            session=self._session[capture].to(self._device),
            is_pre=is_pre,
            part_kg=part_kg,
            second_images=self._view(crops, person, random) if self._two_views else None,
        )

    def _view(self, crops: Tensor, person: Tensor, random: torch.Generator) -> Tensor:
        return normalise(self._augment(crops, person, random), self._plan)


def _above_own_mean(excess_kg: Tensor, person: Tensor) -> Tensor:
    """True for frames with more fluid than the person's others in the batch: with swelling laid
    over, before and after dialysis are what the swelling says."""
    _, whose, count = torch.unique(person, return_inverse=True, return_counts=True)
    total = torch.zeros(len(count), device=excess_kg.device).index_add_(0, whose, excess_kg)
    own_mean = (total / count)[whose]
    return torch.gt(excess_kg, own_mean)
