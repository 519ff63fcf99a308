"""One backup of a profile: records, keys, clips and crops, models.

The records come first, since they are small and what nobody can enter again. What can wait, the
clips, comes last; an interruption leaves whole generations and whole clips, and the next backup
goes on from there.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from edema_desk.domain.keeping.backup import BackupProgress, Generation
from edema_desk.domain.keeping.backup_keeping import holds_erased, to_keep
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import CaptureState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.media.clip_copies import ClipCopies
from edema_desk.media.durable import put_in_place
from edema_desk.media.key_copies import copy_keys
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import copy_heads
from edema_desk.store.backup.folder import BackupFolder, need_room, told_of
from edema_desk.store.backup.generations import (
    clear_left_overs,
    drop_generation,
    generations_in,
    key_mark,
    make_generation,
    records_id,
)
from edema_desk.store.base.chain import AuditHead, chain_head
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import Entered
from edema_desk.store.captures.captures import capture_states
from edema_desk.store.keys.locks import FileLock
from edema_desk.store.people.erasing import dropped_clips, erased_captures, erased_patients

Tell = Callable[[BackupProgress], None]
_SPARE_BYTES = 64 * 1024**2
_LOCK_WAIT_S = 60.0
_BREATH_S = 0.002


@dataclass(slots=True)
class Pace:
    """Stops work that is no longer wanted, and slows it while something else must not wait.

    `check` raises to stop. `busy` says whether a capture runs: then a piece of 1 MB is followed by
    a rest, about 4 MB in a second. Otherwise a breath follows, in which the other threads come to
    their turn; the thread's priority stays, since what it holds of Python would wait with it.
    """

    check: Callable[[], None] = lambda: None
    busy: Callable[[], bool] = lambda: False
    rest_s: float = 0.25

    def ease(self) -> None:
        """After each piece."""
        self.check()
        time.sleep(self.rest_s if self.busy() else _BREATH_S)

    def wait_idle(self) -> None:
        """Until no capture runs: before work that is not done in pieces."""
        while self.busy():
            self.check()
            time.sleep(self.rest_s)
        self.check()


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup did: the generation it made, None where nothing was written since the last,
    and how many clips and crops it copied."""

    generation: Generation | None
    clips: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records say that matters to a backup."""

    records: str
    head: AuditHead
    erased: frozenset[str]
    dropped: frozenset[str]
    incomplete: frozenset[str]
    erasures: tuple[Moment, ...]


@dataclass(slots=True)
class Watch:
    """Turns bytes done into progress."""

    tell: Tell
    total: int
    what: str = "records"
    done: int = 0
    began_s: float = field(default_factory=time.monotonic)

    def add(self, count: int) -> None:
        """So many bytes more."""
        self.reach(self.done + count)

    def reach(self, done: int) -> None:
        """So many bytes in all."""
        self.done = done
        share = min(done / self.total, 1.0) if self.total else 1.0
        passed_s = time.monotonic() - self.began_s
        left_s = passed_s * (1 - share) / share if share > 0 and passed_s > 0.5 else None
        self.tell(BackupProgress(self.what, share, left_s))


def untold(progress: BackupProgress) -> None:
    """A listener for work that nobody watches."""
    del progress


def back_up(
    into: Entered,
    door: DatabaseDoor,
    folder: BackupFolder,
    *,
    known_folder: bool,
    pace: Pace,
    tell: Tell = untold,
    clips_until_s: float | None = None,
) -> BackedUp:
    """Bring the backup in `folder` up to date.

    With `known_folder` it held a backup before: found without one it counts as gone, since a
    place where disks are put in looks empty without its disk. `clips_until_s` (of the monotonic
    clock) ends the copying of clips, which the next backup takes up. Raises ExpectedError
    BACKUP_*, DATABASE_*, DISK_* of the profile, CANCELLED.
    """
    profile = into.profile
    known = door.acting_as(PROGRAM).call(_known)
    if known is None:  # nothing was ever entered
        return BackedUp(None, 0)
    _find(folder, profile, known_folder=known_folder)
    with _alone(profile):
        folder.claim(known.records)
        with told_of(folder.root):
            clear_left_overs(folder.generations)
            copies = ClipCopies(profile.clips, folder.root)
            copies.clear_left_overs()
            # beside the clips themselves a copy of them would only take room
            due = [] if is_own(folder, profile) else copies.due()
        clip_bytes = sum(size for _, size in due)
        database_bytes = profile.database.stat().st_size
        watch = Watch(tell, total=2 * database_bytes + clip_bytes)
        generation = _generation(into, folder, known, pace, watch)
        watch.what = "clips"
        watch.reach(2 * database_bytes)
        with told_of(folder.root, clip_bytes):
            _small_files(profile, folder, known)
            copies.drop(_gone(copies, profile, known))
            copied = _clips(folder, copies, due, pace, watch, clips_until_s)
            if not is_own(folder, profile):
                _models(profile, folder)
            _thin(folder, into.data_key, known)
    return BackedUp(generation, copied)


def is_own(folder: BackupFolder, profile: Profile) -> bool:
    """Whether the backups lie in the profile itself: then of the records and keys only."""
    return folder.root == profile.backups


def changed_since(door: DatabaseDoor, newest: Generation | None) -> bool:
    """Whether anything was written since that generation."""
    known = door.acting_as(PROGRAM).call(_head)
    if newest is None:
        return known.rows > 0
    return (known.rows, known.hash) != (newest.acts, newest.head)


def _head(store: Store) -> AuditHead:
    with store.reading() as db:
        return chain_head(db)


def _known(store: Store) -> _Known | None:
    records = records_id(store)
    if records is None:
        return None
    states = capture_states(store)
    return _Known(
        records,
        _head(store),
        erased_captures(store),
        dropped_clips(store),
        frozenset(i for i, state in states.items() if state is CaptureState.INCOMPLETE),
        tuple(erased.at for erased in erased_patients(store)),
    )


def _find(folder: BackupFolder, profile: Profile, *, known_folder: bool) -> None:
    if is_own(folder, profile):
        with told_of(folder.root):
            folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not folder.root.is_dir() or (known_folder and folder.owner() is None):
        raise ExpectedError(ErrorCode.BACKUP_FOLDER_GONE, path=str(folder.root))


@contextmanager
def _alone(profile: Profile) -> Iterator[None]:
    """Be the only one who makes a backup of a profile. Raises DATABASE_BUSY after a minute."""
    until_s = time.monotonic() + _LOCK_WAIT_S
    with FileLock(profile.root / "backup.lock") as lock:
        while not lock.take():
            if time.monotonic() > until_s:
                raise ExpectedError(ErrorCode.DATABASE_BUSY)
            time.sleep(0.1)
        yield


def _generation(
    into: Entered, folder: BackupFolder, known: _Known, pace: Pace, watch: Watch
) -> Generation | None:
    there = generations_in(folder.generations)
    newest = there[0] if there else None
    mine = newest is not None and newest.key == key_mark(into.data_key)
    if (
        newest is not None
        and mine
        and (newest.acts, newest.head) == (known.head.rows, known.head.hash)
    ):
        return None

    def step(done: int) -> None:
        pace.ease()
        watch.reach(done)

    def before_check() -> None:
        watch.what = "check"
        pace.wait_idle()

    return make_generation(into, folder.generations, step, before_check)


def _small_files(profile: Profile, folder: BackupFolder, known: _Known) -> None:
    """Keys of users and captures, heads of the record of acts, choices: the latest of each."""
    copy_keys(profile.capture_keys, folder.root, known.erased, datetime.now(UTC))
    for path in (profile.users, profile.erased, profile.settings):
        _copy_small(path, folder.root)
    if profile.audit_heads.exists():
        copy_heads(profile, folder.root)


def _copy_small(path: Path, folder: Path) -> None:
    target = folder / path.name
    if not path.exists():
        return
    data = path.read_bytes()
    if target.exists() and target.read_bytes() == data:
        return
    part = target.with_name(f"{target.name}.part")
    part.write_bytes(data)
    part.chmod(0o600)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    put_in_place(part, target)


def _gone(copies: ClipCopies, profile: Profile, known: _Known) -> list[str]:
    """Copies of what the profile no longer keeps on purpose. What is merely missing there stays."""
    return [
        name
        for name, each in copies.kept.items()
        if not (profile.clips / name).exists()
        and (
            each.capture_id in known.erased | known.incomplete
            or (name.endswith(".clip") and each.capture_id in known.dropped)
        )
    ]


def _clips(
    folder: BackupFolder,
    copies: ClipCopies,
    due: Iterable[tuple[Path, int]],
    pace: Pace,
    watch: Watch,
    until_s: float | None,
) -> int:
    def step(count: int) -> None:
        pace.ease()
        if count:
            watch.add(count)

    def in_time() -> Iterator[Path]:
        for path, size in due:
            if until_s is not None and time.monotonic() > until_s:
                return
            need_room(folder.root, size + _SPARE_BYTES)
            yield path

    return copies.copy(in_time(), step)


def _models(profile: Profile, folder: BackupFolder) -> None:
    """Installed packages, which are never changed under their names."""
    there = {path.name for path in profile.models.iterdir() if path.is_dir()}
    for name in sorted(there):
        target = folder.models / name
        if not target.exists():
            part = target.with_name(f".{name}.part")
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(profile.models / name, part)
            put_in_place(part, target)


def _thin(folder: BackupFolder, data_key: bytes, known: _Known) -> None:
    """Let go of what is not to be kept. What another key opens is of no use once there is one
    that today's does; what holds somebody erased goes after 90 days, once there is a newer one."""
    now = Moment.now()
    mark = key_mark(data_key)
    there = generations_in(folder.generations)
    mine = [each for each in there if each.key == mark]
    if not mine:
        return
    keep = to_keep([each.made_at for each in mine], now)
    for each in there:
        forgotten = each != mine[0] and holds_erased(each.made_at, known.erasures, now)
        if each.key != mark or each.made_at not in keep or forgotten:
            drop_generation(folder.generations, each)
