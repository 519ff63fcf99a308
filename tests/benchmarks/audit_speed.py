"""How fast ten years of the record of acts are proved, and what sealing rows costs an act.

Seconds are those of the processor: whoever else uses the machine does not count.
"""

import json
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

from sqlite_utils import Database

from edema_desk.domain.keeping.record_of_acts import ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.audit.reading import acts
from edema_desk.store.audit.verifying import Verification, verify_tail
from edema_desk.store.base import database as acting
from edema_desk.store.base.chain import AuditHead, ChainWalk, chain_head, hash_at, row_hash
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.seals import Seal, digest
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.keys.cipher import settle, unlock
from edema_desk.store.keys.keys import read_data_key
from tests.benchmarks.figure import Figure
from tests.store.store_samples import at, session_on, some_patient

SHORT = 100_000
TEN_YEARS = 1_500_000
"""40 patients, three sessions a week, some 24 acts, looks and estimates a session, ten years."""
PATIENTS = 40
FIRST_MS = Moment.at_clinic(date(2016, 1, 4), 8, 0).utc_ms
STEP_MS = 10 * 365 * 86_400_000 // TEN_YEARS
COLUMNS = (
    *("seq", "act_id", "kind", "actor", "utc_ms", "offset_min", "patient_id", "result"),
    *("details", "previous_hash"),
)
TAIL = 300
"""Acts since the last signed head: ten minutes of a busy morning, and as much again."""


def measure(place: Path) -> Iterator[Figure]:
    """The figures; a database of ten years takes some minutes to make and 1.5 GB."""
    shutil.rmtree(place / "audit", ignore_errors=True)
    profile = Profile(place / "audit")
    with open_store(profile) as store:
        people = [some_patient(store, str(number)) for number in range(PATIENTS)]
    _fill(profile, people, SHORT)
    with open_store(profile) as store:
        s = _seconds_of_chain(store)
        yield Figure("100,000 acts: chain", f"{s:.2f} s", "<= 2 s", s <= 2.0)
        s = _seconds_of_all(store)
        yield Figure("100,000 acts: chain and sealed rows", f"{s:.2f} s", "<= 2 s", s <= 2.0)
    _fill(profile, people, TEN_YEARS)
    with open_store(profile) as store:
        yield from _ten_years(store, people[0])
    yield from _cost_of_an_act(Profile(place / "audit-cost"))


def _ten_years(store: Store, patient_id: str) -> Iterator[Figure]:
    with store.reading() as db:
        rows = chain_head(db).rows
        since = AuditHead(rows - TAIL, str(hash_at(db, rows - TAIL)))
    start_s = time.process_time()
    assert verify_tail(store, since).sound
    s = time.process_time() - start_s
    yield Figure(f"{rows:,} acts: tail of {TAIL}", f"{s * 1000:.0f} ms", "<= 2 s", s <= 2.0)
    s = _seconds_of_all(store)
    yield Figure(f"{rows:,} acts: all of it, as at night", f"{s:.0f} s")
    pages = {
        "newest": (ActFilter(), None),
        "in the middle": (ActFilter(), rows // 2),
        "of a patient, in the middle": (ActFilter(patient_id=patient_id), rows // 2),
        "of a kind": (ActFilter(kind=ActKind.SET_DRY_WEIGHT), None),
        "of one day": (ActFilter(first_day=date(2026, 1, 5), last_day=date(2026, 1, 5)), None),
        "of somebody who did little": (ActFilter(actor_id="nobody-yet"), None),
    }
    for name, (wanted, before) in pages.items():
        start_s = time.process_time()
        acts(store, wanted, before)
        ms = (time.process_time() - start_s) * 1000
        yield Figure(f"a page {name}", f"{ms:.0f} ms", "<= 100 ms", ms <= 100)


def _seconds_of_chain(store: Store) -> float:
    walk, start_s = ChainWalk({}), time.process_time()
    with store.reading() as db:
        while walk.step(db):
            pass
    assert walk.check.sound
    return time.process_time() - start_s


def _seconds_of_all(store: Store) -> float:
    verification, start_s = Verification({}), time.process_time()
    while verification.step(store):
        pass
    assert verification.check.sound, verification.check
    return time.process_time() - start_s


def _fill(profile: Profile, people: list[str], rows: int) -> None:
    """Acts as a clinic makes them, one in six with a dry weight, without the commit of each."""
    db = unlock(profile.database, read_data_key(profile))
    settle(db)
    db.execute("PRAGMA synchronous = OFF")  # only while it is filled
    db.execute("PRAGMA cache_size = -500000")
    head = chain_head(db)
    while head.rows < rows:
        db.execute("BEGIN IMMEDIATE")
        head = _add(db, head, people, min(20_000, rows - head.rows))
        db.execute("COMMIT")
    db.close()


def _add(db: Database, head: AuditHead, people: list[str], count: int) -> AuditHead:
    made_acts, audits, weights = [], [], []
    for number in range(head.rows + 1, head.rows + count + 1):
        act_id, patient_id = new_id(), people[number % len(people)]
        weighed = number % 6 == 0
        kind = ActKind.SET_DRY_WEIGHT if weighed else ActKind.VIEW_PATIENT
        act = (act_id, kind.value, f"user-{number % 7}", FIRST_MS + number * STEP_MS, 540)
        details = "{}"
        if weighed:
            day = f"{date.fromordinal(600_000 + number // PATIENTS)}-{number}"
            weight = (new_id(), patient_id, 52_000, day, "", None, act_id)
            weights.append(weight)
            seal = Seal("dry_weight", 1, len(weight), digest([weight], len(weight)))
            told = {"rows": [str(seal)], "weight_g": 52_000}
            details = json.dumps(told, separators=(",", ":"))
        values = (number, *act, patient_id, "", details, head.hash)
        head = AuditHead(number, row_hash(dict(zip(COLUMNS, values, strict=True))))
        made_acts.append(act)
        audits.append((*values, head.hash))
    db.conn.executemany("insert into act values (?, ?, ?, ?, ?)", made_acts)
    db.conn.executemany("insert into dry_weight values (?, ?, ?, ?, ?, ?, ?)", weights)
    marks = ", ".join("?" * len(audits[0]))
    db.conn.executemany(f"insert into audit values ({marks})", audits)  # noqa: S608
    return head


def _cost_of_an_act(profile: Profile) -> Iterator[Figure]:
    """An act with its seal against the same without, in turns on one database."""
    shutil.rmtree(profile.root, ignore_errors=True)
    with open_store(profile) as store:
        session_id = session_on(store, some_patient(store), date(2026, 3, 2))
        enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, at(date(2026, 3, 2)))

        def act() -> float:
            start_s = time.process_time()
            for _ in range(50):
                enter_weighing(
                    *(store, new_id(), session_id, Phase.PRE, 54_000, 0),
                    *(at(date(2026, 3, 2)), "again"),
                )
            return (time.process_time() - start_s) / 50

        sealed, bare = [], []
        for _ in range(6):
            sealed.append(act())
            with (
                patch.object(acting, "high_marks", lambda db: {}),
                patch.object(acting, "seals_since", lambda db, marks: ()),
            ):
                bare.append(act())
        ratio = min(sealed) / min(bare)
        yield Figure("an act with its seal, against one without", f"{ratio:.2f} x")
