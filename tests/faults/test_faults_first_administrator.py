"""Making the first administrator changes the data key of everything. It is killed at each step:
the profile opens as before or with the new password, whole, and nothing is left under a key that
lay in clear."""

import random
import shutil
import time
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.people.access import needs_sign_in
from edema_desk.media.keys import CaptureKeys
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base import rotation
from edema_desk.store.base.chain import AuditHead
from edema_desk.store.base.database import open_store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.people.patients import patients
from tests.faults.clinic_writer import PATIENTS, make_clinic, write_treatments, writing
from tests.faults.disks import copy_as_it_is, make_ext4, mounted, needs_mounts, run
from tests.faults.kill_points import kill_points, killed_at
from tests.faults.rounds import SHARE, rounds
from tests.flow.people.signed_in import as_administrator, with_administrator

CLIPS = 5


class Known:
    """What the profile held before."""

    def __init__(self, profile: Profile) -> None:
        self.old_key = enter_here(profile).data_key
        self.keys = {
            path.relative_to(profile.root): {
                f"capture{n}": CaptureKeys(path, self.old_key).get(f"capture{n}")
                for n in range(CLIPS)
            }
            for path in key_files(profile)
        }
        with open_store(profile) as store:
            self.head: AuditHead = audit_head(store)


def key_files(profile: Profile) -> tuple[Path, ...]:
    return profile.capture_keys, profile.inbox_keys, profile.cache_keys


def rotate(root: str, _: object = None) -> None:
    """In a child: make the administrator."""
    with_administrator(Profile(Path(root)))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic that was killed at work, its newest acts in the log only."""
    made = Profile(tmp_path_factory.mktemp("before") / "clinic")
    make_clinic(made)
    data_key = enter_here(made).data_key
    made.cache_keys.parent.mkdir()
    for path in key_files(made):
        for number in range(CLIPS):
            CaptureKeys(path, data_key).new(f"capture{number}")
    copy = made.backups / "before-migration-20260101T000000Z.db"
    copy.write_bytes(made.database.read_bytes())
    with writing(write_treatments, str(made.root), 0) as writer:
        while len(writer.told) < 30:
            writer.hear()
        writer.kill()
    return made.root


@pytest.fixture(scope="module")
def known(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Known:
    return Known(Profile(shutil.copytree(before, tmp_path_factory.mktemp("known") / "clinic")))


def look(profile: Profile, known: Known) -> bool:
    """Open what a kill left; whether it is the new profile."""
    new = needs_sign_in(profile)
    into: Entered = as_administrator(profile) if new else enter_here(profile)
    with open_store(into) as store:
        assert len(patients(store)) == PATIENTS
        assert verify_audit(store, known.head).sound
    check_database_file(profile.database, into.data_key)
    for path, keys in known.keys.items():
        found = CaptureKeys(profile.root / path, into.data_key)
        assert {capture_id: found.get(capture_id) for capture_id in keys} == keys
    assert not profile.rotation.exists()
    if new:
        nothing_old(profile, known)
    else:
        assert into.data_key == known.old_key
        assert list(profile.backups.glob("before-migration-*"))
    return new


def nothing_old(profile: Profile, known: Known) -> None:
    """No copy of the old key, and no file that it opens."""
    assert not profile.data_key.exists()
    for path in (p for p in profile.root.rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert known.old_key not in content
        assert known.old_key.hex().encode() not in content
        if ".db" in path.name:
            with pytest.raises(dbapi2.DatabaseError):
                unlock(path, known.old_key).close()
    for path in key_files(profile):
        for capture_id in CaptureKeys(path, known.old_key).ids():
            with pytest.raises(ExpectedError) as caught:
                CaptureKeys(path, known.old_key).get(capture_id)
            assert caught.value.code is ErrorCode.CLIP_KEY_MISSING
    assert not list(profile.backups.glob("before-migration-*"))


@pytest.mark.timeout(1200)
def test_killed_at_each_step(before: Path, known: Known, tmp_path: Path) -> None:
    """Before every change of a file. Then it is finished, or begun again, and killed again."""
    profile = Profile(tmp_path / "clinic")
    found = []
    for last in kill_points(every=1 if SHARE >= 1 else 13):
        shutil.rmtree(profile.root, ignore_errors=True)
        shutil.copytree(before, profile.root)
        if not killed_at(profile.root, last, rotate, str(profile.root)):
            break
        found.append(look(profile, known))
        if not found[-1]:
            rotate(str(profile.root))
            assert look(profile, known)
    print(f"killed at {len(found)} points: old {found.count(False)}, new {found.count(True)}")  # noqa: T201
    assert found == sorted(found)  # up to one moment the old one, from then on the new one
    assert len(found) > (40 if SHARE >= 1 else 3)
    if SHARE >= 1:
        assert True in found


def settle(root: str, _: object) -> None:
    """In a child: what the next start does first."""
    needs_sign_in(Profile(Path(root)))


def test_finishing_is_killed_too(
    before: Path, known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start after a kill is killed at each of its steps as well."""
    profile, marked = Profile(tmp_path / "clinic"), tmp_path / "marked"
    with monkeypatch.context() as patch:
        patch.setattr(rotation, "finish_rotation", lambda _: None)
        rotate(str(shutil.copytree(before, marked)))
    assert (marked / "rotation" / "ready").exists()
    assert (marked / "data.key").exists()
    points = 0
    for last in kill_points(every=1 if SHARE >= 1 else 5):
        shutil.rmtree(profile.root, ignore_errors=True)
        shutil.copytree(marked, profile.root)
        if not killed_at(profile.root, last, settle, str(profile.root)):
            break
        points += 1
        assert look(profile, known)
    assert points > (15 if SHARE >= 1 else 2)


def test_killed_at_any_moment(before: Path, known: Known, tmp_path: Path) -> None:
    profile = Profile(tmp_path / "clinic")
    context = get_context("forkserver")
    rng = random.Random(22)
    shutil.copytree(before, profile.root)
    began_s = time.monotonic()
    rotate(str(profile.root))
    longest_s = 1.5 * (time.monotonic() - began_s)
    for _ in range(rounds(50)):
        shutil.rmtree(profile.root)
        shutil.copytree(before, profile.root)
        child = context.Process(target=rotate, args=(str(profile.root),))
        child.start()
        time.sleep(rng.uniform(0.0, longest_s))
        child.kill()
        child.join()
        look(profile, known)


@needs_mounts
def test_power_cut(before: Path, known: Known, tmp_path: Path) -> None:
    """The disk is looked at as it was at each of the last steps."""
    found = []
    for last in kill_points(every=3 if SHARE >= 1 else 40):
        image, copy = tmp_path / f"{last}.disk", tmp_path / f"{last}.after"
        make_ext4(image)
        with mounted(image, tmp_path / f"{last}-at") as disk:
            shutil.copytree(before, disk / "clinic")
            run("sync", "-f", disk)
            killed = killed_at(disk / "clinic", last, rotate, str(disk / "clinic"))
            copy_as_it_is(image, copy)
        with mounted(copy, tmp_path / f"{last}-found") as disk:
            found.append(look(Profile(disk / "clinic"), known))
        image.unlink()
        copy.unlink()
        if not killed:
            break
    assert found == sorted(found)
    assert found[-1]
