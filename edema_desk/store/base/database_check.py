"""Proof that a database file is sound."""

from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.keys.cipher import unlock


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
