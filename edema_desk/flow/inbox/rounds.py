"""One look at the folder after another, and the next thing to do after each."""

import time
from collections.abc import Callable

from edema_desk.domain.inbox.filing import UNDER_WAY, InboxItem, InboxPlan, InboxState
from edema_desk.domain.terms.records import Phase
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.inbox.clearing import clear_source
from edema_desk.flow.inbox.noting import note_files, require_outside
from edema_desk.flow.inbox.scanning import FoundFile, RestWatch, scan
from edema_desk.store.captures.inbox import inbox_items

_NOTE_ANYWAY = 30
"""After so many looks at an unchanged folder it is compared with what is kept all the same."""

_ORDER = {Phase.PRE: 0, Phase.SPOT: 1, Phase.POST: 2, None: 3}


class InboxRounds:
    """Knows which files rest. One thread."""

    def __init__(
        self, clinic: Clinic, plan: InboxPlan, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._clinic, self.plan, self._now_s = clinic, plan, now_s
        self._watch = RestWatch()
        self._rested: frozenset[str] = frozenset()
        self._found: tuple[FoundFile, ...] = ()
        self._items: tuple[InboxItem, ...] = ()
        self._looks = 0

    def look(self, cancel: Cancel | None = None) -> int:
        """Look through the folder; how many files there still change.

        Raises ExpectedError: INBOX_FOLDER_GONE, INBOX_FOLDER_INSIDE, and CANCELLED where that
        was asked for before a slow folder answered.
        """
        folder = self.plan.folder
        if folder is None:
            return 0
        require_outside(self._clinic.profile, folder)
        found = scan(folder)
        if cancel is not None:
            cancel.check()
        self._rested = self._watch.rested(found, self._now_s())
        if found != self._found or self._looks % _NOTE_ANYWAY == 0:
            self._items = self._clinic.database.call(lambda s: note_files(s, str(folder), found))
            self._found = found
            for item in self._items:
                clear_source(item)
        self._looks += 1
        resting = [i for i in self._items if i.state is InboxState.RESTING]
        return sum(item.name not in self._rested for item in resting)

    def next_item(self) -> InboxItem | None:
        """What to do next: files that rest are copied first, for only then their times are
        known; then the earliest clip, so that the pre is there before its post."""
        under_way = self._clinic.database.call(lambda s: inbox_items(s, tuple(UNDER_WAY)))
        folder = str(self.plan.folder)
        for item in under_way:
            resting = item.state is InboxState.RESTING and item.folder == folder
            if resting and item.name in self._rested:
                return item
        copied = [item for item in under_way if item.state is InboxState.COPIED]
        return min(copied, key=_by_time, default=None)

    def unrest(self, item: InboxItem) -> None:
        """Its file is not as it was seen: it must rest anew."""
        self._watch.forget(item.name)
        self._rested = self._rested - {item.name}


def _by_time(item: InboxItem) -> tuple[int, int, str]:
    at = item.target.at
    when_ms = at.utc_ms if at is not None else item.mtime_ns // 1_000_000
    return when_ms, _ORDER[item.target.phase], item.name
