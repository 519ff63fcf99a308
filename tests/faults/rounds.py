"""How often faults are tried: a tenth of the rounds by default, all of them by `make faults`."""

import os

SHARE = float(os.environ.get("EDEMA_DESK_FAULT_ROUNDS", "0.1"))


def rounds(full: int) -> int:
    """How many of `full` rounds are due, at least one."""
    return max(1, round(full * SHARE))


def seconds(least: float, most: float) -> tuple[float, float]:
    """A span of waiting: as it is in a full run, within five seconds in a quick one."""
    return (least, most) if SHARE >= 1.0 else (min(least, 2.0), min(most, 5.0))


def batches(full: int, each: int) -> list[range]:
    """The numbers of the rounds that are due, so many in one test: none may take for ever."""
    due = range(rounds(full))
    return [due[at : at + each] for at in range(0, len(due), each)]
