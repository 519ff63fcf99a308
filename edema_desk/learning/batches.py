"""Batches in which pairs can be made: few people, several captures each, some frames of each.

Only crops of the training set given are ever drawn, so who is left out of it stays out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.learning.training_set import FEWEST_PEOPLE, TrainingSet


@dataclass(frozen=True, slots=True)
class BatchShape:
    """How many people, captures of each, and frames of each capture make a batch; and how many
    people there must be at least to draw from."""

    people: int = 8
    captures: int = 4
    frames: int = 2
    fewest_people: int = FEWEST_PEOPLE


class Batches:
    """Batch number `step` is the same each time it is asked for: a resumed training sees what
    an uninterrupted one would have seen."""

    def __init__(self, data: TrainingSet, shape: BatchShape, seed: int) -> None:
        data.check_size(shape.fewest_people)
        self._shape, self._seed = shape, seed
        self._people = data.people()
        shown = np.unique(data.capture)
        order = np.argsort(data.capture, kind="stable")
        starts = np.searchsorted(data.capture[order], shown)
        self._crops_of = dict(zip(shown.tolist(), np.split(order, starts[1:]), strict=True))
        self._phases_of = {
            int(person): tuple(
                shown[(data.person[shown] == person) & (data.is_pre[shown] == phase)]
                for phase in (True, False)
            )
            for person in self._people
        }

    @property
    def people_a_batch(self) -> int:
        """As the shape says, or everyone when there are fewer."""
        return min(self._shape.people, len(self._people))

    def batch(self, step: int) -> NDArray[np.int64]:
        """Indices of crops, those of one person together."""
        rng = np.random.default_rng([self._seed, 1, step])
        chosen = [
            crop
            for person in self._people_of(step)
            for capture in self._captures_of(int(person), rng)
            for crop in self._frames_of(int(capture), rng)
        ]
        return np.array(chosen, dtype=np.int64)

    def _people_of(self, step: int) -> NDArray[np.int64]:
        """Everyone has a turn before anyone has a second one, but for the rest of a round."""
        steps_a_round = len(self._people) // self.people_a_batch
        turn, place = divmod(step, steps_a_round)
        order = np.random.default_rng([self._seed, 0, turn]).permutation(self._people)
        return order[place * self.people_a_batch :][: self.people_a_batch]

    def _captures_of(self, person: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Half before dialysis and half after, made up from the other phase where one lacks."""
        pre, post = (rng.permutation(captures) for captures in self._phases_of[person])
        wanted = self._shape.captures
        half = max(wanted // 2, wanted - len(post))
        first = pre[:half]
        return np.concatenate([first, post[: wanted - len(first)]])

    def _frames_of(self, capture: int, rng: np.random.Generator) -> NDArray[np.int64]:
        crops = self._crops_of[capture]
        return rng.choice(crops, self._shape.frames, replace=len(crops) < self._shape.frames)
