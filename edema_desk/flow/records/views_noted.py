"""Who looked at whose records, noted once for each person, patient and sitting."""

from edema_desk.domain.terms.moment import Moment
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.log import LOGGER
from edema_desk.store.base.database import Store
from edema_desk.store.base.noting import note_view


class ViewsNoted:
    """Used on the database thread only.

    A page never waits for its note: that is written behind the answer. Where it cannot be
    written, as on a full disk, the page is shown all the same, since who treats a patient must
    not be kept from the records; the log tells of it, and the next look is noted.
    """

    def __init__(self, database: DatabaseDoor) -> None:
        self._database = database
        self._noted: set[tuple[str, str]] = set()
        self._during: tuple[int, str] | None = None

    def seen(self, store: Store, patient_id: str) -> None:
        """The actor of `store` was answered about a patient."""
        during = (self._database.seat.sitting, str(Moment.now().day))
        if during != self._during:
            self._during, self._noted = during, set()
        view = (store.actor.actor_id, patient_id)
        if view in self._noted:
            return
        self._noted.add(view)

        def work(own: Store) -> None:
            try:
                note_view(own, patient_id)
            except ExpectedError as error:
                self._noted.discard(view)
                LOGGER.warning("a look at a patient is not on record: %s", error.code)

        try:
            self._database.acting_as(store.actor).submit(work)
        except RuntimeError:  # the thread is closing: nothing comes behind this question
            work(store)
