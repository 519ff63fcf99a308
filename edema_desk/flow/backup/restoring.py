"""Getting a profile back from its backup.

Into an empty folder everything comes. Over a damaged profile only the database does, and what the
profile lacks: its own keys and clips are newer than their copies. What was in the way is set
aside in the profile; nothing is deleted. The database takes its place last, so that an
interrupted restoring is begun again: until then the profile counts as damaged, never as new.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from edema_desk.domain.keeping.backup import BackupProgress, Generation, Restored
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import LOCAL, PROGRAM, RECOVERY, Actor
from edema_desk.domain.terms.records import new_id
from edema_desk.domain.terms.rights import may_replace_records
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.backup.backing_up import Pace, Watch, untold
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.records.erasing import finish_erasures_of
from edema_desk.media.clip_copies import SUMS, Sum, hash_read_back, read_sums
from edema_desk.media.durable import put_in_place
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import restore_heads
from edema_desk.store.backup.folder import BackupFolder, told_of
from edema_desk.store.backup.generations import (
    check_generation,
    database_of,
    generations_in,
    key_mark,
)
from edema_desk.store.backup.restored import clips_expected, has_patients, note_restored
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.store.base.places import check_live_place
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keyring import Keyring, data_key_mark
from edema_desk.store.keys.keys import had_database, read_data_key, sync_folder, write_private
from edema_desk.store.keys.locks import lock_window, opening
from edema_desk.store.people.users import users

_SPARE_BYTES = 64 * 1024**2
Tell = Callable[[BackupProgress], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A data key, and who came with it."""

    data_key: bytes = field(repr=False)
    actor_id: str


def open_with_password(folder: Path, login: str, password: str) -> Opened:
    """The key of a backup, by a user's password. Raises ExpectedError SIGN_IN_WRONG,
    BACKUP_NONE."""
    user_id, data_key = _keyring(folder).open(login, password)
    return Opened(data_key, user_id)


def open_with_code(folder: Path, code: str) -> Opened:
    """The key of a backup, by the recovery code. Raises ExpectedError RECOVERY_CODE_*,
    BACKUP_NONE."""
    return Opened(_keyring(folder).open_by_recovery(code), RECOVERY.actor_id)


def open_here(folder: Path, profile: Profile) -> Opened:
    """The key of a PC without users, which lies in its profile. Raises ExpectedError
    SIGN_IN_NEEDED where there are users, BACKUP_NONE, KEY_MISSING, WRONG_KEY."""
    offered(folder)
    if BackupFolder(folder).as_profile.users.exists() or profile.users.exists():
        raise ExpectedError(ErrorCode.SIGN_IN_NEEDED)
    return Opened(read_data_key(profile), LOCAL.actor_id)


def offered(folder: Path) -> tuple[Generation, ...]:
    """The generations in a backup folder, the newest first. Raises ExpectedError BACKUP_NONE,
    BACKUP_NEWER, BACKUP_FAILED."""
    place = BackupFolder(folder)
    with told_of(folder):
        found = generations_in(place.generations) if place.generations.is_dir() else ()
    if not found:
        raise ExpectedError(ErrorCode.BACKUP_NONE, path=str(folder))
    return found


def newest_good(folder: Path, data_key: bytes, pace: Pace | None = None) -> Generation:
    """The newest generation that this key opens and that is whole. Raises ExpectedError
    BACKUP_NONE, BACKUP_DAMAGED (none is), WRONG_KEY (none is sealed with this key)."""
    there = offered(folder)
    mine = [each for each in there if each.key == key_mark(data_key)]
    if not mine:
        raise ExpectedError(ErrorCode.WRONG_KEY)
    for generation in mine:
        if pace is not None:
            pace.check()
        try:
            with told_of(folder):
                check_generation(BackupFolder(folder).generations, generation, data_key)
        except ExpectedError as error:
            if error.code is not ErrorCode.BACKUP_DAMAGED:
                raise
        else:
            return generation
    raise ExpectedError(ErrorCode.BACKUP_DAMAGED)


