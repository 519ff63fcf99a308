"""Weights, dry weights and estimates as FHIR R4 observations.

A weight before or after dialysis bears two codes: that of dialysis, and plain body weight, since
the vital signs' own list does not know the first. An estimate from a face bears neither: it is
preliminary, under a code of this program, with its interval and what it is for.
"""

from edema_desk.domain.course.exporting import RESEARCH_USE
from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.terms.records import DryWeight, Phase, StoredEstimate
from edema_desk.exchange.fhir_values import (
    DATA_ABSENT,
    LOINC,
    OBSERVATION_CATEGORY,
    OWN_CODES,
    Resource,
    coding,
    concept,
    day_of,
    instant,
    quantity,
    reference,
)

BODY_WEIGHT = coding(LOINC, "29463-7", "Body weight")
PRE_WEIGHT = coding(LOINC, "8347-7", "Body weight Measured --pre dialysis")
POST_WEIGHT = coding(LOINC, "8344-4", "Body weight Measured --post dialysis")
DRY_WEIGHT = coding(LOINC, "8341-0", "Dry body weight Measured")
ESTIMATE = coding(OWN_CODES, "face-excess-fluid", "Excess fluid estimated from face video")
LOW = coding(OWN_CODES, "face-excess-fluid-low", "Lower end of the 90 % interval")
HIGH = coding(OWN_CODES, "face-excess-fluid-high", "Upper end of the 90 % interval")
AS_BEFORE = coding(
    OWN_CODES, "face-as-before-dialysis", "Probability that the face is as before dialysis"
)
_VITAL_SIGNS = concept(coding(OBSERVATION_CATEGORY, "vital-signs", "Vital Signs"))
_EXAM = concept(coding(OBSERVATION_CATEGORY, "exam", "Exam"))


def weight_observation(entry: PhaseEntry, subject: str, procedure: str) -> Resource | None:
    """What the scale said in one phase of a session; None where nobody weighed."""
    if entry.net_g is None or entry.phase is Phase.SPOT:
        return None
    code = PRE_WEIGHT if entry.phase is Phase.PRE else POST_WEIGHT
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [_VITAL_SIGNS],
        "code": concept(code, BODY_WEIGHT),
        "subject": reference(subject),
        "partOf": [reference(procedure)],
        "effectiveDateTime": instant(entry.at),
        "valueQuantity": quantity(entry.net_g / 1000, "kg"),
    }


def dry_weight_observation(entry: DryWeight, subject: str) -> Resource:
    """A dry weight from the day it is valid from."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [_EXAM],
        "code": concept(DRY_WEIGHT),
        "subject": reference(subject),
        "effectiveDateTime": day_of(entry.valid_from),
        "valueQuantity": quantity(entry.weight_g / 1000, "kg"),
    }


def estimate_observation(
    entry: PhaseEntry, said: StoredEstimate, subject: str, device: str, procedure: str | None
) -> Resource:
    """What the face said: a number with its interval, or that there is none and why."""
    made: Resource = {
        "resourceType": "Observation",
        "status": "preliminary",
        "category": [_EXAM],
        "code": concept(ESTIMATE),
        "subject": reference(subject),
        "effectiveDateTime": instant(entry.at),
        "device": reference(device),
        "method": {"text": f"Face video, model {said.model_id}"},
        "note": [{"text": RESEARCH_USE}],
    }
    if procedure is not None:
        made["partOf"] = [reference(procedure)]
    if said.excess_kg is None:
        made["dataAbsentReason"] = concept(coding(DATA_ABSENT, "error", "Error"))
        reason = said.refusal.value if said.refusal else "none"
        made["note"].append({"text": f"No estimate: {reason}"})
        return made
    made["valueQuantity"] = quantity(said.excess_kg, "kg")
    components = _components(said, said.excess_kg)
    if components:
        made["component"] = components
    return made


def _components(said: StoredEstimate, excess_kg: float) -> list[Resource]:
    parts: list[Resource] = []
    if said.spread_kg is not None:
        for code, end_kg in ((LOW, excess_kg - said.spread_kg), (HIGH, excess_kg + said.spread_kg)):
            parts.append({"code": concept(code), "valueQuantity": quantity(end_kg, "kg")})
    if said.p_edema is not None:
        share = quantity(said.p_edema, "1")
        parts.append({"code": concept(AS_BEFORE), "valueQuantity": share})
    return parts
