"""Another data key for a profile, whole or not at all.

Everything that lies under the data key is made anew in a folder of its own. Then a marker is
written there: from that moment the new files are the profile, and before it the old ones are.
What is left after the marker is renaming and removing, needs no key, and is finished by whoever
opens the profile next.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.chain import chain_head
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import (
    destroy_data_key,
    key_check_file,
    sync_folder,
    write_key_check,
    write_private,
)
from edema_desk.store.keys.locks import opening

_READY = "ready"


def settle_rotation(profile: Profile) -> None:
    """Finish a change of the data key that was interrupted, or clear away one that had not come
    to its marker. To be called before a profile is looked at; without one it costs nothing.

    Raises ExpectedError DATABASE_BUSY while another program is at it, PROFILE_NOT_WRITABLE.
    """
    if profile.rotation.exists():
        with translated(profile), opening(profile):
            finish_rotation(profile)


def begin_rotation(profile: Profile) -> Profile:
    """An empty folder, laid out like a profile, for the files under the new key.

    To be called, like `commit_rotation`, within `exclusively`.
    """
    shutil.rmtree(profile.rotation, ignore_errors=True)
    profile.rotation.mkdir(mode=0o700)
    return Profile(profile.rotation)


def copy_under_another_key(
    profile: Profile, old_key: bytes, staged: Profile, new_key: bytes
) -> None:
    """Copy the database and prove the copy: every page and reference, and the same end of the
    record of acts. Raises ExpectedError DATABASE_DAMAGED."""
    old = unlock(profile.database, old_key)
    try:
        new = unlock(staged.database, new_key, create=True)
        try:
            old.conn.backup(new.conn)
            same = chain_head(old) == chain_head(new)
        finally:
            new.close()
    finally:
        old.close()
    check_database_file(staged.database, new_key)
    if not same:
        raise ExpectedError(ErrorCode.DATABASE_DAMAGED)
    staged.database.chmod(0o600)


def commit_rotation(profile: Profile, new_key: bytes) -> None:
    """From here on the profile is the new one. Everything of it lies in the rotation's folder."""
    staged = Profile(profile.rotation)
    write_key_check(staged, new_key)
    for path in _staged(profile):
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    for folder in {path.parent for path in _staged(profile)}:
        sync_folder(folder)
    sync_folder(profile.root)
    write_private(profile.rotation / _READY, "")
    # it is done: where something cannot be renamed, the next opening says so and goes on
    with suppress(OSError):
        finish_rotation(profile)


def finish_rotation(profile: Profile) -> None:
    """See `settle_rotation`; `locks.opening` is held by the caller."""
    ready = profile.rotation / _READY
    if ready.exists():
        for staged in tuple(_staged(profile)):
            target = profile.root / staged.relative_to(profile.rotation)
            if target == profile.database:
                for end in ("-wal", "-shm", "-journal"):
                    target.with_name(target.name + end).unlink(missing_ok=True)
            staged.replace(target)
            sync_folder(target.parent)
        for path in _under_the_old_key(profile):
            _remove(path)
        destroy_data_key(profile)
        sync_folder(profile.root)
        ready.unlink()
        sync_folder(profile.rotation)
    shutil.rmtree(profile.rotation, ignore_errors=True)


def _staged(profile: Profile) -> Iterator[Path]:
    """The files of the new profile that are not in their place yet, the users' keys last."""
    staged = Profile(profile.rotation)
    for path in (
        staged.database,
        key_check_file(staged),
        staged.capture_keys,
        staged.inbox_keys,
        staged.cache_keys,
        staged.users,
    ):
        if path.exists():
            yield path


def _under_the_old_key(profile: Profile) -> Iterator[Path]:
    """What nobody could open any more: copies of the database from before and of the captures'
    keys, and what is made anew: the key that signs the record of acts, and kept courses."""
    yield profile.audit_key
    yield profile.courses
    yield from (profile.backups / "generations").glob("*")
    yield from profile.backups.glob(f"{profile.capture_keys.name}*")
    yield from profile.backups.glob("before-migration-*")
    yield from profile.root.glob("set-aside-*")
    yield from profile.root.glob(f"{profile.database.stem}.upgrading*")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
