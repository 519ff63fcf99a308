"""What an evaluation found, before it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.first_sessions import SessionGain

Predictions = tuple[Prediction, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was evaluated and what came of it. `folds` is 0 for a given model.

    Every table of predictions has a row for each capture, in the same order, but `from_scratch`,
    which has those of some days. `planted_kg` is the fluid that was put into each of them, where
    somebody did. `also` holds the tables beside the main one, by group (`transfer`, `objectives`,
    `null_tests` ...) and name.
    """

    protocol: str
    study: str
    study_sha256: str
    model_id: str
    made_up: bool
    seed: int
    folds: int
    predictions: Predictions
    planted_kg: tuple[float | None, ...]
    from_scratch: Predictions = ()
    learning_curve: Mapping[int, Predictions] = field(default_factory=dict)
    """By the number of the patient's days that were known."""
    first_sessions: Mapping[int, SessionGain] = field(default_factory=dict)
    """What the patient's first, second ... session added to those before it."""
    also: Mapping[str, Mapping[str, Predictions]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def estimates(self) -> list[float | None]:
        """The model's own, in the order of the predictions."""
        return [p.estimate_kg for p in self.predictions]
