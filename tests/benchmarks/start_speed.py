"""The window process: start to a usable Today page on a clinic of 200 patients and ten years."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from edema_desk.paths import Profile
from tests.benchmarks.figure import Figure
from tests.benchmarks.large_clinic import PATIENTS, build

ROUNDS = 3


def measure(place: Path) -> Iterator[Figure]:
    """The third row of the table of speed."""
    profile = Profile(place / f"clinic-{date.today()}")
    done = profile.root / "built"
    if not done.exists():
        shutil.rmtree(profile.root, ignore_errors=True)
        done.write_text(str(build(profile, date.today())))
    runs = [_start(profile) for _ in range(ROUNDS)]
    seconds = median(r["seconds"] for r in runs)
    memory_mb = median(r["memory_mb"] for r in runs)
    yield Figure(
        f"window: start to a usable Today page, {PATIENTS} patients, {done.read_text()} sessions",
        f"{seconds:.1f} s",
        "<= 2 s",
        seconds <= 2.0,
    )
    yield Figure("its memory then", f"{memory_mb:.0f} MB", "<= 350 MB", memory_mb <= 350)
    torch = any(r["torch"] for r in runs)
    yield Figure("torch in its sys.modules", "yes" if torch else "no", "no", not torch)


def _start(profile: Profile) -> dict[str, float]:
    program = Path(__file__).with_name("start_program.py")
    done = subprocess.run(
        [sys.executable, str(program), str(profile.root)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told
