"""R8: an upgrade of the database is killed at each of its steps; an older program meets a newer
database. The old one or the new one is there, whole, and nothing between."""

import random
import shutil
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base import migrating
from edema_desk.store.base.database import open_store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.migrations import MIGRATIONS
from edema_desk.store.people.patients import patients
from tests.faults.clinic_writer import kept_in, make_clinic, write_treatments, writing
from tests.faults.disks import copy_as_it_is, make_ext4, mounted, needs_mounts, run
from tests.faults.kill_points import kill_points, killed_at
from tests.faults.rounds import SHARE, rounds

NAMES = tuple(m.name for m in MIGRATIONS.pending(Database(memory=True)))
ADDED = 4
NEW_STEPS = tuple(f"m9{number:02}_of_the_next_version" for number in range(ADDED))


def next_version(step: Callable[[str], None] = lambda _: None) -> Migrations:
    """Today's history and further steps, each of which adds a column and rebuilds a table."""
    future = Migrations("edema_desk")
    for name in NAMES:
        future(name=name)(lambda db: None)
    for number, name in enumerate(NEW_STEPS):

        def work(db: Database, number: int = number, name: str = name) -> None:
            step(f"before {name}")
            db.execute(f"alter table patient add column added_{number} text not null default ''")
            db.table("camera_passport").transform(add_foreign_keys=())
            step(f"after {name}")

        future(name=name)(work)
    return future


def upgrade(root: str, step: Callable[[str], None]) -> None:
    """In a child: what the next version does when it is started."""
    open_store(Profile(Path(root)), migrations=next_version(step)).close()


def upgrade_alone(root: str) -> None:
    """The same, to be killed from outside."""
    upgrade(root, lambda _: None)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A clinic that was killed at work, so that its newest acts are in the log only."""
    made = Profile(tmp_path / "clinic")
    make_clinic(made)
    with writing(write_treatments, str(made.root), 0) as writer:
        while len(writer.told) < 60:
            writer.hear()
        writer.kill()
    assert Path(f"{made.database}-wal").stat().st_size > 0
    return made


def acts_in(profile: Profile, migrations: Migrations) -> int:
    with open_store(profile, migrations=migrations) as store:
        assert verify_audit(store).sound
        with store.reading() as db:
            return int(db.table("act").count)


def steps_in(path: Path, key: bytes) -> int:
    """How many of the next version's steps the file has; none or all of them, or it is broken."""
    database = unlock(path, key)
    try:
        applied = {m.name for m in MIGRATIONS.applied(database)}
        columns = database.table("patient").columns_dict
        shown = sum(f"added_{number}" in columns for number in range(ADDED))
    finally:
        database.close()
    assert applied >= set(NAMES)
    assert shown == len(applied - set(NAMES))
    return shown


def look(profile: Profile, acts: int) -> int:
    """Look at what a killed upgrade left, and at its copies; how many new steps it has."""
    key = read_data_key(profile)
    steps = steps_in(profile.database, key)
    assert steps in (0, ADDED)
    found = acts_in(profile, next_version() if steps else MIGRATIONS)
    assert found == acts
    check_database_file(profile.database, key)
    for copy in profile.backups.glob("*.db"):
        check_database_file(copy, key)
        assert steps_in(copy, key) == 0
    return steps


def test_killed_at_each_step(profile: Profile, tmp_path: Path) -> None:
    """Before every change of a file, and around every step of the history."""
    before = shutil.copytree(profile.root, tmp_path / "before")
    kept, _ = kept_in(Profile(shutil.copytree(before, tmp_path / "counted")))
    found: list[int] = []
    for last in kill_points(every=1 if SHARE >= 1 else 7):
        shutil.rmtree(profile.root)
        shutil.copytree(before, profile.root)
        if not killed_at(profile.root, last, upgrade, str(profile.root)):
            break
        found.append(look(profile, len(kept)))
        if found[-1] == 0:  # the older program works on with it; the newer one tries again
            upgrade_alone(str(profile.root))
            assert look(profile, len(kept)) == ADDED
        assert not list(profile.root.glob("*.upgrading*"))
        assert not list(profile.backups.glob("*.part*"))
        assert list(profile.backups.glob("before-migration-*.db"))
    print(f"upgrade killed at {len(found)} points: old {found.count(0)}, new {found.count(ADDED)}")  # noqa: T201
    assert found == sorted(found)  # up to one moment the old one, from then on the new one
    assert found[0] == 0
    assert len(found) > (20 if SHARE >= 1 else 3)


