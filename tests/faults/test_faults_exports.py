"""An export is whole or not there, whatever ends it: a kill, a full disk. Faces never lie about."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.keeping.record_of_acts import ActFilter
from edema_desk.domain.models.card import render_card
from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import read_study
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import model_at
from edema_desk.flow.base.part_folder import clear_unfinished
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.exports import study as exports_study
from edema_desk.flow.exports.files import export_patients
from edema_desk.paths import Profile
from edema_desk.store.audit.reading import acts
from edema_desk.store.base.database import open_store
from tests.faults.disks import needs_mounts, small_disk
from tests.faults.exporting_program import export_study
from tests.faults.kill_points import kill_points, killed_at
from tests.faults.rounds import SHARE
from tests.flow.exports.export_samples import DAY, add_clip, add_person, add_session, at
from tests.flow.made_up_worker import MadeUpWorker, make_card


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "card.json").write_text(render_card(make_card()))
    return folder


@pytest.fixture
def clinic(tmp_path: Path, model: Path) -> Iterator[Clinic]:
    """Two clips of somebody who agreed to everything."""
    profile = Profile(tmp_path / "profile")
    with Clinic(profile, model=model_at(model), worker=MadeUpWorker()) as opened:
        one = add_person(opened, "1", *Purpose)
        session_id = add_session(opened, one, DAY)
        add_clip(opened, one, session_id, Phase.PRE, at(DAY, 9), 2.5)
        add_clip(opened, one, session_id, Phase.POST, at(DAY, 13), 0.2)
        for day in range(1, 15):
            add_session(opened, one, DAY - timedelta(days=day))
        yield opened


def exported_times(profile: Profile) -> int:
    with open_store(profile) as store:
        return len(acts(store, ActFilter(kind=ActKind.EXPORT_STUDY)))


def test_killed_at_any_moment_an_export_is_whole_or_gone(
    clinic: Clinic, model: Path, tmp_path: Path
) -> None:
    profile, outside = clinic.profile, tmp_path / "outside"
    outside.mkdir()
    whole = gone = 0
    for last in kill_points(1 if SHARE >= 1.0 else 4):
        out = outside / f"study-{last}"
        noted = exported_times(profile)
        killed = killed_at(outside, last, export_study, str(profile.root), str(model), str(out))
        if out.exists():
            assert exported_times(profile) == noted + 1
            assert len(read_study(out).rows) == 2
            whole += 1
        else:
            gone += 1
        clear_unfinished(profile)
        assert not profile.exports_unfinished.exists()
        assert {path.name for path in outside.iterdir()} <= {f"study-{n}" for n in range(last + 1)}
        if not killed:
            break
    print(f"killed: {gone} times nothing is there, {whole} times all of it")  # noqa: T201
    assert gone > 2
    assert whole >= 1


@needs_mounts
@pytest.mark.parametrize("kind", list(ExportKind))
def test_a_disk_that_fills_up_meanwhile_keeps_nothing_of_it(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: ExportKind
) -> None:
    monkeypatch.setattr(exports_study, "SPARE_BYTES", -(10**9))
    with small_disk(tmp_path / "stick", 12) as stick:
        with pytest.raises(ExpectedError) as caught:
            export_patients(clinic, new_id(), ExportWish(kind), stick / "out", unheard, Cancel())
        assert caught.value.code is ErrorCode.OUTPUT_NO_ROOM
        assert not list(stick.iterdir())
    assert not clinic.profile.exports_unfinished.exists()
    done = clinic.database.call(lambda s: acts(s, ActFilter(kind=ExportWish(kind).act)))
    assert not done


def test_a_disk_that_is_pulled_out_is_cleared_when_it_is_back(
    clinic: Clinic, tmp_path: Path
) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    (stick / "study.part" / "clips").mkdir(parents=True)
    (stick / "study.part" / "clips" / "face.mp4").write_text("face")
    (stick / "study.part" / ".edema-desk-export").touch()
    unfinished = clinic.profile.exports_unfinished
    unfinished.write_text(json.dumps([str(stick / "study.part")]))
    stick.rename(away)
    clear_unfinished(clinic.profile)
    assert unfinished.exists()
    away.rename(stick)
    clear_unfinished(clinic.profile)
    assert not list(stick.iterdir())
    assert not unfinished.exists()
