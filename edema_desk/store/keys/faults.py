"""What SQLCipher and the file system complain of, in the program's own words. Only here."""

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys.keys import key_check_fits

_PLAIN: Mapping[int, ErrorCode] = {
    dbapi2.SQLITE_BUSY: ErrorCode.DATABASE_BUSY,
    dbapi2.SQLITE_LOCKED: ErrorCode.DATABASE_BUSY,
    dbapi2.SQLITE_PROTOCOL: ErrorCode.DATABASE_BUSY,
    dbapi2.SQLITE_CORRUPT: ErrorCode.DATABASE_DAMAGED,
    dbapi2.SQLITE_FULL: ErrorCode.DISK_FULL,
}
_BY_WORDS: Mapping[str, int] = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "database is locked": dbapi2.SQLITE_BUSY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "file is not a database": dbapi2.SQLITE_NOTADB,
}
"""The backup interface raises its errors without their numbers."""
_NOT_WRITABLE = frozenset(
    {dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_PERM, dbapi2.SQLITE_AUTH}
)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


@contextmanager
def translated(profile: Profile) -> Iterator[None]:
    """Raise ExpectedError for every failure of database or disk that is known.

    What is left (a broken constraint, a wrong statement, another thread) is a bug and passes.
    """
    try:
        yield
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or _BY_WORDS.get(str(error))
        known = _of_database(code, profile)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise _of_files(error, profile) from error


def _of_database(code: int | None, profile: Profile) -> ExpectedError | None:
    if code is None:
        return None
    if code == dbapi2.SQLITE_CORRUPT:
        mark_suspect(profile)
    if code in _PLAIN:
        return ExpectedError(_PLAIN[code])
    if code in _NOT_WRITABLE:
        return _not_writable(profile)
    if code == dbapi2.SQLITE_NOTADB:
        # A wrong key and a damaged first page look the same to SQLCipher.
        damaged = key_check_fits(profile)
        return ExpectedError(ErrorCode.DATABASE_DAMAGED if damaged else ErrorCode.WRONG_KEY)
    if code == dbapi2.SQLITE_IOERR:
        # SQLite says "full" for one cause only; quotas and size limits come as I/O errors.
        return ExpectedError(ErrorCode.DISK_FULL if _no_room(profile) else ErrorCode.DISK_FAILED)
    return None


def mark_suspect(profile: Profile) -> None:
    """A page is damaged: the next opening checks all of them before anything is shown."""
    with suppress(OSError):
        profile.suspect.touch()


def _of_files(error: OSError, profile: Profile) -> ExpectedError:
    if error.errno in _NO_ROOM:
        return ExpectedError(ErrorCode.DISK_FULL)
    if error.errno == errno.EIO:
        return ExpectedError(ErrorCode.DISK_FAILED)
    return _not_writable(profile)


def _not_writable(profile: Profile) -> ExpectedError:
    return ExpectedError(ErrorCode.PROFILE_NOT_WRITABLE, path=str(profile.root))


def _no_room(profile: Profile) -> bool:
    """Whether a file as large as the largest of the database's cannot grow by 64 KiB."""
    files = (profile.database, Path(f"{profile.database}-wal"))
    largest = max((f.stat().st_size for f in files if f.exists()), default=0)
    try:
        with tempfile.TemporaryFile(dir=profile.root) as probe:
            probe.truncate(largest)
            probe.seek(largest)
            probe.write(b"\1" * 65_536)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno in _NO_ROOM
    return False
