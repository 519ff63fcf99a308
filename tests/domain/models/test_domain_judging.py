"""What a card quotes, from scores that are known to be right or wrong."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from edema_desk.domain.models.judging import (
    change_residuals,
    judge,
    quoted,
    require_enough,
    sessions_to_judge,
)
from edema_desk.domain.statistics.population import fit_prior
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.terms.estimate import ChangeScore, TransferKind
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from tests.flow.made_up_worker import make_card


def scored(noise_kg: float, people: int = 4, sessions: int = 4) -> list[ScoredCapture]:
    """Captures whose score is the excess plus the person's own constant and noise."""
    rng = np.random.default_rng(0)
    return [
        ScoredCapture(
            capture_id=f"{person}-{session}-{phase}",
            patient_id=str(person),
            day=date(2026, 3, 1 + session),
            phase=phase,
            excess_kg=excess_kg,
            score=ChangeScore(excess_kg + 50 * person + rng.normal(0, noise_kg), 0.0, 9),
            refusal=None,
        )
        for person in range(people)
        for session in range(sessions)
        for phase, excess_kg in ((Phase.PRE, rng.normal(2, 0.4)), (Phase.POST, rng.normal(0, 0.2)))
    ]


def test_a_perfect_model() -> None:
    figures = judge(scored(0.0), "numbers")
    assert figures.mae_kg == pytest.approx(0.0, abs=1e-6)
    assert figures.accuracy == 1.0
    assert figures.spread90_kg == pytest.approx(0.0, abs=1e-6)
    assert figures.change_spread90_kg == pytest.approx(0.0, abs=1e-9)
    assert (figures.people, figures.captures, figures.measured_on) == (4, 32, "numbers")


def test_spreads_hold_nine_of_ten_residuals() -> None:
    captures = scored(0.5, people=10, sessions=6)
    figures = judge(captures, "numbers")
    changes = np.abs(change_residuals(captures))
    assert np.mean(changes <= figures.change_spread90_kg) == pytest.approx(0.9, abs=0.03)
    assert figures.change_spread90_kg == pytest.approx(1.645 * 0.5 * np.sqrt(2), rel=0.25)
    assert 0.5 < figures.spread90_kg < 1.645 * 0.5 * np.sqrt(1 + 1 / 10)


def test_the_card_carries_how_the_model_comes_to_a_patient() -> None:
    captures = scored(0.3, people=8, sessions=5)
    figures = judge(captures, "numbers")
    prior = fit_prior(captures)
    assert figures.transfer == prior
    assert figures.mae_kg < 0.3
    assert figures.spread90_kg > figures.mae_kg


def test_a_session_with_one_capture_has_no_change() -> None:
    captures = scored(0.0, people=1, sessions=2)
    assert change_residuals(captures) == pytest.approx([0.0, 0.0], abs=1e-9)
    assert len(change_residuals(captures[1:])) == 1
    assert len(change_residuals([replace(captures[0], score=None), *captures[1:]])) == 1


def test_too_few_to_say_anything() -> None:
    with pytest.raises(ExpectedError) as caught:
        judge(scored(0.1, people=2, sessions=4), "numbers")
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL


def test_one_day_of_each_person_is_never_enough() -> None:
    """Nine sessions of nine people leave no other day to estimate from."""
    with pytest.raises(ExpectedError) as caught:
        judge(scored(0.1, people=9, sessions=1), "numbers")
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
    keys = [(c.patient_id, c.day, c.phase) for c in scored(0.1, people=3, sessions=3)]
    assert sessions_to_judge(keys) == 9
    assert sessions_to_judge(keys[1:]) == 8
    require_enough(keys)
    with pytest.raises(ExpectedError):
        require_enough(keys[1:])


@pytest.mark.parametrize("kind", [TransferKind.PARTS, TransferKind.RIDGE])
def test_a_way_of_transfer_needs_what_it_looks_at(kind: TransferKind) -> None:
    bare = scored(0.3, people=5)
    with pytest.raises(ExpectedError) as caught:
        judge(bare, "numbers", kind)
    assert caught.value.code is ErrorCode.MODEL_TRANSFER_UNFIT
    whole = [_with_parts_and_embedding(c) for c in bare]
    figures = judge(whole, "numbers", kind)
    assert figures.transfer is not None
    assert figures.transfer.kind is kind


def _with_parts_and_embedding(capture: ScoredCapture) -> ScoredCapture:
    assert capture.score is not None
    g_kg = capture.score.g_kg
    rng = np.random.default_rng(int(1000 * abs(g_kg)))
    return replace(
        capture,
        score=replace(capture.score, parts_kg=tuple(g_kg * np.array([4, 3, 2, 1, 0, 0]) / 10)),
        embedding=(g_kg + rng.normal(0, 1, 512)).astype(np.float16),
    )


def test_ridge_cannot_be_quoted_by_another_network() -> None:
    card = make_card()
    whole = [_with_parts_and_embedding(c) for c in scored(0.3, people=5)]
    lent = [
        replace(card, figures=judge(whole, "numbers", kind))
        for kind in (TransferKind.PARTS, TransferKind.RIDGE)
    ]
    assert quoted(lent[0]).transfer == lent[0].figures.transfer
    assert card.model_id in quoted(lent[0]).measured_on
    with pytest.raises(ExpectedError) as caught:
        quoted(lent[1])
    assert caught.value.code is ErrorCode.MODEL_TRANSFER_UNFIT
