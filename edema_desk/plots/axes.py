"""The two axes of the trend: clinic days below, signed kilograms at the left."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from math import ceil, floor

import pyqtgraph as pg
from PySide6.QtCore import QDate, QLocale

from edema_desk.plots.trend_series import day_start_s

DAY_S = 86_400.0
LABEL_PX = 62.0
"""A date gets at least this much room."""
MOST_TICKS = 60
KG_LABEL_PX = 26.0
"""A label at the left, with air."""

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 3, 6, 12, 24, 60)
_ENGLISH = ("yyyy", "MMM", "d MMM", "MMM yyyy", "d MMM yyyy")
_JAPANESE = ("yyyy年", "M月", "M/d", "yyyy年M月", "yyyy/M/d")
"""Patterns of a year, a month, a day, and the latter two with their year."""


def date_ticks(start: date, end: date, width_px: float) -> tuple[date, ...]:
    """Days worth a label between two days: all, Mondays, firsts of months, or of years."""
    span = max((end - start).days, 1)
    room_days = LABEL_PX * span / max(width_px, 1.0)
    for step in _DAY_STEPS:
        if step >= room_days:
            return tuple(islice(_every_days(start, end, step), MOST_TICKS))
    months = next((m for m in _MONTH_STEPS if m * 30 >= room_days), _MONTH_STEPS[-1])
    return tuple(islice(_every_months(start, end, months), MOST_TICKS))


def date_labels(ticks: Sequence[date], locale: QLocale) -> list[str]:
    """The words for `ticks`; the first one, and the first of each year, name the year too."""
    patterns = _JAPANESE if locale.language() == QLocale.Language.Japanese else _ENGLISH
    daily = any(t.day != 1 for t in ticks)
    yearly = len(ticks) > 1 and (ticks[1] - ticks[0]).days > 360
    labels = []
    for i, tick in enumerate(ticks):
        new_year = i == 0 or tick.year != ticks[i - 1].year
        pattern = patterns[0] if yearly else patterns[1 + daily + 2 * new_year]
        labels.append(locale.toString(QDate(tick.year, tick.month, tick.day), pattern))
    return labels


def kg_step(span_kg: float, height_px: float = 400.0) -> float:
    """Between two lines of the grid, each with room for its label."""
    most = min(7.0, height_px / KG_LABEL_PX)
    return next((step for step in (0.5, 1.0, 2.0, 5.0) if span_kg / step <= most), 10.0)


def kg_label(value_kg: float) -> str:
    """Signed, with a true minus, and only as many decimals as the grid needs."""
    number = f"{abs(value_kg):.1f}".removesuffix(".0")
    sign = "" if abs(value_kg) < 1e-9 else "−" if value_kg < 0 else "+"
    return sign + number


class DateAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Ticks at the start of clinic days. The clinic's clock is `offset_s` ahead of UTC."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._offset_s = 0.0
        self._labels: list[str] = []

    def set_clinic(self, offset_s: float) -> None:
        """Whose days; call it again when the language changed."""
        self._offset_s = offset_s
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """One level of ticks."""
        start, end = (datetime.fromtimestamp(v + self._offset_s, UTC).date() for v in (low, high))
        ticks = date_ticks(start, end, size)
        at_s = [day_start_s(t, self._offset_s) for t in ticks]
        edge_s = 0.6 * LABEL_PX * (high - low) / size  # a label cut off is no label
        seen = [i for i, value in enumerate(at_s) if low + edge_s <= value <= high - edge_s]
        self._labels = date_labels([ticks[i] for i in seen], QLocale())
        return [(DAY_S, [at_s[i] for i in seen])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The labels made together with the ticks."""
        return list(self._labels)


class KgAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Whole or half kilograms, with lines across the plot."""

    def __init__(self) -> None:
        super().__init__("left")

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """One level of ticks."""
        step = kg_step(high - low, size)
        edge_kg = 9.0 * (high - low) / size  # a line at the very edge would have no label
        first, last = ceil((low + edge_kg) / step), floor((high - edge_kg) / step)
        return [(step, [n * step for n in range(first, last + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Signed kilograms."""
        return [kg_label(value) for value in values]


def _every_days(start: date, end: date, step: int) -> Iterator[date]:
    """Weeks begin on Mondays."""
    behind = start.weekday() % step if step >= 7 else 0
    if step == 14:
        behind = (start.toordinal() - 1) % 14
    day = start - timedelta(days=behind)
    while day <= end:
        yield day
        day += timedelta(days=step)


def _every_months(start: date, end: date, step: int) -> Iterator[date]:
    number = (start.year * 12 + start.month - 1) // step * step
    while True:
        day = date(number // 12, number % 12 + 1, 1)
        if day > end:
            return
        yield day
        number += step
