"""What is in a batch, and that nothing else ever gets into one."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.batch_maker import BatchMaker
from edema_desk.learning.batches import Batches, BatchShape
from edema_desk.learning.training_set import TrainingSet
from tests.learning.learning_samples import SMALL_PLAN


def some_captures(study: TrainingSet, keep: list[int]) -> TrainingSet:
    """The study with crops of those captures only; the table of captures stays whole."""
    rows = np.isin(study.capture, keep)
    return TrainingSet(
        study.crops[rows],
        study.margin_px,
        study.capture[rows],
        study.person,
        study.session,
        study.excess_kg,
        study.is_pre,
    )


def test_a_batch_has_its_shape_and_both_phases(study: TrainingSet) -> None:
    batches = Batches(study, BatchShape(people=3, captures=4, frames=2), seed=1)
    for step in range(12):
        captures = study.capture[batches.batch(step)]
        people = study.person[captures]
        assert len(captures) == 24
        assert len(set(people.tolist())) == 3
        for person in set(people.tolist()):
            own = set(captures[people == person].tolist())
            assert len(own) == 4
            assert sorted(study.is_pre[list(own)].tolist()) == [False, False, True, True]


def test_the_same_seed_gives_the_same_batches_in_any_order(study: TrainingSet) -> None:
    one, two = (Batches(study, BatchShape(), seed=5) for _ in range(2))
    forwards = [one.batch(step).tolist() for step in range(5)]
    backwards = [two.batch(step).tolist() for step in reversed(range(5))]
    assert forwards == backwards[::-1]
    assert forwards != [Batches(study, BatchShape(), seed=6).batch(s).tolist() for s in range(5)]


def test_everyone_has_a_turn(study: TrainingSet) -> None:
    batches = Batches(study, BatchShape(people=2, captures=2, frames=1), seed=0)
    turns = [set(study.person[study.capture[batches.batch(s)]].tolist()) for s in range(2)]
    assert turns[0] | turns[1] == {0, 1, 2, 3}


@given(st.sets(st.integers(0, 23), min_size=1), st.integers(0, 3))
def test_only_what_is_shown_is_drawn(study: TrainingSet, keep: set[int], seed: int) -> None:
    """Captures whose crops were left out never come up, whatever is left."""
    shown = some_captures(study, sorted(keep))
    if len(shown.people()) < 2:
        with pytest.raises(ExpectedError) as caught:
            Batches(shown, BatchShape(), seed)
        assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
        return
    batches = Batches(shown, BatchShape(people=3, captures=4, frames=2), seed)
    drawn = np.concatenate([shown.capture[batches.batch(step)] for step in range(4)])
    assert set(drawn.tolist()) <= keep
    people = shown.person[drawn]
    for person in set(people.tolist()):
        assert len(set(drawn[people == person].tolist())) >= 2


def test_with_swelling_laid_over_the_sides_follow_it(study: TrainingSet) -> None:
    """Before dialysis is then whoever has more than the person's mean, drawn or not."""

    def swap(
        crops: torch.Tensor,
        excess_kg: torch.Tensor,
        person: torch.Tensor,
        capture: torch.Tensor,
        random: torch.Generator,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        del person, capture, random
        return crops, 10.0 - excess_kg, torch.zeros(len(crops), 6)

    shape, cpu = BatchShape(people=4, captures=4, frames=2), torch.device("cpu")
    plain = BatchMaker(study, SMALL_PLAN, shape, 1, cpu).batch(0)
    swapped = BatchMaker(study, SMALL_PLAN, shape, 1, cpu, overlay=swap).batch(0)
    assert torch.equal(plain.is_pre, torch.from_numpy(study.is_pre)[plain.capture])
    assert torch.equal(swapped.is_pre, ~plain.is_pre)
    assert torch.equal(swapped.excess_kg, 10.0 - plain.excess_kg)
