"""An older database brought up to date: a copy of it is migrated and checked, and only then takes
its place. Whatever ends the program meanwhile, the old one or the new one is there, whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.base.entered import Entered
from edema_desk.store.base.exclusive import exclusively
from edema_desk.store.keys.cipher import remove_database_files, unlock
from edema_desk.store.keys.keys import sync_folder

KEPT_COPIES = 3
"""So many copies from before a migration are kept: one that fails is tried at each start."""


def migrate(into: Entered, migrations: Migrations) -> None:
    """Bring the profile's database up to date; a copy of it as it was stays in the backups.

    Nobody may have the database open, the caller neither. Raises ExpectedError DATABASE_BUSY
    while another program has, DATABASE_DAMAGED when old or new do not hold together, and the
    errors of SQLCipher and the file system for `faults.translated` around it. Whatever it raises,
    the database is as it was.
    """
    profile, key = into.profile, into.data_key
    with exclusively(into):
        if not _pending(profile, key, migrations):
            return  # another process did it while this one waited
        before = _keep_copy(profile, key)
        new = profile.database.with_suffix(".upgrading")
        remove_database_files(new)
        try:
            shutil.copyfile(before, new)
            new.chmod(0o600)
            _apply(new, key, migrations)
            check_database_file(new, key)
            _sync(new)
            new.replace(profile.database)
            sync_folder(profile.root)
        finally:
            remove_database_files(new)


def _pending(profile: Profile, key: bytes, migrations: Migrations) -> bool:
    database = unlock(profile.database, key)
    try:
        return bool(migrations.pending(database))
    finally:
        database.close()


def _keep_copy(profile: Profile, key: bytes) -> Path:
    """A verified copy among the backups. It is byte for byte the database: nobody has it open,
    and nothing of it is in a log."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    kept = profile.backups / f"before-migration-{stamp}.db"
    part = kept.with_name(kept.name + ".part")
    try:
        shutil.copyfile(profile.database, part)
        part.chmod(0o600)
        check_database_file(part, key)
        _sync(part)
        part.replace(kept)
        sync_folder(kept.parent)
    finally:
        remove_database_files(part)
    for left in profile.backups.glob("before-migration-*.part*"):
        left.unlink(missing_ok=True)  # of a program that was killed
    for old in sorted(profile.backups.glob("before-migration-*.db"))[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)
    return kept


def _apply(path: Path, key: bytes, migrations: Migrations) -> None:
    database = unlock(path, key)
    try:
        # sqlite-utils' transform() drops and rebuilds tables: with foreign keys on it would
        # refuse, or delete what refers to them. It cannot change within a transaction.
        database.execute("PRAGMA foreign_keys = OFF")
        with _transaction(database):
            migrations.apply(database)
            if database.execute("PRAGMA foreign_key_check").fetchall():
                raise ExpectedError(ErrorCode.DATABASE_DAMAGED)
    finally:
        database.close()


@contextmanager
def _transaction(database: Database) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
