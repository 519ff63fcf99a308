"""The small parts FHIR R4 resources are made of, and the codes this program sends."""

import uuid
from datetime import date
from typing import Any

from edema_desk.domain.terms.moment import Moment

Resource = dict[str, Any]

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
DATA_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
OWN_CODES = "urn:edema-desk:codes"
"""For what no code system has a word: an estimate from a face is no weighing."""
OWN_IDS = "urn:edema-desk:patient-code"
ORIGINS = "urn:edema-desk:origins"
CHART_IDS = "urn:edema-desk:chart-number"
_NAMES = uuid.UUID("6a1c1d8e-6e0b-4b6f-9d43-0c4b1c9f7e51")


def resource_url(*parts: str) -> str:
    """The address of a resource in a bundle: the same parts give the same one."""
    return f"urn:uuid:{uuid.uuid5(_NAMES, '/'.join(parts))}"


def reference(url: str) -> Resource:
    """To another resource of the bundle."""
    return {"reference": url}


def coding(system: str, code: str, display: str) -> Resource:
    """One code with its words."""
    return {"system": system, "code": code, "display": display}


def concept(*codings: Resource) -> Resource:
    """The same thing in one or more code systems."""
    return {"coding": list(codings), "text": codings[0]["display"]}


def quantity(value: float, unit: str) -> Resource:
    """A number with its UCUM unit, to the gram or the thousandth."""
    return {"value": round(value, 3), "unit": unit, "system": UCUM, "code": unit}


def instant(at: Moment) -> str:
    """A moment with the clinic's offset."""
    return at.local().isoformat(timespec="seconds")


def day_of(day: date) -> str:
    """A day without a time."""
    return day.isoformat()
