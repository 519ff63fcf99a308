"""A copy of the database made while it is in use, and proof that the copy opens.

Only the backup interface copies: the file alone lacks what is still in the write-ahead log.
"""

import os
from pathlib import Path

from sqlite_utils import Database

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.cipher import remove_database_files, unlock
from edema_desk.store.keys import sync_folder


def copy_database(database: Database, key: bytes, target: Path) -> None:
    """Write a verified copy under the same key to `target`, or nothing.

    Raises ExpectedError DATABASE_DAMAGED when the copy does not hold together, and the errors
    of SQLCipher and the file system for `faults.translated` around it.
    """
    part = target.with_name(target.name + ".part")
    remove_database_files(part)
    try:
        copy = unlock(part, key, create=True)
        try:
            database.conn.backup(copy.conn)
        finally:
            copy.close()
        check_database_file(part, key)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    finally:
        remove_database_files(part)


def check_database_file(path: Path, key: bytes) -> None:
    """Raise ExpectedError DATABASE_DAMAGED unless every page and reference of `path` is sound."""
    database = unlock(path, key)
    try:
        sound = (
            not database.execute("PRAGMA cipher_integrity_check").fetchall()
            and database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not database.execute("PRAGMA foreign_key_check").fetchall()
        )
    finally:
        database.close()
    if not sound:
        raise ExpectedError(ErrorCode.DATABASE_DAMAGED)
