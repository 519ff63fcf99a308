"""One file of the inbox on its way: copied, matched, looked at, taken in, or why not."""

from dataclasses import replace

from edema_desk.domain.capture.clips import ClipAnalysis
from edema_desk.domain.inbox.filing import (
    AfterTakingIn,
    InboxDoubt,
    InboxItem,
    InboxState,
    TimeFrom,
)
from edema_desk.domain.terms.records import Capture, CaptureState, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, Listener, Progress
from edema_desk.flow.estimates.intake import Slot, give_up, keep_analysis, take_in
from edema_desk.flow.estimates.range_checking import in_range
from edema_desk.flow.inbox.clearing import clear_source
from edema_desk.flow.inbox.matching import matched
from edema_desk.flow.inbox.spool import Spool
from edema_desk.store.base.database import Store
from edema_desk.store.captures.inbox import (
    capture_of_act,
    inbox_items,
    items_with,
    keep_item,
    twins,
)

INBOX_SOURCE = "inbox"

_ABOUT_THE_FILE = frozenset(
    {
        ErrorCode.FILE_UNREADABLE,
        ErrorCode.NOT_A_VIDEO,
        ErrorCode.CONTAINER_REFUSED,
        ErrorCode.CODEC_REFUSED,
        ErrorCode.CLIP_EMPTY,
        ErrorCode.CLIP_TRUNCATED,
        ErrorCode.CLIP_TOO_LARGE,
        ErrorCode.DECODER_FAILED,
        ErrorCode.WORKER_FAILED,
        ErrorCode.WORKER_TIMEOUT,
        ErrorCode.SEALED_ALTERED,
        ErrorCode.CLIP_GONE,
        ErrorCode.CLIP_KEY_MISSING,
    }
)
"""Trying the same file again would end the same way; everything else is this computer's."""

_TO_ASK = {
    ErrorCode.SESSION_TAKEN: InboxDoubt.PHASE_TAKEN,
    ErrorCode.CONSENT_MISSING: InboxDoubt.NO_CONSENT,
    ErrorCode.CONSENT_WITHDRAWN: InboxDoubt.NO_CONSENT,
    ErrorCode.UNKNOWN_SESSION: InboxDoubt.WHICH_SESSION,
    ErrorCode.UNKNOWN_PATIENT: InboxDoubt.NUMBER_UNKNOWN,
}


