"""An export is there whole or not at all: cancelled, killed, withdrawn, without room."""

import json
import shutil
from pathlib import Path

import pytest

from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.part_folder import MARK, clear_unfinished
from edema_desk.flow.base.progress import Cancel, Progress
from edema_desk.flow.exports.files import export_patients
from edema_desk.store.keys.locks import FileLock
from tests.flow.exports.export_kit import FHIR, RESEARCH, STUDY, TABLES, go, on_record, refused
from tests.flow.exports.export_samples import DAY, Person, add_clip, at, everything_in, withdraw


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
