"""Whose data leaves the program, what of it, and that it is on record."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from edema_desk.domain.course.exporting import Period, study_code
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.domain.models.export_plan import ExportCount, ExportKind, ExportWish, LeftOut
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import read_study
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.part_folder import MARK, clear_unfinished
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.exports.files import ExportDesk, export_patients, preview_export
from edema_desk.flow.records.auditing import HeadSigner
from edema_desk.flow.studies.taking_in import import_study
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import heads_in
from edema_desk.store.audit.reading import acts
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.keys.locks import FileLock
from edema_desk.store.people.patients import patients
from tests.flow.exports.export_samples import (
    DAY,
    LATER,
    Person,
    add_clip,
    add_person,
    add_session,
    at,
    everything_in,
    table,
    withdraw,
)
from tests.flow.made_up_worker import MadeUpWorker

CARE, TRAINING, RESEARCH = Purpose.CARE, Purpose.TRAINING, Purpose.RESEARCH
TABLES, FHIR, STUDY = ExportKind.TABLES, ExportKind.FHIR, ExportKind.STUDY


def go(clinic: Clinic, wish: ExportWish, out: Path) -> ExportCount:
    return export_patients(clinic, new_id(), wish, out, unheard, Cancel())


def look(clinic: Clinic, wish: ExportWish) -> ExportCount:
    return preview_export(clinic, wish, unheard, Cancel())


def on_record(clinic: Clinic, kind: ActKind) -> tuple[ActEntry, ...]:
    return clinic.database.call(lambda store: acts(store, ActFilter(kind=kind)))


def refused(clinic: Clinic, wish: ExportWish, out: Path) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        go(clinic, wish, out)
    assert not out.exists()
    assert not list(out.parent.glob("*.part"))
    return caught.value.code


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    return tmp_path / "outside" / "export"


@pytest.fixture
def people(clinic: Clinic) -> dict[str, Person]:
    """One session each, by what they answered."""
    made = {
        "all": add_person(clinic, "1", CARE, TRAINING, RESEARCH),
        "research": add_person(clinic, "2", RESEARCH),
        "care": add_person(clinic, "3", CARE, TRAINING),
        "unasked": add_person(clinic, "4"),
        "withdrew research": add_person(clinic, "5", CARE, RESEARCH),
        "withdrew care": add_person(clinic, "6", CARE, RESEARCH),
        "study": add_person(clinic, "7", origin="trial"),
    }
    for person in made.values():
        add_session(clinic, person, DAY)
    withdraw(clinic, made["withdrew research"], RESEARCH)
    withdraw(clinic, made["withdrew care"], CARE)
    return made


def codes(*people: Person) -> set[str]:
    return {study_code(person.patient_id) for person in people}


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


# whole or not at all


def test_a_file_among_the_folders_above_is_no_place_to_write_to(
    clinic: Clinic, people: dict[str, Person], tmp_path: Path
) -> None:
    (tmp_path / "a file").write_bytes(b"kept")
    wish = ExportWish(TABLES)
    assert refused(clinic, wish, tmp_path / "a file" / "x") is ErrorCode.OUTPUT_NOT_WRITABLE
    assert refused(clinic, wish, tmp_path / "a file" / "y" / "x") is ErrorCode.OUTPUT_NOT_WRITABLE
    assert (tmp_path / "a file").read_bytes() == b"kept"


def test_nothing_is_written_over(clinic: Clinic, people: dict[str, Person], out: Path) -> None:
    out.mkdir()
    with pytest.raises(ExpectedError) as caught:
        go(clinic, ExportWish(TABLES), out)
    assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert not list(out.iterdir())
    strange = out.with_name("other.part")
    strange.mkdir()
    (strange / "mine.txt").write_text("somebody's own")
    with pytest.raises(ExpectedError) as caught:
        go(clinic, ExportWish(TABLES), out.with_name("other"))
    assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert everything_in(strange) == {"mine.txt"}
    assert not on_record(clinic, ActKind.EXPORT_PATIENTS)


@pytest.mark.parametrize("kind", [TABLES, FHIR, STUDY])
@pytest.mark.parametrize("after", [0, 1])
def test_what_is_cancelled_leaves_nothing(
    clinic: Clinic, people: dict[str, Person], out: Path, kind: ExportKind, after: int
) -> None:
    add_clip(clinic, people["all"], None, Phase.SPOT, at(DAY, 20), 1.0)
    cancel, heard = Cancel(), []

    def listen(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) > after:
            cancel.set()

    with pytest.raises(ExpectedError) as caught:
        export_patients(clinic, new_id(), ExportWish(kind), out, listen, cancel)
    assert caught.value.code is ErrorCode.CANCELLED
    assert not list(out.parent.iterdir())
    assert not clinic.profile.exports_unfinished.exists()
    assert not on_record(clinic, ExportWish(kind).act)


def test_a_consent_withdrawn_meanwhile_stops_it(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    def listen(progress: Progress) -> None:
        if progress.done == progress.total:
            withdraw(clinic, people["all"], RESEARCH)

    with pytest.raises(ExpectedError) as caught:
        export_patients(clinic, new_id(), ExportWish(TABLES), out, listen, Cancel())
    assert caught.value.code is ErrorCode.EXPORT_WITHDRAWN
    assert not list(out.parent.iterdir())
    assert not on_record(clinic, ActKind.EXPORT_PATIENTS)


def test_what_a_kill_left_is_removed_and_nothing_else(
    clinic: Clinic, people: dict[str, Person], out: Path
) -> None:
    part, strange = out.with_name("a.part"), out.with_name("b.part")
    gone = out.parent / "no-such-disk" / "c.part"
    for folder in (part, strange):
        (folder / "clips").mkdir(parents=True)
        (folder / "clips" / "face.mp4").write_text("face")
    (part / MARK).touch()
    unfinished = clinic.profile.exports_unfinished
    unfinished.write_text(json.dumps([str(part), str(strange), str(gone), "/tmp"]))
    with FileLock(clinic.profile.exports_lock) as running:
        assert running.take()
        clear_unfinished(clinic.profile)
        assert part.exists()
        wish = ExportWish(TABLES)
        with pytest.raises(ExpectedError) as caught:
            go(clinic, wish, out)
        assert caught.value.code is ErrorCode.EXPORT_RUNNING
    clear_unfinished(clinic.profile)
    assert not part.exists()
    assert everything_in(strange) == {"clips/face.mp4"}
    assert json.loads(unfinished.read_text()) == [str(strange), str(gone)]
    unfinished.write_text('["cut o')
    clear_unfinished(clinic.profile)
    assert not unfinished.exists()


def test_a_full_disk_is_told_and_leaves_nothing(
    clinic: Clinic, people: dict[str, Person], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_clip(clinic, people["all"], None, Phase.SPOT, at(DAY, 20), 1.0)
    usage = shutil.disk_usage(out.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10_000))
    assert refused(clinic, ExportWish(STUDY), out) is ErrorCode.OUTPUT_NO_ROOM
    assert not list(out.parent.iterdir())


# a study


@pytest.fixture
def studied(clinic: Clinic) -> Person:
    """Two sessions with clips, a spot in between, and a session past midnight."""
    one = add_person(clinic, "=1+1", CARE, RESEARCH, name="@Planted")
    for day, level in ((DAY, 2.5), (LATER, 2.2)):
        session_id = add_session(clinic, one, day)
        add_clip(clinic, one, session_id, Phase.PRE, at(day, 8, 55), level)
        add_clip(clinic, one, session_id, Phase.POST, at(day, 13, 5), 0.2)
    add_clip(clinic, one, None, Phase.SPOT, at(LATER, 20, 30), 1.0)
    night = add_session(clinic, one, date(2026, 3, 6))
    add_clip(clinic, one, night, Phase.PRE, at(date(2026, 3, 6), 22), 2.0)
    add_clip(clinic, one, night, Phase.POST, at(date(2026, 3, 7), 4), 0.1)
    return one


def facts(clinic: Clinic, patient_id: str) -> list[tuple[object, ...]]:
    """Each capture's day, phase, weight, dry weight and bytes."""
    trend = clinic.database.call(lambda store: patient_card(store, patient_id)).trend
    told = [
        (s.session.day, e.phase, e.net_g, e.dry_weight_g, e.capture.sha256)
        for s in trend.sessions
        for e in (s.pre, s.post)
        if e is not None and e.capture is not None
    ]
    spots = [
        (s.at.day, s.at.local().strftime("%H:%M"), s.dry_weight_g, s.capture.sha256)
        for s in trend.spots
        if s.capture is not None
    ]
    return [*told, *spots]


