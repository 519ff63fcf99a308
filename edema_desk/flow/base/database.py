"""The one thread that uses this process's connection to the database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from edema_desk.domain.terms.people import Actor
from edema_desk.flow.base.seat import Seat
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import Where, entered

T = TypeVar("T")


class DatabaseDoor:
    """A way to the database thread. What goes in by it is asked and done by who sits in `seat`
    at that moment."""

    def __init__(self, thread: ThreadPoolExecutor, store: Store, seat: Seat) -> None:
        self._thread = thread
        self._store = store
        self.seat = seat

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        """Queue `work`; its answer or its error arrives in the future."""
        return self._thread.submit(work, self._store.by(self.seat.actor))

    def call(self, work: Callable[[Store], T]) -> T:
        """Queue `work` and wait. Never from the window thread."""
        return self.submit(work).result()

    def acting_as(self, actor: Actor) -> "DatabaseDoor":
        """A way by which everything is done by `actor`, whoever sits at the desk meanwhile."""
        return DatabaseDoor(self._thread, self._store, Seat(actor))


class DatabaseThread(DatabaseDoor):
    """Opens the store on a thread of its own and runs questions and acts there, in order."""

    def __init__(self, where: Where) -> None:
        into = entered(where)
        thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        try:
            store = thread.submit(open_store, into).result()
        except BaseException:
            thread.shutdown()
            raise
        super().__init__(thread, store, Seat(into.actor))

    def close(self) -> None:
        """Finish what is queued, then close the connection on its own thread."""
        self._thread.submit(self._store.close)
        self._thread.shutdown()
