"""What the page Models shows: models, how two compare, a training, how estimates stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.course.drift_view import Drift, PatientDrift
from edema_desk.domain.models.card import ModelCard
from edema_desk.domain.models.patient_models import PatientModel
from edema_desk.domain.models.training_plan import TrainingPlan
from edema_desk.domain.statistics.agreement import Figures
from edema_desk.domain.statistics.resampling import Interval
from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ExpectedError


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One line of the list. `estimates` in force are by this model; `fault`: why it cannot be
    used although it was installed, and then there is no card."""

    model_id: str
    card: ModelCard | None
    shipped: bool
    in_use: bool
    in_use_since: Moment | None
    signed_by: str | None
    estimates: int
    fault: ExpectedError | None


@dataclass(frozen=True, slots=True)
class PatientErrors:
    """The mean absolute error of two models on the same captures of one patient."""

    patient_id: str
    captures: int
    first_mae_kg: float
    second_mae_kg: float

    @property
    def gain_kg(self) -> float:
        """How much nearer the second lies."""
        return self.first_mae_kg - self.second_mae_kg


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """Figures of two models on the captures both estimated, each from the patient's other days.

    `differences`: the 95 % interval of each figure of `second` less that of `first`, the same
    patients drawn again for both. One that spans 0 says nothing for either. `first_mae_kg` and
    `second_mae_kg` are the intervals of either alone. `second_nearer` is the share of captures
    whose estimate by the second lies nearer to the scale; `by_patient` begins where they differ
    most. `learned_from` patients were left out: one of the two was trained on them.
    """

    first: str
    second: str
    patients: int
    captures: int
    first_figures: Figures
    second_figures: Figures
    differences: Mapping[str, Interval]
    first_mae_kg: Interval
    second_mae_kg: Interval
    second_nearer: float
    by_patient: tuple[PatientErrors, ...]
    learned_from: int = 0

    @property
    def gain_kg(self) -> float:
        """By how much the mean error of the second is smaller."""
        return self.first_figures.mae_kg - self.second_figures.mae_kg

    @property
    def gain_interval_kg(self) -> Interval:
        """The 95 % interval of it."""
        low, high = self.differences["mae_kg"]
        return -high, -low


@dataclass(frozen=True, slots=True)
class Reestimated:
    """How many captures were estimated again, and how many could not be: their faces are no
    longer kept."""

    captures: int
    without_crops: int


class TrainingStep(StrEnum):
    """Where a training stands. One that `WAITS` was stopped, or met an `error`, and may go on."""

    NONE = "none"
    WAITS = "waits"
    PREPARES = "prepares"
    TRAINS = "trains"
    INSTALLS = "installs"
    DONE = "done"


RUNS = frozenset({TrainingStep.PREPARES, TrainingStep.TRAINS, TrainingStep.INSTALLS})


@dataclass(frozen=True, slots=True)
class TrainingState:
    """`done` goes from 0 to 1 within a step. When it is `DONE` the model is installed and not yet
    in use."""

    step: TrainingStep = TrainingStep.NONE
    plan: TrainingPlan | None = None
    done: float = 0.0
    left_s: float | None = None
    stopping: bool = False
    error: ExpectedError | None = None
    model_id: str = ""

    @property
    def runs(self) -> bool:
        """Whether it is being worked on."""
        return self.step in RUNS


@dataclass(frozen=True, slots=True)
class ModelsWatch:
    """Every patient, in the same order in both."""

    clinic: Drift
    drifts: tuple[PatientDrift, ...]
    models: tuple[PatientModel, ...]

    @property
    def drifted(self) -> tuple[PatientDrift, ...]:
        """Whose estimates have come to lie beside the scale for good, the newest first."""
        found = [(one.drift.since, one) for one in self.drifts if one.drift.since is not None]
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True))
