"""Leave one day out: what may be used and what may not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from edema_desk.domain.statistics.held_out import ScoredCapture, leave_one_day_out
from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.domain.terms.records import Phase


def captures(noise_kg: float = 0.0, days: int = 4) -> list[ScoredCapture]:
    rng = np.random.default_rng(1)
    made = []
    for patient, level in (("A", 5.0), ("B", -3.0)):
        for day in range(1, days + 1):
            for phase, excess in ((Phase.PRE, 2.0 + 0.1 * day), (Phase.POST, 0.05 * day)):
                g = level + excess + noise_kg * rng.standard_normal()
                made.append(
                    ScoredCapture(
                        f"{patient}{day}{phase}",
                        patient,
                        date(2026, 3, day),
                        phase,
                        excess,
                        ChangeScore(g, 0.1, 40),
                        None,
                    )
                )
    return made


def test_a_perfect_score_gives_a_perfect_estimate_whatever_the_persons_level() -> None:
    for prediction in leave_one_day_out(captures(), spread90_kg=0.5):
        assert prediction.estimate_kg == pytest.approx(prediction.excess_kg)
        assert prediction.spread_kg is not None
        assert prediction.spread_kg >= 0.5


def test_the_weights_of_the_held_out_day_do_not_reach_its_estimate() -> None:
    whole = captures(noise_kg=0.2)
    held = date(2026, 3, 2)
    blind = [replace(c, excess_kg=float("nan")) if c.day == held else c for c in whole]
    pairs = zip(
        leave_one_day_out(whole, spread90_kg=0.5),
        leave_one_day_out(blind, spread90_kg=0.5),
        strict=True,
    )
    for seen, unseen in pairs:
        if seen.day == held:
            assert seen.estimate_kg == unseen.estimate_kg
            assert seen.edema_threshold_kg == unseen.edema_threshold_kg


def test_a_refused_capture_has_no_number_and_is_no_reference() -> None:
    made = captures()
    made[0] = replace(made[0], score=None, refusal=Refusal.NO_FACE)
    predictions = leave_one_day_out(made, spread90_kg=0.5)
    assert predictions[0].estimate_kg is None
    assert predictions[0].refused == "no_face"
    assert all(p.estimate_kg is not None for p in predictions[1:])


def test_an_interval_too_wide_to_tell_anything_is_refused_when_asked() -> None:
    wide = leave_one_day_out(captures(), spread90_kg=3.0)
    assert all(p.refused is None for p in wide)
    narrow = leave_one_day_out(captures(), spread90_kg=3.0, widest_half_kg=2.0)
    assert {p.refused for p in narrow} == {Refusal.TOO_UNSURE.value}
    assert {p.estimate_kg for p in narrow} == {p.p_edema for p in narrow} == {None}


def test_a_patients_own_residuals_give_the_width_once_there_are_nine() -> None:
    """Four days leave six captures of the other days, seven days leave twelve."""
    few = leave_one_day_out(captures(0.3), spread90_kg=0.01)
    many = leave_one_day_out(captures(0.3, days=7), spread90_kg=0.01)
    assert all(p.spread_kg is not None and p.spread_kg < 0.06 for p in few)
    assert all(p.spread_kg is not None and p.spread_kg > 0.2 for p in many)


def test_a_single_day_has_no_reference() -> None:
    one_day = [c for c in captures() if c.day == date(2026, 3, 1)]
    for prediction in leave_one_day_out(one_day, spread90_kg=0.5):
        assert prediction.refused == Refusal.NO_REFERENCE.value
        assert prediction.edema_threshold_kg is None
