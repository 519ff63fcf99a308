"""What networks say of people they were not trained on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edema_desk.domain.models.card import SIZE_PX
from edema_desk.domain.models.objectives import DEFAULT_MIXTURE, render_mixture
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.evaluation.bench import CAPTURE_S, STEP_S, Bench
from edema_desk.flow.evaluation.captures import StudyCapture
from edema_desk.flow.evaluation.folds import Fold
from edema_desk.flow.evaluation.pieces import Said, key_of
from edema_desk.worker.protocol.training import TrainingCapture, TrainingOrder

MODEL_FOLDER = "network"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the networks of the folds are trained, from random weights.

    By steps, not by the clock: the same seed gives the same figures. The default fits the
    reported table of 39 patients, 5 days and 24 frames into an hour of two cores. `lay_over`
    draws further swelling over the crops while they are learned from.
    """

    objectives: str = render_mixture(DEFAULT_MIXTURE)
    steps: int = 1500
    learning_rate: float = 1e-3
    seed: int = 0
    size_px: int = SIZE_PX
    lay_over: bool = False

    def without_overlay(self) -> "Recipe":
        """The same without further swelling, which would teach what a null test took out."""
        if not self.lay_over:
            return self
        return replace(self, lay_over=False, objectives=render_mixture(DEFAULT_MIXTURE))


def said_by_fold(
    bench: Bench, recipe: Recipe, fold: Fold, captures: Sequence[StudyCapture]
) -> dict[str, Said]:
    """What the fold's network says of those tested and those calibrating, by capture.

    Of the tested nothing is used but their pixels, and those only once the network is trained.
    """
    seen = judged(fold, captures)
    key = fold_key(recipe, fold, captures)
    if bench.pieces.has(key):
        bench.meter.skip(cost_s(recipe, fold, captures))
    else:
        network = _trained(bench, recipe, fold, captures, key)
        bench.pieces.keep(key, _score_all(bench, seen, network))
    return _by_capture(seen, bench.pieces.said(key))


def said_by_model(
    bench: Bench, model: ModelInUse, captures: Sequence[StudyCapture]
) -> dict[str, Said]:
    """What a given model says of every capture."""
    key = model_key(model, captures)
    if bench.pieces.has(key):
        bench.meter.skip(CAPTURE_S * len(captures))
    else:
        bench.pieces.keep(key, _score_all(bench, captures, model.folder))
    return _by_capture(captures, bench.pieces.said(key))


def network_of_fold(
    bench: Bench, recipe: Recipe, fold: Fold, captures: Sequence[StudyCapture]
) -> Path:
    """The package of the fold's network, trained where it is not there any more."""
    return _trained(bench, recipe, fold, captures, fold_key(recipe, fold, captures))


def fold_key(recipe: Recipe, fold: Fold, captures: Sequence[StudyCapture]) -> str:
    """Of all that the scores of a fold follow from; what the tested weighed is not in it."""
    learned = sorted(
        (c.patient_id, c.day.isoformat(), c.phase.value, c.excess_kg, c.capture_id)
        for c in captures
        if c.patient_id in fold.learning and c.crops
    )
    known = sorted(
        (c.capture_id, c.excess_kg) for c in captures if c.patient_id in fold.calibrating
    )
    return key_of("fold", recipe, learned, known, [c.capture_id for c in judged(fold, captures)])


def model_key(model: ModelInUse, captures: Sequence[StudyCapture]) -> str:
    """Of all that the scores by a given model follow from."""
    return key_of("model", model.model_id, [c.capture_id for c in captures])


def judged(fold: Fold, captures: Sequence[StudyCapture]) -> list[StudyCapture]:
    """The captures of those the fold's network was not trained on."""
    return [c for c in captures if c.patient_id in fold.tested | fold.calibrating]


def cost_s(recipe: Recipe, fold: Fold, captures: Sequence[StudyCapture]) -> float:
    """About how long the fold takes."""
    return _training_s(recipe) + CAPTURE_S * len(judged(fold, captures))


def training_captures(
    captures: Sequence[StudyCapture], held_out: Sequence[StudyCapture]
) -> Iterator[TrainingCapture]:
    """As the worker takes them, people and sessions numbered; those without crops are left out.
    Crops are read one capture at a time."""
    people: dict[str, int] = {}
    sessions: dict[tuple[str, object], int] = {}
    for group, kept_out in ((captures, False), (held_out, True)):
        for c in group:
            if c.crops:
                person = people.setdefault(c.patient_id, len(people))
                session = sessions.setdefault((c.patient_id, c.day), len(sessions))
                crops = tuple(c.crops)
                yield TrainingCapture(person, session, c.phase, c.excess_kg, crops, kept_out)


def _training_s(recipe: Recipe) -> float:
    return STEP_S * recipe.steps * (recipe.size_px / SIZE_PX) ** 2


def _trained(
    bench: Bench, recipe: Recipe, fold: Fold, captures: Sequence[StudyCapture], key: str
) -> Path:
    place = bench.pieces.workplace(key)
    network = place / MODEL_FOLDER
    if network.exists():
        bench.meter.skip(_training_s(recipe))
        return network
    tell = bench.meter.part(_training_s(recipe))
    order = TrainingOrder(
        folder=network.absolute(),
        checkpoint=(place / "laid-aside").absolute(),
        steps=recipe.steps,
        minutes=None,
        seed=recipe.seed * 1000 + fold.number,
        made_up=any(c.planted_kg is not None for c in captures),
        measured_on="the calibrating patients of a fold, one day held out at a time",
        licence="none: for evaluation only",
        attributions=(),
        commands=(),
        size_px=recipe.size_px,
        objectives=recipe.objectives,
        learning_rate=recipe.learning_rate,
        lay_over=recipe.lay_over,
    )
    bench.worker.pretrain(
        order,
        training_captures(
            [c for c in captures if c.patient_id in fold.learning],
            [c for c in captures if c.patient_id in fold.calibrating],
        ),
        on_progress=lambda progress: tell(progress.done),
        cancelled=lambda: bench.cancel.asked,
    )
    tell(1.0)
    return network


def _score_all(bench: Bench, captures: Sequence[StudyCapture], model: Path) -> list[Said]:
    tell = bench.meter.part(CAPTURE_S * len(captures))
    said = []
    for number, capture in enumerate(captures, start=1):
        bench.cancel.check()
        if capture.crops:
            embedding = bench.worker.embed(tuple(capture.crops), model)
            said.append(Said(embedding.score, embedding.vector))
        else:
            said.append(Said())
        tell(number / len(captures))
    return said


def _by_capture(captures: Sequence[StudyCapture], said: Sequence[Said]) -> dict[str, Said]:
    return {c.key: s for c, s in zip(captures, said, strict=True)}
