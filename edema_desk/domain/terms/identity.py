"""Whether two captures show one person, by the distance of their identity vectors.

The vectors exist only while a comparison is made. They are biometric data: nothing here, and
nothing that calls this, stores them.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

IDENTITY_SIZE = 128
SAME_UP_TO = 0.45
"""Between the means of some frames each. Neutral against smiling of one person is 0.34 at most,
two halves of a clip 0.31; of different people 0.1 % or fewer are as near as this."""
OTHER_FROM = 0.55
"""From here on another person is shown; 99.7 % of different pairs are at least as far apart."""


class Verdict(StrEnum):
    """What a comparison says. UNSURE asks a person to look; so does OTHER."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Euclidean distance of two identity vectors, and what it means."""

    distance: float
    verdict: Verdict

    @property
    def questioned(self) -> bool:
        """Whether somebody should be asked who this is."""
        return self.verdict is not Verdict.SAME


def same_person(a: NDArray[np.float32], b: NDArray[np.float32]) -> Likeness:
    """Compare the frames (n, 128) of one capture with those (m, 128) of another or several.

    Means over frames are compared: expression and blur of single frames cancel.
    """
    if len(a) == 0 or len(b) == 0:
        raise ValueError("to compare needs a frame of each")
    distance = float(np.linalg.norm(a.mean(axis=0) - b.mean(axis=0)))
    return Likeness(distance, judge(distance))


def judge(distance: float) -> Verdict:
    """The verdict for a distance; one that is no number is of another person."""
    if distance <= SAME_UP_TO:
        return Verdict.SAME
    return Verdict.UNSURE if distance < OTHER_FROM else Verdict.OTHER
