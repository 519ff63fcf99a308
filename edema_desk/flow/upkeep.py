"""What the open program looks after by itself: that all pages of the database are sound, that its
log is short, and that there is a reserve of room on the disk."""

import threading
from collections.abc import Callable

from edema_desk.domain.views import Change, ChangeKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.log import LOGGER, report_bug
from edema_desk.store.entered import Entered
from edema_desk.store.page_checks import check_pages, write_back
from edema_desk.store.reserve import keep_reserve

FIRST_AFTER_S = 20.0
"""The window is there by then."""
EVERY_S = 600.0
PAGES_EACH = 144
"""Pages are checked at the first look and at each so manieth: once a day."""


class Upkeep:
    """Looks every ten minutes, on a thread of its own."""

    def __init__(
        self,
        into: Entered,
        tell: Callable[[Change], None],
        *,
        first_after_s: float | None = None,
        keep: Callable[[], object] | None = None,
    ) -> None:
        self._into, self._tell = into, tell
        self._first_after_s = FIRST_AFTER_S if first_after_s is None else first_after_s
        self._keep = keep or (lambda: keep_reserve(into.profile))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a look under way is finished."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        wait_s, look = self._first_after_s, 0
        while not self._stop.wait(wait_s):
            wait_s = EVERY_S
            try:
                self._keep()
                write_back(self._into)
                if look % PAGES_EACH == 0:
                    check_pages(self._into)
            except ExpectedError as error:
                LOGGER.warning("the look through the database found: %s", error.code)
                if error.code is ErrorCode.DATABASE_DAMAGED:
                    self._tell(Change(ChangeKind.DATABASE_DAMAGED))
            except Exception as error:  # noqa: BLE001  a thread's border: the next look follows
                report_bug(error)
            look += 1