class InboxWork:
    """Takes items a step further, each step kept before the next begins. One thread, and one
    process at a time for a profile: whoever holds `inbox_lock`."""

    def __init__(self, clinic: Clinic, spool: Spool) -> None:
        self._clinic, self._spool = clinic, spool

    def copy(self, item: InboxItem, listener: Listener, cancel: Cancel) -> InboxItem:
        """Make the sealed copy of a file that rests, and say whom it shows.

        Ends COPIED, DUPLICATE, REFUSED, or RESTING where the file changed. Raises ExpectedError
        for what is not the file's fault: CANCELLED, DISK_FULL.
        """
        item = self._keep(replace(item, state=InboxState.COPYING, error=None, params={}))

        def report(done: int, total: int) -> None:
            listener(Progress("copy", done, total))

        try:
            sha256 = self._spool.copy(item, report, cancel.check)
        except ExpectedError as error:
            if error.code in (ErrorCode.INBOX_FILE_CHANGED, ErrorCode.FILE_MISSING):
                return self._keep(replace(item, state=InboxState.RESTING))
            return self._failed(item, error, InboxState.RESTING, cancel)
        item = replace(item, sha256=sha256, state=InboxState.COPIED)
        twin = self._twin(item)
        if twin is not None:
            return twin
        return self._keep(matched(self._clinic.database, item, self._spool.clip(item.item_id)))

    def take(
        self, item: InboxItem, after: AfterTakingIn, listener: Listener, cancel: Cancel
    ) -> InboxItem:
        """Take in a COPIED item whose target is whole, or look at it and let it wait for a person.

        Ends TAKEN_IN, WAITING, DUPLICATE, REFUSED; raises as `copy`.
        """
        mine = self._mine(item, listener, cancel)
        if mine is not None:
            return self._taken(item, mine, after)
        twin = self._twin(item)
        if twin is not None:
            return twin
        try:
            copy = self._spool.clip(item.item_id)
            item = matched(self._clinic.database, item, copy)
            item = self._keep(replace(item, state=InboxState.ANALYSING, error=None, params={}))
            slot = _slot(item)
            if slot is None:
                return self._waits(item, self._clinic.analyse(copy, listener, cancel))
            taken = take_in(self._clinic, item.act_id, copy, slot, listener, cancel)
        except ExpectedError as error:
            return self._not_taken(item, error, cancel)
        return self._taken(item, taken, after)

    def recover(self) -> None:
        """Bring items that an interruption left half-way to where they can go on."""
        for item in self._items(InboxState.COPYING):
            self._keep(replace(item, state=InboxState.RESTING))
        for item in self._items(InboxState.ANALYSING):
            self._keep(replace(item, state=InboxState.COPIED))
        for item in self._items(InboxState.UNDONE):
            if item.capture_id is not None:
                give_up(self._clinic, item.capture_id)
                self._keep(replace(item, capture_id=None))
        kept = self._items(*_WITH_COPY)
        self._spool.sweep([item.item_id for item in kept])

    def _items(self, *states: InboxState) -> tuple[InboxItem, ...]:
        return self._clinic.database.call(lambda store: inbox_items(store, states))

    def _keep(self, item: InboxItem) -> InboxItem:
        return self._clinic.database.call(lambda store: keep_item(store, item))

    def _mine(self, item: InboxItem, listener: Listener, cancel: Cancel) -> Capture | None:
        """The capture an interrupted try has made of this item, finished."""
        clinic = self._clinic
        made = clinic.database.call(lambda store: capture_of_act(store, item.act_id))
        if made is None or made.state is CaptureState.INCOMPLETE:
            return None
        if made.state is CaptureState.RECORDING:
            give_up(clinic, made.capture_id)
            return None
        if made.state is CaptureState.STORED:
            analysis = clinic.analyse(clinic.library.clip(made.capture_id), listener, cancel)
            return keep_analysis(
                clinic, made.capture_id, in_range(clinic, made.capture_id, analysis)
            )
        return made

    def _twin(self, item: InboxItem) -> InboxItem | None:
        """The item as a duplicate, when its bytes are stored, for anybody, or wait already."""
        sha256 = item.sha256
        if sha256 is None:
            return None
        stored = self._clinic.database.call(lambda store: twins(store, sha256))
        if stored:
            return self._duplicate(item, stored[0].capture_id)
        earlier = self._clinic.database.call(lambda store: items_with(store, sha256))
        first = next((i for i in earlier if i.state in _STANDS_FOR_ITS_BYTES), None)
        if first is not None and first.item_id != item.item_id:
            return self._duplicate(item, None)
        return None

    def _duplicate(self, item: InboxItem, twin_id: str | None) -> InboxItem:
        kept = self._keep(replace(item, state=InboxState.DUPLICATE, twin_id=twin_id, doubts=()))
        self._spool.drop(item.item_id)
        return kept

    def _taken(self, item: InboxItem, taken: Capture, after: AfterTakingIn) -> InboxItem:
        target = replace(item.target, session_id=taken.session_id)
        kept = self._keep(
            replace(
                item,
                state=InboxState.TAKEN_IN,
                capture_id=taken.capture_id,
                target=target,
                doubts=(),
                error=None,
                params={},
                after=after,
            )
        )
        self._spool.drop(item.item_id)
        clear_source(kept)
        self._clinic.database.call(lambda store: _ask_again(store, taken.patient_id))
        return kept

    def _waits(self, item: InboxItem, analysis: ClipAnalysis) -> InboxItem:
        face = analysis.crops[len(analysis.crops) // 2] if analysis.crops else None
        self._spool.keep_face(item.item_id, face)
        return self._keep(replace(item, state=InboxState.WAITING))

    def _not_taken(self, item: InboxItem, error: ExpectedError, cancel: Cancel) -> InboxItem:
        if error.code is ErrorCode.CLIP_DUPLICATE:
            twin = self._twin(item)
            if twin is not None:
                return twin
        doubt = _TO_ASK.get(error.code)
        if doubt is not None:
            return self._keep(replace(item, state=InboxState.WAITING, doubts=(doubt,)))
        return self._failed(item, error, InboxState.COPIED, cancel)

    def _failed(
        self, item: InboxItem, error: ExpectedError, back: InboxState, cancel: Cancel
    ) -> InboxItem:
        """Refuse the file, or note what is wrong here and let the caller wait for better times."""
        if cancel.asked:  # whatever broke on the way to the stop is no fault of the file
            error = ExpectedError(ErrorCode.CANCELLED)
        if error.code in _ABOUT_THE_FILE:
            params = {**error.params, "name": item.shown_name, "path": item.shown_name}
            refused = replace(item, state=InboxState.REFUSED, error=error.code, params=params)
            kept = self._keep(refused)
            self._spool.drop(item.item_id)
            return kept
        code = None if error.code is ErrorCode.CANCELLED else error.code
        params = dict(error.params) if code else {}
        self._keep(replace(item, state=back, error=code, params=params))
        raise error


_WITH_COPY = (
    InboxState.COPIED,
    InboxState.ANALYSING,
    InboxState.WAITING,
    InboxState.UNDONE,
    InboxState.SET_ASIDE,
)
_STANDS_FOR_ITS_BYTES = frozenset({*_WITH_COPY, InboxState.TAKEN_IN})


def _slot(item: InboxItem) -> Slot | None:
    target = item.target
    if item.doubts or target.patient_id is None or target.phase is None or target.at is None:
        return None
    return Slot(
        *(target.patient_id, target.session_id, target.phase, target.at),
        *(INBOX_SOURCE, item.event if target.phase is Phase.SPOT else ""),
    )


def _ask_again(store: Store, patient_id: str) -> None:
    """A session that is open now may be the one another clip of the patient waited for."""
    for item in inbox_items(store, (InboxState.WAITING,)):
        target = item.target
        of_program = target.patient_id == patient_id and target.time_from is not TimeFrom.PERSON
        if of_program and item.doubts == (InboxDoubt.WHICH_SESSION,):
            keep_item(store, replace(item, state=InboxState.COPIED))
