"""The inbox for a window: what it does now, told on the window's thread, and what to decide."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from edema_desk.domain.inbox.filing import InboxPlan, plan_of
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ExpectedError
from edema_desk.flow.estimates.intake import Slot
from edema_desk.jobs.desk_jobs import DeskJobs

_CHANGED = "changed"


class InboxJob(QObject):
    """`changed()` when status or items changed, at most one waiting to be told.

    Questions and decisions return futures, for a `DeskCall`.
    """

    changed = Signal()

    def __init__(self, jobs: DeskJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._desk = jobs, jobs.desk.inbox
        self._told = True
        ticket = jobs.expect(self, self._on_letter, standing=True)

        def tell() -> None:
            if self._told:
                self._told = False
                jobs.post(ticket, _CHANGED)

        self._desk.listen(tell)

    # what it does

    @property
    def plan(self) -> InboxPlan:
        """Which folder is watched."""
        return self._desk.status.plan

    @property
    def error(self) -> ExpectedError | None:
        """Why it stands still."""
        return self._desk.status.error

    @property
    def item_id(self) -> str | None:
        """What is being worked on."""
        return self._desk.status.item_id

    @property
    def progress(self) -> tuple[str, float, float | None] | None:
        """The step, which share of it is done (0 to 1), and the seconds to go, None if unknown."""
        told = self._desk.status.progress
        if told is None:
            return None
        return told.what, told.done / told.total if told.total else 0.0, told.left_s

    def entries(self) -> Future[Any]:
        """The newest items, `tuple[InboxEntry, ...]`."""
        return self._desk.entries()

    def face(self, item_id: str) -> Future[Any]:
        """A JPEG of the face, or None."""
        return self._desk.face(item_id)

    # what a person decides

    def watch(self, folder: str, after: str) -> None:
        """Watch this folder, "" for none."""
        self._desk.watch(plan_of(folder, after))

    def assign(
        self, item_id: str, patient_id: str, session_id: str | None, phase: Phase, at: Moment
    ) -> Future[Any]:
        """Say whom a waiting clip shows; without a session a pre or post opens one."""
        return self._desk.assign(item_id, Slot(patient_id, session_id, phase, at))

    def assign_several(
        self, item_ids: Sequence[str], patient_id: str, phase: Phase | None
    ) -> Future[Any]:
        """Waiting clips all show one patient; each goes by its own time."""
        return self._desk.assign_several(item_ids, patient_id, phase)

    def undo(self, *item_ids: str) -> Future[Any]:
        """Take back what was taken in or set aside."""
        return self._desk.undo(*item_ids)

    def retry(self, *item_ids: str) -> Future[Any]:
        """Try a file again."""
        return self._desk.retry(*item_ids)

    def set_aside(self, *item_ids: str) -> Future[Any]:
        """Leave a waiting clip out."""
        return self._desk.set_aside(*item_ids)

    def _on_letter(self, content: object) -> None:
        del content
        self._told = True
        self.changed.emit()
