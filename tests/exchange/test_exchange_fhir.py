"""Bundles as an independent implementation of FHIR R4B reads them."""

import json
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from edema_desk.domain.course.exporting import RESEARCH_USE, study_code
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.fhir_bundle import Source, patient_bundle, write_bundle
from tests.exchange.made_up_course import CHART, KANA, NAME, PATIENT, WEDNESDAY, at, made_up

SOURCE = Source("0.1.0", at(WEDNESDAY, 18))


def of_type(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [resource for resource in found if resource["resourceType"] == kind]


def with_code(bundle: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [
        one
        for one in of_type(bundle, "Observation")
        if any(c["code"] == code for c in one["code"]["coding"])
    ]


@pytest.mark.parametrize("named", [False, True])
def test_a_bundle_is_valid_and_comes_back_the_same(named: bool) -> None:
    bundle = patient_bundle(made_up(named=named), SOURCE)
    read = Bundle.model_validate(bundle)
    assert json.loads(read.model_dump_json()) == json.loads(json.dumps(bundle))


def test_every_reference_leads_to_a_resource_of_the_bundle() -> None:
    bundle = patient_bundle(made_up(), SOURCE)
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["reference"]] if "reference" in value else []
            return own + [r for part in value.values() for r in references(part)]
        return [r for part in value for r in references(part)] if isinstance(value, list) else []

    assert set(references(bundle)) <= set(urls)
    (provenance,) = of_type(bundle, "Provenance")
    assert {t["reference"] for t in provenance["target"]} == set(urls[:-1])


def test_weights_bear_the_codes_of_dialysis_and_of_body_weight() -> None:
    bundle = patient_bundle(made_up(), SOURCE)
    pre, post = with_code(bundle, "8347-7"), with_code(bundle, "8344-4")
    assert [one["valueQuantity"]["value"] for one in pre] == [52.5, 52.0]
    assert [one["valueQuantity"]["value"] for one in post] == [50.2]
    assert len(with_code(bundle, "29463-7")) == 3
    (dry,) = with_code(bundle, "8341-0")
    assert (dry["valueQuantity"]["value"], dry["effectiveDateTime"]) == (50.0, "2026-01-01")
    assert {one["valueQuantity"]["code"] for one in (*pre, *post, dry)} == {"kg"}
    assert len(of_type(bundle, "Procedure")) == 2


def test_an_estimate_is_no_weight_and_says_how_sure_it_is_and_what_for() -> None:
    bundle = patient_bundle(made_up(), SOURCE)
    refused, said, spot = with_code(bundle, "face-excess-fluid")
    assert {one["status"] for one in (refused, said, spot)} == {"preliminary"}
    assert all(one["note"][0]["text"] == RESEARCH_USE for one in (refused, said, spot))
    assert "valueQuantity" not in refused
    assert refused["note"][1]["text"] == "No estimate: no_reference"
    parts = [part["valueQuantity"]["value"] for part in said["component"]]
    assert (said["valueQuantity"]["value"], parts) == (1.75, [1.25, 2.25, 0.96])
    assert "partOf" in said
    assert "partOf" not in spot
    (device,) = of_type(bundle, "Device")
    assert (device["modelNumber"], device["version"]) == ("base", [{"value": "0.1.0"}])


def test_without_names_nothing_in_it_says_who_it_is() -> None:
    text = json.dumps(patient_bundle(made_up(), SOURCE), ensure_ascii=False)
    for told in (NAME, KANA, CHART, "1950", PATIENT.patient_id):
        assert told not in text
    assert study_code(PATIENT.patient_id) in text


def test_a_japanese_name_comes_in_both_writings() -> None:
    (person,) = of_type(patient_bundle(made_up(named=True), SOURCE), "Patient")
    assert [(n["text"], n["extension"][0]["valueCode"]) for n in person["name"]] == [
        (NAME, "IDE"),
        (KANA, "SYL"),
    ]
    assert (person["identifier"][1]["value"], person["birthDate"]) == (CHART, "1950-02-03")


def test_a_bundle_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    bundle = patient_bundle(made_up(), SOURCE)
    write_bundle(path, bundle)
    assert json.loads(path.read_text(encoding="utf-8")) == bundle
    with pytest.raises(ExpectedError) as refused:
        write_bundle(path, bundle)
    assert refused.value.code is ErrorCode.OUTPUT_EXISTS
    with pytest.raises(ExpectedError) as refused:
        write_bundle(tmp_path / "gone" / "b.json", bundle)
    assert refused.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
