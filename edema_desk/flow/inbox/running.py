"""The inbox at work, for a window and for the command line alike."""

import time
from collections.abc import Callable
from contextlib import ExitStack

from edema_desk.domain.inbox.filing import InboxItem, InboxPlan, InboxState
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.inbox.rounds import InboxRounds
from edema_desk.flow.inbox.spool import Spool
from edema_desk.flow.inbox.working import InboxWork
from edema_desk.paths import Profile
from edema_desk.store.keys.locks import FileLock

LOOK_EVERY_S = 2.0
_PATIENCE_S = 60.0
"""How long a single run waits for files that still change."""


def inbox_lock(profile: Profile) -> FileLock:
    """The right to work on the inbox of a profile; one process at a time has it."""
    return FileLock(profile.inbox_lock)


class InboxRun:
    """Does the next thing, one item a call. One thread, and one process by `inbox_lock`."""

    def __init__(self, clinic: Clinic, spool: Spool, plan: InboxPlan) -> None:
        self.rounds = InboxRounds(clinic, plan)
        self._work = InboxWork(clinic, spool)
        self._work.recover()

    def step(self, listener: Listener, cancel: Cancel) -> InboxItem | None:
        """Take the next item further; the item as it is then, or None for nothing to do.

        Raises as `InboxWork`.
        """
        item = self.rounds.next_item()
        if item is None:
            return None
        return self.go_on(item, listener, cancel)

    def go_on(self, item: InboxItem, listener: Listener, cancel: Cancel) -> InboxItem:
        """Take this item further."""
        if item.state is InboxState.RESTING:
            copied = self._work.copy(item, listener, cancel)
            if copied.state is InboxState.RESTING:
                self.rounds.unrest(copied)
            return copied
        return self._work.take(item, self.rounds.plan.after, listener, cancel)


def run_on_folder(
    clinic: Clinic,
    plan: InboxPlan,
    listener: Listener,
    cancel: Cancel,
    *,
    once: bool,
    on_item: Callable[[InboxItem], None],
) -> int:
    """Take in what is in a folder: all that rests, or what comes until `cancel` is asked.

    Tells `on_item` of each item at its end. Returns how many files still changed when it
    ended. Raises ExpectedError: INBOX_BUSY, INBOX_FOLDER_GONE, INBOX_FOLDER_INSIDE, and as
    `InboxWork` does.
    """
    with ExitStack() as held:
        lock = held.enter_context(inbox_lock(clinic.profile))
        if not lock.take():
            raise ExpectedError(ErrorCode.INBOX_BUSY)
        run = InboxRun(clinic, Spool(clinic.entered), plan)
        patient_until_s = time.monotonic() + _PATIENCE_S
        while not cancel.asked:
            changing = run.rounds.look()
            while (item := run.step(listener, cancel)) is not None:
                if item.state not in (InboxState.RESTING, InboxState.COPIED):
                    on_item(item)
                changing = run.rounds.look()
            if once and (not changing or time.monotonic() > patient_until_s):
                return changing
            time.sleep(min(LOOK_EVERY_S, 1.0) if once else LOOK_EVERY_S)
    return 0
