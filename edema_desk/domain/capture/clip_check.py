"""Whether a stored clip is still the one that was stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ClipState(StrEnum):
    """What reading all of a clip found."""

    WHOLE = "whole"
    ALTERED = "altered"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ClipCheck:
    """One round: the state of each clip that was read, by its capture."""

    found: Mapping[str, ClipState]

    @property
    def damaged(self) -> int:
        """How many are not whole."""
        return sum(state is not ClipState.WHOLE for state in self.found.values())
