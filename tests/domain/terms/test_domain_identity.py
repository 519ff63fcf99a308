"""Whether two captures show one person."""

import numpy as np
import pytest

from edema_desk.domain.terms.identity import (
    IDENTITY_SIZE,
    OTHER_FROM,
    SAME_UP_TO,
    Verdict,
    judge,
    same_person,
)


def vectors(
    distance: float, frames: int = 1, seed: int = 0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Frames that scatter about a place at that distance from the origin."""
    scatter = np.random.default_rng(seed).normal(0.0, 0.02, (frames, IDENTITY_SIZE))
    place = np.zeros(IDENTITY_SIZE)
    place[0] = distance
    return np.asarray(scatter - scatter.mean(axis=0) + place, np.float32)


@pytest.mark.parametrize(
    ("distance", "verdict"),
    [
        (0.0, Verdict.SAME),
        (SAME_UP_TO, Verdict.SAME),
        (SAME_UP_TO + 1e-6, Verdict.UNSURE),
        (OTHER_FROM - 1e-6, Verdict.UNSURE),
        (OTHER_FROM, Verdict.OTHER),
        (float("nan"), Verdict.OTHER),
    ],
)
def test_verdicts(distance: float, verdict: Verdict) -> None:
    assert judge(distance) is verdict


def test_frames_count_by_their_mean() -> None:
    likeness = same_person(vectors(0.3, 9), vectors(-0.2, 4, seed=1))
    assert likeness.distance == pytest.approx(0.5, abs=1e-5)
    assert likeness.verdict is Verdict.UNSURE
    assert likeness.questioned


def test_the_order_does_not_matter() -> None:
    a, b = vectors(0.3, 9), vectors(0.1, 4, seed=1)
    assert same_person(a, b) == same_person(b, a)
    assert not same_person(a, b).questioned


def test_nothing_is_compared_with_nothing() -> None:
    with pytest.raises(ValueError, match="a frame"):
        same_person(vectors(0.0), np.zeros((0, IDENTITY_SIZE), np.float32))
