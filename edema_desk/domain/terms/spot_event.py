"""What went before a capture in between dialyses: one of a few things, or a few words."""

from enum import StrEnum

LONGEST = 80
"""So many characters are kept of free words."""


class SpotEvent(StrEnum):
    """What is offered; anything else is kept as it was typed."""

    MEAL = "meal"
    TOILET = "toilet"
    RISING = "rising"


def tidy_event(said: str) -> str:
    """In one line without spaces around, and no longer than `LONGEST`."""
    return " ".join(said.split())[:LONGEST].strip()
