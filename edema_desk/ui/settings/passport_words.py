"""What the test of a camera found, in one sentence an item and one thing to do."""

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.capture.passport import (
    CameraPassport,
    Cause,
    ItemResult,
    ItemVerdict,
    PassportItem,
)
from edema_desk.ui.parts.phrases import said_text, short_day_text
from edema_desk.words import of_passport as words


def item_text(item: PassportItem) -> str:
    """What was tested."""
    return said_text(words.PASSPORT_ITEMS[item.value])


def verdict_text(verdict: ItemVerdict) -> str:
    """One word for a verdict."""
    return said_text(words.PASSPORT_VERDICTS[verdict.value])


def figure_text(result: ItemResult) -> str:
    """The figure that counts; empty where it was not measured."""
    if result.verdict is ItemVerdict.UNKNOWN:
        return ""
    return said_text(words.PASSPORT_FIGURES[result.item.value], **result.figures)


def found_text(result: ItemResult) -> str:
    """What was found, one sentence."""
    if result.cause is Cause.FINE:
        return said_text(words.PASSPORT_GOOD[result.item.value])
    return said_text(words.PASSPORT_CAUSES[result.cause.value].text, **result.figures)


def advice_text(cause: Cause) -> str:
    """What to do about it; empty where nothing is to be done."""
    return "" if cause is Cause.FINE else said_text(words.PASSPORT_CAUSES[cause.value].hint)


def passport_text(passport: CameraPassport | None) -> str:
    """Whether and when a camera was tested, one line."""
    if passport is None:
        return QCoreApplication.translate("phrases", "This camera has not been tested here yet.")
    if passport.passed:
        said = QCoreApplication.translate("phrases", "Tested on {day}: good enough.")
    else:
        said = QCoreApplication.translate("phrases", "Tested on {day}: not good enough yet.")
    return said.format(day=short_day_text(passport.made_at.day))
