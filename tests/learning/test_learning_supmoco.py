"""WeightSupMoCo against a loop written out by hand and against supervised contrast."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pytorch_metric_learning.losses import SupConLoss
from torch.nn import functional

from edema_desk.learning.supmoco import Keys, weight_supmoco_loss

TEMPERATURE = 0.2


def some_keys(count: int, captures: int, seed: int) -> Keys:
    rng = np.random.default_rng(seed)
    capture = torch.from_numpy(rng.integers(0, captures, count))
    return Keys(
        functional.normalize(torch.from_numpy(rng.normal(0, 1, (count, 6))), dim=1),
        capture % 2 == 0,
        (capture % 5).double() * 0.7,
        capture // 4,
        capture,
    )


def views(query: Keys, seed: int) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    near = query.feature + 0.3 * torch.randn(query.feature.shape, generator=random)
    return functional.normalize(near, dim=1)


def by_hand(query: Keys, own: torch.Tensor, queue: Keys, sigma_kg: float) -> float:
    total = 0.0
    for i in range(len(query)):
        terms = [(1.0, float(query.feature[i] @ own[i]) / TEMPERATURE)]
        for p in range(len(queue)):
            if query.capture[i] == queue.capture[p]:
                continue
            apart_kg = float(query.excess_kg[i] - queue.excess_kg[p])
            same = bool(query.is_pre[i] == queue.is_pre[p])
            weight = math.exp(-(apart_kg**2) / (2 * sigma_kg**2)) if same else 0.0
            terms.append((weight, float(query.feature[i] @ queue.feature[p]) / TEMPERATURE))
        log_all = math.log(sum(math.exp(logit) for _, logit in terms))
        weights = sum(weight for weight, _ in terms)
        total -= sum(weight / weights * (logit - log_all) for weight, logit in terms)
    return total / len(query)


def loss_of(query: Keys, own: torch.Tensor, queue: Keys, sigma_kg: float) -> float:
    return float(weight_supmoco_loss(query, own, queue, sigma_kg=sigma_kg, temperature=TEMPERATURE))


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(0, 20), st.floats(0.1, 5.0))
@settings(max_examples=40, deadline=None)
def test_equals_the_loop(seed: int, queries: int, queued: int, sigma_kg: float) -> None:
    query, queue = some_keys(queries, 12, seed), some_keys(queued, 12, seed + 1)
    own = views(query, seed)
    expected = by_hand(query, own, queue, sigma_kg)
    assert loss_of(query, own, queue, sigma_kg) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_equal_weights_are_supervised_contrast(seed: int) -> None:
    """Clip for clip against the library: the positives of one query are all of its label."""
    query, queue = some_keys(5, 10, seed), some_keys(30, 10, seed + 10)
    own = views(query, seed)
    supcon = SupConLoss(temperature=TEMPERATURE)
    values = []
    for i in range(len(query)):
        other = queue.capture != query.capture[i]
        references = torch.cat([own[i : i + 1], queue.feature[other]])
        labels = torch.cat([query.is_pre[i : i + 1], queue.is_pre[other]]).long()
        values.append(
            supcon(
                query.feature[i : i + 1],
                query.is_pre[i : i + 1].long(),
                ref_emb=references,
                ref_labels=labels,
            )
        )
    expected = float(torch.stack(values).mean())
    assert loss_of(query, own, queue, math.inf) == pytest.approx(expected, rel=1e-6)
    assert loss_of(query, own, queue, 0.3) != pytest.approx(expected, rel=1e-3)


def test_keys_of_the_own_clip_do_not_count_at_all() -> None:
    query, queue = some_keys(4, 3, 0), some_keys(20, 3, 1)
    own = views(query, 0)
    one_clip = replace(query, capture=torch.zeros(4, dtype=torch.int64))
    of_it = queue.capture == 0
    assert bool(of_it.any())
    moved = queue.feature.clone()
    moved[of_it] = -moved[of_it]
    assert loss_of(one_clip, own, queue, 0.5) == loss_of(
        one_clip, own, replace(queue, feature=moved), 0.5
    )


def test_nearer_weights_pull_more() -> None:
    """Of two keys of the query's side, the one of the same excess gets the larger gradient."""
    feature = functional.normalize(torch.randn(1, 6, generator=torch.Generator().manual_seed(0)))
    query = Keys(
        feature, torch.ones(1, dtype=torch.bool), torch.zeros(1), torch.zeros(1), torch.zeros(1)
    )
    across = torch.linalg.qr(torch.cat([feature, torch.eye(6)[:3]]).T)[0].T[1:3]
    keys = across.clone().requires_grad_()
    queue = Keys(
        keys,
        torch.ones(2, dtype=torch.bool),
        torch.tensor([0.0, 1.0]),
        torch.ones(2),
        torch.tensor([1.0, 2.0]),
    )
    loss = weight_supmoco_loss(query, feature, queue, sigma_kg=0.5, temperature=TEMPERATURE)
    loss.backward()  # type: ignore[no-untyped-call]
    assert keys.grad is not None
    pull = -(keys.grad @ feature[0])
    assert float(pull[0]) > float(pull[1])


def test_an_empty_queue_gives_nought() -> None:
    query = some_keys(3, 4, 0)
    empty = some_keys(0, 4, 0)
    assert loss_of(query, views(query, 0), empty, 0.5) == 0.0
