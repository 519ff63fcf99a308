"""The objective against a loop written out by hand, and what it must not notice."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.learning.change import pairwise_change_loss

KNEE_KG = 0.5


def by_hand(g: list[float], d: list[float], person: list[int]) -> float:
    total, pairs = 0.0, 0
    for a in range(len(g)):
        for b in range(a + 1, len(g)):
            if person[a] == person[b]:
                error = abs((g[a] - g[b]) - (d[a] - d[b]))
                total += error**2 / (2 * KNEE_KG) if error < KNEE_KG else error - KNEE_KG / 2
                pairs += 1
    return total / pairs if pairs else 0.0


kg = st.floats(-5, 5, allow_nan=False, width=32)
rows = st.lists(st.tuples(kg, kg, st.integers(0, 3)), min_size=1, max_size=12)


def loss_of(g: list[float], d: list[float], person: list[int]) -> float:
    return float(
        pairwise_change_loss(
            torch.tensor(g, dtype=torch.float64),
            torch.tensor(d, dtype=torch.float64),
            torch.tensor(person),
        )
    )


@given(rows)
def test_equals_the_loop(rows: list[tuple[float, float, int]]) -> None:
    g, d, person = (list(column) for column in zip(*rows, strict=True))
    assert abs(loss_of(g, d, person) - by_hand(g, d, person)) < 1e-9


@given(rows, st.permutations(range(12)))
def test_order_does_not_matter(rows: list[tuple[float, float, int]], order: list[int]) -> None:
    g, d, person = (list(column) for column in zip(*rows, strict=True))
    turned = [rows[i] for i in order if i < len(rows)]
    g2, d2, person2 = (list(column) for column in zip(*turned, strict=True))
    assert abs(loss_of(g, d, person) - loss_of(g2, d2, person2)) < 1e-9


@given(rows, st.lists(kg, min_size=4, max_size=4))
def test_what_is_constant_in_a_person_cancels(
    rows: list[tuple[float, float, int]], own: list[float]
) -> None:
    g, d, person = (list(column) for column in zip(*rows, strict=True))
    moved = [value + own[who] for value, who in zip(g, person, strict=True)]
    assert abs(loss_of(g, d, person) - loss_of(moved, d, person)) < 1e-6


def test_without_a_pair_it_is_nought_and_can_be_differentiated() -> None:
    g = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = pairwise_change_loss(g, torch.tensor([0.0, 5.0]), torch.tensor([0, 1]))
    loss.backward()  # type: ignore[no-untyped-call]
    assert float(loss.detach()) == 0.0
    assert g.grad is not None
    assert not bool(g.grad.any())