def test_killed_at_any_moment(profile: Profile, tmp_path: Path) -> None:
    before = shutil.copytree(profile.root, tmp_path / "before")
    kept, _ = kept_in(Profile(shutil.copytree(before, tmp_path / "counted")))
    context = get_context("forkserver")
    rng = random.Random(8)
    began_s = time.monotonic()
    upgrade_alone(str(profile.root))
    longest_s = 1.5 * (time.monotonic() - began_s)
    for _ in range(rounds(50)):
        shutil.rmtree(profile.root)
        shutil.copytree(before, profile.root)
        child = context.Process(target=upgrade_alone, args=(str(profile.root),))
        child.start()
        time.sleep(rng.uniform(0.0, longest_s))
        child.kill()
        child.join()
        look(profile, len(kept))


@needs_mounts
def test_power_cut_while_upgrading(profile: Profile, tmp_path: Path) -> None:
    """The disk is looked at as it was at each of the last steps, where the files are exchanged."""
    kept, _ = kept_in(Profile(shutil.copytree(profile.root, tmp_path / "counted")))
    found = []
    for last in kill_points(every=4 if SHARE >= 1 else 16):
        image, copy = tmp_path / f"{last}.disk", tmp_path / f"{last}.after"
        make_ext4(image)
        with mounted(image, tmp_path / f"{last}-at") as disk:
            shutil.copytree(profile.root, disk / "clinic")
            run("sync", "-f", disk)
            killed = killed_at(disk / "clinic", last, upgrade, str(disk / "clinic"))
            copy_as_it_is(image, copy)
        with mounted(copy, tmp_path / f"{last}-found") as disk:
            found.append(look(Profile(disk / "clinic"), len(kept)))
        image.unlink()
        copy.unlink()
        if not killed:
            break
    assert found == sorted(found)
    assert found[-1] == ADDED


def test_two_upgrades_at_once_and_a_program_that_has_it_open(profile: Profile) -> None:
    kept, _ = kept_in(profile)
    context = get_context("forkserver")
    children = [context.Process(target=upgrade_alone, args=(str(profile.root),)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert look(profile, len(kept)) == ADDED
    assert len(list(profile.backups.glob("before-migration-*.db"))) == 1


def test_while_another_program_works_nothing_is_exchanged(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edema_desk.store.keys.cipher.BUSY_TIMEOUT_S", 0.05)
    with open_store(profile) as window:
        with pytest.raises(ExpectedError) as caught:
            open_store(profile, migrations=next_version())
        assert caught.value.code is ErrorCode.DATABASE_BUSY
        assert len(patients(window)) == 8
    assert steps_in(profile.database, read_data_key(profile)) == 0
    open_store(profile, migrations=next_version()).close()


def test_an_older_program_opens_nothing_of_a_newer_one(profile: Profile) -> None:
    upgrade_alone(str(profile.root))
    files = {p: p.read_bytes() for p in profile.root.rglob("*") if p.is_file()}
    with pytest.raises(ExpectedError) as caught:
        open_store(profile)
    assert caught.value.code is ErrorCode.DATABASE_NEWER
    assert {p: p.read_bytes() for p in profile.root.rglob("*") if p.is_file()} == files


def test_a_full_disk_leaves_the_old_one(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, _ = kept_in(profile)

    def full(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:10_000])
        raise OSError(28, "no room")

    with monkeypatch.context() as without_room:
        without_room.setattr("edema_desk.store.base.migrating.shutil.copyfile", full)
        with pytest.raises(ExpectedError) as caught:
            open_store(profile, migrations=next_version())
    assert caught.value.code is ErrorCode.DISK_FULL
    assert look(profile, len(kept)) == 0
    assert not list(profile.backups.iterdir())


def test_a_damaged_page_is_not_carried_over(profile: Profile) -> None:
    kept_in(profile)
    content = bytearray(profile.database.read_bytes())
    content[20 * 4096 + 99] ^= 1
    profile.database.write_bytes(content)
    with pytest.raises(ExpectedError) as caught:
        open_store(profile, migrations=next_version())
    assert caught.value.code is ErrorCode.DATABASE_DAMAGED
    assert profile.database.read_bytes()[4096:] == bytes(content)[4096:]
    assert not list(profile.backups.iterdir())


def test_copies_of_failing_upgrades_do_not_fill_the_disk(profile: Profile) -> None:
    def fails(db: Database) -> None:
        raise RuntimeError("half way")

    failing = next_version()
    failing(name="m999_fails")(fails)
    for _ in range(migrating.KEPT_COPIES + 2):
        with pytest.raises(RuntimeError, match="half way"):
            open_store(profile, migrations=failing)
    assert len(list(profile.backups.iterdir())) == migrating.KEPT_COPIES
    assert steps_in(profile.database, read_data_key(profile)) == 0
