"""Being the only one at a database, to exchange its file or what opens it."""

from collections.abc import Iterator
from contextlib import contextmanager

from edema_desk.store.base.entered import Entered
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.locks import opening


@contextmanager
def exclusively(into: Entered) -> Iterator[None]:
    """Nobody else has the profile's database open, and whoever wants to waits until the end.

    Within the block its log is written back, nothing lies beside it and it is closed: its file may
    be copied and exchanged. Raises ExpectedError DATABASE_BUSY when somebody keeps it open, and
    what opening raises. `locks.opening` is held, so that the block must not open the store.
    """
    profile = into.profile
    with opening(profile):
        with translated(profile):
            database = unlock(profile.database, into.data_key)
            try:
                # only the last connection may leave the write-ahead log
                database.execute("PRAGMA journal_mode = DELETE")
            finally:
                database.close()
        yield
