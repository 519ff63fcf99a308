"""One patient's course as a FHIR R4 bundle: who, what was measured, what was estimated, by what.

The shape: a session is a Procedure, each weight an Observation that is part of it, each estimate
an Observation by a Device, and a Provenance says where all of it comes from.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.course.exporting import RESEARCH_USE, ExportedPatient, phases_of
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, DEMO_ORIGIN, DialysisSession, Patient
from edema_desk.exchange.fhir_observations import (
    dry_weight_observation,
    estimate_observation,
    weight_observation,
)
from edema_desk.exchange.fhir_values import (
    ACT_REASON,
    CHART_IDS,
    ORIGINS,
    OWN_IDS,
    PARTICIPANT,
    REPRESENTATION,
    SNOMED,
    Resource,
    coding,
    concept,
    day_of,
    instant,
    reference,
    resource_url,
)
from edema_desk.exchange.new_file import new_file

Entry = tuple[str, Resource]
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_HAEMODIALYSIS = coding(SNOMED, "302497006", "Hemodialysis")


@dataclass(frozen=True, slots=True)
class Source:
    """The program that exports, and when."""

    program_version: str
    at: Moment


def patient_bundle(patient: ExportedPatient, source: Source) -> Resource:
    """A Bundle of type collection, as JSON would hold it."""
    entries = list(_entries(patient, source))
    entries.append(_provenance(patient, source, [url for url, _ in entries]))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(source.at),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries],
    }


def write_bundle(path: Path, bundle: Resource) -> None:
    """Write a new file, an entry a line. Raises ExpectedError: OUTPUT_EXISTS, OUTPUT_NO_ROOM,
    OUTPUT_NOT_WRITABLE."""
    entries = ",\n".join(_ENCODER.encode(entry) for entry in bundle["entry"])
    rest = _ENCODER.encode({**bundle, "entry": []}).removesuffix("[]}")
    with new_file(path) as file:
        file.write(f"{rest}[\n{entries}\n]}}\n")


def _entries(patient: ExportedPatient, source: Source) -> Iterator[Entry]:
    subject = resource_url("patient", patient.code)
    yield subject, _patient(patient.patient, patient.code, named=patient.named)
    for model_id in sorted(_models(patient)):
        yield _device_url(model_id), _device(model_id, source)
    for dry in patient.trend.dry_weights:
        url = resource_url("dry", patient.code, dry.entry_id)
        yield url, dry_weight_observation(dry, subject)
    for session in patient.trend.sessions:
        yield from _session(patient, session, subject)
    for spot in patient.trend.spots:
        yield from _estimate(patient, spot, subject, None)


def _session(patient: ExportedPatient, entry: SessionEntry, subject: str) -> Iterator[Entry]:
    phases = phases_of(entry)
    if not phases:
        return
    procedure = resource_url("session", patient.code, instant(entry.session.opened_at))
    yield procedure, _procedure(entry.session, phases, subject)
    for phase in phases:
        weight = weight_observation(phase, subject, procedure)
        if weight is not None:
            yield resource_url("weight", procedure, phase.phase.value), weight
        yield from _estimate(patient, phase, subject, procedure)


def _estimate(
    patient: ExportedPatient, entry: PhaseEntry, subject: str, procedure: str | None
) -> Iterator[Entry]:
    said = entry.estimate
    if said is None:
        return
    url = resource_url("estimate", patient.code, entry.phase.value, instant(entry.at))
    device = _device_url(said.model_id)
    yield url, estimate_observation(entry, said, subject, device, procedure)


def _patient(patient: Patient, code: str, *, named: bool) -> Resource:
    made: Resource = {
        "resourceType": "Patient",
        "identifier": [{"system": OWN_IDS, "value": code}],
    }
    if patient.origin != CLINIC_ORIGIN:
        made["meta"] = _told_origin(patient.origin)
    if named:
        made["identifier"].append({"system": CHART_IDS, "value": patient.chart_number})
        made["name"] = [_name(patient.name, "IDE")]
        if patient.kana:
            made["name"].append(_name(patient.kana, "SYL"))
        if patient.birth_date:
            made["birthDate"] = day_of(patient.birth_date)
    return made


def _told_origin(origin: str) -> Resource:
    """Who is made up is labelled as test data besides."""
    if origin != DEMO_ORIGIN:
        return {"tag": [coding(ORIGINS, "study", origin)]}
    return {
        "security": [coding(ACT_REASON, "HTEST", "test health data")],
        "tag": [coding(ORIGINS, "demo", "Made-up person")],
    }


def _name(text: str, how: str) -> Resource:
    """A name in ideographs (IDE) or in syllables (SYL), as Japanese records tell them apart."""
    return {"extension": [{"url": REPRESENTATION, "valueCode": how}], "text": text}


def _procedure(session: DialysisSession, phases: tuple[PhaseEntry, ...], subject: str) -> Resource:
    moments = sorted([session.opened_at, *(phase.at for phase in phases)])
    return {
        "resourceType": "Procedure",
        "status": "completed" if len(phases) > 1 else "unknown",
        "code": concept(_HAEMODIALYSIS),
        "subject": reference(subject),
        "performedPeriod": {"start": instant(moments[0]), "end": instant(moments[-1])},
    }


def _models(patient: ExportedPatient) -> set[str]:
    phases = [phase for s in patient.trend.sessions for phase in phases_of(s)]
    entries = (*phases, *patient.trend.spots)
    return {entry.estimate.model_id for entry in entries if entry.estimate}


def _device_url(model_id: str) -> str:
    return resource_url("device", model_id)


def _device(model_id: str, source: Source) -> Resource:
    return {
        "resourceType": "Device",
        "deviceName": [{"name": "EdemaDesk", "type": "user-friendly-name"}],
        "modelNumber": model_id,
        "version": [{"value": source.program_version}],
        "note": [{"text": RESEARCH_USE}],
    }


def _provenance(patient: ExportedPatient, source: Source, targets: list[str]) -> Entry:
    assembler = concept(coding(PARTICIPANT, "assembler", "Assembler"))
    made: Resource = {
        "resourceType": "Provenance",
        "target": [reference(url) for url in targets],
        "recorded": instant(source.at),
        "agent": [
            {
                "type": assembler,
                "who": {"display": f"EdemaDesk {source.program_version}, {RESEARCH_USE}"},
            }
        ],
    }
    return resource_url("provenance", patient.code, instant(source.at)), made
