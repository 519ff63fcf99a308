"""The one thread that uses this process's connection to the database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from edema_desk.domain.records import LOCAL_ACTOR
from edema_desk.paths import Profile
from edema_desk.store.database import Store, open_store

T = TypeVar("T")


class DatabaseThread:
    """Opens the store on a thread of its own and runs questions and acts there, in order."""

    def __init__(self, profile: Profile, actor: str = LOCAL_ACTOR) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        try:
            self._store = self._thread.submit(open_store, profile, actor=actor).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        """Queue `work`; its answer or its error arrives in the future."""
        return self._thread.submit(work, self._store)

    def call(self, work: Callable[[Store], T]) -> T:
        """Queue `work` and wait. Never from the window thread."""
        return self.submit(work).result()

    def close(self) -> None:
        """Finish what is queued, then close the connection on its own thread."""
        self._thread.submit(self._store.close)
        self._thread.shutdown()
