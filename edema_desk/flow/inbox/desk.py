"""The inbox for a window: watched all the time, worked on when nothing else is."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from typing import TypeVar

from edema_desk.domain.course.veil import veiled_entries
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.inbox.filing import InboxEntry, InboxItem, InboxPlan, InboxState
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.notes_desk import Untold
from edema_desk.flow.base.progress import Listener, Progress, unheard
from edema_desk.flow.base.sitting import Ask
from edema_desk.flow.estimates.intake import Slot
from edema_desk.flow.inbox.deciding import InboxDecisions
from edema_desk.flow.inbox.gate import Gate, GatedCancel
from edema_desk.flow.inbox.rounds import InboxRounds
from edema_desk.flow.inbox.running import LOOK_EVERY_S, InboxRun, inbox_lock
from edema_desk.flow.inbox.spool import Spool
from edema_desk.log import LOGGER, report_bug
from edema_desk.media.library import ClipLibrary
from edema_desk.store.base.database import Store
from edema_desk.store.captures.inbox import inbox_entries, inbox_item

T = TypeVar("T")

CLOSE_WITHIN_S = 10.0
_PAUSE_S = 30.0
"""After something went wrong that is not a file's fault: a full disk, a busy database."""


@dataclass(frozen=True, slots=True)
class InboxStatus:
    """What the inbox is doing. `error` says why the folder, or this computer, stops it."""

    plan: InboxPlan
    error: ExpectedError | None = None
    item_id: str | None = None
    progress: Progress | None = None


