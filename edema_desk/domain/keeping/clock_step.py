"""A clock that was set while the program ran, or since it ran last."""

from dataclasses import dataclass

WORTH_TELLING_S = 300.0
"""A clock that is put right by less is no matter."""


@dataclass(frozen=True, slots=True)
class ClockStep:
    """By how much the clock of this PC was set, forwards or (negative) backwards. Found `at_start`
    it is at least so much: acts on record are later than now."""

    seconds: float
    at_start: bool = False

    @property
    def minutes(self) -> int:
        """How many, never 0."""
        return max(1, round(abs(self.seconds) / 60))

    @property
    def forwards(self) -> bool:
        """Whether it was set to a later time."""
        return self.seconds > 0