def restore(
    folder: Path,
    profile: Profile,
    by: Opened,
    generation: Generation | None = None,
    pace: Pace | None = None,
    tell: Tell = untold,
) -> Restored:
    """Bring `profile` to what it was at a generation, by default the newest good one.

    No window may have the profile open. Raises ExpectedError: BACKUP_*, WRONG_KEY,
    PROFILE_IN_USE, PROFILE_IN_CLOUD, PROFILE_ON_NETWORK, RESTORE_OTHER_PROFILE (records of others
    lie there), NOT_ALLOWED (the records are whole, and it is no administrator), DISK_*, CANCELLED.
    """
    pace = pace or Pace()
    check_live_place(profile)
    place = BackupFolder(folder)
    if generation is None:
        generation = newest_good(folder, by.data_key, pace)
    else:
        with told_of(folder):
            check_generation(place.generations, generation, by.data_key)
    with lock_window(profile), translated(profile):
        profile.create()
        _refuse_others(profile, by)
        _require_right(profile, by)
        work = _Restoring(place, profile, by, generation, pace, tell)
        return work.run()


class _Restoring:
    """One restoring, step by step."""

    def __init__(
        self,
        place: BackupFolder,
        profile: Profile,
        by: Opened,
        generation: Generation,
        pace: Pace,
        tell: Tell,
    ) -> None:
        self._place, self._profile, self._by = place, profile, by
        self._generation, self._pace = generation, pace
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self._aside = profile.root / f"set-aside-{stamp}"
        self._clips = [
            each
            for each in read_sums(place.root / SUMS).values()
            if not (profile.clips / each.name).exists() and (place.clips / each.name).exists()
        ]
        clip_bytes = sum(each.size_bytes for each in self._clips)
        self._watch = Watch(tell, generation.size_bytes + clip_bytes)

    def run(self) -> Restored:
        """Do it all; see `restore`."""
        profile = self._profile
        self._need_room(self._watch.total + _SPARE_BYTES)
        if not had_database(profile):  # from now on it is a profile whose database is gone
            write_private(_key_check(profile), "restoring")
        fresh = profile.database.with_suffix(".restored")
        self._copy(database_of(self._place.generations, self._generation), fresh)
        acts_lost = self._small_files()
        self._models()
        self._watch.what = "clips"
        for each in self._clips:
            self._copy_clip(each)
        with opening(profile):
            self._exchange(fresh)
        who = Actor(self._by.actor_id, PROGRAM.roles)  # what else they may do does not matter here
        with open_store(Entered(profile, who, self._by.data_key)) as store:
            note_restored(store, new_id(), self._generation, acts_lost)
            wanted = clips_expected(store)
        self._erase_again()
        return Restored(
            generation=self._generation,
            clips=len(self._clips),
            missing=sum(not (profile.clips / f"{each}.clip").exists() for each in wanted),
            acts_lost=acts_lost,
            set_aside=self._aside if self._aside.exists() else None,
        )

    def _erase_again(self) -> None:
        """Whoever was erased since that generation is so again before anybody looks."""
        profile, key = self._profile, self._by.data_key
        library = ClipLibrary(profile.clips, CaptureKeys(profile.capture_keys, key))
        with closing(DatabaseThread(Entered(profile, PROGRAM, key))) as database:
            finish_erasures_of(database, profile, library)

    def _need_room(self, needed_bytes: int) -> None:
        free = shutil.disk_usage(self._profile.root).free
        if free < needed_bytes:
            raise ExpectedError(
                ErrorCode.BACKUP_NO_ROOM,
                free=f"{free / 10**9:.2f}",
                needed=f"{needed_bytes / 10**9:.2f}",
            )

    def _small_files(self) -> int:
        """Keys and heads; how many acts made after the generation the heads know of."""
        profile, place = self._profile, self._place
        if profile.users.exists() and not _keyring_opens(profile):
            self._set_aside(profile.users)
        names = (profile.users, profile.capture_keys, profile.settings, profile.erased)
        for path in names:
            source = place.root / path.name
            if source.exists() and not path.exists():
                self._copy(source, path, counted=False)
        if not profile.users.exists() and not profile.data_key.exists():
            write_private(profile.data_key, self._by.data_key.hex())
        if not profile.audit_heads.exists():
            return restore_heads(place.root, profile, self._generation.acts)
        self._aside.mkdir(mode=0o700, exist_ok=True)
        shutil.copy2(profile.audit_heads, self._aside)
        return restore_heads(profile.root, profile, self._generation.acts)

    def _models(self) -> None:
        models = self._place.models
        for model in sorted(models.iterdir()) if models.is_dir() else ():
            target = self._profile.models / model.name
            if model.is_dir() and not model.name.startswith(".") and not target.exists():
                part = target.with_name(f".{model.name}.part")
                shutil.rmtree(part, ignore_errors=True)
                shutil.copytree(model, part)
                put_in_place(part, target)

    def _copy_clip(self, each: Sum) -> None:
        target = self._profile.clips / each.name
        self._copy(self._place.clips / each.name, target, each.sha256)
        os.utime(target, ns=(each.mtime_ns, each.mtime_ns))  # else it counts as changed

    def _copy(self, source: Path, target: Path, sha256: str = "", *, counted: bool = True) -> None:
        """Copy one file, whole and proven, or nothing."""
        part = target.with_name(f"{target.name}.part")
        try:
            with told_of(self._place.root):
                opened = source.open("rb")
            with opened as file, part.open("wb") as to:
                if os.name == "posix":
                    part.chmod(0o600)
                while piece := file.read(1024**2):
                    to.write(piece)
                    self._pace.ease()
                    self._watch.add(len(piece) if counted else 0)
                to.flush()
                os.fsync(to.fileno())
            if sha256 and hash_read_back(part, lambda _: self._pace.ease()) != sha256:
                raise ExpectedError(ErrorCode.BACKUP_DAMAGED)
            put_in_place(part, target)
        finally:
            part.unlink(missing_ok=True)

    def _exchange(self, fresh: Path) -> None:
        for path in _database_files(self._profile):
            self._set_aside(path)
        fresh.replace(self._profile.database)
        sync_folder(self._profile.root)
        self._profile.suspect.unlink(missing_ok=True)
        _key_check(self._profile).unlink(missing_ok=True)  # made anew at the next opening

    def _set_aside(self, path: Path) -> None:
        set_aside(path, self._aside)


