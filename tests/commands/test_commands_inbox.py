"""`inbox`: a folder taken in on the command line, whole, with what became of each file."""

import json
from datetime import date
from pathlib import Path

import pytest

from edema_desk.commands import inbox as command
from edema_desk.domain.capture.clips import Image
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.inbox import scanning
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.people.patients import add_patient
from edema_desk.worker.client import WorkerClient
from tests.commands.commands_runner import Commands
from tests.commands.made_up_clips import scene, write_still


class _KeptOpen(WorkerClient):
    """The shared worker, not closed by the clinic that uses it."""

    def __init__(self, shared: WorkerClient) -> None:
        self.__dict__.update(shared.__dict__)

    def close(self) -> None:
        pass


@pytest.fixture
def folder(
    commands: Commands,
    shared_worker: WorkerClient,
    portrait: Image,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    monkeypatch.setattr(scanning, "REST_S", 0.2)
    monkeypatch.setattr(
        command, "Clinic", lambda profile: Clinic(profile, worker=_KeptOpen(shared_worker))
    )
    with open_store(Profile(commands.profile)) as store:
        add_patient(
            store, new_id(), NewPatient("104-221", "Sato Haruko", care_given=date(2026, 1, 5))
        )
    made = tmp_path / "tablet"
    (made / "ward").mkdir(parents=True)
    write_still(made / "104-221_2026-03-02_pre.mp4", scene(portrait))
    (made / "ward" / "notes.mp4").write_text("not a video")
    (made / "again.mp4").write_bytes((made / "104-221_2026-03-02_pre.mp4").read_bytes())
    return made


def test_a_folder_is_taken_in_once(commands: Commands, folder: Path) -> None:
    result = commands.run("inbox", folder, "--once", "--json", "--profile", commands.profile)
    told = {line["file"]: line for line in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == 1, result.output  # one file was refused
    taken = told["104-221_2026-03-02_pre.mp4"]
    assert (taken["state"], taken["chart_number"], taken["phase"]) == ("taken_in", "104-221", "pre")
    assert date.fromisoformat(taken["captured_at"][:10]) == date(2026, 3, 2)
    assert told["ward/notes.mp4"]["error"] == "not_a_video"
    assert told["again.mp4"]["state"] == "duplicate"
    again = commands.run("inbox", folder, "--once", "--profile", commands.profile)
    assert again.exit_code == 0
    assert again.stdout.strip() == "Nothing new in the folder."
    assert "Sato" not in result.output


def test_the_table_says_it_in_words(commands: Commands, folder: Path) -> None:
    result = commands.run("inbox", folder, "--once", "--profile", commands.profile)
    lines = result.stdout.splitlines()
    assert any("Taken in" in line and "104-221, 2026-03-02, pre" in line for line in lines)
    assert any("Refused" in line and "notes.mp4 is not a video" in line for line in lines)
    assert lines[-1] == "1 taken in, 1 refused, 1 already stored."


def test_a_folder_that_is_not_there(commands: Commands, folder: Path, tmp_path: Path) -> None:
    arguments = ("inbox", tmp_path / "absent", "--once", "--profile", commands.profile)
    result = commands.run(*arguments)
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr
