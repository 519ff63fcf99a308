"""The hours of one clinic day along the bottom of its plot."""

from datetime import UTC, datetime

from PySide6.QtCore import QLocale, QTime

from edema_desk.plots.axes import DateAxis

HOUR_S = 3600.0
LABEL_PX = 52.0
"""A time of day gets at least this much room."""
_STEPS_H = (1, 2, 3, 6, 12)


def hour_step(hours: float, width_px: float) -> int:
    """How many hours lie between two ticks."""
    room_h = LABEL_PX * hours / max(width_px, 1.0)
    return next((step for step in _STEPS_H if step >= room_h), _STEPS_H[-1])


class HourAxis(DateAxis):
    """Ticks at full hours of the clinic's clock."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """One level of ticks."""
        step_s = hour_step((high - low) / HOUR_S, size) * HOUR_S
        start = (low + self._offset_s) // step_s * step_s - self._offset_s
        edge_s = 0.5 * LABEL_PX * (high - low) / size
        count = int((high - start) / step_s) + 2
        ticks = [start + n * step_s for n in range(count)]
        seen = [t for t in ticks if low + edge_s <= t <= high - edge_s]
        self._labels = [self._hour_text(t) for t in seen]
        return [(step_s, seen)]

    def _hour_text(self, at_s: float) -> str:
        local = datetime.fromtimestamp(at_s + self._offset_s, UTC)
        return QLocale().toString(QTime(local.hour, local.minute), "H:mm")
