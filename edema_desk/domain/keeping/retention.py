"""How long clips, crops and records are kept. Days and years are the clinic's to choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Patient

FULL_CLIP_DAYS = range(7, 3651)
KEEP_YEARS = range(1, 51)
GRACE_DAYS = 30
"""So long it is announced that a patient's records are about to go. A clock that was set ahead
is found out in that time."""
ROUND_TRUSTED_H = 96.0
"""A round removes something only where the one before was made within so many hours: after a
clock was set ahead, or a long standstill, the first round only looks."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """Full clips are kept so many days, everything else so many years after the last session."""

    full_clip_days: int = 30
    keep_years: int = 5

    def __post_init__(self) -> None:
        if self.full_clip_days not in FULL_CLIP_DAYS or self.keep_years not in KEEP_YEARS:
            raise ValueError("outside of what may be chosen")


@dataclass(frozen=True, slots=True)
class KeptClip:
    """A full clip that is still kept."""

    capture_id: str
    captured_day: date
    has_crops: bool


def clips_to_drop(clips: Sequence[KeptClip], rule: RetentionRule, today: date) -> tuple[str, ...]:
    """Captures whose full clip has been kept long enough. One without crops keeps its clip: it is
    all there is of it."""
    last = today - timedelta(days=rule.full_clip_days)
    return tuple(c.capture_id for c in clips if c.has_crops and c.captured_day < last)


def kept_until(last_day: date, rule: RetentionRule) -> date:
    """The last day of the retention period of a patient last treated on `last_day`."""
    try:
        return last_day.replace(year=last_day.year + rule.keep_years)
    except ValueError:  # 29 February
        return date(last_day.year + rule.keep_years, 3, 1)


def is_over(last_day: date, rule: RetentionRule, today: date) -> bool:
    """Whether the retention period has ended."""
    return today > kept_until(last_day, rule)


def grace_is_over(announced_on: date, today: date) -> bool:
    """Whether it has been announced for long enough."""
    return today > announced_on + timedelta(days=GRACE_DAYS)


def round_is_trusted(before: Moment | None, now: Moment) -> bool:
    """Whether a round may remove something; see ROUND_TRUSTED_H."""
    return before is not None and 0 <= now.hours_since(before) <= ROUND_TRUSTED_H


@dataclass(frozen=True, slots=True)
class RetentionNotice:
    """That a patient's retention period is over since `announced` and the records go after the
    days of grace."""

    patient: Patient
    announced: date
    grace_days: int = GRACE_DAYS

    @property
    def goes_on(self) -> date:
        """The first day on which the records may be erased."""
        return self.announced + timedelta(days=self.grace_days + 1)
