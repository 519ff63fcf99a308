"""How fast ten years of the record of acts are proved, and what sealing rows costs an act."""

import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from edema_desk.domain.acts import ActKind
from edema_desk.domain.moment import Moment
from edema_desk.domain.record_of_acts import ActFilter
from edema_desk.domain.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store import database as acting
from edema_desk.store.audit import Verification, verify_tail
from edema_desk.store.audit_reading import acts
from edema_desk.store.chain import AuditHead, ChainWalk, append_audit, chain_head, hash_at
from edema_desk.store.cipher import settle, unlock
from edema_desk.store.database import Store, open_store
from edema_desk.store.keys import read_data_key
from edema_desk.store.sessions import enter_weighing
from tests.benchmarks.figure import Figure
from tests.store.store_samples import at, session_on, some_patient

SHORT = 100_000
TEN_YEARS = 1_500_000
"""40 patients, three sessions a week, some 24 acts, looks and estimates a session, ten years."""
PATIENTS = 40
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
    start_s = time.perf_counter()
    assert verify_tail(store, since).sound
    s = time.perf_counter() - start_s
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
        start_s = time.perf_counter()
        acts(store, wanted, before)
        ms = (time.perf_counter() - start_s) * 1000
        yield Figure(f"a page {name}", f"{ms:.0f} ms", "<= 100 ms", ms <= 100)


def _seconds_of_chain(store: Store) -> float:
    walk, start_s = ChainWalk({}), time.perf_counter()
    with store.reading() as db:
        while walk.step(db):
            pass
    assert walk.check.sound
    return time.perf_counter() - start_s


def _seconds_of_all(store: Store) -> float:
    verification, start_s = Verification({}), time.perf_counter()
    while verification.step(store):
        pass
    assert verification.check.sound, verification.check
    return time.perf_counter() - start_s


def _fill(profile: Profile, people: list[str], rows: int) -> None:
    """Acts as a clinic makes them, one in six with a weighing, without the commit of each."""
    db = unlock(profile.database, read_data_key(profile))
    settle(db)
    now = chain_head(db).rows
    first_ms = Moment.at_clinic(date(2016, 1, 4), 8, 0).utc_ms
    step_ms = 10 * 365 * 86_400_000 // TEN_YEARS
    while now < rows:
        db.execute("BEGIN IMMEDIATE")
        for _ in range(min(20_000, rows - now)):
            now += 1
            _act(db, now, people[now % len(people)], first_ms + now * step_ms)
        db.execute("COMMIT")
    db.close()


def _act(db: Database, number: int, patient_id: str, utc_ms: int) -> None:
    act = {
        "act_id": new_id(),
        "kind": (ActKind.VIEW_PATIENT if number % 6 else ActKind.SET_DRY_WEIGHT).value,
        "actor": f"user-{number % 7}",
        "utc_ms": utc_ms,
        "offset_min": 540,
    }
    db.table("act").insert(act)
    details: dict[str, str | int | tuple[str, ...]] = {}
    if number % 6 == 0:
        marks = acting.high_marks(db)
        entry_id, day = new_id(), date.fromordinal(600_000 + number // PATIENTS)
        db.table("dry_weight").insert(
            {
                "entry_id": entry_id,
                "patient_id": patient_id,
                "weight_g": 52_000,
                "valid_from": f"{day}-{number}",
                "reason": "",
                "act_id": act["act_id"],
            }
        )
        seals = acting.seals_since(db, marks)
        details = {"entry_id": entry_id, "weight_g": 52_000, "rows": seals}
    append_audit(db, {**act, "patient_id": patient_id, "result": ""}, details)


def _cost_of_an_act(profile: Profile) -> Iterator[Figure]:
    """An act with its seal against the same without, in turns on one database."""
    shutil.rmtree(profile.root, ignore_errors=True)
    with open_store(profile) as store:
        session_id = session_on(store, some_patient(store), date(2026, 3, 2))
        enter_weighing(store, new_id(), session_id, Phase.PRE, 54_000, 0, at(date(2026, 3, 2)))

        def act() -> float:
            start_s = time.perf_counter()
            for _ in range(50):
                enter_weighing(
                    *(store, new_id(), session_id, Phase.PRE, 54_000, 0),
                    *(at(date(2026, 3, 2)), "again"),
                )
            return (time.perf_counter() - start_s) / 50

        sealed, bare = [], []
        marks, seals = acting.high_marks, acting.seals_since
        for _ in range(6):
            sealed.append(act())
            acting.high_marks, acting.seals_since = lambda db: {}, lambda db, marks: ()
            bare.append(act())
            acting.high_marks, acting.seals_since = marks, seals
        ratio = min(sealed) / min(bare)
        yield Figure("an act with its seal, against one without", f"{ratio:.2f} x")
