"""Where the scores of an evaluation come from: networks of the folds, or one given model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from edema_desk.domain.statistics.transfer_prior import TransferPrior
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.evaluation.bench import CAPTURE_S, Bench
from edema_desk.flow.evaluation.captures import StudyCapture
from edema_desk.flow.evaluation.folds import Fold
from edema_desk.flow.evaluation.networks import (
    Recipe,
    cost_s,
    fold_key,
    network_of_fold,
    said_by_fold,
    said_by_model,
)
from edema_desk.flow.evaluation.rows import JudgedFold, ScoredFold, scored_fold


class ScoreSource(Protocol):
    """Scores people by networks that were not trained on them."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    @property
    def folds(self) -> tuple[Fold, ...]:
        """Who is tested together."""

    def cost_s(self, captures: Sequence[StudyCapture]) -> float:
        """About how long it takes from the start."""

    def scored(self, bench: Bench, captures: Sequence[StudyCapture]) -> list[ScoredFold]:
        """What the networks say, fold by fold."""

    def judged(self, scored: Sequence[ScoredFold], kind: TransferKind) -> list[JudgedFold]:
        """The folds with the priors that the main table starts from."""

    def network(self, bench: Bench, fold: Fold, captures: Sequence[StudyCapture]) -> Path:
        """The package that scored those tested in the fold."""

    def network_id(self, fold: Fold, captures: Sequence[StudyCapture]) -> str:
        """A name for it that says what it was made of."""

    def forget(self, bench: Bench, captures: Sequence[StudyCapture]) -> None:
        """Remove networks that are needed no more."""

    def for_null_tests(self) -> "ScoreSource":
        """The same without whatever would teach fluid beside the study."""


@dataclass(frozen=True, slots=True)
class NetworksOfFolds:
    """A network for each fold, trained from random weights on the other folds."""

    recipe: Recipe
    folds: tuple[Fold, ...]

    @property
    def name(self) -> str:
        """The objectives and how long."""
        return f"{self.recipe.objectives}, {self.recipe.steps} steps"

    def cost_s(self, captures: Sequence[StudyCapture]) -> float:
        """Of training and scoring."""
        return sum(cost_s(self.recipe, fold, captures) for fold in self.folds)

    def scored(self, bench: Bench, captures: Sequence[StudyCapture]) -> list[ScoredFold]:
        """Trains what is not trained yet."""
        return [
            scored_fold(
                captures,
                said_by_fold(bench, self.recipe, fold, captures),
                fold.tested,
                fold.calibrating,
            )
            for fold in self.folds
        ]

    def judged(self, scored: Sequence[ScoredFold], kind: TransferKind) -> list[JudgedFold]:
        """Priors of the calibrating people, whom the network never saw."""
        return [fold.with_prior(kind) for fold in scored]

    def network(self, bench: Bench, fold: Fold, captures: Sequence[StudyCapture]) -> Path:
        """Trained again where it is not there any more."""
        return network_of_fold(bench, self.recipe, fold, captures)

    def network_id(self, fold: Fold, captures: Sequence[StudyCapture]) -> str:
        """The key of its piece."""
        return fold_key(self.recipe, fold, captures)

    def forget(self, bench: Bench, captures: Sequence[StudyCapture]) -> None:
        """Remove the networks; what they said is kept."""
        bench.pieces.clear(fold_key(self.recipe, fold, captures) for fold in self.folds)

    def for_null_tests(self) -> ScoreSource:
        """Without overlay."""
        return replace(self, recipe=self.recipe.without_overlay())

    def with_objectives(self, objectives: str) -> "NetworksOfFolds":
        """The same folds, learned otherwise."""
        return replace(self, recipe=replace(self.recipe, objectives=objectives))


@dataclass(frozen=True, slots=True)
class GivenModel:
    """A model that was trained elsewhere. `prior` is its card's."""

    model: ModelInUse
    prior: TransferPrior
    folds: tuple[Fold, ...]

    @property
    def name(self) -> str:
        """Name and hash."""
        return self.model.model_id

    def cost_s(self, captures: Sequence[StudyCapture]) -> float:
        """Of scoring."""
        return CAPTURE_S * len(captures)

    def scored(self, bench: Bench, captures: Sequence[StudyCapture]) -> list[ScoredFold]:
        """By the one model."""
        said = said_by_model(bench, self.model, captures)
        return [scored_fold(captures, said, fold.tested, fold.calibrating) for fold in self.folds]

    def judged(self, scored: Sequence[ScoredFold], kind: TransferKind) -> list[JudgedFold]:
        """With the prior of the card, whatever the kind: it is judged as it would be used."""
        del kind
        return [JudgedFold(fold.tested, self.prior) for fold in scored]

    def network(self, bench: Bench, fold: Fold, captures: Sequence[StudyCapture]) -> Path:
        """The model's own."""
        del bench, fold, captures
        return self.model.folder

    def network_id(self, fold: Fold, captures: Sequence[StudyCapture]) -> str:
        """Name and hash."""
        del fold, captures
        return self.model.model_id

    def forget(self, bench: Bench, captures: Sequence[StudyCapture]) -> None:
        """Nothing was made."""
        del bench, captures

    def for_null_tests(self) -> ScoreSource:
        """The model as it is: only what it is shown changes."""
        return self
