"""What takes hours: other objectives, null tests, and networks of each patient's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.flow.evaluation.bench import Bench
from edema_desk.flow.evaluation.captures import NullTest, StudyCapture, without_fluid
from edema_desk.flow.evaluation.own import (
    SCRATCH_RATES,
    best_rate,
    own_cost_s,
    own_days,
    own_key,
    predict_day,
    rated_days,
    scratch_order,
    some_days,
    tuned_order,
)
from edema_desk.flow.evaluation.result import Predictions
from edema_desk.flow.evaluation.rows import held_out_rows, in_order
from edema_desk.flow.evaluation.sources import NetworksOfFolds, ScoreSource

OBJECTIVES = ("change", "contrast", "regression", "change+contrast")


@dataclass(frozen=True, slots=True)
class FromScratch:
    """Estimates by networks that saw one patient only, of some days of each. `rates` are those
    chosen in each fold, `steps` the mean that was made, `flat` the share whose loss was flat
    before the limit."""

    rows: Predictions
    rates: tuple[float, ...]
    steps: float
    flat: float


@dataclass(frozen=True, slots=True)
class FullRun:
    """All that is set beside the main table of one study."""

    source: ScoreSource
    captures: Sequence[StudyCapture]
    kind: TransferKind
    seed: int
    size_px: int

    def cost_s(self) -> float:
        """About how long it takes from the start."""
        others = sum(other.cost_s(self.captures) for other in self._others().values())
        nulls = len(NullTest) * self.source.cost_s(self.captures)
        scratch = scratch_order(0.0, self.seed, self.size_px)
        days = sum(
            len(list(some_days(self.captures, fold.tested)))
            + len(SCRATCH_RATES) * len(rated_days(fold, self.captures))
            for fold in self.source.folds
        )
        return others + nulls + own_cost_s(scratch, days) + self._tuning_s()

    def objectives(self, bench: Bench) -> dict[str, Predictions]:
        """The same folds, learned with other objectives; nothing for a given model."""
        tables = {}
        for name, other in self._others().items():
            tables[name] = self._table(bench, other, self.captures)
            other.forget(bench, self.captures)
        return tables

    def null_tests(self, bench: Bench) -> dict[str, Predictions]:
        """The same once the fluid was taken out of the study."""
        tables = {}
        source = self.source.for_null_tests()
        for test in NullTest:
            captures = without_fluid(self.captures, test, self.seed)
            tables[test.value] = self._table(bench, source, captures)
            source.forget(bench, captures)
        return tables

    def from_scratch(self, bench: Bench) -> FromScratch:
        """Some days of each patient by networks that learned the patient's other days."""
        rows: list[Prediction] = []
        asked: list[StudyCapture] = []
        rates, steps, flat = [], [], []
        for fold in self.source.folds:
            rate = best_rate(bench, fold, self.captures, self.seed, self.size_px)
            order = scratch_order(rate, self.seed, self.size_px)
            for day in some_days(self.captures, fold.tested):
                asked += day.asked
                rows += predict_day(bench, order, day, "")
                note = bench.pieces.note(own_key(order, day, ""))
                steps.append(note["steps"])
                flat.append(note["flat"])
            rates.append(rate)
        return FromScratch(
            in_order(asked, rows),
            tuple(rates),
            float(np.mean(steps or [np.nan])),
            float(np.mean(flat or [np.nan])),
        )

    def tuned(self, bench: Bench) -> Predictions:
        """Each day by the fold's network, its last block tuned on the patient's other days."""
        rows: list[Prediction] = []
        for fold in self.source.folds:
            name = self.source.network_id(fold, self.captures)
            days = list(own_days(self.captures, fold.tested))
            order = tuned_order(Path(), self.seed)
            if not all(bench.pieces.has(own_key(order, day, name)) for day in days):
                order = tuned_order(self.source.network(bench, fold, self.captures), self.seed)
            for day in days:
                rows += predict_day(bench, order, day, name)
        return in_order(self.captures, rows)

    def _others(self) -> dict[str, NetworksOfFolds]:
        if not isinstance(self.source, NetworksOfFolds):
            return {}
        own = self.source.recipe.objectives
        return {name: self.source.with_objectives(name) for name in OBJECTIVES if name != own}

    def _tuning_s(self) -> float:
        days = sum(len(list(own_days(self.captures, fold.tested))) for fold in self.source.folds)
        return own_cost_s(tuned_order(Path(), self.seed), days)

    def _table(
        self, bench: Bench, source: ScoreSource, captures: Sequence[StudyCapture]
    ) -> Predictions:
        judged = source.judged(source.scored(bench, captures), self.kind)
        return held_out_rows(captures, judged)
