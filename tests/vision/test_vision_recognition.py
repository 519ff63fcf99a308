"""Who sits there is asked early, seldom afterwards, and anew once somebody went away."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from edema_desk.domain.terms.identity import IDENTITY_SIZE, Verdict
from edema_desk.vision.recognition import (
    AWAY_AFTER,
    FIRST_STEP,
    FRAMES_FIRST,
    LATER_STEP,
    NEAR_MS,
    Recognition,
)

STEP_MS = 100.0


class Net:
    """Knows a crop by the number written in it: that far from the origin it lies."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def embed_files(self, files: Sequence[bytes]) -> NDArray[np.float32]:
        """As `IdentityNet.embed_files`."""
        self.asked += files
        vectors = np.zeros((len(files), IDENTITY_SIZE), np.float32)
        vectors[:, 0] = [float(file) for file in files]
        return vectors


def recognition(net: Net) -> Recognition:
    return Recognition(net, np.zeros((2, IDENTITY_SIZE), np.float32))  # type: ignore[arg-type]


def test_an_answer_after_a_second_and_rarely_renewed() -> None:
    net = Net()
    who = recognition(net)
    said = [who.see(STEP_MS * i, 1, b"0.1") for i in range(LATER_STEP * 3)]
    first = next(i for i, likeness in enumerate(said) if likeness is not None)
    assert first == FIRST_STEP * FRAMES_FIRST - 1
    likeness = said[-1]
    assert likeness is not None
    assert likeness.distance == pytest.approx(0.1)
    assert likeness.verdict is Verdict.SAME
    assert len(net.asked) == FRAMES_FIRST + 2


def test_frames_that_are_not_usable_are_not_compared() -> None:
    net = Net()
    who = recognition(net)
    assert [who.see(STEP_MS * i, 1, None) for i in range(50)] == [None] * 50
    assert net.asked == []


def test_somebody_else_after_an_empty_chair() -> None:
    net = Net()
    who = recognition(net)
    for i in range(20):
        who.see(STEP_MS * i, 1, b"0.0")
    for i in range(AWAY_AFTER - 1):
        assert who.see(2000 + STEP_MS * i, 0, None) is not None
    assert who.see(3000.0, 2, None) is None  # two faces are no answer either
    said = [who.see(4000 + STEP_MS * i, 1, b"0.9") for i in range(20)]
    assert said[0] is None
    assert said[-1] is not None
    assert said[-1].verdict is Verdict.OTHER


def test_a_moment_without_a_face_changes_nothing() -> None:
    who = recognition(Net())
    said = [who.see(STEP_MS * i, 0 if i % 5 == 4 else 1, b"0.2") for i in range(60)]
    assert said[-1] is not None
    assert all(a is None or b is not None for a, b in pairwise(said))


def test_in_the_end_what_was_compared_near_by_serves_again() -> None:
    net = Net()
    who = recognition(net)
    for i in range(200):
        who.see(STEP_MS * i, 1, b"0.1")
    before = len(net.asked)
    likeness = who.conclude([STEP_MS * i for i in range(0, 200, 2)], [b"0.1"] * 100)
    assert likeness is not None
    assert likeness.distance == pytest.approx(0.1)
    assert len(net.asked) == before


def test_in_the_end_what_is_far_from_all_is_compared_then() -> None:
    net = Net()
    who = recognition(net)
    for i in range(20):
        who.see(STEP_MS * i, 1, b"0.0")
    before = len(net.asked)
    times = [0.0, 100.0, 200.0, NEAR_MS * 3, NEAR_MS * 5]
    likeness = who.conclude(times, [b"0.0", b"0.0", b"0.0", b"0.5", b"1.0"])
    assert net.asked[before:] == [b"0.5", b"1.0"]
    assert likeness is not None
    assert likeness.distance == pytest.approx(0.3)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=200))
def test_never_more_work_than_promised(seen: list[tuple[int, bool]]) -> None:
    """However faces come and go: one comparison in FIRST_STEP usable frames at most."""
    net = Net()
    who = recognition(net)
    usable = 0
    for i, (faces, good) in enumerate(seen):
        crop = b"0.1" if faces == 1 and good else None
        usable += crop is not None
        likeness = who.see(STEP_MS * i, faces, crop)
        assert likeness is None or likeness.distance == pytest.approx(0.1)
    assert len(net.asked) <= usable // FIRST_STEP
    assert who.conclude([], []) is None
