"""Who wants to know that the data changed, and the watch for other programs' writing."""

import threading
from collections.abc import Callable

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.log import report_bug
from edema_desk.store.base.database import Store

LOOK_EVERY_S = 2.0


class News:
    """Tells listeners of each change, on whatever thread made it."""

    def __init__(self, database: DatabaseDoor, look_every_s: float = LOOK_EVERY_S) -> None:
        self._database = database
        self._listeners: list[Callable[[Change], None]] = []
        self._stop = threading.Event()
        self._look_every_s = look_every_s
        self._watch = threading.Thread(target=self._look, name="news", daemon=True)
        self._watch.start()

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` with each change from now on."""
        self._listeners.append(listener)

    def tell(self, change: Change) -> None:
        """Something was written by this process."""
        for listener in tuple(self._listeners):
            listener(change)

    def close(self) -> None:
        """Stop looking. Nothing is told afterwards."""
        self._stop.set()
        self._listeners.clear()
        self._watch.join()

    def _look(self) -> None:
        """`PRAGMA data_version` changes when another connection has written."""
        try:
            before = self._database.call(Store.data_version)
            while not self._stop.wait(self._look_every_s):
                now = self._database.call(Store.data_version)
                if now != before:
                    before = now
                    self.tell(Change(ChangeKind.ELSEWHERE))
        except Exception as error:  # noqa: BLE001  a thread's border: the desk works without it
            report_bug(error)