class InboxDesk:
    """`watch` begins; everything returns at once and is answered on other threads.

    Work runs on the `intake` executor, one item at a time, and never while `gate` is busy;
    `library` belongs to the `files` executor. Files are taken in by the program itself, whoever
    sits at the desk; what a person decides is that person's. `ask` brings the window's questions.
    """

    def __init__(
        self,
        clinic: Clinic,
        intake: Executor,
        files: Executor,
        library: ClipLibrary,
        tell: Callable[[Change], None],
        gate: Gate,
        look_every_s: float = LOOK_EVERY_S,
        ask: Ask | None = None,
        untold: Untold = lambda store: frozenset(),
    ) -> None:
        self._untold = untold
        self._clinic, self._intake, self._files, self._library = clinic, intake, files, library
        self._tell, self._gate, self._look_every_s = tell, gate, look_every_s
        self._spool, self._shown = Spool(clinic.entered), Spool(clinic.entered)
        self._ask: Ask = ask or clinic.database.submit
        self._itself = clinic.acting_as(PROGRAM)
        self._lock = inbox_lock(clinic.profile)
        self._run: InboxRun | None = None
        self._status = InboxStatus(InboxPlan())
        self._listeners: list[Callable[[], None]] = []
        self._stop, self._wake = threading.Event(), threading.Event()
        self._cancel = GatedCancel(gate)
        self._thread: threading.Thread | None = None

    # questions

    @property
    def status(self) -> InboxStatus:
        """What it is doing now."""
        return self._status

    def entries(self) -> Future[tuple[InboxEntry, ...]]:
        """The newest items, the newest first."""

        def ask(store: Store) -> tuple[InboxEntry, ...]:
            return veiled_entries(inbox_entries(store), self._untold(store))

        return self._ask(ask)

    def face(self, item_id: str) -> Future[bytes | None]:
        """A JPEG of the face in a clip, or None where there is none."""
        return self._files.submit(self._face, self._clinic.for_who_sits_there(), item_id)

    # acts

    def watch(self, plan: InboxPlan) -> None:
        """Watch this folder from now on, or none."""
        self._say(replace(self._status, plan=plan, error=None))
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="inbox", daemon=True)
            self._thread.start()
        self._wake.set()

    def assign(self, item_id: str, slot: Slot) -> Future[InboxItem]:
        """See `InboxDecisions.assign`."""
        return self._decide(lambda decisions: decisions.assign(item_id, slot))

    def assign_several(
        self, item_ids: Sequence[str], patient_id: str, phase: Phase | None
    ) -> Future[tuple[InboxItem, ...]]:
        """See `InboxDecisions.assign_several`."""
        return self._decide(lambda d: d.assign_several(item_ids, patient_id, phase))

    def undo(self, *item_ids: str) -> Future[tuple[InboxItem, ...]]:
        """See `InboxDecisions.undo`; the first that fails ends it."""
        return self._decide(lambda d: tuple(d.undo(item_id) for item_id in item_ids))

    def move(self, item_id: str, slot: Slot) -> Future[Capture]:
        """See `InboxDecisions.move`."""
        return self._decide(lambda d: d.move(item_id, slot, unheard, self._cancel))

    def retry(self, *item_ids: str) -> Future[tuple[InboxItem, ...]]:
        """See `InboxDecisions.retry`; the first that fails ends it."""
        return self._decide(lambda d: tuple(d.retry(item_id) for item_id in item_ids))

    def set_aside(self, *item_ids: str) -> Future[tuple[InboxItem, ...]]:
        """See `InboxDecisions.set_aside`; the first that fails ends it."""
        return self._decide(lambda d: tuple(d.set_aside(item_id) for item_id in item_ids))

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener`, on another thread, whenever status or items changed."""
        self._listeners.append(listener)

    def stop(self) -> None:
        """Begin to close: what is under way is left, and goes on at the next start."""
        self._listeners.clear()
        self._cancel.set()
        self._stop.set()
        self._wake.set()

    def close(self) -> None:
        """Stop, and wait until nothing is done any more; not for a share that does not answer:
        the look at it is left behind, and does nothing once it returns."""
        self.stop()
        if self._thread is not None:
            self._thread.join(CLOSE_WITHIN_S)
            if self._thread.is_alive():
                LOGGER.warning("the inbox folder does not answer; the look at it is left behind")
                return  # the lock falls with this process
        self._lock.release()

    def _decide(self, decide: Callable[[InboxDecisions], T]) -> Future[T]:
        decisions = InboxDecisions(self._clinic.for_who_sits_there(), self._spool)

        def act() -> T:
            done = decide(decisions)
            self._tell(Change(ChangeKind.ELSEWHERE))
            self._hint()
            self._wake.set()
            return done

        return self._intake.submit(act)

    def _face(self, mine: Clinic, item_id: str) -> bytes | None:
        item = mine.database.call(lambda store: inbox_item(store, item_id))
        if item.state is InboxState.TAKEN_IN and item.capture_id is not None:
            if not self._library.has_crops(item.capture_id):
                return None
            crops = self._library.crops(item.capture_id)
            return crops[len(crops) // 2] if crops else None
        return self._shown.face(item_id)

    # the watch

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                pause_s = self._look()
            except ExpectedError as error:
                if error.code is not ErrorCode.CANCELLED:
                    self._say(replace(self._status, error=error, item_id=None, progress=None))
                pause_s = self._look_every_s if error.code in _SOON_AGAIN else _PAUSE_S
            except Exception as error:  # noqa: BLE001  a thread's border: the desk works without it
                report_bug(error)
                pause_s = _PAUSE_S
            self._wake.wait(pause_s)
            self._wake.clear()

    def _look(self) -> float:
        """Look once and do what there is to do; how long to wait until the next time."""
        run = self._run_for(self._status.plan)
        if run is None or self._gate.busy:
            return self._look_every_s
        before = self._status
        run.rounds.look(self._cancel)
        if before.error is not None:
            self._say(replace(self._status, error=None))
        while not self._stop.is_set() and not self._gate.busy:
            item = run.rounds.next_item()
            if item is None:
                break
            self._say(replace(self._status, item_id=item.item_id, progress=None))
            done = self._intake.submit(run.go_on, item, self._listener(), self._cancel).result()
            self._say(replace(self._status, item_id=None, progress=None))
            if done.state is InboxState.TAKEN_IN:
                target = done.target
                self._tell(Change(ChangeKind.SESSION, target.patient_id, target.session_id))
            run.rounds.look(self._cancel)
        self._hint()
        return self._look_every_s

    def _run_for(self, plan: InboxPlan) -> InboxRun | None:
        """The run of this plan; None while another process works on the inbox."""
        if self._run is None:
            if not self._lock.take():
                return None
            made = self._intake.submit(InboxRun, self._itself, self._spool, plan).result()
            self._run = made
        if self._run.rounds.plan != plan:
            self._run.rounds = InboxRounds(self._itself, plan)
        return self._run

    def _listener(self) -> Listener:
        def listen(progress: Progress) -> None:
            self._say(replace(self._status, progress=progress))

        return listen

    def _say(self, status: InboxStatus) -> None:
        self._status = status
        self._hint()

    def _hint(self) -> None:
        for listener in tuple(self._listeners):
            listener()


_SOON_AGAIN = frozenset({ErrorCode.CANCELLED, ErrorCode.INBOX_FOLDER_GONE})
