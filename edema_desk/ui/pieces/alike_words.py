"""The warning of somebody who may be mistaken for the patient on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.terms.alike import Alike, LookAlike
from edema_desk.domain.terms.records import Patient
from edema_desk.ui.parts.phrases import short_day_text


def alike_text(alike: Sequence[LookAlike]) -> str:
    """What the likest of them has in common with the patient, and how many there are."""
    if not alike:
        return ""
    translate = QCoreApplication.translate
    ways = alike[0].ways
    if Alike.NAME in ways:
        said = translate("Alike", "Another patient has the same name")
    elif Alike.KANA in ways:
        said = translate("Alike", "Another patient's name is read the same")
    elif Alike.NEAR_NAME in ways:
        said = translate("Alike", "Another patient has nearly the same name")
    else:
        said = translate("Alike", "Another patient was born on the same day")
    more = len(alike) - 1
    return said if not more else translate("Alike", "{said}, +{more}").format(said=said, more=more)


def alike_line(one: LookAlike) -> str:
    """Who it is that may be meant."""
    return person_line(one.patient)


def person_line(patient: Patient) -> str:
    """Somebody in one line: name, kana, chart number and birth date."""
    born = short_day_text(patient.birth_date) if patient.birth_date else ""
    parts = (patient.name, patient.kana, patient.chart_number, born)
    return " · ".join(part for part in parts if part)
