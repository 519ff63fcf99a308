"""What one point of the trend means, in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.terms.estimate import IntervalKind
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.event_words import title_words
from edema_desk.plots.trend_series import Reading
from edema_desk.plots.wording import moment_text
from edema_desk.ui.parts.phrases import (
    excess,
    interval_note,
    kg,
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
    session: str
    note: str

    def parts(self) -> tuple[str, ...]:
        """Each in its line."""
        return self.title, self.when, self.scale, self.estimate, self.session, self.note

    def plain(self) -> str:
        """All of it, for a screen reader."""
        return "\n".join(part for part in self.parts() if part)


def point_words(reading: Reading) -> PointWords:
    """What a reading says."""
    translate = QCoreApplication.translate
    estimate, notes = "", []
    if reading.estimate_kg is not None:
        estimate = translate("Trend", "Estimate {estimate} kg {spread} kg").format(
            estimate=excess(reading.estimate_kg), spread=spread(reading.spread_kg or 0.0)
        )
        notes.append(_width_words(reading))
    elif reading.refusal is not None:
        estimate = translate("Trend", "No estimate")
        notes.append(refusal_text(reading.refusal))
    return PointWords(
        title_words(reading),
        moment_text(reading.entry.at),
        _scale_words(reading),
        estimate,
        _session_words(reading),
        "\n".join((*notes, *noted_words(reading))),
    )


def noted_words(reading: Reading) -> tuple[str, ...]:
    """What else is to be known of it: a weight put right, a recording cut short."""
    translate = QCoreApplication.translate
    said = []
    if reading.entry.corrected:
        said.append(translate("Trend", "The weight was corrected."))
    if reading.incomplete:
        said.append(translate("Trend", "The recording was cut short."))
    return tuple(said)


def _session_words(reading: Reading) -> str:
    """Gain and gap beside a pre, the UF rate beside a post."""
    translate, session = QCoreApplication.translate, reading.session
    said = []
    if session is not None and reading.phase is Phase.PRE:
        if session.gain_g is not None:
            gain = translate("Trend", "Gain {gain} kg").format(gain=kg(session.gain_g, signed=True))
            percent = session.gain_percent
            said.append(gain if percent is None else f"{gain} ({percent:.1f} %)")
        if session.days_since_last is not None:
            gap = translate("Trend", "{days} days since the session before")
            said.append(gap.format(days=f"{session.days_since_last:.1f}"))
    elif session is not None and session.uf_rate_ml_kg_h is not None:
        rate = translate("Trend", "UF rate {rate} mL/kg/h in {hours} h")
        hours = f"{session.session.planned_hours or 0.0:g}"
        said.append(rate.format(rate=f"{session.uf_rate_ml_kg_h:.1f}", hours=hours))
    return "\n".join(said)


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
