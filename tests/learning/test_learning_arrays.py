"""Rounds of training over plain arrays."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.arrays import (
    Round,
    first_weights,
    one_round,
    optimiser_state_of,
    weights_of,
    with_optimiser_state,
    with_weights,
)
from edema_desk.learning.batches import BatchShape
from edema_desk.learning.training import PretrainOptions
from edema_desk.learning.training_set import TrainingSet
from tests.learning.learning_samples import SMALL_PLAN, SmallEncoder

PLAN: InputPlan = SMALL_PLAN
OPTIONS = PretrainOptions(steps=2, batch=BatchShape(4, 2, 1), seed=3)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edema_desk.learning.training.FaceEncoder", SmallEncoder)


def same(one: Round, two: Round) -> bool:
    pairs = [(one.weights, two.weights), (one.optimiser_state, two.optimiser_state)]
    return all(
        a.keys() == b.keys() and all(np.array_equal(a[k], b[k]) for k in a) for a, b in pairs
    )


def test_weights_come_back() -> None:
    weights = first_weights(OPTIONS)
    net = SmallEncoder()
    with_weights(net, weights)
    back = weights_of(net)
    assert back.keys() == weights.keys()
    assert all(np.array_equal(back[name], weights[name]) for name in back)
    back["read_out.bias"][:] = 9.0
    assert not bool((net.read_out.bias == 9.0).any())  # copies, not views


@pytest.mark.parametrize(("change", "error"), [("missing", KeyError), ("shape", ValueError)])
def test_weights_of_another_network_change_nothing(change: str, error: type[Exception]) -> None:
    net = SmallEncoder()
    before = weights_of(net)
    foreign = {name: value + 1 for name, value in before.items()}
    if change == "missing":
        del foreign["read_out.bias"]
    else:
        foreign["read_out.bias"] = np.zeros(7, np.float32)
    with pytest.raises(error):
        with_weights(net, foreign)
    assert all(np.array_equal(before[k], v) for k, v in weights_of(net).items())


def test_the_optimiser_remembers() -> None:
    net = SmallEncoder()
    one, two = (torch.optim.AdamW(net.parameters()) for _ in range(2))
    net.change_kg(net(torch.rand(4, 3, 32, 32))).sum().backward()  # type: ignore[no-untyped-call]
    one.step()
    kept = optimiser_state_of(one)
    with_optimiser_state(two, kept)
    again = optimiser_state_of(two)
    assert kept.keys() == again.keys()
    assert any(name.endswith("exp_avg_sq") for name in kept)
    assert all(np.array_equal(kept[name], again[name]) for name in kept)


def test_a_round_repeats_itself_and_moves_the_weights(study: TrainingSet) -> None:
    start = first_weights(OPTIONS)
    one, two = (one_round(start, {}, study, PLAN, OPTIONS) for _ in range(2))
    assert same(one, two)
    assert one.steps == 2
    assert one.captures == len(study.person)
    assert np.isfinite(one.loss)
    assert not np.array_equal(start["read_out.weight"], one.weights["read_out.weight"])
    assert not same(one, one_round(start, {}, study, PLAN, OPTIONS, number=1))


def test_rounds_carry_on(study: TrainingSet) -> None:
    """What the optimiser remembers is part of the way."""
    first = one_round(first_weights(OPTIONS), {}, study, PLAN, OPTIONS)
    with_memory = one_round(first.weights, first.optimiser_state, study, PLAN, OPTIONS, 1)
    without = one_round(first.weights, {}, study, PLAN, OPTIONS, 1)
    assert not same(with_memory, without)
    more = first.optimiser_state["0.step"], with_memory.optimiser_state["0.step"]
    assert [int(step) for step in more] == [2, 4]


def test_no_steps_change_nothing(study: TrainingSet) -> None:
    start = first_weights(OPTIONS)
    made = one_round(start, {}, study, PLAN, replace(OPTIONS, steps=0))
    assert (made.steps, made.loss) == (0, 0.0)
    assert all(np.array_equal(start[name], made.weights[name]) for name in start)
