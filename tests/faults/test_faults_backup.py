"""R7: backups under load, backups that are killed, full disks, and the loss of everything.

R5's other half: a damaged database leads to the newest good backup, and nothing is deleted.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from edema_desk.domain.keeping.backup import EACH_MS, Generation
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import BackedUp, Pace, back_up
from edema_desk.flow.backup.restoring import Opened, open_with_password, restore
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.media.clip_copies import SUMS, read_sums
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.sources import sha256_of
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.backup.generations import check_generation, database_of, generations_in
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.derivation import Cost
from edema_desk.store.keys.keyring import Keyring
from edema_desk.store.people.patients import patients
from tests.faults.disks import needs_mounts, small_disk
from tests.faults.rounds import rounds
from tests.store.store_samples import some_patient

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PASSWORD = "correct horse battery"
MOST_LOST_MIN = 30


class Child:
    """A program of this folder whose lines are kept."""

    def __init__(self, name: str, told: Path, *arguments: str | Path) -> None:
        self._told = told
        with told.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE / name), *map(str, arguments)],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=out,
            )

    @property
    def lines(self) -> list[str]:
        """Whole lines so far."""
        return self._told.read_text().rpartition("\n")[0].splitlines()

    def wait_for(self, count: int) -> None:
        """Until it told so many."""
        until_s = time.monotonic() + 120
        while len(self.lines) < count:
            assert self.process.poll() is None, "it died by itself"
            assert time.monotonic() < until_s, "it does nothing"
            time.sleep(0.02)

    def kill(self) -> None:
        """At once."""
        assert self.process.poll() is None, "it died by itself"
        self.process.kill()
        self.process.wait()


@pytest.fixture
def started() -> Iterator[list[Child]]:
    """Programs of which none outlives its test."""
    children: list[Child] = []
    yield children
    for child in children:
        if child.process.poll() is None:
            child.kill()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "profile")
    with open_store(made) as store:
        some_patient(store)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    made = BackupFolder(tmp_path / "usb")
    made.root.mkdir()
    return made


def one_backup(into: Entered, folder: BackupFolder) -> BackedUp:
    door = DatabaseThread(into.by(PROGRAM))
    try:
        return back_up(into, door, folder, known_folder=False, pace=Pace())
    finally:
        door.close()


def hashes(files: Path) -> dict[str, str]:
    """SHA-256 of the finished files of a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files.iterdir()
        if not path.name.endswith(".part")
    }


def acts_in(folder: BackupFolder, generation: Generation, key: bytes) -> tuple[set[str], bool]:
    """The chart numbers of a generation, and whether its record of acts holds together; the file
    is opened as it lies there."""
    check_generation(folder.generations, generation, key)
    database = unlock(database_of(folder.generations, generation), key)
    try:
        numbers = {row[0] for row in database.execute("select chart_number from patient")}
        sound = _chain_sound(database.execute("select previous_hash, hash from audit order by seq"))
    finally:
        database.close()
    return numbers, sound


def _chain_sound(rows: Iterator[tuple[str, str]]) -> bool:
    before = "0" * 64
    for previous, own in rows:
        if previous != before:
            return False
        before = own
    return True


def parts_in(folder: BackupFolder) -> list[Path]:
    """What is half-written."""
    return [p for p in folder.root.rglob("*") if ".part" in p.name or p.name.endswith("-journal")]


def test_backups_under_load_and_the_loss_of_everything(
    profile: Profile, folder: BackupFolder, started: list[Child], tmp_path: Path
) -> None:
    """Each backup holds every act acknowledged before it began and every clip finished by then;
    after the loss of the profile everything that was in the last one is back."""
    into = enter_here(profile)
    keyring = Keyring(profile, Cost(1, 8, 1))
    clinic = Child("busy_clinic.py", tmp_path / "told", profile.root, "w")
    started.append(clinic)  # a clinic under one key; its users' keys lie beside it
    clinic.wait_for(50)
    clips_seen = 0
    for _ in range(rounds(25)):
        told, finished = clinic.lines, set(hashes(profile.clips))
        done = one_backup(into, folder)
        assert done.generation is not None
        numbers, sound = acts_in(folder, done.generation, into.data_key)
        assert sound
        assert {f"w{int(number):06}" for number in told} <= numbers
        copied = read_sums(folder.root / SUMS)
        assert finished <= set(copied)
        clips_seen = len(copied)
        assert parts_in(folder) == []
        time.sleep(0.3)
    until_s = time.monotonic() + 60
    while not hashes(profile.clips):  # the first recording may still run in a quick round
        assert time.monotonic() < until_s
        time.sleep(0.1)
    clinic.kill()
    keyring.create(into.data_key)
    keyring.add_user("u1", "hana", PASSWORD, into.data_key)
    last = one_backup(Entered(profile, PROGRAM, into.data_key), folder)
    newest = generations_in(folder.generations)[0]
    before, told = hashes(profile.clips), clinic.lines
    plain = {name: _plain_hash(profile, into.data_key, name) for name in before}
    shutil.rmtree(profile.root)

    began_s = time.monotonic()
    by = open_with_password(folder.root, "hana", PASSWORD)
    restored = restore(folder.root, profile, by)
    took_s = time.monotonic() - began_s
    assert restored.generation == newest
    assert hashes(profile.clips) == before
    assert {name: _plain_hash(profile, by.data_key, name) for name in before} == plain
    with open_store(Entered(profile, PROGRAM, by.data_key)) as store:
        check = verify_audit(store)
        assert check.sound
        assert check.head.rows > newest.acts
        there = {p.chart_number for p in patients(store)}
    assert {f"w{int(number):06}" for number in told} <= there
    assert len(there) == newest.patients
    size = sum(path.stat().st_size for path in profile.root.rglob("*") if path.is_file())
    print(  # noqa: T201  shown by -rA
        f"{rounds(25)} backups, {newest.acts} acts, {len(before)} clips (at first {clips_seen}), "
        f"last one copied {last.clips}; restored {size / 1e6:.0f} MB in {took_s:.2f} s"
    )


