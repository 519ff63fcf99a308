"""Evaluate on a study: each day held out in turn, by networks that never saw the patient."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from edema_desk.domain.statistics.population import DEFAULT_KIND, JUDGED_KINDS
from edema_desk.domain.statistics.transfer_prior import plain_prior
from edema_desk.domain.terms.estimate import WIDEST_HALF_KG, TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Listener, unheard
from edema_desk.flow.evaluation.bench import Bench, Meter
from edema_desk.flow.evaluation.captures import StudyCapture, captures_of
from edema_desk.flow.evaluation.folds import split_for_model, split_people
from edema_desk.flow.evaluation.full import FromScratch, FullRun
from edema_desk.flow.evaluation.networks import Recipe
from edema_desk.flow.evaluation.pieces import Pieces
from edema_desk.flow.evaluation.range import CHECK_S, only_in_range
from edema_desk.flow.evaluation.result import Evaluation, Predictions
from edema_desk.flow.evaluation.rows import (
    ScoredFold,
    first_sessions,
    held_out_rows,
    learning_curve,
)
from edema_desk.flow.evaluation.sources import GivenModel, NetworksOfFolds, ScoreSource
from edema_desk.flow.studies.crops import PreparedStudy, prepare_study
from edema_desk.store.base.entered import Where
from edema_desk.worker.client import WorkerClient

PROTOCOL = "leave-one-day-out"
FEWEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class EvaluationRequest:
    """What to evaluate. With `model` nothing is trained on the study; else networks are, each
    from random weights on the other folds. `full` adds what takes hours."""

    model: ModelInUse | None = None
    folds: int = 3
    seed: int = 0
    recipe: Recipe = field(default_factory=Recipe)
    transfer: TransferKind = DEFAULT_KIND
    full: bool = False


def evaluate_study(
    where: Where,
    folder: Path,
    request: EvaluationRequest,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
    so_far: Callable[[Evaluation], None] = lambda evaluation: None,
) -> Evaluation:
    """Estimate every capture of the study from the patient's other days.

    Works in a cache of its own; the patient tables are not touched. What was finished before it
    was stopped is not done again. Where `full` is asked for, `so_far` is given what there is after
    each table. Raises ExpectedError STUDY_*, MODEL_*, CANCELLED.
    """
    cancel = cancel or Cancel()
    with WorkerClient(low_priority=True) as worker:
        study = prepare_study(where, folder, worker, listener=listener, cancel=cancel)
        captures = captures_of(study)
        _check_days(captures)
        source = _source(captures, request)
        full = (
            FullRun(source, captures, request.transfer, request.seed, request.recipe.size_px)
            if request.full
            else None
        )
        total_s = source.cost_s(captures) + CHECK_S * len(captures)
        total_s += full.cost_s() if full else 0.0
        bench = Bench(worker, Pieces(where), Meter(total_s, listener), cancel)
        found = evaluate_captures(bench, source, captures, request)
        for table in tables_beside(bench, full) if full else ():
            so_far(_evaluation(study, source, captures, request, found))
            found |= table()
    return _evaluation(study, source, captures, request, found)


def evaluate_captures(
    bench: Bench,
    source: ScoreSource,
    captures: Sequence[StudyCapture],
    request: EvaluationRequest,
) -> dict[str, Any]:
    """The main table and what needs no further network, by the names of `Evaluation`.

    What the program would refuse is refused here: captures out of range, and estimates whose
    interval is too wide to tell anything.
    """
    scored = only_in_range(bench, source, captures, source.scored(bench, captures))
    judged = source.judged(scored, request.transfer)
    return {
        "predictions": held_out_rows(captures, judged, WIDEST_HALF_KG),
        "learning_curve": learning_curve(judged, request.seed),
        "first_sessions": first_sessions(judged, request.seed),
        "transfer": _variants(captures, scored),
    }


def _source(captures: Sequence[StudyCapture], request: EvaluationRequest) -> ScoreSource:
    if request.model is None:
        folds = split_people(captures, request.folds, request.seed)
        return NetworksOfFolds(replace(request.recipe, seed=request.seed), folds)
    told = request.model.card.figures
    prior = told.transfer or plain_prior(told.spread90_kg)
    folds = split_for_model(captures, request.folds, request.seed)
    return GivenModel(request.model, prior, folds)


def _variants(
    captures: Sequence[StudyCapture], scored: Sequence[ScoredFold]
) -> dict[str, Predictions]:
    """Each way of transfer whose prior can be had from people who are not tested."""
    if not all(any(c.score for c in fold.calibrating) for fold in scored):
        return {}
    return {
        kind.value: held_out_rows(
            captures, [fold.with_prior(kind) for fold in scored], WIDEST_HALF_KG
        )
        for kind in JUDGED_KINDS
        if all(fold.allows(kind) for fold in scored)
    }


def tables_beside(bench: Bench, full: FullRun) -> Iterator[Callable[[], dict[str, Any]]]:
    """What makes each further table, by the names of `Evaluation`, shorter work first."""
    yield lambda: {"tuned": full.tuned(bench)}
    yield lambda: {"null_tests": full.null_tests(bench)}
    yield lambda: {"objectives": full.objectives(bench)}
    yield lambda: _scratch_tables(full.from_scratch(bench))


def _scratch_tables(scratch: FromScratch) -> dict[str, Any]:
    return {
        "from_scratch": scratch.rows,
        "scratch_notes": {
            "learning_rates": list(scratch.rates),
            "mean_steps": scratch.steps,
            "flat_share": scratch.flat,
            "captures": len(scratch.rows),
        },
    }


def _evaluation(
    study: PreparedStudy,
    source: ScoreSource,
    captures: Sequence[StudyCapture],
    request: EvaluationRequest,
    found: Mapping[str, Any],
) -> Evaluation:
    transfer = dict(found["transfer"])
    if "tuned" in found:
        transfer[TransferKind.TUNED.value] = found["tuned"]
    settings: dict[str, Any] = {"transfer": request.transfer.value}
    if request.model is None:
        settings = {**asdict(request.recipe), **settings, "seed": request.seed}
    if "scratch_notes" in found:
        settings["from_scratch"] = found["scratch_notes"]
    return Evaluation(
        protocol=PROTOCOL,
        study=study.reading.name,
        study_sha256=study.sha256,
        model_id=source.name,
        made_up=study.made_up,
        seed=request.seed,
        folds=0 if request.model is not None else len(source.folds),
        predictions=found["predictions"],
        planted_kg=tuple(c.planted_kg for c in captures),
        from_scratch=found.get("from_scratch", ()),
        learning_curve=found["learning_curve"],
        first_sessions=found["first_sessions"],
        also={
            "transfer": transfer,
            "objectives": found.get("objectives", {}),
            "null_tests": found.get("null_tests", {}),
        },
        settings=settings,
    )


def _check_days(captures: Sequence[StudyCapture]) -> None:
    days: dict[str, set[object]] = {}
    for capture in captures:
        days.setdefault(capture.patient_id, set()).add(capture.day)
    if max(len(d) for d in days.values()) < FEWEST_DAYS:
        raise ExpectedError(ErrorCode.STUDY_TOO_SMALL, found="one day a patient", limit="two days")
