"""What went before a spot capture, in words for window and paper."""

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.terms.spot_event import SpotEvent
from edema_desk.plots.trend_series import Reading
from edema_desk.plots.wording import phase_text


def event_text(said: str) -> str:
    """After a meal, or the words that were typed; nothing where nothing was said."""
    known = {
        SpotEvent.MEAL.value: QCoreApplication.translate("Events", "after a meal"),
        SpotEvent.TOILET.value: QCoreApplication.translate("Events", "after the toilet"),
        SpotEvent.RISING.value: QCoreApplication.translate("Events", "on getting up"),
    }
    return known.get(said, said)


def title_words(reading: Reading) -> str:
    """The phase, and what went before a spot capture."""
    phase = phase_text(reading.phase)
    return f"{phase} · {event_text(reading.event)}" if reading.event else phase
