"""R9: a live database where others have it too, and a second start on one profile."""

import subprocess
import sys
from pathlib import Path

import pytest

from edema_desk.domain.terms.places import Shared, SharedBy
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.desk import open_desk
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.base.places import shared_by
from edema_desk.store.keys.locks import lock_window
from edema_desk.store.people.patients import patients
from edema_desk.words import ERRORS
from tests.store.store_samples import some_patient

ROOT = Path(__file__).resolve().parents[2]
CLOUDS = [
    "OneDrive/EdemaDesk",
    "OneDrive - Contoso Hospital/EdemaDesk",
    "Dropbox/EdemaDesk",
    "Dropbox (Clinic)/EdemaDesk",
    "Google Drive/EdemaDesk",
    "iCloudDrive/EdemaDesk",
    "Nextcloud/EdemaDesk",
    "ownCloud/EdemaDesk",
    "SynologyDrive/EdemaDesk",
    "home/nurse/Box/EdemaDesk",
]


def refused(profile: Profile) -> ExpectedError:
    with pytest.raises(ExpectedError) as store:
        open_store(profile).close()
    with pytest.raises(ExpectedError) as desk:
        open_desk(profile, window=True).close()
    with pytest.raises(ExpectedError) as entered:
        enter_here(profile)
    assert store.value.code is desk.value.code is entered.value.code
    assert "{" not in ERRORS[store.value.code].filled(store.value.params)
    return store.value


@pytest.mark.parametrize("place", CLOUDS)
def test_folders_of_cloud_programs_are_refused_before_anything_is_made(
    tmp_path: Path, place: str
) -> None:
    profile = Profile(tmp_path / place)
    assert refused(profile).code is ErrorCode.PROFILE_IN_CLOUD
    assert not (tmp_path / place.partition("/")[0]).exists()


@pytest.mark.parametrize("marker", [".dropbox", ".SynologyWorkingDirectory", ".stfolder"])
def test_a_cloud_folder_of_any_name_is_known_by_what_lies_in_it(
    tmp_path: Path, marker: str
) -> None:
    (tmp_path / marker).mkdir()
    assert refused(Profile(tmp_path / "a" / "b")).code is ErrorCode.PROFILE_IN_CLOUD
    assert not (tmp_path / "a").exists()


def test_a_link_into_a_cloud_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    assert refused(Profile(tmp_path / "plain" / "desk")).code is ErrorCode.PROFILE_IN_CLOUD


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    assert shared_by(tmp_path / "work" / "desk") == Shared(SharedBy.CLOUD, "OneDrive")
    assert shared_by(tmp_path / "workshop") is None


@pytest.mark.parametrize("path", [r"\\server\share\EdemaDesk", r"\\?\UNC\server\share\EdemaDesk"])
def test_paths_of_other_computers_are_refused(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(Profile(Path(path))).code is ErrorCode.PROFILE_ON_NETWORK
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "davfs"])
def test_mounts_of_other_computers_are_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    mount = tmp_path / "mnt"
    mount.mkdir()
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nthere {mount} {kind} rw 0 0\n")
    monkeypatch.setattr("edema_desk.store.base.places._MOUNTS", table)
    assert refused(Profile(mount / "desk")).code is ErrorCode.PROFILE_ON_NETWORK
    assert list(mount.iterdir()) == []
    open_store(Profile(tmp_path / "local")).close()


def test_records_that_got_into_such_a_folder_are_not_touched(tmp_path: Path) -> None:
    own = Profile(tmp_path / "own")
    with open_store(own) as store:
        some_patient(store)
    before = {p: p.read_bytes() for p in own.root.rglob("*") if p.is_file()}
    own.root.rename(tmp_path / "OneDrive")
    assert refused(Profile(tmp_path / "OneDrive")).code is ErrorCode.PROFILE_IN_CLOUD
    (tmp_path / "OneDrive").rename(own.root)
    assert {p: p.read_bytes() for p in own.root.rglob("*") if p.is_file()} == before
    with open_store(own) as store:
        assert len(patients(store)) == 1


def test_a_second_window_leaves_within_2_s_and_the_first_is_unharmed(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    second = (
        "import sys, time; from pathlib import Path; from edema_desk.paths import Profile;"
        "from edema_desk.errors import ExpectedError; from edema_desk.flow.desk import open_desk;"
        "began = time.monotonic()\n"
        "try: open_desk(Profile(Path(sys.argv[1])), window=True)\n"
        "except ExpectedError as error: print(error.code.value, time.monotonic() - began)"
    )
    with lock_window(profile), open_store(profile) as store:
        some_patient(store, "1")
        done = subprocess.run(
            [sys.executable, "-c", second, str(profile.root)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        code, took_s = done.stdout.split()
        assert code == ErrorCode.PROFILE_IN_USE.value
        print(f"second start left after {float(took_s):.3f} s")  # noqa: T201  shown by -rA
        assert float(took_s) <= 2.0
        some_patient(store, "2")
        assert len(patients(store)) == 2
    lock_window(profile).release()
