"""From scores to a number with its spread, by hand and by rule."""

import math

import numpy as np
import pytest

from edema_desk.domain.terms.estimate import (
    FEWEST_FRAMES,
    ChangeScore,
    Refusal,
    capture_refusal,
    estimate_change,
)
from edema_desk.domain.terms.quality import FrameRefusal


def score(g_kg: float, frame_sd_kg: float = 0.0, frames: int = 50) -> ChangeScore:
    return ChangeScore(g_kg, frame_sd_kg, frames)


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


@pytest.mark.parametrize("reason", sorted(set(FrameRefusal) - {FrameRefusal.NOT_NEEDED}))
def test_every_reason_against_a_frame_can_refuse_a_capture(reason: FrameRefusal) -> None:
    why = capture_refusal(0, {reason.value: 10})
    assert why not in {None, Refusal.TOO_FEW_FRAMES}
