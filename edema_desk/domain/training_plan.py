"""A base model that an administrator has trained from the window: of whom, and for how long."""

from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.moment import Moment

FEWEST_PATIENTS = 5
"""Below so many who agreed, a model would know them rather than fluid."""
ONE_OF = 5
"""Each so manieth patient judges the model, where nobody else is named."""
LONGEST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What is learned from: the clinic's own captures until a moment (`own`) and study folders.

    `judged_on` is the folder of a study of other people; without it some of the own patients are
    left out to judge the model.
    """

    training_id: str
    name: str
    own: bool
    studies: tuple[str, ...]
    judged_on: str
    minutes: float
    until: Moment


class TrainingEnd(StrEnum):
    """How a training ended for good; one that was stopped has not."""

    INSTALLED = "installed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Learners:
    """Whom a training could learn from now: who agreed to it, with weights and faces kept."""

    patients: int
    sessions: int
    captures: int

    @property
    def enough(self) -> bool:
        """Whether they are enough to train on alone."""
        return self.patients >= FEWEST_PATIENTS

    @property
    def judging(self) -> int:
        """How many of the patients would be left out, to judge the model on."""
        return -(-self.patients // ONE_OF)
