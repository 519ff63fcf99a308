"""V1, V2: the program dies while it records, or the power is cut. Seconds at most are lost."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.disks import copy_as_it_is, make_ext4, mounted, needs_mounts
from tests.faults.recording_children import Recording, let_run, lost_ms
from tests.faults.rounds import rounds, seconds

AT_ONCE = 3
KILLED_LOSES_MS = 1000.0
POWER_CUT_LOSES_MS = 2000.0


@pytest.fixture
def started() -> Iterator[list[Recording]]:
    """Recordings of which none outlives its test."""
    recordings: list[Recording] = []
    yield recordings
    for each in recordings:
        each.end()


def batches(full: int) -> list[range]:
    """The numbers of the rounds that are due, those together that run at once."""
    due = range(rounds(full))
    return [due[at : at + AT_ONCE] for at in range(0, len(due), AT_ONCE)]


@pytest.mark.parametrize("batch", batches(20), ids=str)
def test_killed_while_recording(tmp_path: Path, started: list[Recording], batch: range) -> None:
    running = []
    for number in batch:
        folder = tmp_path / str(number)
        folder.mkdir()
        kind = ("packets", "pictures")[number % 2]
        running.append(Recording(folder, kind, tmp_path / f"told-{number}"))
        started.append(running[-1])
    list(let_run(running, seconds(5.0, 15.0), random.Random(batch.start)))
    lost = [lost_ms(each.folder, each.last_given_ms()) for each in running]
    print(f"killed: lost {[round(ms) for ms in lost]} ms")  # noqa: T201  shown by -rA
    assert max(lost) <= KILLED_LOSES_MS


@needs_mounts
@pytest.mark.parametrize("batch", batches(6), ids=str)
def test_power_cut_while_recording(tmp_path: Path, batch: range) -> None:
    """What lies on the disk at that moment is copied, without what the system still holds; the
    copy is mounted as after a start, and recovered there."""
    running = []
    with ExitStack() as disks:
        for number in batch:
            image = tmp_path / f"disk-{number}"
            make_ext4(image)
            disk = disks.enter_context(mounted(image, tmp_path / f"at-{number}"))
            recording = Recording(disk, "packets", tmp_path / f"told-{number}")
            disks.callback(recording.end)
            running.append(recording)
        for number in let_run(running, seconds(5.0, 15.0), random.Random(batch.start)):
            copy_as_it_is(tmp_path / f"disk-{batch[number]}", tmp_path / f"after-{batch[number]}")
    lost = []
    for number, each in zip(batch, running, strict=True):
        with mounted(tmp_path / f"after-{number}", tmp_path / f"found-{number}") as disk:
            lost.append(lost_ms(disk, each.last_given_ms()))
    print(f"power cut: lost {[round(ms) for ms in lost]} ms")  # noqa: T201  shown by -rA
    assert max(lost) <= POWER_CUT_LOSES_MS