def _plain_hash(profile: Profile, key: bytes, name: str) -> str:
    library = ClipLibrary(profile.clips, CaptureKeys(profile.capture_keys, key))
    return sha256_of(library.clip(name.removesuffix(".clip")))


def batches(full: int, together: int = 5) -> list[range]:
    """The numbers of the rounds that are due, a few in each test."""
    due = range(rounds(full))
    return [due[at : at + together] for at in range(0, len(due), together)]


@pytest.mark.parametrize("batch", batches(25), ids=str)
def test_a_killed_backup_leaves_whole_generations_only(
    profile: Profile, folder: BackupFolder, started: list[Child], tmp_path: Path, batch: range
) -> None:
    into = enter_here(profile)
    clinic = Child("busy_clinic.py", tmp_path / "told", profile.root, "k")
    started.append(clinic)
    clinic.wait_for(100)
    rng, interrupted, seen = random.Random(batch.start), 0, set[str]()
    for number in batch:
        told = tmp_path / f"told-{number}"
        child = Child("backing_up_program.py", told, profile.root, folder.root)
        started.append(child)
        child.wait_for(1)
        time.sleep(rng.uniform(0.0, 0.5))
        child.kill()
        interrupted += bool(parts_in(folder))
        one_backup(into, folder)
        assert parts_in(folder) == []
        there = generations_in(folder.generations)
        for generation in there:
            if generation.name not in seen:
                check_generation(folder.generations, generation, into.data_key)
        seen = {each.name for each in there}
        assert {path.stem for path in folder.generations.iterdir()} == seen
    print(f"killed in the middle: {interrupted} of {len(batch)}")  # noqa: T201  shown by -rA


@needs_mounts
def test_a_full_disk_leaves_no_partial_file_and_the_earlier_backup(
    profile: Profile, tmp_path: Path
) -> None:
    into = enter_here(profile)
    clips = ClipLibrary(profile.clips, CaptureKeys(profile.capture_keys, into.data_key))
    with small_disk(tmp_path / "full", 80_000) as disk:
        folder = BackupFolder(disk)
        first = one_backup(into, folder)
        assert first.generation is not None
        clips.store_crops("large", [os.urandom(20_000_000)])
        with pytest.raises(ExpectedError) as caught:
            one_backup(into, folder)
        assert caught.value.code is ErrorCode.BACKUP_NO_ROOM
        assert parts_in(folder) == []
        (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - 1_000_000))
        with open_store(profile) as store:
            some_patient(store, "later")
        with pytest.raises(ExpectedError) as again:
            one_backup(into, folder)
        assert again.value.code is ErrorCode.BACKUP_NO_ROOM
        assert parts_in(folder) == []
        restored = restore(disk, Profile(tmp_path / "new"), Opened(into.data_key, "local"))
        assert restored.generation == first.generation


def test_a_disk_that_fills_up_while_it_is_written(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room was there when it was asked for."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    monkeypatch.setattr("edema_desk.store.backup.generations._SPARE_BYTES", -(10**12))
    monkeypatch.setattr("edema_desk.flow.backup.backing_up._SPARE_BYTES", -(10**12))
    into = enter_here(profile)
    with small_disk(tmp_path / "full", 200) as disk:
        folder = BackupFolder(disk)
        with pytest.raises(ExpectedError) as caught:
            one_backup(into, folder)
        assert caught.value.code is ErrorCode.BACKUP_NO_ROOM
        assert parts_in(folder) == []
        assert generations_in(folder.generations) == ()
        assert shutil.disk_usage(disk).free > 100_000


def test_a_damaged_database_leads_to_the_newest_good_backup(
    profile: Profile, folder: BackupFolder
) -> None:
    """R5: bits are flipped in the live database and in the newest backup."""
    into = enter_here(profile)
    rng = random.Random(3)
    for number in range(rounds(10)):
        with open_store(profile) as store:
            some_patient(store, f"a{number}")
        good = one_backup(into, folder).generation
        with open_store(profile) as store:
            some_patient(store, f"b{number}")
        bad = one_backup(into, folder).generation
        assert good is not None
        assert bad is not None
        for path in (profile.database, database_of(folder.generations, bad)):
            content = bytearray(path.read_bytes())
            content[rng.randrange(16, 4096)] ^= 1 << rng.randrange(8)
            path.write_bytes(content)
        damaged = profile.database.read_bytes()
        with pytest.raises(ExpectedError) as caught:
            open_store(profile)
        assert caught.value.code is ErrorCode.DATABASE_DAMAGED
        restored = restore(folder.root, profile, Opened(into.data_key, "local"))
        assert restored.generation == good
        assert restored.set_aside is not None
        assert (restored.set_aside / profile.database.name).read_bytes() == damaged
        with open_store(profile) as store:
            assert verify_audit(store).sound
            assert f"a{number}" in {p.chart_number for p in patients(store)}
        for path in restored.set_aside.iterdir():  # the next round may come within this second
            path.unlink()
        restored.set_aside.rmdir()


def test_no_more_than_half_an_hour_is_ever_out_of_the_backups() -> None:
    assert EACH_MS <= MOST_LOST_MIN * 60_000
