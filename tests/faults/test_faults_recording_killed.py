"""V1, V2: the program dies while it records, or the power is cut. Seconds at most are lost."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.disks import copy_as_it_is, make_ext4, mounted
from tests.faults.recording_children import Recording, let_run, lost_ms
from tests.faults.rounds import rounds, seconds

AT_ONCE = 4
KILLED_LOSES_MS = 1000.0
POWER_CUT_LOSES_MS = 2000.0
needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root"
)


@pytest.fixture
def started() -> Iterator[list[Recording]]:
    """Recordings of which none outlives its test."""
    recordings: list[Recording] = []
    yield recordings
    for each in recordings:
        if each.child.poll() is None:
            each.child.kill()
            each.child.wait(timeout=10)


@pytest.mark.timeout(900)
def test_killed_while_recording(tmp_path: Path, started: list[Recording]) -> None:
    rng = random.Random(20)
    lost = []
    numbers = range(rounds(20))
    for batch in (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)):
        running = []
        for number in batch:
            folder = tmp_path / str(number)
            folder.mkdir()
            kind = ("packets", "pictures")[number % 2]
            running.append(Recording(folder, kind, tmp_path / f"told-{number}"))
            started.append(running[-1])
        let_run(running, seconds(5.0, 15.0), rng)
        lost += [lost_ms(each.folder, each.last_given_ms()) for each in running]
    print(f"killed: lost {[round(ms) for ms in lost]} ms")  # noqa: T201  shown by -rA
    assert max(lost) <= KILLED_LOSES_MS


@needs_root
@pytest.mark.timeout(900)
def test_power_cut_while_recording(tmp_path: Path, started: list[Recording]) -> None:
    """What lies on the disk at that moment is copied, without what the system still holds; the
    copy is mounted as after a start, and recovered there."""
    rng = random.Random(6)
    lost = []
    numbers = range(rounds(6))
    for batch in (numbers[at : at + 3] for at in range(0, len(numbers), 3)):
        with ExitStack() as disks:
            running = []
            for number in batch:
                image = tmp_path / f"disk-{number}"
                make_ext4(image)
                disk = disks.enter_context(mounted(image, tmp_path / f"at-{number}"))
                recording = Recording(disk, "packets", tmp_path / f"told-{number}")
                started.append(recording)
                disks.callback(_end, recording.child)
                running.append(recording)
            for each in running:
                each.wait_for_pictures()
            for number, each in zip(batch, running, strict=True):
                time.sleep(rng.uniform(*seconds(5.0, 15.0)) / len(running))
                each.kill()
                copy_as_it_is(tmp_path / f"disk-{number}", tmp_path / f"after-{number}")
        for number, each in zip(batch, running, strict=True):
            with mounted(tmp_path / f"after-{number}", tmp_path / f"found-{number}") as disk:
                lost.append(lost_ms(disk, each.last_given_ms()))
    print(f"power cut: lost {[round(ms) for ms in lost]} ms")  # noqa: T201  shown by -rA
    assert max(lost) <= POWER_CUT_LOSES_MS


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        child.kill()
        child.wait()
