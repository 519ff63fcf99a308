"""From scores to a number with its spread, by hand and by rule."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.estimate import (
    FEWEST_FRAMES,
    ChangeScore,
    Estimated,
    Reference,
    Refusal,
    capture_refusal,
    estimate_change,
    estimate_excess,
)
from edema_desk.domain.quality import FrameRefusal

kilograms = st.floats(-5, 5)


def score(g_kg: float, frame_sd_kg: float = 0.0, frames: int = 50) -> ChangeScore:
    return ChangeScore(g_kg, frame_sd_kg, frames)


def reference(g_kg: float, excess_kg: float) -> Reference:
    return Reference(f"c{g_kg}", score(g_kg), excess_kg)


def excess(now: ChangeScore, *references: Reference, spread90_kg: float = 0.5) -> Estimated:
    found = estimate_excess(now, references, spread90_kg=spread90_kg)
    assert found is not None
    return found


def test_without_a_reference_there_is_no_number() -> None:
    assert estimate_excess(score(1.0), [], spread90_kg=0.5) is None


def test_one_reference_gives_its_excess_plus_the_change() -> None:
    found = excess(score(1.4), reference(0.3, 0.2))
    assert found.excess_kg == pytest.approx(1.3)
    assert found.spread_kg == pytest.approx(0.5)


def test_references_are_averaged_and_their_disagreement_widens_the_spread() -> None:
    found = excess(score(1.0), reference(0.0, 0.0), reference(0.0, 0.6))
    assert found.excess_kg == pytest.approx(1.3)
    assert found.spread_kg == pytest.approx(math.hypot(0.5, 1.645 * 0.3))


def test_frames_that_disagree_widen_the_spread() -> None:
    found = excess(score(1.0, frame_sd_kg=0.5, frames=50), reference(0.0, 0.0))
    assert found.spread_kg == pytest.approx(math.hypot(0.5, 1.645 * 0.1))


@given(kilograms, st.lists(st.tuples(kilograms, kilograms), min_size=1, max_size=12), kilograms)
def test_what_is_constant_in_a_person_cancels(
    g_kg: float, known: list[tuple[float, float]], offset_kg: float
) -> None:
    """Identity, camera and light that stay shift all scores alike and change nothing."""
    plain = excess(score(g_kg), *(reference(g, e) for g, e in known))
    shifted = excess(score(g_kg + offset_kg), *(reference(g + offset_kg, e) for g, e in known))
    assert shifted.excess_kg == pytest.approx(plain.excess_kg, abs=1e-9)
    assert shifted.spread_kg == pytest.approx(plain.spread_kg, abs=1e-9)


@given(kilograms, st.lists(st.tuples(kilograms, kilograms), min_size=1, max_size=12))
def test_the_estimate_lies_among_what_the_references_say(
    g_kg: float, known: list[tuple[float, float]]
) -> None:
    says = [e + g_kg - g for g, e in known]
    found = excess(score(g_kg), *(reference(g, e) for g, e in known))
    assert min(says) - 1e-9 <= found.excess_kg <= max(says) + 1e-9
    assert found.spread_kg >= 0.5 - 1e-12


@given(st.lists(kilograms, min_size=2, max_size=10))
def test_a_perfect_model_gives_the_truth(truths_kg: list[float]) -> None:
    now, *known = truths_kg
    found = excess(score(now + 7.0), *(reference(t + 7.0, t) for t in known))
    assert found.excess_kg == pytest.approx(now, abs=1e-9)
    assert found.spread_kg == pytest.approx(0.5)


def test_change_is_what_was_lost() -> None:
    found = estimate_change(score(2.5, 0.5, 50), score(0.4, 0.5, 50), spread90_kg=0.6)
    assert found.excess_kg == pytest.approx(2.1)
    assert found.spread_kg == pytest.approx(math.hypot(0.6, 1.645 * math.hypot(0.1, 0.1)))


def test_the_standard_error_takes_frames_in_pairs() -> None:
    assert score(0.0, 0.4, 32).standard_error_kg == pytest.approx(0.1)
    assert np.isfinite(score(0.0, 0.4, 0).standard_error_kg)


def test_eight_frames_are_enough_whatever_else_was_seen() -> None:
    refused = {"no_face": 5_000}
    assert capture_refusal(FEWEST_FRAMES, refused) is None
    assert capture_refusal(FEWEST_FRAMES - 1, refused) == Refusal.NO_FACE


@pytest.mark.parametrize(
    ("frames", "refused", "why"),
    [
        (0, {}, Refusal.TOO_FEW_FRAMES),
        (5, {}, Refusal.TOO_FEW_FRAMES),
        (5, {"blurred": 5}, Refusal.TOO_FEW_FRAMES),
        (5, {"blurred": 6}, Refusal.BLURRED),
        (0, {"several_faces": 1}, Refusal.SEVERAL_FACES),
        (0, {"turned_sideways": 3, "head_tilted": 3, "no_face": 5}, Refusal.TURNED_AWAY),
        (0, {"too_dark": 2, "too_bright": 2, "uneven_light": 2, "blurred": 5}, Refusal.BAD_LIGHT),
        (0, {"face_too_small": 9, "looking_up_or_down": 4}, Refusal.FACE_TOO_SMALL),
        (3, {"not_needed": 90}, Refusal.TOO_FEW_FRAMES),
    ],
)
def test_a_capture_is_refused_for_what_refused_most(
    frames: int, refused: dict[str, int], why: Refusal
) -> None:
    assert capture_refusal(frames, refused) == why


@pytest.mark.parametrize("reason", set(FrameRefusal) - {FrameRefusal.NOT_NEEDED})
def test_every_reason_against_a_frame_can_refuse_a_capture(reason: FrameRefusal) -> None:
    why = capture_refusal(0, {reason.value: 10})
    assert why not in {None, Refusal.TOO_FEW_FRAMES}
