"""What a population tells: the fit finds what made it, and a patient gains by it."""

from dataclasses import replace

import numpy as np
import pytest

from edema_desk.domain.statistics.agreement import figures
from edema_desk.domain.statistics.first_sessions import errors_after, gain_between
from edema_desk.domain.statistics.held_out import leave_one_day_out
from edema_desk.domain.statistics.mixed_effects import Person, fit_mixed
from edema_desk.domain.statistics.population import cross_fitted, fit_prior
from edema_desk.domain.statistics.transfer_prior import TransferPrior
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.records import Phase
from tests.domain.statistics.transfer_cohort import cohort

KINDS = [kind for kind in TransferKind if kind is not TransferKind.TUNED]


def mae_kg(prior: TransferPrior, seed: int, **how: float) -> float:
    rows = leave_one_day_out(cohort(seed, 30, **how), prior=prior)  # type: ignore[arg-type]
    return figures(rows, [r.estimate_kg for r in rows]).mae_kg


def test_the_fit_finds_what_made_the_people() -> None:
    rng = np.random.default_rng(0)
    people = []
    for _ in range(300):
        days = np.repeat(np.arange(6), 2)
        x = rng.normal(0.0, 1.0, (12, 1))
        own = rng.multivariate_normal([1.5, 0.9], [[0.5, 0.1], [0.1, 0.09]])
        errors = rng.normal(0.0, 0.2, 6)[days] + rng.normal(0.0, 0.3, 12)
        people.append(Person(x, own[0] + own[1] * x[:, 0] + errors, days))
    model, others = fit_mixed(people, np.ones(1))
    assert others == []
    assert model.mean == pytest.approx([1.5, 0.9], abs=0.1)
    assert model.covariance == pytest.approx(np.array([[0.5, 0.1], [0.1, 0.09]]), abs=0.08)
    assert (model.day_sd, model.capture_sd) == pytest.approx((0.2, 0.3), abs=0.03)


def test_the_fit_climbs_to_the_top_of_the_likelihood() -> None:
    """No small step in a variance makes the people likelier, as the normal density written out
    has it; with many people the weak priors hardly weigh."""
    rng = np.random.default_rng(1)
    days = np.repeat(np.arange(4), 2)
    people = []
    for _ in range(150):
        x = rng.normal(0.0, 1.0, (8, 1))
        errors = rng.normal(0.0, 0.3, 4)[days] + rng.normal(0.0, 0.2, 8)
        people.append(Person(x, rng.normal(0, 1) + rng.normal(1, 0.3) * x[:, 0] + errors, days))
    model, _ = fit_mixed(people, np.ones(1))

    def likelihood(day_sd: float, capture_sd: float) -> float:
        total = 0.0
        for person in people:
            design = np.column_stack([np.ones(8), person.features])
            joint = design @ model.covariance @ design.T + capture_sd**2 * np.eye(8)
            joint += day_sd**2 * (days[:, None] == days[None, :])
            away = person.excess_kg - design @ model.mean
            total -= 0.5 * np.linalg.slogdet(joint)[1] + 0.5 * away @ np.linalg.solve(joint, away)
        return total

    top = likelihood(model.day_sd, model.capture_sd)
    for factor in (0.9, 1.1):
        assert likelihood(factor * model.day_sd, model.capture_sd) < top
        assert likelihood(model.day_sd, factor * model.capture_sd) < top


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_carries_over(kind: TransferKind) -> None:
    prior = fit_prior(cohort(1, 20), kind)
    assert prior.kind is kind
    assert mae_kg(prior, 2) < (0.45 if kind is TransferKind.REFERENCE else 0.25)


def test_slopes_of_ones_own_and_two_levels_are_each_worth_it() -> None:
    people = cohort(3, 20)
    averaged = mae_kg(fit_prior(people, TransferKind.REFERENCE), 4)
    straight = mae_kg(fit_prior(people, TransferKind.SHRINK, two_levels=False), 4)
    drawn = mae_kg(fit_prior(people, TransferKind.SHRINK), 4)
    assert drawn < 0.93 * straight < 0.93 * 0.8 * averaged


def test_one_session_makes_it_better_than_none() -> None:
    people, prior = cohort(5, 39), fit_prior(cohort(6, 20))
    gain = gain_between(*(errors_after(people, prior, n, from_day=1) for n in (0, 1)))
    assert gain.low_kg > 0
    assert gain.patients == 39
    assert gain.harmed < 0.25
    assert gain.gain_kg == pytest.approx(gain.mae_before_kg - gain.mae_after_kg)


