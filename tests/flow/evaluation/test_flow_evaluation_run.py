"""Evaluating in folds: who learns from whom, going on after a death, and what must not matter."""

from dataclasses import replace
from pathlib import Path

import pytest

from edema_desk.domain.statistics.transfer_prior import plain_prior
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Progress
from edema_desk.flow.evaluation.folds import split_for_model, split_people
from edema_desk.flow.evaluation.full import FullRun
from edema_desk.flow.evaluation.networks import Recipe
from edema_desk.flow.evaluation.own import SCRATCH_DAYS, some_days
from edema_desk.flow.evaluation.result import Predictions
from edema_desk.flow.evaluation.run import EvaluationRequest, evaluate_captures, tables_beside
from edema_desk.flow.evaluation.sources import GivenModel, NetworksOfFolds
from edema_desk.paths import Profile
from tests.flow.evaluation.evaluation_samples import Captures, ScoringWorker, bench, noise, study
from tests.flow.made_up_worker import make_card

RECIPE = Recipe(steps=3, size_px=32)
REQUEST = EvaluationRequest(folds=2, recipe=RECIPE)


@pytest.fixture(scope="module")
def captures() -> Captures:
    return study()


def networks(captures: Captures) -> NetworksOfFolds:
    return NetworksOfFolds(RECIPE, split_people(captures, 2, 0))


def run(tmp_path: Path, captures: Captures, worker: ScoringWorker) -> Predictions:
    table = evaluate_captures(
        bench(Profile(tmp_path), worker), networks(captures), captures, REQUEST
    )["predictions"]
    assert isinstance(table, tuple)
    return table


def test_nobody_tested_is_taught(tmp_path: Path, captures: Captures) -> None:
    worker = ScoringWorker()
    rows = run(tmp_path, captures, worker)
    assert [(r.patient_id, r.day, r.phase) for r in rows] == [
        (c.patient_id, c.day, c.phase) for c in captures
    ]
    assert all(r.estimate_kg is not None and r.p_edema is not None for r in rows)
    of_crop = {crop: c.patient_id for c in captures for crop in c.crops}
    for fold, taught in zip(networks(captures).folds, worker.taught, strict=True):
        learned = {of_crop[crop] for c in taught if not c.held_out for crop in c.crops}
        judged = {of_crop[crop] for c in taught if c.held_out for crop in c.crops}
        assert learned == set(fold.learning)
        assert judged == set(fold.calibrating)


def test_after_a_death_only_what_is_missing_is_done(tmp_path: Path, captures: Captures) -> None:
    whole = run(tmp_path / "whole", captures, ScoringWorker())
    with pytest.raises(ExpectedError) as caught:
        run(tmp_path / "cut", captures, ScoringWorker(dies_at=2))
    assert caught.value.code is ErrorCode.WORKER_FAILED
    second = ScoringWorker()
    assert run(tmp_path / "cut", captures, second) == whole
    assert len(second.orders) == 1
    third = ScoringWorker()
    assert run(tmp_path / "cut", captures, third) == whole
    assert third.orders == []


def test_what_a_day_weighed_and_all_others_tested_do_not_reach_its_estimates(
    tmp_path: Path, captures: Captures
) -> None:
    fold = networks(captures).folds[0]
    held = next(c for c in captures if c.patient_id in fold.tested)
    poisoned = []
    for number, c in enumerate(captures):
        if c.patient_id == held.patient_id and c.day == held.day:
            poisoned.append(replace(c, excess_kg=float("nan")))
        elif c.patient_id in fold.tested - {held.patient_id}:
            poisoned.append(noise(c, number))
        else:
            poisoned.append(c)
    source = NetworksOfFolds(RECIPE, (fold,))
    tables = [
        evaluate_captures(
            bench(Profile(tmp_path / name), ScoringWorker()), source, tuple(given), REQUEST
        )["predictions"]
        for name, given in (("plain", captures), ("poisoned", poisoned))
    ]
    pairs = [
        (plain, other)
        for plain, other in zip(*tables, strict=True)
        if (plain.patient_id, plain.day) == (held.patient_id, held.day)
    ]
    assert len(pairs) == 2
    for plain, other in pairs:
        assert plain.estimate_kg is not None
        assert (plain.estimate_kg, plain.spread_kg, plain.p_edema) == (
            other.estimate_kg,
            other.spread_kg,
            other.p_edema,
        )


def given(captures: Captures, tmp_path: Path) -> GivenModel:
    model = ModelInUse(tmp_path / "model", make_card())
    return GivenModel(model, plain_prior(0.5), split_for_model(captures, 2, 0))


def test_with_a_given_model_a_patient_depends_on_no_other(
    tmp_path: Path, captures: Captures
) -> None:
    others = tuple(c if c.patient_id == "P3" else noise(c, i) for i, c in enumerate(captures))
    tables = [
        evaluate_captures(
            bench(Profile(tmp_path / name), ScoringWorker()), given(shown, tmp_path), shown, REQUEST
        )["predictions"]
        for name, shown in (("plain", captures), ("noise", others))
    ]
    kept = [[r for r in table if r.patient_id == "P3"] for table in tables]
    assert len(kept[0]) == 10
    assert kept[0] == kept[1]


