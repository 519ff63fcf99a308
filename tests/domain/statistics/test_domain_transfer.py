"""The transfer to a patient: against conditioning written out, and its rules."""

import math
from dataclasses import asdict, replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.statistics.transfer import personal
from edema_desk.domain.statistics.transfer_prior import (
    PhaseLevel,
    TransferPrior,
    plain_prior,
    prior_from,
)
from edema_desk.domain.terms.estimate import PARTS, ChangeScore, TransferKind
from edema_desk.domain.terms.records import Phase
from tests.domain.statistics.transfer_cohort import FIRST_DAY

Known = tuple[float, float, int]
kilograms = st.floats(-4, 4)
known_captures = st.lists(
    st.tuples(kilograms, kilograms, st.integers(0, 5)), min_size=1, max_size=9
)


def prior(slope_sd: float = 0.3, *, two_levels: bool = False, **changes: object) -> TransferPrior:
    made = TransferPrior(
        kind=TransferKind.SHRINK,
        mean=(0.9, 1.0),
        covariance=((1.0, 0.05 * slope_sd), (0.05 * slope_sd, slope_sd**2)),
        feature_mean=(1.0,),
        day_sd_kg=0.2,
        capture_sd_kg=0.25,
        usual_error_kg=0.0,
        pre=PhaseLevel(2.0, 0.7, 0.44),
        post=PhaseLevel(0.0, 0.15, 0.2),
        edema_slope=1.0,
        interval90=1.645,
        two_levels=two_levels,
        people=20,
        captures=200,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def score(g_kg: float, frame_sd_kg: float = 0.0) -> ChangeScore:
    return ChangeScore(g_kg, frame_sd_kg, 24)


def captures(known: list[Known]) -> list[ScoredCapture]:
    return [
        ScoredCapture(
            f"c{i}",
            "p",
            FIRST_DAY + timedelta(day),
            Phase.PRE if excess_kg > 1 else Phase.POST,
            excess_kg,
            score(g_kg),
            None,
        )
        for i, (g_kg, excess_kg, day) in enumerate(known)
    ]


def conditioned(model: TransferPrior, known: list[Known], g_kg: float) -> tuple[float, float]:
    """The joint normal of all excesses written out, the unknown one given the known ones."""
    features = np.array([g for g, _, _ in known] + [g_kg]) - model.feature_mean[0]
    days = np.array([day for _, _, day in known] + [-1])
    design = np.column_stack([np.ones(len(features)), features])
    joint = design @ np.array(model.covariance) @ design.T
    joint += model.day_sd_kg**2 * (days[:, None] == days[None, :])
    joint += model.capture_sd_kg**2 * np.eye(len(days))
    mean = design @ np.array(model.mean)
    gain = joint[-1, :-1] @ np.linalg.inv(joint[:-1, :-1])
    away = np.array([excess for _, excess, _ in known]) - mean[:-1]
    return float(mean[-1] + gain @ away), float(joint[-1, -1] - gain @ joint[:-1, -1])


@given(known_captures, kilograms)
def test_it_is_the_joint_normal_conditioned(known: list[Known], g_kg: float) -> None:
    said = personal(prior(), captures(known)).estimate(score(g_kg))
    mean_kg, variance = conditioned(prior(), known, g_kg)
    assert said.excess_kg == pytest.approx(mean_kg, abs=1e-8)
    assert said.sd_kg == pytest.approx(math.sqrt(variance), abs=1e-8)


@given(known_captures, kilograms, kilograms)
def test_without_slopes_of_its_own_and_levels_unknown_it_averages_the_references(
    known: list[Known], g_kg: float, offset_kg: float
) -> None:
    """Of equally trusted captures; and what is constant in a person cancels."""
    model = personal(
        plain_prior(0.5), captures([(g + offset_kg, excess, day) for g, excess, day in known])
    )
    said = model.estimate(score(g_kg + offset_kg))
    assert said.excess_kg == pytest.approx(np.mean([e + g_kg - g for g, e, _ in known]), abs=1e-6)
    assert said.sd_kg == pytest.approx(
        0.5 / 1.645 * math.sqrt((1 + 1 / len(known)) / (1 + 1 / 8)), rel=1e-6
    )


@given(known_captures, st.tuples(kilograms, kilograms, st.integers(0, 5)), kilograms)
def test_one_reference_more_never_makes_it_less_sure(
    known: list[Known], more: Known, g_kg: float
) -> None:
    fewer = personal(prior(), captures(known)).estimate(score(g_kg))
    there = personal(prior(), captures([*known, more])).estimate(score(g_kg))
    assert there.sd_kg <= fewer.sd_kg + 1e-9


@given(known_captures, kilograms, st.randoms(use_true_random=False))
def test_the_order_of_the_references_does_not_matter(
    known: list[Known], g_kg: float, random: "np.random.Generator"
) -> None:
    model = prior(two_levels=True)
    shuffled = list(known)
    random.shuffle(shuffled)
    one = personal(model, captures(known)).estimate(score(g_kg))
    two = personal(model, captures(shuffled)).estimate(score(g_kg))
    assert one.excess_kg == pytest.approx(two.excess_kg, abs=1e-9)
    assert one.sd_kg == pytest.approx(two.sd_kg, abs=1e-9)
    assert one.p_edema == pytest.approx(two.p_edema, abs=1e-9)
    assert 0 <= one.p_edema <= 1


@given(known_captures, kilograms, st.floats(0.2, 5))
def test_units_do_not_matter(known: list[Known], g_kg: float, factor: float) -> None:
    model = prior(two_levels=True)
    scaled = replace(
        model,
        mean=(factor * model.mean[0], model.mean[1]),
        covariance=(
            (factor**2 * model.covariance[0][0], factor * model.covariance[0][1]),
            (factor * model.covariance[1][0], model.covariance[1][1]),
        ),
        feature_mean=(factor * model.feature_mean[0],),
        day_sd_kg=factor * model.day_sd_kg,
        capture_sd_kg=factor * model.capture_sd_kg,
        pre=PhaseLevel(*(factor * v for v in asdict(model.pre).values())),
        post=PhaseLevel(*(factor * v for v in asdict(model.post).values())),
    )
    own = captures(known)
    larger = [
        replace(c, excess_kg=factor * c.excess_kg, score=score(factor * k[0]))
        for c, k in zip(own, known, strict=True)
    ]
    one = personal(model, own).estimate(score(g_kg))
    two = personal(scaled, larger).estimate(score(factor * g_kg))
    assert two.excess_kg == pytest.approx(factor * one.excess_kg, rel=1e-6, abs=1e-6)
    assert two.sd_kg == pytest.approx(factor * one.sd_kg, rel=1e-6)
    assert two.p_edema == pytest.approx(one.p_edema, abs=1e-6)


def test_references_of_one_day_count_for_less_than_those_of_two() -> None:
    same = personal(prior(), captures([(2.0, 2.0, 0), (0.0, 0.0, 0)])).estimate(score(2.0))
    apart = personal(prior(), captures([(2.0, 2.0, 0), (0.0, 0.0, 1)])).estimate(score(2.0))
    assert apart.sd_kg < same.sd_kg


def test_frames_that_agree_less_than_usual_make_it_less_sure() -> None:
    model = personal(prior(usual_error_kg=0.1), captures([(2.0, 2.0, 0)]))
    sure = model.estimate(score(1.0, frame_sd_kg=0.1)).sd_kg
    usual = model.estimate(score(1.0, frame_sd_kg=0.3)).sd_kg
    less = model.estimate(score(1.0, frame_sd_kg=3.0))
    assert sure == usual  # standard errors of 0.03 and 0.09
    error_kg = 3.0 * math.sqrt(2 / 24)
    assert less.sd_kg == pytest.approx(math.sqrt(usual**2 + error_kg**2 - 0.1**2))


def test_a_face_that_shows_half_as_much_is_learned() -> None:
    """Ten days at half the population's slope: half the change in g is the whole change."""
    known = [(g, 2 * g, day) for day in range(10) for g in (0.0, 1.0)]
    first = personal(prior(), captures(known[:2])).estimate(score(1.5)).excess_kg
    later = personal(prior(), captures(known)).estimate(score(1.5)).excess_kg
    assert 1.5 < first < later < 3.0
    assert later == pytest.approx(3.0, abs=0.3)


def test_captures_without_a_score_are_passed_over() -> None:
    known = captures([(2.0, 2.0, 0), (0.3, 0.1, 1)])
    blind = replace(known[0], score=None)
    with_it = personal(prior(), [blind, known[1]]).estimate(score(1.0))
    assert with_it.sd_kg == personal(prior(), [known[1]]).estimate(score(1.0)).sd_kg


def test_a_spot_capture_is_not_drawn_to_the_two_levels() -> None:
    model = personal(prior(two_levels=True), captures([(2.0, 2.0, 0), (0.0, 0.0, 0)]))
    straight = personal(prior(), captures([(2.0, 2.0, 0), (0.0, 0.0, 0)]))
    assert model.estimate(score(0.6), spot=True) == straight.estimate(score(0.6))
    assert model.estimate(score(0.6)).excess_kg < straight.estimate(score(0.6)).excess_kg


def test_a_kind_says_what_it_lacks() -> None:
    parts = replace(
        prior(),
        kind=TransferKind.PARTS,
        mean=(0.0,) * (1 + PARTS),
        covariance=tuple(map(tuple, np.eye(1 + PARTS))),
        feature_mean=(0.0,) * PARTS,
    )
    with pytest.raises(ValueError, match="no parts"):
        personal(parts, captures([(1.0, 1.0, 0)]))
    ridge = replace(
        parts,
        kind=TransferKind.RIDGE,
        directions=((1.0, 0.0),) * (PARTS - 1),
        centre=(0.0, 0.0),
    )
    with pytest.raises(ValueError, match="embedding"):
        personal(ridge, captures([(1.0, 1.0, 0)]))


@pytest.mark.parametrize("kind", [TransferKind.SHRINK, TransferKind.TUNED, TransferKind.PARTS])
def test_a_prior_has_a_slope_for_each_number_its_kind_looks_at(kind: TransferKind) -> None:
    none = ((0.0,) * 3,) * 3
    with pytest.raises(ValueError, match="slopes"):
        prior(kind=kind, mean=(0.9, 1.0, 1.0), feature_mean=(1.0, 1.0), covariance=none)


def test_a_prior_comes_back_from_its_fields() -> None:
    assert prior_from(asdict(prior())) == prior()
    assert prior_from(asdict(plain_prior(0.7))) == plain_prior(0.7)
