"""A trend as numbers to draw: every reading with its time, and the steps of the dry weight."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend, valid_dry_weights
from edema_desk.domain.terms.estimate import IntervalKind, Refusal
from edema_desk.domain.terms.records import Phase

Values = NDArray[np.float64]

LONGEST_LINE_S = 8 * 86_400.0
"""Two weights further apart are not joined by a line: sessions are missing in between."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One phase of a session, or one spot capture (then `session` is None).

    `at_s` is its true time, seconds since 1970, UTC. `event` is what went before a spot capture.
    `change_kg`: of the estimate since the first one of its day, where a day is shown.
    """

    entry: PhaseEntry
    session: SessionEntry | None
    phase: Phase
    at_s: float
    event: str = ""
    change_kg: float | None = None

    @property
    def scale_kg(self) -> float | None:
        """Excess by scale."""
        return self.entry.scale_excess_kg

    @property
    def estimate_kg(self) -> float | None:
        """Excess by face."""
        estimate = self.entry.estimate
        return estimate.excess_kg if estimate else None

    @property
    def spread_kg(self) -> float | None:
        """Half the width beside the estimate."""
        estimate = self.entry.estimate
        return estimate.spread_kg if estimate else None

    @property
    def refusal(self) -> Refusal | None:
        """Why there is no estimate of its capture."""
        estimate = self.entry.estimate
        return estimate.refusal if estimate else None

    @property
    def incomplete(self) -> bool:
        """Whether its recording was cut short."""
        capture = self.entry.capture
        return capture is not None and not capture.whole


@dataclass(frozen=True, slots=True)
class DryStep:
    """From `at_s` on the dry weight is `weight_g`; before, it was `before_g` (None: unknown)."""

    at_s: float
    weight_g: int
    before_g: int | None


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """Readings in time order with their arrays, NaN where a value is missing.

    `refused` are the indices of readings that have a reason instead of an estimate, `corrected`
    those whose weight was put right, `incomplete` those whose recording was cut short.
    `interval_kinds` says what the widths beside the estimates rest on.
    """

    readings: tuple[Reading, ...]
    dry_steps: tuple[DryStep, ...]
    at_s: Values
    scale_kg: Values
    estimate_kg: Values
    spread_kg: Values
    phases: NDArray[np.str_]
    refused: NDArray[np.intp]
    corrected: NDArray[np.intp]
    incomplete: NDArray[np.intp]
    offset_s: float
    interval_kinds: frozenset[IntervalKind]

    def indices(self, values: Values, phase: Phase | None = None) -> NDArray[np.intp]:
        """Which readings have a value (of one phase)."""
        there = np.isfinite(values)
        if phase is not None:
            there &= self.phases == phase.value
        return np.flatnonzero(there)

    def dry_weight_at(self, at_s: float) -> int | None:
        """The dry weight valid at a time, in grams."""
        index = bisect_right([s.at_s for s in self.dry_steps], at_s)
        return self.dry_steps[index - 1].weight_g if index else None

    def height_kg(self, start_s: float, end_s: float) -> tuple[float, float]:
        """Lowest and highest value between two times, spreads and the zero line included."""
        seen = (self.at_s >= start_s) & (self.at_s <= end_s)
        spread = np.nan_to_num(self.spread_kg)
        parts = (self.scale_kg, self.estimate_kg - spread, self.estimate_kg + spread)
        values = np.concatenate([part[seen] for part in parts])
        values = values[np.isfinite(values)]
        return float(values.min(initial=0.0)), float(values.max(initial=0.0))


def make_series(trend: Trend, events: Mapping[str, str] | None = None) -> TrendSeries:
    """Everything the plot and the table show of `trend`. `events`: what went before spot captures,
    by their ids."""
    readings = _readings(trend, events or {})
    estimates = [r.entry.estimate for r in readings]
    offset_s = 60.0 * readings[-1].entry.at.offset_min if readings else 0.0
    return TrendSeries(
        readings,
        _dry_steps(trend, offset_s),
        np.array([r.at_s for r in readings], dtype=np.float64),
        _scale_kg(readings),
        _values([e.excess_kg if e else None for e in estimates]),
        _values([e.spread_kg if e else None for e in estimates]),
        np.array([r.phase.value for r in readings], dtype=np.str_),
        _where([e is not None and e.refusal is not None for e in estimates]),
        _where([r.entry.corrected for r in readings]),
        _where([r.incomplete for r in readings]),
        offset_s,
        frozenset(e.interval_kind for e in estimates if e and e.excess_kg is not None),
    )


def _readings(trend: Trend, events: Mapping[str, str]) -> tuple[Reading, ...]:
    """In time order."""
    found = [
        Reading(entry, session, entry.phase, entry.at.utc_ms / 1000)
        for session in trend.sessions
        for entry in (session.pre, session.post)
        if entry is not None
    ]
    for spot in trend.spots:
        said = events.get(spot.capture.capture_id, "") if spot.capture else ""
        found.append(Reading(spot, None, spot.phase, spot.at.utc_ms / 1000, said))
    found.sort(key=attrgetter("at_s"))
    return tuple(found)


def joined(at_s: Values) -> NDArray[np.bool_]:
    """For each point of a line whether it is joined to the next one."""
    return np.append(np.diff(at_s) <= LONGEST_LINE_S, False)


def day_start_s(day: date, offset_s: float) -> float:
    """When a clinic's day begins, in seconds since 1970, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() - offset_s


def _scale_kg(readings: Sequence[Reading]) -> Values:
    """As `PhaseEntry.scale_excess_kg`, of all at once."""
    net_g = _values([r.entry.net_g for r in readings])
    return (net_g - _values([r.entry.dry_weight_g for r in readings])) / 1000


def _where(holds: Sequence[bool]) -> NDArray[np.intp]:
    return np.flatnonzero(np.array(holds, dtype=np.bool_))


def _values(found: Sequence[float | None]) -> Values:
    """None becomes NaN."""
    return np.array(found, dtype=np.float64)


def _dry_steps(trend: Trend, offset_s: float) -> tuple[DryStep, ...]:
    """One a day at most, and only where the weight changes."""
    by_day = {e.valid_from: e.weight_g for e in valid_dry_weights(trend.dry_weights)}
    steps: list[DryStep] = []
    for day, weight_g in by_day.items():
        before_g = steps[-1].weight_g if steps else None
        if weight_g != before_g:
            steps.append(DryStep(day_start_s(day, offset_s), weight_g, before_g))
    return tuple(steps)