def set_aside(path: Path, folder: Path) -> None:
    """Move a file that is in the way; nothing where there is none."""
    if path.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        path.replace(folder / path.name)
        sync_folder(folder)


def _refuse_others(profile: Profile, by: Opened) -> None:
    """Raise RESTORE_OTHER_PROFILE where the profile holds records under another key. One without
    any patient, as the first start makes it, is set aside."""
    if profile.users.exists():
        same = not _keyring_opens(profile) or Keyring(profile).data_key_mark == data_key_mark(
            by.data_key
        )
    elif profile.data_key.exists():
        same = _lying_key(profile) == by.data_key or _made_way(profile)
    else:
        same = True
    if not same:
        raise ExpectedError(ErrorCode.RESTORE_OTHER_PROFILE, path=str(profile.root))


def _require_right(profile: Profile, by: Opened) -> None:
    """Raise NOT_ALLOWED, on record, for who may not put older records in the place of whole ones
    that have users; for whom they do not know, too."""
    if by.actor_id == RECOVERY.actor_id or not _keyring_opens(profile):
        return
    if profile.suspect.exists() or not profile.database.exists():
        return
    try:
        store = open_store(Entered(profile, PROGRAM, by.data_key))
    except ExpectedError as error:
        if error.code is ErrorCode.DATABASE_BUSY:
            raise
        return  # records that cannot be opened are the ones to be replaced
    with store:
        known = {one.user_id: one for one in users(store)}
        one = known.get(by.actor_id)
        if one is None or one.disabled:
            raise ExpectedError(ErrorCode.NOT_ALLOWED)
        if not may_replace_records(one.actor):
            store.by(one.actor).refuse(ActKind.RESTORE_BACKUP)


def _made_way(profile: Profile) -> bool:
    """Set a profile aside in which nobody was ever entered; False where somebody was, or where
    that cannot be said."""
    try:
        with open_store(enter_here(profile)) as store:
            if has_patients(store):
                return False
    except ExpectedError:
        return False
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    blank = profile.root / f"set-aside-blank-{stamp}"
    files = (profile.capture_keys, profile.audit_key, profile.audit_heads, _key_check(profile))
    for path in (*_database_files(profile), *files, profile.data_key):
        set_aside(path, blank)
    return True


def _lying_key(profile: Profile) -> bytes | None:
    try:
        return read_data_key(profile)
    except ExpectedError:
        return None


def _keyring_opens(profile: Profile) -> bool:
    """Whether the file with the users' keys can be read."""
    try:
        Keyring(profile).user_ids()
    except ExpectedError:
        return False
    return True


def _keyring(folder: Path) -> Keyring:
    place = BackupFolder(folder).as_profile
    if not place.users.exists():
        offered(folder)  # says BACKUP_NONE where it is no backup at all
        raise ExpectedError(ErrorCode.KEY_MISSING)
    return Keyring(place)


def _database_files(profile: Profile) -> Iterator[Path]:
    for end in ("", "-wal", "-shm", "-journal"):
        path = profile.database.with_name(profile.database.name + end)
        if path.exists():
            yield path


def _key_check(profile: Profile) -> Path:
    return profile.database.with_suffix(".keycheck")
