"""What went before a spot capture, in the words of the person at the screen."""

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.spot_event import SpotEvent


def event_text(said: str) -> str:
    """After a meal, or the words that were typed; nothing where nothing was said."""
    known = {
        SpotEvent.MEAL.value: QCoreApplication.translate("Events", "after a meal"),
        SpotEvent.TOILET.value: QCoreApplication.translate("Events", "after the toilet"),
        SpotEvent.RISING.value: QCoreApplication.translate("Events", "on getting up"),
    }
    return known.get(said, said)
