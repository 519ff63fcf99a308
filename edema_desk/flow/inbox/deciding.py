"""What a person decides about items of the inbox. Every decision can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

from edema_desk.domain.inbox.filing import FOR_A_PERSON, InboxItem, InboxState, Target, TimeFrom
from edema_desk.domain.terms.records import Capture, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.estimates.intake import Slot, give_up, keep_analysis
from edema_desk.flow.estimates.range_checking import in_range
from edema_desk.flow.inbox.spool import Spool
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import capture, reassign_capture
from edema_desk.store.captures.inbox import inbox_item, keep_item
from edema_desk.store.captures.sessions import open_session

MOVED_REASON = "inbox: shows somebody else"

_CAN_BE_TRIED = frozenset({InboxState.REFUSED, InboxState.DUPLICATE, InboxState.SET_ASIDE})


class InboxDecisions:
    """The acts of a person. One thread; `InboxWork` does what follows from them."""

    def __init__(self, clinic: Clinic, spool: Spool) -> None:
        self._clinic, self._spool = clinic, spool

    def assign(self, item_id: str, slot: Slot) -> InboxItem:
        """Say whom a waiting clip shows; it is taken in as soon as its turn comes.

        Raises ExpectedError(CLIP_GONE) where there is no copy any more.
        """
        item = self._item(item_id)
        if item.state not in FOR_A_PERSON:
            return item
        if not self._spool.has_clip(item_id):
            raise ExpectedError(ErrorCode.CLIP_GONE)
        target = Target(slot.patient_id, slot.session_id, slot.phase, slot.at, TimeFrom.PERSON)
        return self._again(replace(item, target=target, doubts=()), InboxState.COPIED)

    def assign_several(
        self, item_ids: Sequence[str], patient_id: str, phase: Phase | None
    ) -> tuple[InboxItem, ...]:
        """Say that waiting clips all show one patient, in `phase` or in the one each tells itself.

        Each goes by its own time when its turn comes; one whose session is not clear waits on.
        """
        return tuple(self._assign_by_time(item_id, patient_id, phase) for item_id in item_ids)

    def _assign_by_time(self, item_id: str, patient_id: str, phase: Phase | None) -> InboxItem:
        item = self._item(item_id)
        told = phase or item.target.phase
        if item.state not in FOR_A_PERSON or told is None or item.target.at is None:
            return item
        meant = replace(
            item.target,
            patient_id=patient_id,
            session_id=None,
            phase=told,
            time_from=TimeFrom.OWN,
        )
        return self._again(replace(item, target=meant, doubts=()), InboxState.COPIED)

    def undo(self, item_id: str) -> InboxItem:
        """Take back that a clip was taken in, or set aside: it waits for a person again.

        The capture is given up, and its row stays. Raises what reading a stored clip raises.
        """
        item = self._item(item_id)
        if item.state is InboxState.SET_ASIDE:
            return self._keep(replace(item, state=InboxState.WAITING))
        if item.state is not InboxState.TAKEN_IN or item.capture_id is None:
            return item
        library, capture_id = self._clinic.library, item.capture_id
        self._clinic.database.call(lambda store: capture(store, capture_id))  # not a deleted one
        crops = library.crops(capture_id) if library.has_crops(capture_id) else ()
        face = crops[len(crops) // 2] if crops else None
        self._spool.bring_back(item_id, library.clip(capture_id), face)
        # said before it is done: an interruption in between is finished at the next start
        self._again(item, InboxState.UNDONE)
        give_up(self._clinic, capture_id)
        done = replace(self._item(item_id), capture_id=None)
        return self._keep(done)

    def move(self, item_id: str, slot: Slot, listener: Listener, cancel: Cancel) -> Capture:
        """Say that a taken-in clip shows somebody else, or another phase; the old entry stays.

        Raises as `store.captures.reassign_capture`, and as the worker does.
        """
        clinic, item = self._clinic, self._item(item_id)
        capture_id = item.capture_id
        if capture_id is None:
            raise LookupError("the item was not taken in")
        act_id = new_id()

        def act(store: Store) -> Capture:
            session_id = slot.session_id
            if session_id is None and slot.phase is not Phase.SPOT:
                session_id = open_session(store, f"{act_id}-session", slot.patient_id, slot.at)
            moved = reassign_capture(
                *(store, act_id, capture_id, slot.patient_id, session_id, slot.phase),
                reason=MOVED_REASON,
            )
            target = Target(
                slot.patient_id, session_id, slot.phase, item.target.at, TimeFrom.PERSON
            )
            keep_item(store, replace(item, target=target))
            return moved

        moved = clinic.database.call(act)
        analysis = clinic.analyse(clinic.library.clip(capture_id), listener, cancel)
        return keep_analysis(clinic, moved.capture_id, in_range(clinic, moved.capture_id, analysis))

    def retry(self, item_id: str) -> InboxItem:
        """Try a refused, double or set aside file again.

        Raises ExpectedError(FILE_MISSING) where neither a copy nor the file is there.
        """
        item = self._item(item_id)
        if item.state not in _CAN_BE_TRIED:
            return item
        if self._spool.has_clip(item_id):
            return self._again(item, InboxState.COPIED)
        if not item.path.exists():
            raise ExpectedError(ErrorCode.FILE_MISSING, path=item.shown_name)
        return self._again(item, InboxState.RESTING)

    def set_aside(self, item_id: str) -> InboxItem:
        """Leave a waiting clip out. The file stays where it is, and this can be undone."""
        item = self._item(item_id)
        if item.state not in FOR_A_PERSON:
            return item
        return self._keep(replace(item, state=InboxState.SET_ASIDE))

    def _again(self, item: InboxItem, state: InboxState) -> InboxItem:
        again = replace(item, state=state, attempt=item.attempt + 1, twin_id=None)
        return self._keep(replace(again, error=None, params={}))

    def _item(self, item_id: str) -> InboxItem:
        return self._clinic.database.call(lambda store: inbox_item(store, item_id))

    def _keep(self, item: InboxItem) -> InboxItem:
        return self._clinic.database.call(lambda store: keep_item(store, item))
