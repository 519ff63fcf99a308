"""An exported study comes in elsewhere as it was, and says what it leaves out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.models.export_plan import ExportWish, LeftOut
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase
from edema_desk.exchange.study_folder import read_study
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.studies.taking_in import import_study
from edema_desk.paths import Profile
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.people.patients import patients
from tests.flow.exports.export_kit import CARE, RESEARCH, STUDY, codes, go, look, on_record
from tests.flow.exports.export_samples import (
    DAY,
    LATER,
    Person,
    add_clip,
    add_person,
    add_session,
    at,
)
from tests.flow.made_up_worker import MadeUpWorker


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
