"""An inbox without folder, database and worker: a test says which files there are."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import TypeVar

from edema_desk.domain.inbox.filing import (
    InboxDoubt,
    InboxEntry,
    InboxItem,
    InboxPlan,
    InboxState,
    Target,
    TimeFrom,
)
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Patient, Phase
from edema_desk.errors import ErrorCode
from edema_desk.flow.estimates.intake import Slot
from edema_desk.flow.inbox.desk import InboxDesk, InboxStatus
from tests.ui.made_up_clinic import Clinic

T = TypeVar("T")


class FakeInbox(InboxDesk):
    """`held` are the files; `told` what was decided; `error` makes the next decision fail."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.held: list[InboxEntry] = []
        self.told: list[tuple[object, ...]] = []
        self.error: Exception | None = None
        self._hears: list[Callable[[], None]] = []
        self._status = InboxStatus(InboxPlan())

    def say(self, status: InboxStatus) -> None:
        """Another status."""
        self._status = status
        self.tell()

    def tell(self) -> None:
        """Something changed."""
        for listener in self._hears:
            listener()

    def entries(self) -> Future[tuple[InboxEntry, ...]]:
        return _done(tuple(self.held))

    def face(self, item_id: str) -> Future[bytes | None]:
        entry = next(e for e in self.held if e.item.item_id == item_id)
        if entry.refusal is not None:
            return _done(None)
        photos = list(self.clinic.photos.values())
        return _done(photos[len(item_id) % len(photos)])

    def watch(self, plan: InboxPlan) -> None:
        self.told.append(("watch", plan))
        self.say(replace(self._status, plan=plan))

    def assign(self, item_id: str, slot: Slot) -> Future[InboxItem]:
        return self._one(("assign", item_id, slot), InboxState.COPIED)

    def assign_several(
        self, item_ids: Sequence[str], patient_id: str, phase: Phase | None
    ) -> Future[tuple[InboxItem, ...]]:
        decided = ("assign_several", *item_ids, patient_id, phase)
        return self._several(decided, item_ids, InboxState.COPIED)

    def undo(self, *item_ids: str) -> Future[tuple[InboxItem, ...]]:
        return self._several(("undo", *item_ids), item_ids, InboxState.UNDONE)

    def retry(self, *item_ids: str) -> Future[tuple[InboxItem, ...]]:
        return self._several(("retry", *item_ids), item_ids, InboxState.COPIED)

    def set_aside(self, *item_ids: str) -> Future[tuple[InboxItem, ...]]:
        return self._several(("set_aside", *item_ids), item_ids, InboxState.SET_ASIDE)

    def listen(self, listener: Callable[[], None]) -> None:
        self._hears.append(listener)

    def stop(self) -> None:
        self._hears.clear()

    def close(self) -> None:
        self._hears.clear()

    def _one(self, decided: tuple[object, ...], state: InboxState) -> Future[InboxItem]:
        told = self._several(decided, [str(decided[1])], state)
        answer: Future[InboxItem] = Future()
        error = told.exception()
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(told.result()[0])
        return answer

    def _several(
        self, decided: tuple[object, ...], item_ids: Sequence[str], state: InboxState
    ) -> Future[tuple[InboxItem, ...]]:
        self.told.append(decided)
        if self.error is not None:
            failed: Future[tuple[InboxItem, ...]] = Future()
            failed.set_exception(self.error)
            self.error = None
            return failed
        self.held = [
            replace(e, item=replace(e.item, state=state)) if e.item.item_id in item_ids else e
            for e in self.held
        ]
        self.tell()
        return _done(tuple(e.item for e in self.held if e.item.item_id in item_ids))


def _done(value: T) -> Future[T]:
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer


def some_entries(clinic: Clinic, today: date) -> list[InboxEntry]:
    """Files in every state, the newest first."""
    patients = list(clinic.patients.values())
    names = (
        ("20260302_081233.mov", InboxState.ANALYSING),
        ("IMG_0412.mov", InboxState.WAITING),
        ("104-999_2026-03-02_pre.mp4", InboxState.WAITING),
        ("VID_20260302_090112.mp4", InboxState.UNDONE),
        (f"{patients[0].chart_number}_2026-03-02_前.mp4", InboxState.TAKEN_IN),
        (f"{patients[1].chart_number}_2026-03-02_pre.mp4", InboxState.TAKEN_IN),
        ("ward-b/holiday.mp4", InboxState.REFUSED),
        ("copy of clip.mp4", InboxState.DUPLICATE),
        ("tablet2/IMG_0001.mov", InboxState.SET_ASIDE),
        ("IMG_0413.mov", InboxState.RESTING),
    )
    return [
        _entry(number, name, state, patients, today) for number, (name, state) in enumerate(names)
    ]


def _entry(
    number: int, name: str, state: InboxState, patients: list[Patient], today: date
) -> InboxEntry:
    at = Moment.at_clinic(today, 8, 50 - number)
    item = InboxItem(f"item{number}", "/tablet", name, 41_300_000 + number, 1, state, at)
    target = Target(None, None, None, Moment.at_clinic(today, 8, 12), TimeFrom.CLIP)
    if state is InboxState.TAKEN_IN:
        one = patients[number % 2]
        target = replace(target, patient_id=one.patient_id, phase=Phase.PRE)
        item = replace(item, target=target, capture_id="c")
        refused = number == 5
        return InboxEntry(
            item,
            one,
            today,
            refusal=Refusal.BAD_LIGHT if refused else None,
            excess_kg=None if refused else 2.3,
        )
    if state is InboxState.DUPLICATE:
        return InboxEntry(replace(item, twin_id="c"), twin=patients[2], twin_day=today)
    if state is InboxState.REFUSED:
        params = {"name": "holiday.mp4", "found": "wmv2"}
        return InboxEntry(replace(item, error=ErrorCode.CODEC_REFUSED, params=params))
    if number == 2:
        known = replace(target, phase=Phase.PRE, time_from=TimeFrom.NAME)
        return InboxEntry(replace(item, target=known, doubts=(InboxDoubt.NUMBER_UNKNOWN,)))
    doubts = (InboxDoubt.NO_NUMBER, InboxDoubt.NO_PHASE) if state is InboxState.WAITING else ()
    return InboxEntry(replace(item, target=target, doubts=doubts))
