"""What one point of the trend means, in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.estimate import IntervalKind
from edema_desk.domain.records import Phase
from edema_desk.plots.trend_series import Reading
from edema_desk.plots.wording import moment_text
from edema_desk.ui.phrases import (
    excess,
    interval_note,
    kg,
    phase_text,
    refusal_text,
    spread,
)


@dataclass(frozen=True, slots=True)
class PointWords:
    """What is read off one point of the plot. Missing parts are empty."""

    title: str
    when: str
    scale: str
    estimate: str
    note: str

    def parts(self) -> tuple[str, ...]:
        """Each in its line."""
        return self.title, self.when, self.scale, self.estimate, self.note

    def plain(self) -> str:
        """All of it, for a screen reader."""
        return "\n".join(part for part in self.parts() if part)


def point_words(reading: Reading) -> PointWords:
    """What a reading says."""
    translate = QCoreApplication.translate
    estimate, note = "", ""
    if reading.estimate_kg is not None:
        estimate = translate("Trend", "Estimate {estimate} kg {spread} kg").format(
            estimate=excess(reading.estimate_kg), spread=spread(reading.spread_kg or 0.0)
        )
        note = _width_words(reading)
    elif reading.refusal is not None:
        estimate = translate("Trend", "No estimate")
        note = refusal_text(reading.refusal)
    return PointWords(
        phase_text(reading.phase),
        moment_text(reading.entry.at),
        _scale_words(reading),
        estimate,
        note,
    )


def _width_words(reading: Reading) -> str:
    """What the width beside the estimate rests on."""
    estimate = reading.entry.estimate
    if estimate is None or estimate.interval_kind is IntervalKind.SPREAD:
        return QCoreApplication.translate(
            "Trend", "Estimate and spread come from made-up swelling."
        )
    return interval_note(estimate.interval_kind)


def _scale_words(reading: Reading) -> str:
    translate = QCoreApplication.translate
    entry = reading.entry
    if entry.net_g is None:
        return "" if reading.phase is Phase.SPOT else translate("Trend", "No weight")
    if reading.scale_kg is None:
        return translate("Trend", "Scale {weight} kg, no dry weight").format(weight=kg(entry.net_g))
    return translate("Trend", "Scale {excess} kg ({weight} kg, dry weight {dry} kg)").format(
        excess=excess(reading.scale_kg), weight=kg(entry.net_g), dry=kg(entry.dry_weight_g)
    )
