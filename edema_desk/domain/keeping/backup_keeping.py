"""Which backups are kept when there are many: all of today, then ever fewer."""

from collections.abc import Callable, Collection, Hashable, Iterable
from datetime import date

from edema_desk.domain.terms.moment import Moment

DAYS, WEEKS, MONTHS = 7, 4, 12
UNTIL_ERASED_DAYS = 90
"""So long a backup may hold what was erased from the records after it was made."""
_DAY_MS = 86_400_000


def to_keep(made: Collection[Moment], now: Moment) -> frozenset[Moment]:
    """All of today, and the last of each of the newest 7 days, 4 weeks and 12 months that have
    one. Days are the clinic's. A clock that was ahead makes nothing disappear."""
    keep = {moment for moment in made if moment.day >= now.day}
    for many, span in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        keep |= _last_of_each(made, span, many)
    return frozenset(keep)


def holds_erased(made: Moment, erased: Iterable[Moment], now: Moment) -> bool:
    """Whether a backup is older than something that was erased 90 days ago or longer."""
    limit_ms = now.utc_ms - UNTIL_ERASED_DAYS * _DAY_MS
    return any(made.utc_ms <= moment.utc_ms <= limit_ms for moment in erased)


def _last_of_each(
    made: Collection[Moment], span: Callable[[date], Hashable], many: int
) -> set[Moment]:
    last: dict[Hashable, Moment] = {}
    for moment in sorted(made, reverse=True):
        if len(last) == many and span(moment.day) not in last:
            break
        last.setdefault(span(moment.day), moment)
    return set(last.values())


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return tuple(day.isocalendar())[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
