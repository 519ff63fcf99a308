"""What a backup costs: its own speed, and what the pages feel of it.

A clinic of 200 patients over ten years, and clips that lie in the profile as sealed files. The
figures of ten gigabytes are reckoned from the pace.
"""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from edema_desk.domain.course.views import NewPatient
from edema_desk.flow.backup.backing_up import Pace, back_up
from edema_desk.flow.backup.restoring import Opened, restore
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.paths import Profile
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.captures.worklist import worklist
from edema_desk.store.people.patients import add_patient
from tests.benchmarks import large_clinic
from tests.benchmarks.figure import Figure

_CLIPS, _CLIP_BYTES = 20, 25_000_000
_TEN_GB = 10e9
_LAST_DAY = date(2026, 3, 2)
_PAGE_EVERY_S = 0.05
_PAGES_SLOWER = 1.5
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
        beside_ms = _beside_pages(profile, door, folder)
        into, other = enter_here(profile), BackupFolder(root / "other")
        other.root.mkdir()
        began_s = time.monotonic()
        back_up(into, door, other, known_folder=False, pace=Pace())
        took_s = time.monotonic() - began_s
    finally:
        door.close()
    size = database_mb * 1e6 + _CLIPS * _CLIP_BYTES
    began_s = time.monotonic()
    restore(folder.root, Profile(root / "new"), Opened(into.data_key, "local"))
    back_s = time.monotonic() - began_s
    shutil.rmtree(root)
    held = f"{database_mb:.0f} MB of records and {_CLIPS * _CLIP_BYTES / 1e6:.0f} MB of clips"
    for what, spent_s in (("backup", took_s), ("restoring", back_s)):
        minutes = _TEN_GB / (size / spent_s) / 60
        rate = (
            f"{spent_s:.0f} s: {size / 1e9 / (spent_s / 60):.1f} GB/min, 10 GB in {minutes:.1f} min"
        )
        yield Figure(f"{what} of {held}", rate, f"{_TEN_GB_MIN:.0f} min", minutes <= _TEN_GB_MIN)
    alone, beside = _p99(alone_ms), _p99(beside_ms)
    yield Figure(
        "p99 of the worklist's question while a backup is made, of that without one",
        f"{beside / alone:.1f} ({beside:.0f} ms of {alone:.0f} ms)",
        f"{_PAGES_SLOWER:.1f}",
        beside / alone <= _PAGES_SLOWER,
    )


def _beside_pages(profile: Profile, door: DatabaseThread, folder: BackupFolder) -> list[float]:
    """Milliseconds of each question while a backup is made as the window makes it."""
    ended = threading.Event()

    def work() -> None:
        try:
            back_up(enter_here(profile), door, folder, known_folder=False, pace=Pace())
        finally:
            ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    asked_ms = _pages(door, ended, None)
    thread.join()
    return asked_ms


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
