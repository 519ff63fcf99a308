"""Days that are unlike the schedule, and the hours of the day's shifts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from edema_desk.domain.terms.records import LOCAL_ACTOR, Schedule

EARLY_MIN = 45
"""People are weighed and recorded this long before their shift starts."""

_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")


class DayPlan(StrEnum):
    """How a patient's day was set, beside the schedule. The last word counts."""

    AS_SCHEDULED = "as_scheduled"
    AWAY = "away"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """What was set for one patient and day, by whom and why."""

    day: date
    plan: DayPlan = DayPlan.AS_SCHEDULED
    reason: str = ""
    actor: str = LOCAL_ACTOR


def is_due(schedule: Schedule, day: date, plan: DayPlan) -> bool:
    """Whether the patient has a place on `day`: by the schedule, or for once."""
    return plan is DayPlan.EXTRA or day.weekday() in schedule.weekdays


def parse_shift_starts(text: str) -> tuple[int, ...]:
    """Minutes after midnight at which the shifts start, the first one first.

    "08:00 13:00 18:00", with any separators. Times that do not rise are no shifts: ValueError.
    """
    starts = tuple(int(h) * 60 + int(m) for h, m in _TIME.findall(text))
    if not starts or any(a >= b for a, b in pairwise(starts)):
        raise ValueError("shift starts rise through the day")
    return starts


def shift_at(minute: int, starts: Sequence[int], offered: Sequence[int]) -> int | None:
    """The shift of `offered` that is on, or the next to be, at a minute of the day.

    Shift n starts at `starts[n - 1]`; one whose start is not known follows the ones before.
    """
    begun = sum(minute >= start - EARLY_MIN for start in starts)
    on = [shift for shift in offered if shift <= max(begun, 1)]
    return max(on, default=min(offered, default=None))
