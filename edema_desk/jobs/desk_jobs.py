"""The desk for a window: questions asked without waiting, answers on the window's thread.

The desk answers on threads of its own. Only one object is touched from there: `DeskJobs`
puts what came into a queue and wakes the window by one queued signal, so that no page, and no
Python object a page owns, ever meets another thread.
"""

import itertools
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.rights import may_do
from edema_desk.errors import ExpectedError
from edema_desk.flow.desk import Desk


@dataclass(frozen=True, slots=True)
class _Letter:
    """Something from another thread, and the ticket of whoever waits for it."""

    ticket: int
    content: object


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where the letters of one ticket go, while `owner` lives. A standing one gets news."""

    owner: QObject
    read: Callable[[object], None]
    standing: bool = False


_NEWS = 0
"""The ticket of changes, which nobody asked for."""


class DeskJobs(QObject):
    """A window's way to one `Desk`. Make it on the window's thread; `close` it there.

    `changed(Change)` follows every act, also those of other programs on the same profile.
    `bug_found(BaseException)` tells of an answer that was neither a value nor expected.
    """

    changed = Signal(object)
    bug_found = Signal(object)
    _letter_came = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._letters: SimpleQueue[_Letter] = SimpleQueue()
        self._tickets = itertools.count(_NEWS + 1)
        self._readers: dict[int, _Reader] = {}
        self._closed = False
        self._holding, self._held = False, False
        self._letter_came.connect(self._read_letters, Qt.ConnectionType.QueuedConnection)
        desk.listen(self._on_change)

    def expect(
        self, owner: QObject, read: Callable[[object], None], *, standing: bool = False
    ) -> int:
        """A new ticket; while `owner` lives, `read` gets each letter that bears it.

        A `standing` ticket gets news and counts as no answer that is still to come.
        """
        ticket = next(self._tickets)
        self._readers[ticket] = _Reader(owner, read, standing)
        return ticket

    def forget(self, ticket: int) -> None:
        """Letters of `ticket` that are still to come are thrown away."""
        self._readers.pop(ticket, None)

    def post(self, ticket: int, content: object) -> None:
        """Send `content` to who holds `ticket`. From any thread."""
        if not self._closed:
            self._letters.put(_Letter(ticket, content))
            self._letter_came.emit()

    @property
    def waiting(self) -> int:
        """How many answers are still to come."""
        readers = [reader for reader in self._readers.values() if not reader.standing]
        return sum(isValid(reader.owner) for reader in readers)

    def may(self, kind: ActKind) -> bool:
        """Whether an act is one of whoever signed in, for what a page offers. The store decides."""
        return may_do(self.desk.person, kind)

    def hold(self) -> None:
        """Keep news back: nobody looks, and whoever asked now would be refused."""
        self._holding = True

    def go_on(self) -> None:
        """Tell again; that something changed meanwhile, at once."""
        self._holding = False
        if self._held:
            self._held = False
            self.changed.emit(Change(ChangeKind.ELSEWHERE))

    def detach(self) -> None:
        """Answer and tell nothing any more; the desk stays open."""
        self._closed = True
        self._readers.clear()

    def close(self) -> None:
        """Detach, and close the desk, which waits for what is being written."""
        self.detach()
        self.desk.close()

    def _on_change(self, change: Change) -> None:
        self.post(_NEWS, change)

    def _tell(self, change: object) -> None:
        if self._holding:
            self._held = True
        else:
            self.changed.emit(change)

    def _read_letters(self) -> None:
        while not self._closed:
            try:
                letter = self._letters.get_nowait()
            except Empty:
                return
            if letter.ticket == _NEWS:
                self._tell(letter.content)
                continue
            reader = self._readers.get(letter.ticket)
            if reader is None:
                continue
            if isValid(reader.owner):
                reader.read(letter.content)
            else:  # the page is gone
                self.forget(letter.ticket)


class DeskCall(QObject):
    """One call to the desk at a time, for one page or dialog, its parent.

    A newer call, `forget` and the end of the parent drop the answer of the older one. Signals:
    `answered(value)`, `failed(ExpectedError)`, or `broke()` after a bug, which
    `DeskJobs.bug_found` tells; and `waiting_changed(bool)` around them.
    """

    answered = Signal(object)
    failed = Signal(object)
    broke = Signal()
    waiting_changed = Signal(bool)

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ticket: int | None = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._ticket is not None

    def start(self, future: Future[Any]) -> None:
        """Wait for `future`; whatever was waited for before no longer counts."""
        before = self._ticket
        if before is not None:
            self._jobs.forget(before)
        jobs, ticket = self._jobs, self._jobs.expect(self, self._on_letter)
        self._ticket = ticket
        if before is None:
            self.waiting_changed.emit(True)

        def tell(done: Future[Any]) -> None:
            jobs.post(ticket, done)

        future.add_done_callback(tell)

    def forget(self) -> None:
        """Drop the answer that is still to come."""
        if self._ticket is not None:
            self._end()

    def _end(self) -> None:
        if self._ticket is not None:
            self._jobs.forget(self._ticket)
            self._ticket = None
            self.waiting_changed.emit(False)

    def _on_letter(self, content: object) -> None:
        if not isinstance(content, Future):
            raise TypeError("a call is answered by its future")
        self._end()
        if not deliver(content, self._jobs, self.answered.emit, self.failed.emit):
            self.broke.emit()


def deliver(
    done: Future[Any],
    jobs: DeskJobs,
    on_value: Callable[[Any], None],
    on_failure: Callable[[ExpectedError], None],
) -> bool:
    """Hand on what a finished future holds. A bug goes to `jobs.bug_found`: then False."""
    try:
        error = done.exception()
    except CancelledError:
        return True
    if error is None:
        on_value(done.result())
    elif isinstance(error, ExpectedError):
        on_failure(error)
    else:
        jobs.bug_found.emit(error)
        return False
    return True
