"""What the open program looks after by itself: that all pages of the database are sound, that its
log is short, and that there is a reserve of room on the disk."""

from collections.abc import Callable
from itertools import count

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.rounds import Rounds
from edema_desk.store.base.entered import Entered
from edema_desk.store.base.page_checks import check_pages, write_back
from edema_desk.store.base.reserve import keep_reserve

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
        self._keep = keep or (lambda: keep_reserve(into.profile))
        self._looks = count()
        first_s = FIRST_AFTER_S if first_after_s is None else first_after_s
        self._rounds = Rounds("upkeep", self._look, first_after_s=first_s, each_s=EVERY_S)

    def close(self) -> None:
        """Stop; a look under way is finished."""
        self._rounds.close()

    def _look(self) -> None:
        with_pages = next(self._looks) % PAGES_EACH == 0
        try:
            self._keep()
            write_back(self._into)
            if with_pages:
                check_pages(self._into)
        except ExpectedError as error:
            if error.code is ErrorCode.DATABASE_DAMAGED:
                self._tell(Change(ChangeKind.DATABASE_DAMAGED))
            raise