def test_a_session_is_judged_on_days_that_neither_knew() -> None:
    """Another truth on the first day moves only what knew that day."""
    people = cohort(7, 3)
    prior = fit_prior(cohort(8, 10))
    first = min(c.day for c in people)
    moved = [replace(c, excess_kg=c.excess_kg + 1) if c.day == first else c for c in people]
    for days, same in ((0, True), (1, False)):
        one = errors_after(people, prior, days, from_day=1)
        two = errors_after(moved, prior, days, from_day=1)
        assert all(np.array_equal(one[name], two[name]) is same for name in one)
        assert {len(errors) for errors in one.values()} == {8}
    with pytest.raises(ValueError, match="both known and asked"):
        errors_after(people, prior, 2, from_day=1)


def test_nothing_of_a_person_reaches_what_the_others_say_of_them() -> None:
    """Cross-fitting: predictions of the first person by a prior that never saw that person."""
    people = cohort(9, 6)
    stretched = [
        replace(c, excess_kg=40 * c.excess_kg) if c.patient_id == "p5" else c for c in people
    ]
    one = cross_fitted(people)[1]
    two = cross_fitted(stretched)[1]
    mine = [(a, b) for a, b in zip(one, two, strict=True) if a.patient_id == "p5"]
    assert len(mine) == 10
    alone = fit_prior([c for c in people if c.patient_id != "p5"])
    rows = leave_one_day_out([c for c in people if c.patient_id == "p5"], prior=alone)
    for (row, _), same in zip(mine, rows, strict=True):
        assert row.estimate_kg == pytest.approx(same.estimate_kg, abs=0.02)


def test_units_do_not_matter_to_the_fit() -> None:
    people = cohort(10, 8)
    tenfold = [
        replace(
            c,
            excess_kg=10 * c.excess_kg,
            score=replace(c.score, g_kg=10 * c.score.g_kg, frame_sd_kg=10 * c.score.frame_sd_kg),
        )
        for c in people
        if c.score is not None
    ]
    one, ten = fit_prior(people), fit_prior(tenfold)
    assert ten.mean[1] == pytest.approx(one.mean[1], rel=1e-3)
    assert ten.day_sd_kg == pytest.approx(10 * one.day_sd_kg, rel=1e-3)
    assert ten.capture_sd_kg == pytest.approx(10 * one.capture_sd_kg, rel=1e-3)
    assert ten.interval90 == pytest.approx(one.interval90, rel=1e-2)


def test_the_interval_holds_nine_in_ten_of_new_people() -> None:
    held = []
    for seed in range(12):
        prior = fit_prior(cohort(seed, 13, noise_kg=0.2, wild_share=0.1))
        rows = leave_one_day_out(cohort(100 + seed, 20, noise_kg=0.2, wild_share=0.1), prior=prior)
        held += [
            abs(r.estimate_kg - r.excess_kg) <= r.spread_kg
            for r in rows
            if r.estimate_kg is not None and r.spread_kg is not None
        ]
    assert 0.88 <= np.mean(held) <= 0.93


def test_the_probability_says_how_often_it_is_so() -> None:
    prior = fit_prior(cohort(11, 20, noise_kg=0.4))
    rows = leave_one_day_out(cohort(12, 80, noise_kg=0.4), prior=prior)
    said = np.array([r.p_edema for r in rows], dtype=float)
    true = np.array([r.phase is Phase.PRE for r in rows])
    assert np.mean((said - true) ** 2) < 0.11
    for low, high in ((0.02, 0.3), (0.3, 0.7), (0.7, 0.98)):
        inside = (said >= low) & (said < high)
        assert inside.sum() > 40
        assert true[inside].mean() == pytest.approx(said[inside].mean(), abs=0.09)


def test_nobody_to_learn_from() -> None:
    with pytest.raises(ValueError, match="nobody"):
        fit_prior([])
    with pytest.raises(ValueError, match="nobody"):
        fit_prior([replace(c, score=None) for c in cohort(1, 2)])


@pytest.mark.parametrize("people", [1, 2])
def test_a_handful_of_people_gives_a_prior_all_the_same(people: int) -> None:
    prior = fit_prior(cohort(13, people))
    assert np.isfinite(prior.interval90)
    assert mae_kg(prior, 14) < 0.5
