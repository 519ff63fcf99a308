"""Whose data leaves the program, what of it, and that it is on record."""

import json
from datetime import date
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from edema_desk.domain.course.exporting import Period
from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.exports.files import ExportDesk
from edema_desk.flow.records.auditing import HeadSigner
from edema_desk.store.audit.heads import heads_in
from tests.flow.exports.export_kit import FHIR, STUDY, TABLES, codes, go, look, on_record, refused
from tests.flow.exports.export_samples import (
    DAY,
    LATER,
    Person,
    add_clip,
    add_session,
    at,
    everything_in,
    table,
)


def test_under_codes_go_those_of_the_clinic_who_agreed_to_research_and_not_against_care(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    wish = ExportWish(TABLES)
    count = go(clinic, wish, out)
    assert (count.patients, count.sessions, count.not_agreed) == (2, 2, 4)
    rows = table(out / "sessions.csv")
    assert {row["patient_code"] for row in rows} == codes(people["all"], people["research"])
    assert {row["origin"] for row in rows} == {"clinic"}
    assert not any("Name" in path.read_text() for path in out.iterdir())


def test_made_up_and_study_people_go_only_by_themselves(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    go(clinic, ExportWish(TABLES, origin="trial"), out)
    rows = table(out / "sessions.csv")
    assert {row["patient_code"] for row in rows} == codes(people["study"])
    assert {row["origin"] for row in rows} == {"trial"}
    both = (people["study"].patient_id, people["all"].patient_id)
    mixed = out.with_name("mixed")
    assert refused(clinic, ExportWish(TABLES, both), mixed) is ErrorCode.EXPORT_ORIGINS


def test_who_did_not_agree_stays_also_when_asked_for(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    for who in ("care", "unasked", "withdrew research", "withdrew care"):
        for kind in ExportKind:
            wish = ExportWish(kind, (people[who].patient_id,))
            assert look(clinic, wish).not_agreed == 1, who
            assert refused(clinic, wish, out) is ErrorCode.EXPORT_NOBODY, who
            assert not on_record(clinic, wish.act)


def test_with_the_name_goes_who_agreed_to_care(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    agreed = ("all", "care", "withdrew research", "study")
    for who, person in people.items():
        wish, place = ExportWish(TABLES, (person.patient_id,), named=True), out.with_name(who)
        if who not in agreed:
            assert refused(clinic, wish, place) is ErrorCode.EXPORT_NOBODY, who
            continue
        go(clinic, wish, place)
        assert table(place / "sessions.csv")[0]["chart_number"] == person.chart
        assert on_record(clinic, ActKind.EXPORT_NAMED)[0].patient_id == person.patient_id
    assert len(on_record(clinic, ActKind.EXPORT_NAMED)) == len(agreed)


def test_names_go_of_nobody_who_was_not_named_and_with_no_clips(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    everybody = ExportWish(TABLES, named=True)
    assert refused(clinic, everybody, out) is ErrorCode.EXPORT_NAMED_WHOM
    study = ExportWish(STUDY, (people["all"].patient_id,), named=True)
    assert refused(clinic, study, out) is ErrorCode.EXPORT_NAMED_STUDY


def test_what_is_said_before_is_what_goes_out(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    one = people["all"]
    add_session(clinic, one, LATER)
    add_clip(clinic, one, None, Phase.SPOT, at(LATER, 20), 1.0)
    for number, period in enumerate(
        (Period(), Period(LATER, LATER), Period(None, DAY), Period(date(2027, 1, 1)))
    ):
        wish = ExportWish(TABLES, period=period)
        said = look(clinic, wish)
        place = out.with_name(f"out{number}")
        if not said.patients:
            assert refused(clinic, wish, place) is ErrorCode.EXPORT_NOBODY
            continue
        assert go(clinic, wish, place) == said
        sessions, spots = table(place / "sessions.csv"), table(place / "spot_captures.csv")
        assert (len(sessions), len(spots)) == (said.sessions, said.spots)
        assert len({row["patient_code"] for row in (*sessions, *spots)}) == said.patients
        assert all(period.holds(date.fromisoformat(row["day"])) for row in sessions)
        assert said.nothing == 2 - said.patients


def test_a_fhir_export_is_one_valid_bundle_a_patient(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    add_clip(clinic, people["all"], None, Phase.SPOT, at(DAY, 20), 1.0)
    go(clinic, ExportWish(FHIR), out)
    names = {f"{code}.json" for code in codes(people["all"], people["research"])}
    assert everything_in(out) == {"README.txt", *names}
    for name in names:
        Bundle.model_validate(json.loads((out / name).read_text(encoding="utf-8")))


def test_an_export_is_on_record_before_it_is_in_place_and_a_head_is_signed_after(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    signer = HeadSigner(clinic.entered, clinic.database)
    desk = ExportDesk(clinic, Gate(), signer.sign, clinic.database.submit)
    try:
        wish = ExportWish(TABLES, period=Period(DAY))
        desk.export(new_id(), wish, out, unheard, Cancel()).result()
        (noted,) = on_record(clinic, ActKind.EXPORT_PATIENTS)
        assert noted.details["what"] == "csv"
        assert noted.details["sessions"] == 2
        assert noted.details["first"] == str(DAY)
        whom = noted.details["patient_ids"]
        assert isinstance(whom, list)
        assert set(whom) == {people["all"].patient_id, people["research"].patient_id}
        assert heads_in(clinic.profile.audit_heads)[-1].head.rows > noted.row
        assert desk.origins().result() == ("clinic", "trial")
        (out.parent / ".dropbox").touch()
        shared = desk.shared(out).result()
        assert shared is not None
        assert shared.name == "Dropbox"
    finally:
        desk.close()


C, A, N = Role.CLINICIAN, Role.ADMINISTRATOR, Role.NURSE


@pytest.mark.parametrize(
    ("kind", "named", "roles"),
    [
        *((TABLES, False, {C, A}), (FHIR, False, {C, A}), (STUDY, False, {A})),
        *((TABLES, True, {C}), (FHIR, True, {C})),
    ],
)
def test_who_may_not_export_is_refused_before_anything_is_written(
    clinic: Clinic,
    people: dict[str, Person],
    out: Path,
    kind: ExportKind,
    named: bool,
    roles: set[Role],
) -> None:
    session_id = add_session(clinic, people["all"], LATER)
    add_clip(clinic, people["all"], session_id, Phase.PRE, at(LATER, 9), 1.0)
    wish = ExportWish(kind, (people["all"].patient_id,), named=named)
    for role in (N, C, A):
        mine = clinic.acting_as(Actor(f"a {role.value}", frozenset({role})))
        place = out.with_name(role.value)
        if role in roles:
            assert go(mine, wish, place).patients == 1
            continue
        assert refused(mine, wish, place) is ErrorCode.NOT_ALLOWED
        with pytest.raises(ExpectedError):
            look(mine, wish)