def test_ways_of_transfer_and_days_are_set_beside(tmp_path: Path, captures: Captures) -> None:
    told = evaluate_captures(
        bench(Profile(tmp_path), ScoringWorker()), given(captures, tmp_path), captures, REQUEST
    )
    assert set(told["transfer"]) == {"reference", "shrink", "ridge"}  # no parts in these scores
    assert set(told["learning_curve"]) == {1, 2, 3}  # of five days, one is held out
    assert set(told["first_sessions"]) == {1, 2, 3, 4}
    assert all(len(rows) == len(captures) for rows in told["learning_curve"].values())


def full_run(captures: Captures) -> FullRun:
    return FullRun(networks(captures), captures, TransferKind.SHRINK, 0, 32)


def test_from_scratch_learns_one_patient_and_never_hears_of_the_held_out_day(
    tmp_path: Path, captures: Captures
) -> None:
    worker = ScoringWorker()
    scratch = full_run(captures).from_scratch(bench(Profile(tmp_path), worker))
    assert all(row.estimate_kg is not None for row in scratch.rows)
    assert all(row.spread_kg is None for row in scratch.rows)
    assert (scratch.steps, scratch.flat) == (120, 1.0)
    assert len(scratch.rates) == 2
    days = 8 * SCRATCH_DAYS
    assert len(scratch.rows) == 2 * days
    assert days <= len(worker.tuned) <= days + 2 * 2 * 3
    for order, sent in worker.tuned:
        assert order.model is None
        assert len({c.person for c in sent}) == 1
        assert [c.excess_kg for c in sent if c.held_out] == [0.0, 0.0]
        assert len([c for c in sent if not c.held_out]) == 8
    again = ScoringWorker()
    assert full_run(captures).from_scratch(bench(Profile(tmp_path), again)) == scratch
    assert again.tuned == []


def test_the_days_from_scratch_lie_evenly_over_the_course(captures: Captures) -> None:
    days = sorted({c.day for c in captures if c.patient_id == "P1"})
    chosen = [day.asked[0].day for day in some_days(captures, frozenset(["P1"]))]
    assert chosen == [days[1], days[3]]
    few = tuple(c for c in captures if c.day in days[:2])
    assert len(list(some_days(few, frozenset(["P1"])))) == 2


def test_null_tests_objectives_and_tuning_run_over_the_same_captures(
    tmp_path: Path, captures: Captures
) -> None:
    worker = ScoringWorker()
    place = bench(Profile(tmp_path), worker)
    full = full_run(captures)
    nulls = full.null_tests(place)
    assert set(nulls) == {"weights_shuffled", "face_blanked", "colours_only"}
    others = full.objectives(place)
    assert set(others) == {"contrast", "regression", "change+contrast"}
    assert [o.objectives for o in worker.orders[6:]] == [name for name in others for _ in range(2)]
    assert not any(order.folder.exists() for order in worker.orders)  # networks are large
    tuned = full.tuned(place)
    assert {o.model is not None and o.model.exists() for o, _ in worker.tuned} == {True}
    for rows in (*nulls.values(), *others.values(), tuned):
        assert len(rows) == len(captures)
        assert all(row.estimate_kg is not None for row in rows)


def test_tables_come_one_by_one_and_what_takes_longest_last(
    tmp_path: Path, captures: Captures
) -> None:
    worker = ScoringWorker()
    found: dict[str, object] = {}
    for table in tables_beside(bench(Profile(tmp_path), worker), full_run(captures)):
        done = len(worker.tuned) + len(worker.orders)
        found |= table()
        assert len(worker.tuned) + len(worker.orders) > done  # nothing was done before its turn
    assert list(found) == ["tuned", "null_tests", "objectives", "from_scratch", "scratch_notes"]
    from_random_weights = [order.model is None for order, _ in worker.tuned]
    assert from_random_weights == sorted(from_random_weights)
    assert len(set(from_random_weights)) == 2


def test_progress_tells_the_time_to_go_and_cancelling_ends_it(
    tmp_path: Path, captures: Captures
) -> None:
    told: list[Progress] = []
    cancel = Cancel()

    def listen(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 5:
            cancel.set()

    source = networks(captures)
    with pytest.raises(ExpectedError) as caught:
        evaluate_captures(
            bench(Profile(tmp_path), ScoringWorker(), listen, cancel), source, captures, REQUEST
        )
    assert caught.value.code is ErrorCode.CANCELLED
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert {p.what for p in told} == {"evaluate"}


def test_null_tests_are_taught_no_swelling_beside_the_study() -> None:
    rich = Recipe(objectives="change+parts", lay_over=True)
    assert rich.without_overlay() == Recipe()
    assert Recipe(objectives="contrast").without_overlay().objectives == "contrast"
