"""The one way to an encrypted connection, with the settings each of them has."""

from pathlib import Path

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from edema_desk.errors import ErrorCode, ExpectedError

OLDEST_SAFE_SQLITE = (3, 51, 3)
"""Before it a race could reset the write-ahead log under a reader (sqlite.org/wal.html)."""
BUSY_TIMEOUT_S = 5.0
WRITER_WAITS = 4.0
"""So many times longer an act waits: SQLite lets no writer in before another in any order."""

_SETTINGS = (
    "PRAGMA cipher_log_level = NONE",  # it would write to stderr
    "PRAGMA synchronous = FULL",  # less lost acknowledged acts in 24 of 25 power cuts
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE walks past delete triggers
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -32000",  # 32 MB of pages that need not be decrypted again
)


def check_library(version: str = dbapi2.sqlite_version) -> None:
    """Raise ExpectedError SQLITE_UNSAFE when the linked SQLite may damage a database."""
    if tuple(int(part) for part in version.split(".")) < OLDEST_SAFE_SQLITE:
        raise ExpectedError(ErrorCode.SQLITE_UNSAFE, found=version)


def unlock(path: Path, key: bytes, *, create: bool = False) -> Database:
    """Connect to `path`, with the settings that are a connection's own, and read its first page;
    nothing is written to an existing file.

    Every connection of the program is made here. Raises SQLCipher's own errors, for
    `faults.translated` around it. The file must exist unless `create`.
    """
    mode = "rwc" if create else "rw"
    # isolation_level None: transactions begin where this program says so, and nowhere else
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        # no plug-ins: other packages of the machine have no business with this connection
        return Database(connection, execute_plugins=False, strict=True)
    except BaseException:
        connection.close()
        raise


def settle(database: Database) -> None:
    """For a connection that works: write ahead, so that readers never wait for a writer (it is a
    setting of the file), and wait for other writers until it is one's turn."""
    mode = database.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise RuntimeError(f"journal mode is {mode}")
    database.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * WRITER_WAITS * 1000)}")


def remove_database_files(path: Path) -> None:
    """Delete a database that nobody uses, and what SQLite may have left beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
