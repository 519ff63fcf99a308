"""Purposes of consent and how it stands with them, in words."""

from PySide6.QtCore import QCoreApplication, QLocale

from edema_desk.domain.keeping.consent import ConsentState, ConsentText, Purpose, Standing
from edema_desk.ui.parts.phrases import short_day_text


def purpose_text(purpose: Purpose) -> str:
    """What pictures are used for, in a few words."""
    return {
        Purpose.CARE: QCoreApplication.translate("consent", "Care: to be recorded"),
        Purpose.TRAINING: QCoreApplication.translate("consent", "Training of models"),
        Purpose.RESEARCH: QCoreApplication.translate("consent", "Research"),
    }[purpose]


def standing_text(standing: Standing) -> str:
    """How it stands, with the day."""
    said = {
        ConsentState.NEVER_ASKED: QCoreApplication.translate("consent", "Not asked yet"),
        ConsentState.GIVEN: QCoreApplication.translate("consent", "Given on {day}"),
        ConsentState.WITHDRAWN: QCoreApplication.translate("consent", "Withdrawn on {day}"),
        ConsentState.BY_STUDY: QCoreApplication.translate("consent", "Given with the study"),
    }[standing.state]
    return said.format(day=short_day_text(standing.entry.day) if standing.entry else "")


def text_in_language(text: ConsentText) -> str:
    """What the patient reads, in the language of the screen."""
    return text.ja if QLocale().language() == QLocale.Language.Japanese else text.en
