"""An inbox folder that a test fills and lets settle."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import InboxEntry, InboxItem, InboxPlan
from edema_desk.domain.terms.records import Capture, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.inbox.deciding import InboxDecisions
from edema_desk.flow.inbox.rounds import InboxRounds
from edema_desk.flow.inbox.running import InboxRun
from edema_desk.flow.inbox.spool import Spool
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.inbox import inbox_entries
from edema_desk.store.people.patients import add_patient
from tests.flow.made_up_worker import clip_file

DAY = date(2026, 3, 2)


class Folder:
    """An inbox folder of a clinic with two people, and short ways to look at it."""

    def __init__(self, clinic: Clinic, folder: Path) -> None:
        folder.mkdir()
        self.clinic, self.folder = clinic, folder
        self.now_s = 0.0
        self.plan = InboxPlan(folder)
        self.people = {number: self.add(number) for number in ("104-221", "104-222")}
        self.start()

    def add(self, number: str) -> str:
        new = NewPatient(number, f"Name of {number}", care_given=date(2026, 1, 5))
        return self.clinic.database.call(lambda s: add_patient(s, new_id(), new)).patient_id

    def start(self) -> None:
        """As at the start of the program."""
        self.spool = Spool(self.clinic.entered)
        self.run = InboxRun(self.clinic, self.spool, self.plan)
        self.run.rounds = InboxRounds(self.clinic, self.plan, lambda: self.now_s)
        self.decisions = InboxDecisions(self.clinic, self.spool)

    def put(self, name: str, g_kg: float | None = 1.0, refusal: str = "", hour: int = 9) -> Path:
        path = clip_file(self.folder, name, g_kg=g_kg, refusal=refusal)
        changed = datetime(DAY.year, DAY.month, DAY.day, hour).timestamp()
        os.utime(path, (changed, changed))
        return path

    def settle(self) -> None:
        """Look until everything rests and is done."""
        for _ in range(2):
            self.run.rounds.look()
            self.now_s += 5
        while self.run.step(unheard, Cancel()) is not None:
            self.run.rounds.look()

    def entries(self) -> dict[str, InboxEntry]:
        found = self.clinic.database.call(inbox_entries)
        return {entry.item.name: entry for entry in found}

    def item(self, name: str) -> InboxItem:
        return self.entries()[name].item

    def captures(self, number: str) -> list[Capture]:
        card = self.clinic.database.call(lambda s: patient_card(s, self.people[number]))
        return [e.capture for e in card.trend.entries() if e.capture is not None]

    def copies(self) -> int:
        return len([p for p in self.spool.folder.iterdir() if p.suffix == ".clip"])


@pytest.fixture
def folder(clinic: Clinic, tmp_path: Path) -> Iterator[Folder]:
    yield Folder(clinic, tmp_path / "tablet")
    check = clinic.database.call(verify_audit)
    assert check.sound
