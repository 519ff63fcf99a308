"""With real networks: what a day weighed, and the pixels and weights of everybody whom the
fold's network must not know, change its estimates by not a bit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.flow.evaluation.folds import Fold
from edema_desk.flow.evaluation.networks import Recipe
from edema_desk.flow.evaluation.own import own_days, predict_day
from edema_desk.flow.evaluation.rows import held_out_rows
from edema_desk.flow.evaluation.sources import NetworksOfFolds
from edema_desk.paths import Profile
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.training import TuneOrder
from tests.flow.evaluation.evaluation_samples import Captures, bench, noise, study

RECIPE = Recipe(objectives="change+contrast", steps=2, size_px=32)
FOLD = Fold(0, frozenset({"P0", "P1"}), frozenset({"P2", "P3"}), frozenset({"P4", "P5"}))
ELSEWHERE = "P6"
"""A patient of the study who has no part in the fold."""


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    with WorkerClient(threads=1, low_priority=True) as client:
        yield client


def rows(tmp_path: Path, worker: WorkerClient, captures: Captures) -> tuple[Prediction, ...]:
    source = NetworksOfFolds(RECIPE, (FOLD,))
    scored = source.scored(bench(Profile(tmp_path), worker), captures)
    return held_out_rows(captures, source.judged(scored, TransferKind.SHRINK))


def test_to_the_bit(tmp_path: Path, worker: WorkerClient) -> None:
    captures = study(people=7, days=5, frames=2)
    held = captures[0]
    assert held.patient_id in FOLD.tested
    poisoned = []
    for number, c in enumerate(captures):
        if (c.patient_id, c.day) == (held.patient_id, held.day):
            poisoned.append(replace(c, excess_kg=float("nan")))
        elif c.patient_id in {"P1", ELSEWHERE}:
            poisoned.append(noise(c, number))
        else:
            poisoned.append(c)
    plain = rows(tmp_path / "plain", worker, captures)
    other = rows(tmp_path / "poisoned", worker, tuple(poisoned))
    asked = [i for i, c in enumerate(captures) if (c.patient_id, c.day) == ("P0", held.day)]
    assert len(asked) == 2
    for i in asked:
        assert plain[i].estimate_kg is not None
        assert replace(plain[i], excess_kg=0.0) == replace(other[i], excess_kg=0.0)
    taught = [
        replace(c, excess_kg=c.excess_kg + 0.3) if c.patient_id == "P4" else c for c in captures
    ]
    changed = rows(tmp_path / "taught", worker, tuple(taught))
    assert plain[asked[0]].estimate_kg != changed[asked[0]].estimate_kg  # the test can fail


def test_networks_of_ones_own_neither(tmp_path: Path, worker: WorkerClient) -> None:
    captures = study(people=7, days=5, frames=2)
    place = bench(Profile(tmp_path / "networks"), worker)
    network = NetworksOfFolds(RECIPE, (FOLD,)).network(place, FOLD, captures)
    (day, *_) = own_days(captures, FOLD.tested)
    blind = replace(day, asked=tuple(replace(c, excess_kg=float("nan")) for c in day.asked))
    for order, name in ((TuneOrder(None, 2, 1e-3, 0, 32), ""), (TuneOrder(network, 2), "fold")):
        plain, unseen = (
            predict_day(bench(Profile(tmp_path / f"{name}-{i}"), worker), order, shown, name)
            for i, shown in enumerate((day, blind))
        )
        assert len(plain) == 2
        assert all(row.estimate_kg is not None and row.spread_kg is None for row in plain)
        assert [row.estimate_kg for row in plain] == [row.estimate_kg for row in unseen]
