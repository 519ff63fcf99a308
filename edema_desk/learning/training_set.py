"""What a network learns from: the crops of many captures, held in memory."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edema_desk.errors import ErrorCode, ExpectedError

FEWEST_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Crops and what the scale said of the captures they come from.

    `crops` (n, 3, s, s) uint8 with `margin_px` around the network's input; `capture` (n,) says
    which of the m captures a crop belongs to. `person`, `session` and `excess_kg` are (m,);
    `is_pre` (m,) is True before dialysis. A session has at most one pre and one post.
    """

    crops: NDArray[np.uint8]
    margin_px: int
    capture: NDArray[np.int64]
    person: NDArray[np.int64]
    session: NDArray[np.int64]
    excess_kg: NDArray[np.float64]
    is_pre: NDArray[np.bool_]

    def __post_init__(self) -> None:
        captures = len(self.person)
        of_captures: tuple[NDArray[Any], ...] = (self.session, self.excess_kg, self.is_pre)
        if any(len(column) != captures for column in of_captures):
            raise ValueError("the columns of captures differ in length")
        if len(self.capture) != len(self.crops) or not np.isfinite(self.excess_kg).all():
            raise ValueError("crops without capture, or excess that is not a number")
        if len(self.capture) and not 0 <= self.capture.min() <= self.capture.max() < captures:
            raise ValueError("crops of captures that are not there")

    def people(self) -> NDArray[np.int64]:
        """Those with two captures or more, of which crops exist: only they make pairs."""
        shown = np.unique(self.capture)
        person, captures = np.unique(self.person[shown], return_counts=True)
        return person[captures >= 2]

    def check_size(self, fewest_people: int = FEWEST_PEOPLE) -> None:
        """Raise STUDY_TOO_SMALL where there is nothing to learn from."""
        found = len(self.people())
        if found < fewest_people:
            raise ExpectedError(
                ErrorCode.STUDY_TOO_SMALL,
                found=f"{found} patients with two captures",
                limit=fewest_people,
            )

    def sha256(self) -> str:
        """Of everything in it: the same data, the same hash."""
        digest = hashlib.sha256(repr((self.crops.shape, self.margin_px)).encode())
        columns: tuple[NDArray[Any], ...] = (
            self.crops,
            self.capture,
            self.person,
            self.session,
            self.excess_kg,
            self.is_pre,
        )
        for column in columns:
            digest.update(np.ascontiguousarray(column).data)
        return digest.hexdigest()
