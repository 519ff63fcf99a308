"""Kills, several writers at once, and disks without room: nothing lost, doubled or halved."""

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from edema_desk import words
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import audit_head, verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.people.patients import patients

WRITER = Path(__file__).with_name("writer_program.py")


Child = subprocess.Popen[str]
Start = Callable[..., Child]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts Python with arguments and hands out the process; none outlives the test."""
    children: list[Child] = []

    def begin(*arguments: str) -> Child:
        run = [sys.executable, *arguments]
        children.append(subprocess.Popen(run, stdout=subprocess.PIPE, text=True))
        return children[-1]

    yield begin
    for child in children:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def writing(profile: Profile, prefix: str, count: int, first: int = 0) -> list[str]:
    """Arguments for a process that writes `count` acts."""
    return [str(WRITER), str(profile.root), prefix, str(count), str(first)]


def lines_of(child: Child) -> list[str]:
    assert child.stdout is not None
    with child.stdout:
        said = child.stdout.read().split("\n")
    child.wait()
    return said[:-1]


def assert_whole(profile: Profile, wanted: int) -> None:
    """`wanted` acts, each with its patient, schedule, dry weight and audit row, and no page off."""
    with open_store(profile) as store:
        assert len(patients(store)) == wanted
        check = verify_audit(store)
        assert check.sound
        assert check.head.rows == wanted
        with store.reading() as db:
            rows = {t: db.table(t).count for t in ("act", "schedule", "dry_weight")}
        assert set(rows.values()) == {wanted}
    check_database_file(profile.database, read_data_key(profile))


def test_killed_writer_loses_nothing_and_a_retry_doubles_nothing(
    profile: Profile, start: Start
) -> None:
    open_store(profile).close()
    rng = random.Random(20)
    kept = 0
    for _ in range(10):
        child = start(*writing(profile, "K", 100_000, first=kept))
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        for _ in range(rng.randint(1, 15)):
            assert child.stdout.readline() == f"{kept}\n"
            kept += 1
        time.sleep(rng.uniform(0.0, 0.01))
        child.kill()
        kept += len(lines_of(child))
        with open_store(profile) as store:
            there = len(patients(store))
        assert kept <= there <= kept + 1  # one may be kept whose answer was never sent
        # the next round starts with the act that was not acknowledged, under the same act id
    last = lines_of(start(*writing(profile, "K", 1, first=kept)))
    assert last[1] == str(kept)
    assert_whole(profile, kept + 1)


def test_writers_at_once_all_finish(profile: Profile, start: Start) -> None:
    open_store(profile).close()
    each = 40
    children = [start(*writing(profile, prefix, each)) for prefix in "ABC"]
    for child in children:
        said = lines_of(child)
        assert said[1:-1] == [str(n) for n in range(each)]
    assert_whole(profile, 3 * each)


def test_reader_sees_whole_acts_while_another_writes(profile: Profile, start: Start) -> None:
    with open_store(profile) as store:
        child = start(*writing(profile, "R", 80))
        seen = [_view(store)]
        while child.poll() is None:
            seen.append(_view(store))
        lines_of(child)
        seen.append(_view(store))
    assert all(people == weights == audits for people, weights, audits in seen)
    assert seen[-1] == (80, 80, 80)
    assert len({people for people, _, _ in seen}) > 3


def _view(store: Store) -> tuple[int, int, int]:
    with store.reading() as db:
        people = db.table("patient").count
        time.sleep(0.005)
        return people, db.table("dry_weight").count, db.table("audit").count


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_file_size_limit_says_disk_full_and_keeps_whole_acts(
    profile: Profile, start: Start
) -> None:
    open_store(profile).close()
    limit = max(f.stat().st_size for f in profile.root.iterdir() if f.is_file()) + 150_000
    program = (
        "import resource, runpy, sys; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    said = lines_of(start("-c", program, *writing(profile, "F", 100_000)))
    assert said[-2] == ErrorCode.DISK_FULL.value
    kept = len(said) - 3
    assert kept > 0
    assert_whole(profile, kept)
    # room again: the same act is kept now
    assert lines_of(start(*writing(profile, "F", 1, first=kept)))[1] == str(kept)
    assert_whole(profile, kept + 1)


def _sqlite(code: int) -> Exception:
    error = dbapi2.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_sqlite(dbapi2.SQLITE_FULL), ErrorCode.DISK_FULL),
        (_sqlite(dbapi2.SQLITE_IOERR), ErrorCode.DISK_FAILED),
        (_sqlite(dbapi2.SQLITE_CORRUPT), ErrorCode.DATABASE_DAMAGED),
        (_sqlite(dbapi2.SQLITE_LOCKED), ErrorCode.DATABASE_BUSY),
        (_sqlite(dbapi2.SQLITE_READONLY), ErrorCode.PROFILE_NOT_WRITABLE),
        (_sqlite(dbapi2.SQLITE_CANTOPEN), ErrorCode.PROFILE_NOT_WRITABLE),
        (OSError(errno.ENOSPC, "no room"), ErrorCode.DISK_FULL),
        (OSError(errno.EIO, "broken"), ErrorCode.DISK_FAILED),
        (PermissionError(errno.EACCES, "no"), ErrorCode.PROFILE_NOT_WRITABLE),
    ],
)
def test_each_failure_of_the_disk_has_its_name(
    profile: Profile, error: Exception, code: ErrorCode
) -> None:
    profile.create()
    with pytest.raises(ExpectedError) as caught, translated(profile):
        raise error
    assert caught.value.code is code
    assert words.ERRORS[code.value].filled(caught.value.params)
    marked = ["edema-desk.suspect"] if code is ErrorCode.DATABASE_DAMAGED else []
    there = sorted(p.name for p in profile.root.iterdir())
    assert there == ["backups", "clips", *marked, "log", "models"]


def test_a_bug_is_not_dressed_up_as_a_failure(profile: Profile) -> None:
    error = _sqlite(dbapi2.SQLITE_CONSTRAINT)
    with pytest.raises(dbapi2.OperationalError) as caught, translated(profile):
        raise error
    assert caught.value is error


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own in memory; skips where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_full_disk_says_so_keeps_whole_acts_and_goes_on_with_room(
    tmp_path: Path, start: Start
) -> None:
    with small_disk(tmp_path / "disk", 3) as disk:
        profile = Profile(disk / "clinic")
        open_store(profile).close()
        ballast = disk / "ballast"
        ballast.write_bytes(b"\1" * 1_500_000)
        said = lines_of(start(*writing(profile, "D", 100_000)))
        assert said[-2] == ErrorCode.DISK_FULL.value
        kept = len(said) - 3
        assert kept > 0
        ballast.unlink()
        assert lines_of(start(*writing(profile, "D", 1, first=kept)))[1] == str(kept)
        assert_whole(profile, kept + 1)


@pytest.mark.parametrize("room_kb", [60, 300, 600, 900, 1100])
def test_new_profile_on_a_full_disk_leaves_no_half_database(tmp_path: Path, room_kb: int) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        profile = Profile(disk / "clinic")
        profile.create()
        ballast = disk / "ballast"
        ballast.write_bytes(b"\1" * (4096 - room_kb) * 1024)
        if "disk_full" in lines_of_failure(profile):
            assert not list(profile.root.glob("edema-desk*"))
        ballast.unlink()
        with open_store(profile) as store:
            assert audit_head(store).rows == 0
        check_database_file(profile.database, read_data_key(profile))


def lines_of_failure(profile: Profile) -> str:
    program = (
        "import sys; from pathlib import Path\n"
        "from edema_desk.errors import ExpectedError\n"
        "from edema_desk.paths import Profile\n"
        "from edema_desk.store.base.database import open_store\n"
        "try:\n    open_store(Profile(Path(sys.argv[1])))\n"
        "except ExpectedError as error:\n    print(error.code.value)\n"
    )
    run = [sys.executable, "-c", program, str(profile.root)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


def test_wrong_key_after_a_crash_does_not_harm_the_log(profile: Profile, start: Start) -> None:
    open_store(profile).close()
    child = start(*writing(profile, "W", 100_000))
    assert child.stdout is not None
    for _ in range(20):
        child.stdout.readline()
    child.kill()
    kept = 19 + len(lines_of(child))
    assert Path(f"{profile.database}-wal").stat().st_size > 0
    right = profile.data_key.read_text()
    profile.data_key.write_text("ef" * 32)
    with pytest.raises(Exception, match="wrong_key"):
        open_store(profile)
    profile.data_key.write_text(right)
    with open_store(profile) as store:
        there = len(patients(store))
    assert kept <= there <= kept + 1
    assert_whole(profile, there)
