"""What a capture page says of the recording, the light, and how well the picture serves."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from edema_desk.domain.capture.view import LightChange, LightNote, Stage
from edema_desk.domain.course.views import PatientCard
from edema_desk.ui.parts.phrases import short_day_text

GOOD_FROM, FAIR_FROM = 0.6, 0.35
"""Marks of a picture above these serve well, or still serve."""


def session_day(card: PatientCard | None, session_id: str | None) -> date:
    """The day of a session; today where that is not known."""
    held = card.trend.sessions if card is not None and session_id else ()
    known = next((s for s in held if s.session.session_id == session_id), None)
    return known.session.day if known is not None else date.today()


def recording_text(stage: Stage) -> str:
    """How the recording stands, before its time."""
    said = {
        Stage.PAUSED: QCoreApplication.translate("capture", "Paused"),
        Stage.FINISHING: QCoreApplication.translate("capture", "Recorded"),
        Stage.DONE: QCoreApplication.translate("capture", "Recorded"),
        Stage.TROUBLE: QCoreApplication.translate("capture", "Recorded"),
    }
    return said.get(stage, QCoreApplication.translate("capture", "Recording"))


def light_text(note: LightNote, today: date) -> str:
    """How the light differs from an earlier capture's, and whether it still serves."""
    said = {
        LightChange.DARKER: QCoreApplication.translate("capture", "Darker than {day}."),
        LightChange.BRIGHTER: QCoreApplication.translate("capture", "Brighter than {day}."),
        LightChange.WARMER: QCoreApplication.translate("capture", "Light is warmer than {day}."),
        LightChange.COOLER: QCoreApplication.translate("capture", "Light is cooler than {day}."),
        LightChange.OTHER_CAMERA: QCoreApplication.translate(
            "capture", "Another camera than {day}."
        ),
        LightChange.OTHER_SETTINGS: QCoreApplication.translate(
            "capture", "The camera is set otherwise than {day}."
        ),
    }
    usable = (
        QCoreApplication.translate("capture", "Still usable.")
        if note.usable
        else QCoreApplication.translate("capture", "The estimate would suffer: mend it first.")
    )
    gap = "" if QLocale().language() == QLocale.Language.Japanese else " "
    return f"{said[note.change].format(day=_that_day(note.day, today))}{gap}{usable}"


def _that_day(day: date, today: date) -> str:
    """A day of the last week by its name, others by their date."""
    if 0 < (today - day).days < 7:
        name = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.LongFormat)
        return QCoreApplication.translate("capture", "on {day}").format(day=name)
    if day == today:
        return QCoreApplication.translate("capture", "earlier today")
    return QCoreApplication.translate("capture", "on {day}").format(day=short_day_text(day))


def mark_text(mark: float | None) -> str:
    """How well one side of the picture serves, for who cannot see its bar."""
    if mark is None:
        return QCoreApplication.translate("capture", "not known yet")
    if mark >= GOOD_FROM:
        return QCoreApplication.translate("capture", "good")
    if mark >= FAIR_FROM:
        return QCoreApplication.translate("capture", "fair")
    return QCoreApplication.translate("capture", "poor")


def clock_text(span_ms: float) -> str:
    """Minutes and seconds: 0:41."""
    whole_s = int(span_ms // 1000)
    return f"{whole_s // 60}:{whole_s % 60:02d}"
