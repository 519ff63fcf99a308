"""One day of a trend: the course over its hours, and how it changed since the first look."""

from dataclasses import replace
from datetime import date

import numpy as np

from edema_desk.plots.trend_series import Reading, TrendSeries

_DAY_MS = 86_400_000
_FIRST = date(1970, 1, 1).toordinal()


def capture_days(series: TrendSeries) -> tuple[date, ...]:
    """The days on which a face was captured, in time order."""
    entries = [r.entry for r in series.readings if r.entry.capture is not None]
    found = {(e.at.utc_ms + e.at.offset_min * 60_000) // _DAY_MS for e in entries}
    return tuple(date.fromordinal(_FIRST + day) for day in sorted(found))


def series_of_day(series: TrendSeries, day: date) -> TrendSeries:
    """The readings of a clinic day, each with the change of its estimate since the first estimate
    of that day, in kg; the dry weight as it was."""
    own = [i for i, r in enumerate(series.readings) if r.entry.at.day == day]
    readings = _with_changes([series.readings[i] for i in own])
    place = {i: n for n, i in enumerate(own)}
    offset_s = 60.0 * readings[-1].entry.at.offset_min if readings else series.offset_s
    estimates = [r.entry.estimate for r in readings if r.estimate_kg is not None]
    return replace(
        series,
        readings=readings,
        at_s=series.at_s[own],
        scale_kg=series.scale_kg[own],
        estimate_kg=series.estimate_kg[own],
        spread_kg=series.spread_kg[own],
        phases=series.phases[own],
        refused=np.array([place[i] for i in series.refused if i in place], dtype=np.intp),
        corrected=np.array([place[i] for i in series.corrected if i in place], dtype=np.intp),
        incomplete=np.array([place[i] for i in series.incomplete if i in place], dtype=np.intp),
        offset_s=offset_s,
        interval_kinds=frozenset(e.interval_kind for e in estimates if e is not None),
    )


def _with_changes(readings: list[Reading]) -> tuple[Reading, ...]:
    first = next((r for r in readings if r.estimate_kg is not None), None)
    if first is None or first.estimate_kg is None:
        return tuple(readings)
    since = first.estimate_kg
    return tuple(
        r if r is first or r.estimate_kg is None else replace(r, change_kg=r.estimate_kg - since)
        for r in readings
    )
