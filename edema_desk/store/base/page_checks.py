"""Whether every page of the database is as it was written, also those nobody read lately.

A page that is read is always checked; here all of them are read. Where a page was found damaged,
in use or by such a check, the profile is marked, and the next opening checks all of it first.
"""

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.base.entered import Entered
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.faults import mark_suspect, translated
from edema_desk.store.keys.locks import opening

_LOOKS = 3


def write_back(into: Entered) -> None:
    """Bring what is in the write-ahead log into the database and empty the log, where nobody reads
    at that moment. After a crash a damaged log ends where it is damaged; so it is kept short."""
    with translated(into.profile):
        with opening(into.profile):
            database = unlock(into.profile.database, into.data_key)
        try:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            database.close()


def check_pages(into: Entered) -> None:
    """Read every page, on a connection of its own; others may work meanwhile.

    Raises ExpectedError DATABASE_DAMAGED, and what opening raises; the profile is marked then.
    """
    profile = into.profile
    with translated(profile):
        with opening(profile):
            database = unlock(profile.database, into.data_key)
        try:
            bad: set[str] | None = None
            for _ in range(_LOOKS):
                # a page may be half written at the very moment it is read here
                found = {row[0] for row in database.execute("PRAGMA cipher_integrity_check")}
                bad = found if bad is None else bad & found
                if not bad:
                    return
        finally:
            database.close()
    mark_suspect(profile)
    raise ExpectedError(ErrorCode.DATABASE_DAMAGED)


def check_suspect(profile: Profile, key: bytes) -> None:
    """Check everything where the profile is marked; the mark goes when all is sound.

    Nobody may exchange the file meanwhile. Raises ExpectedError DATABASE_DAMAGED.
    """
    if profile.suspect.exists():
        check_database_file(profile.database, key)
        profile.suspect.unlink(missing_ok=True)
