"""What a backup costs: its own speed, and what the pages feel of it.

A clinic of 200 patients over ten years, and clips that lie in the profile as sealed files. The
figures of ten gigabytes are reckoned from the pace.
"""

import os
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from edema_desk.domain.backup import BackupProgress
from edema_desk.domain.views import NewPatient
from edema_desk.flow.backing_up import Pace, back_up
from edema_desk.flow.database import DatabaseThread
from edema_desk.flow.low_priority import come_last
from edema_desk.flow.restoring import Opened, restore
from edema_desk.paths import Profile
from edema_desk.store.backup_folder import BackupFolder
from edema_desk.store.database import open_store
from edema_desk.store.entered import enter_here
from edema_desk.store.patients import add_patient
from edema_desk.store.worklist import worklist
from tests.benchmarks import large_clinic
from tests.benchmarks.figure import Figure

_CLIPS, _CLIP_BYTES = 20, 25_000_000
_TEN_GB = 10e9
_LAST_DAY = date(2026, 3, 2)
_PAGE_EVERY_S = 0.05
_PAGE_MS = 100.0
_TEN_GB_MIN = 10.0


def measure(place: Path) -> Iterator[Figure]:
    """Back up and restore half a gigabyte beside a large database."""
    root = place / "backup"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    profile = Profile(root / "profile")
    large_clinic.build(profile, _LAST_DAY)
    with open_store(profile) as store:  # the first act tells whose records they are
        add_patient(store, "first", NewPatient("first", "N"))
    for number in range(_CLIPS):
        (profile.clips / f"c{number}.clip").write_bytes(os.urandom(_CLIP_BYTES))
    folder = BackupFolder(root / "usb")
    folder.root.mkdir()
    database_mb = profile.database.stat().st_size / 1e6
    door = DatabaseThread(profile)
    try:
        alone_ms = _pages(door, threading.Event(), 40)
        steps, beside_ms, took_s = _backed_up(profile, door, folder)
    finally:
        door.close()
    size = database_mb * 1e6 + _CLIPS * _CLIP_BYTES
    began_s = time.monotonic()
    restore(folder.root, Profile(root / "new"), Opened(enter_here(profile).data_key, "local"))
    back_s = time.monotonic() - began_s
    shutil.rmtree(root)
    told = ", ".join(f"{what} {spent:.1f} s" for what, spent in steps.items())
    yield Figure(f"backup of {database_mb:.0f} MB of records and 500 MB of clips", told)
    for what, spent_s in (("backup", took_s), ("restoring", back_s)):
        minutes = _TEN_GB / (size / spent_s) / 60
        rate = f"{size / 1e9 / (spent_s / 60):.1f} GB/min, 10 GB in {minutes:.1f} min"
        yield Figure(what, rate, f"{_TEN_GB_MIN:.0f} min", minutes <= _TEN_GB_MIN)
    alone, beside = _p99(alone_ms), _p99(beside_ms)
    yield Figure("p99 of the worklist's question, no backup", f"{alone:.0f} ms")
    yield Figure(
        "the same while a backup is made",
        f"{beside:.0f} ms (median {statistics.median(beside_ms):.0f})",
        f"{_PAGE_MS:.0f} ms",
        beside <= _PAGE_MS,
    )


def _backed_up(
    profile: Profile, door: DatabaseThread, folder: BackupFolder
) -> tuple[dict[str, float], list[float], float]:
    """Seconds of each step, milliseconds of each question meanwhile, seconds in all."""
    ended, steps = threading.Event(), dict[str, float]()
    last_s = time.monotonic()

    def tell(progress: BackupProgress) -> None:
        nonlocal last_s
        now_s = time.monotonic()
        steps[progress.what] = steps.get(progress.what, 0.0) + now_s - last_s
        last_s = now_s

    def work() -> None:
        come_last()
        try:
            into = enter_here(profile)
            back_up(into, door, folder, known_folder=False, pace=Pace(), tell=tell)
        finally:
            ended.set()

    began_s = time.monotonic()
    thread = threading.Thread(target=work)
    thread.start()
    asked_ms = _pages(door, ended, None)
    thread.join()
    return steps, asked_ms, time.monotonic() - began_s


def _pages(door: DatabaseThread, ended: threading.Event, count: int | None) -> list[float]:
    taken = list[float]()
    while not ended.is_set() and (count is None or len(taken) < count):
        began_s = time.perf_counter()
        door.call(lambda store: worklist(store, _LAST_DAY))
        taken.append((time.perf_counter() - began_s) * 1000)
        time.sleep(_PAGE_EVERY_S)
    return taken


def _p99(values: list[float]) -> float:
    return sorted(values)[min(round(0.99 * len(values)), len(values) - 1)]
