"""A record of acts held in memory: ten thousand acts of some people."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from edema_desk.domain.keeping.record_of_acts import (
    ActEntry,
    ActFilter,
    LastVerification,
    RecordState,
    WhatChanged,
)
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.records.auditing import AuditDesk
from edema_desk.store.base.chain import AuditCheck

T = TypeVar("T")
AT = Moment(1_795_000_000_000, 540)
ACTS = 10_000
KINDS = (ActKind.ENTER_WEIGHING, ActKind.VIEW_PATIENT, ActKind.SIGN_IN)


def answered(value: T) -> Future[T]:
    made: Future[T] = Future()
    made.set_result(value)
    return made


def entry(row: int) -> ActEntry:
    kind = KINDS[row % len(KINDS)]
    weight = {"gross_g": 54_000 + row, "tare_g": 2_000, "phase": "pre"}
    told: dict[str, object] = {**weight} if kind is ActKind.ENTER_WEIGHING else {}
    about = None if kind is ActKind.SIGN_IN else "p1"
    at = Moment(AT.utc_ms + row * 60_000, 540)
    return ActEntry(row, at, f"u{row % 2}", kind, about, "1001 山田 花子" if about else "", told)


class FakeAudit(AuditDesk):
    """`asked` holds (filter, before row) of each page; `verifying` is answered by the test."""

    def __init__(self) -> None:
        self.asked: list[tuple[ActFilter, int | None]] = []
        self.kept = RecordState(ACTS, 9_990, AT, LastVerification(AT, "u1", ACTS, None, None))
        self.verifying: Future[AuditCheck] = Future()
        self.listener: Listener | None = None
        self.cancel: Cancel | None = None
        self.exports: list[tuple[Path, ActFilter]] = []

    def acts(
        self, wanted: ActFilter, before_row: int | None = None
    ) -> Future[tuple[ActEntry, ...]]:
        self.asked.append((wanted, before_row))
        rows = range((before_row or ACTS + 1) - 1, 0, -1)
        page = (entry(row) for row in rows)
        fits = (e for e in page if wanted.kind in (None, e.kind))
        return answered(tuple(e for e, _ in zip(fits, range(200), strict=False)))

    def act(self, row: int) -> Future[ActEntry]:
        changed = (WhatChanged("net_g", 52_000, 52_500, "slip"),)
        return answered(replace(entry(row), changed=changed))

    def people(self) -> Future[Mapping[str, str]]:
        return answered({"u0": "Mori", "u1": "Sato", "local": "", "program": ""})

    def state(self) -> Future[RecordState]:
        return answered(self.kept)

    def printed_head(self) -> Future[str]:
        return answered("code 00000-11111")

    def verify(self, listener: Listener, cancel: Cancel) -> Future[AuditCheck]:
        self.listener, self.cancel = listener, cancel
        self.verifying = Future()
        return self.verifying

    def export(
        self, path: Path, wanted: ActFilter, listener: Listener, cancel: Cancel
    ) -> Future[int]:
        self.exports.append((path, wanted))
        return answered(7)
