"""A base model that an administrator has trained from the window: of whom, and for how long."""

from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.models.judging import FEWEST_SESSIONS
from edema_desk.domain.terms.moment import Moment

FEWEST_PATIENTS = 5
"""Below so many who agreed, a model would know them rather than fluid."""
ONE_OF = 5
"""Each so manieth patient judges the model, where nobody else is named."""


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
    """Whom a training could learn from now: who agreed to it, with weights and faces kept.

    `judging` of the patients would be left out to judge the model on; they have `judging_sessions`
    with a capture before and after that it can be judged by.
    """

    patients: int
    sessions: int
    captures: int
    judging: int
    judging_sessions: int

    @property
    def enough(self) -> bool:
        """Whether they are enough to train on alone."""
        return self.patients >= FEWEST_PATIENTS

    @property
    def judges(self) -> bool:
        """Whether those who are left out are enough to judge a model on."""
        return self.judging_sessions >= FEWEST_SESSIONS
