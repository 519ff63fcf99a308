"""The faces of a study are looked for once, and held by nobody."""

from pathlib import Path

import pytest

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.studies.crops import PreparedStudy, StoredCrops, prepare_study
from edema_desk.paths import Profile
from tests.flow.made_up_worker import JPEG, MadeUpWorker, clip_file

HEADER = "patient_id,date,phase,weight_kg,dry_weight_kg,clip"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One capture with a face, one without, and one that is no video."""
    made = tmp_path / "study"
    (made / "clips").mkdir(parents=True)
    clip_file(made / "clips", "good.mp4", g_kg=2.0)
    clip_file(made / "clips", "empty.mp4", refusal="no_face")
    (made / "clips" / "broken.mp4").write_text("not a video")
    rows = [
        f"P1,2026-03-{day:02d},pre,52.0,50.0,clips/{name}.mp4"
        for day, name in ((2, "good"), (4, "empty"), (6, "broken"))
    ]
    (made / "study.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    return made


def prepared(profile: Profile, folder: Path, worker: MadeUpWorker) -> PreparedStudy:
    return prepare_study(profile, folder, worker)


def test_what_was_found_is_not_looked_for_again(
    profile: Profile, folder: Path, worker: MadeUpWorker
) -> None:
    first = prepared(profile, folder, worker)
    assert worker.analysed == 2
    again = prepared(profile, folder, worker)
    assert worker.analysed == 2
    for study in (first, again):
        assert [face.refusal for face in study.faces] == [
            None,
            Refusal.NO_FACE,
            Refusal.CLIP_DAMAGED,
        ]
        assert [tuple(face.crops) for face in study.faces] == [(JPEG,) * 10, (), ()]
        assert isinstance(study.faces[0].crops, StoredCrops)
    assert first.sha256 == again.sha256


def test_what_could_not_be_read_is_tried_again(
    profile: Profile, folder: Path, worker: MadeUpWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that failed once, on a full disk for one, says nothing of the clip."""

    def fail(*_: object, **__: object) -> object:
        raise ExpectedError(ErrorCode.DECODER_FAILED, name="good.mp4")

    with monkeypatch.context() as patched:
        patched.setattr(MadeUpWorker, "analyse", fail)
        failed = prepared(profile, folder, worker)
    assert {face.refusal for face in failed.faces} == {Refusal.CLIP_DAMAGED}
    assert prepared(profile, folder, worker).faces[0].refusal is None
