"""Networks that are one patient's own: learned from scratch, or tuned from the fold's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from edema_desk.domain.models.card import SIZE_PX
from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.held_out import leave_one_day_out
from edema_desk.flow.evaluation.bench import CAPTURE_S, STEP_S, Bench
from edema_desk.flow.evaluation.captures import StudyCapture
from edema_desk.flow.evaluation.folds import Fold
from edema_desk.flow.evaluation.networks import training_captures
from edema_desk.flow.evaluation.pieces import Said, key_of
from edema_desk.flow.evaluation.rows import scored_capture
from edema_desk.worker.protocol.training import TuneOrder

SCRATCH_STEPS = 600
"""The most, if the loss does not become flat; most do before."""
SCRATCH_DAYS = 2
"""Of each patient: networks from scratch for all days would take longer than all else."""
SCRATCH_RATES = (1e-4, 3e-4, 1e-3)
RATED_PATIENTS = 2
TUNED_STEPS = 30
_SHARE_OF_A_STEP = 0.75
"""A batch of one patient is smaller than one of pre-training."""


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day held out of a patient's own network: what it learns from and what it is asked."""

    known: tuple[StudyCapture, ...]
    asked: tuple[StudyCapture, ...]

    @property
    def sent(self) -> tuple[StudyCapture, ...]:
        """Those with crops, as they go to the worker and come back."""
        return tuple(c for c in (*self.known, *self.asked) if c.crops)


def own_days(captures: Sequence[StudyCapture], patients: frozenset[str]) -> Iterator[OwnDay]:
    """Each day of each of the patients, where other days have two captures to learn from."""
    for patient in sorted(patients):
        own = [c for c in captures if c.patient_id == patient]
        for day in sorted({c.day for c in own}):
            known = tuple(c for c in own if c.day != day)
            if sum(bool(c.crops) for c in known) >= 2:
                yield OwnDay(known, tuple(c for c in own if c.day == day))


def some_days(captures: Sequence[StudyCapture], patients: frozenset[str]) -> Iterator[OwnDay]:
    """The same, at most `SCRATCH_DAYS` of each patient, evenly over the course."""
    days: dict[str, list[OwnDay]] = {}
    for day in own_days(captures, patients):
        days.setdefault(day.asked[0].patient_id, []).append(day)
    for own in days.values():
        some = min(SCRATCH_DAYS, len(own))
        yield from (own[(2 * place + 1) * len(own) // (2 * some)] for place in range(some))


def scratch_order(learning_rate: float, seed: int, size_px: int) -> TuneOrder:
    """The same network from random weights, until its loss is flat."""
    return TuneOrder(None, SCRATCH_STEPS, learning_rate, seed, size_px)


def tuned_order(network: Path, seed: int) -> TuneOrder:
    """The fold's network, its last block tuned."""
    return replace(TuneOrder(network, seed=seed), steps=TUNED_STEPS)


def own_cost_s(order: TuneOrder, days: int) -> float:
    """About how long so many days take."""
    sized = (order.size_px / SIZE_PX) ** 2
    return days * (STEP_S * _SHARE_OF_A_STEP * order.steps * sized + 10 * CAPTURE_S)


def predict_day(bench: Bench, order: TuneOrder, day: OwnDay, name: str) -> list[Prediction]:
    """The estimates of the asked captures, the references averaged. There is no interval: no
    such network was judged on anyone else. `name` stands for the network tuned from."""
    said = _said(bench, order, day, name)
    captures = (*day.known, *day.asked)
    scored = [scored_capture(c, said.get(c.key, Said())) for c in captures]
    asked = {c.key for c in day.asked}
    rows = leave_one_day_out(scored, spread90_kg=1.0)
    return [
        replace(row, spread_kg=None, p_edema=None)
        for row, capture in zip(rows, captures, strict=True)
        if capture.key in asked
    ]


def rated_days(fold: Fold, captures: Sequence[StudyCapture]) -> list[OwnDay]:
    """On which the learning rate of a fold is chosen: the last day of calibrating patients."""
    patients = frozenset(sorted(fold.calibrating)[:RATED_PATIENTS])
    return list({day.asked[0].patient_id: day for day in own_days(captures, patients)}.values())


def best_rate(
    bench: Bench, fold: Fold, captures: Sequence[StudyCapture], seed: int, size_px: int
) -> float:
    """The learning rate from scratch that came nearest on calibrating patients, one day each."""
    errors = {
        rate: [
            abs(row.estimate_kg - row.excess_kg)
            for day in rated_days(fold, captures)
            for row in predict_day(bench, scratch_order(rate, seed, size_px), day, "")
            if row.estimate_kg is not None
        ]
        for rate in SCRATCH_RATES
    }
    return min(errors, key=lambda rate: float(np.mean(errors[rate] or [np.inf])))


def own_key(order: TuneOrder, day: OwnDay, name: str) -> str:
    """Of all that follows for one day; what was weighed on it is not in it."""
    known = [(c.capture_id, c.excess_kg, c.phase.value) for c in day.known if c.crops]
    asked = [c.capture_id for c in day.asked if c.crops]
    return key_of("own", replace(order, model=None), name, known, asked)


def _said(bench: Bench, order: TuneOrder, day: OwnDay, name: str) -> dict[str, Said]:
    key = own_key(order, day, name)
    if bench.pieces.has(key):
        bench.meter.skip(own_cost_s(order, 1))
    else:
        bench.cancel.check()
        tell = bench.meter.part(own_cost_s(order, 1))
        unweighed = [replace(c, excess_kg=0.0) for c in day.asked]
        tuned = bench.worker.tune(
            order,
            training_captures(day.known, unweighed),
            on_progress=tell,
            cancelled=lambda: bench.cancel.asked,
        )
        said = [Said() if one is None else Said(one.score, one.vector) for one in tuned.embeddings]
        bench.pieces.keep(key, said, steps=tuned.steps, flat=float(tuned.flat))
        tell(1.0)
    return {c.key: s for c, s in zip(day.sent, bench.pieces.said(key), strict=True)}