def test_an_exported_study_comes_in_elsewhere_as_it_was(
    clinic: Clinic, studied: Person, out: Path, tmp_path: Path
) -> None:
    said = look(clinic, ExportWish(STUDY))
    count = go(clinic, ExportWish(STUDY), out)
    assert count == replace(said, size_bytes=count.size_bytes)
    assert 0 < count.size_bytes <= said.size_bytes
    assert (count.patients, count.sessions, count.spots, count.clips) == (1, 3, 1, 7)
    assert count.size_bytes == sum(p.stat().st_size for p in (out / "clips").iterdir())
    assert not any("Planted" in path.read_text() for path in out.rglob("*.*") if path.is_file())
    (code,) = codes(studied)
    assert {row.patient_id for row in read_study(out).rows} == {code}
    with Clinic(Profile(tmp_path / "other"), model=clinic.model, worker=MadeUpWorker()) as other:
        summary = import_study(other, out)
        assert (summary.taken, summary.refused, summary.doubtful) == (7, (), ())
        (there,) = other.database.call(patients)
        assert (there.chart_number, there.origin) == (code, "export")
        assert facts(other, there.patient_id) == facts(clinic, studied.patient_id)
        again = import_study(other, out)
        assert (again.taken, again.there_before) == (0, 7)


def test_clips_that_are_gone_or_not_whole_are_left_out_and_said(
    clinic: Clinic, studied: Person, out: Path
) -> None:
    trend = clinic.database.call(lambda store: patient_card(store, studied.patient_id)).trend
    dropped, erased, hurt = (e.capture for e in trend.entries()[:3])
    assert dropped is not None
    assert erased is not None
    assert hurt is not None
    library = clinic.own_library()
    library.delete_clip(dropped.capture_id)
    library.erase(erased.capture_id)
    path = library.clip(hurt.capture_id).path
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    bare = add_person(clinic, "9", CARE, RESEARCH)
    add_session(clinic, bare, DAY)
    said = look(clinic, ExportWish(STUDY))
    assert said.left_out == {LeftOut.NO_CLIP: 2}
    assert (said.patients, said.nothing, said.clips) == (1, 1, 5)
    count = go(clinic, ExportWish(STUDY), out)
    assert count.left_out == {LeftOut.NO_CLIP: 2, LeftOut.DAMAGED: 1}
    assert count.clips == 4 == len(read_study(out).rows) == len(list((out / "clips").iterdir()))
    (noted,) = on_record(clinic, ActKind.EXPORT_STUDY)
    assert (noted.patient_id, noted.details["clips"]) == (studied.patient_id, 4)
