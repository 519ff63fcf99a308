"""Captures of which no number may be made although their frames are good."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.identity import Likeness, Verdict

MOST_FROM_ALL = 1.25
MOST_TOGETHER = 2.8
"""Set on photographs and clips of people the network had not seen, swollen and not, and on the
same people masked, behind dark glasses, behind a hand, turned, blurred and drawn."""


@dataclass(frozen=True, slots=True)
class Faces:
    """What is compared of one capture, or of several of one person: `embeddings` (n, d), one a
    capture, and JPEG files of some canonical `crops`."""

    embeddings: NDArray[np.float16]
    crops: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Strangeness:
    """Squared distances of a capture's embedding: `from_all` from those of training,
    `from_own` from the person's references (None without). 1 is what 98 % of the captures of
    people left out of the fit stay below."""

    from_all: float
    from_own: float | None


@dataclass(frozen=True, slots=True)
class RangeCheck:
    """What is known of a capture beside its frames; None where nothing could be compared."""

    likeness: Likeness | None
    strangeness: Strangeness | None


def out_of_range(check: RangeCheck) -> Refusal | None:
    """Why a capture gets no number, or None. Another person comes before an unfamiliar look."""
    likeness, strangeness = check.likeness, check.strangeness
    if likeness is not None and likeness.verdict is Verdict.OTHER:
        return Refusal.OTHER_PERSON
    if strangeness is None:
        return None
    together = strangeness.from_all + (strangeness.from_own or 0.0)
    # written so that what is no number is out of range too
    within = strangeness.from_all <= MOST_FROM_ALL and together <= MOST_TOGETHER
    return None if within else Refusal.UNLIKE_TRAINING
