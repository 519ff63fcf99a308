"""R1, R2: the program is killed, or the power fails, while a clinic's acts are being written."""

import random
import shutil
import time
from pathlib import Path

import pytest

from edema_desk.paths import Profile
from tests.faults.clinic_writer import (
    acts_of,
    captures_kept,
    kept_in,
    make_clinic,
    write_treatments,
    write_without_full_sync,
    writing,
)
from tests.faults.disks import copy_as_it_is, make_ext4, mounted, needs_mounts, run
from tests.faults.rounds import batches

LATEST_KILL_S = 0.35
OPENS_WITHIN_S = 5.0
"""On a machine that does much else; what it takes is printed, and stands in docs/measured.md."""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "clinic")
    make_clinic(made)
    return made


def first_not_done(acknowledged: set[str], first: int) -> int:
    """The treatment with which somebody begins again who knows only what was acknowledged."""
    number = first
    while all(act_id in acknowledged for act_id in acts_of(number)):
        number += 1
    return number


@pytest.mark.parametrize("batch", batches(200, 20), ids=str)
def test_killed_at_any_moment(profile: Profile, batch: range) -> None:
    """Nothing acknowledged is lost, nothing is there by half, and a repeated act is there once."""
    rng = random.Random(batch.start)
    acknowledged: set[str] = set()
    number, unanswered, slowest_s = 0, 0, 0.0
    for _ in batch:
        with writing(write_treatments, str(profile.root), number) as writer:
            assert writer.hear() == "open"
            time.sleep(rng.uniform(0.0, LATEST_KILL_S))
            writer.kill()
            acknowledged |= set(writer.end())
        kept, opened_s = kept_in(profile)
        assert acknowledged <= kept
        more = {act_id for act_id in kept - acknowledged if not act_id.startswith("patient")}
        assert len(more) <= 1  # kept, and killed before it could say so
        unanswered += len(more)
        slowest_s = max(slowest_s, opened_s)
        number = first_not_done(acknowledged, number)
    with writing(write_treatments, str(profile.root), number) as writer:  # the retry after the last
        while writer.hear() != acts_of(number)[-1]:
            pass
    assert captures_kept(profile, range(number)) == number
    kept_in(profile)
    print(  # noqa: T201  shown by -rA
        f"killed: {len(acknowledged)} acts acknowledged, 0 lost, {unanswered} kept unanswered, "
        f"slowest opening {slowest_s * 1000:.0f} ms"
    )
    assert len(acknowledged) > len(batch)
    assert slowest_s < OPENS_WITHIN_S


def after_a_power_cut(tmp_path: Path, blank: Profile, work: object, seed: str) -> tuple[int, int]:
    """Write on a disk of its own until the power fails; how many acts were acknowledged, and how
    many of them the disk does not have."""
    image, copy = tmp_path / f"{seed}.disk", tmp_path / f"{seed}.after"
    make_ext4(image)
    with mounted(image, tmp_path / f"{seed}-at") as disk:
        shutil.copytree(blank.root, disk / "clinic")
        run("sync", "-f", disk)
        with writing(work, str(disk / "clinic"), 0) as writer:  # type: ignore[arg-type]
            assert writer.hear() == "open"
            time.sleep(random.Random(seed).uniform(0.3, 1.5))
            writer.kill()
            copy_as_it_is(image, copy)
            acknowledged = set(writer.end())
    with mounted(copy, tmp_path / f"{seed}-found") as disk:
        kept, _ = kept_in(Profile(disk / "clinic"))
    image.unlink()
    copy.unlink()
    return len(acknowledged), len(acknowledged - kept)


@needs_mounts
@pytest.mark.parametrize("batch", batches(25, 5), ids=str)
def test_power_cut(tmp_path: Path, profile: Profile, batch: range) -> None:
    """What reached the disk until then, and no more, is mounted again as after a start."""
    found = [
        after_a_power_cut(tmp_path, profile, write_treatments, f"cut{number}") for number in batch
    ]
    print(f"power cut: {sum(n for n, _ in found)} acts acknowledged in {len(found)} cuts")  # noqa: T201
    assert [lost for _, lost in found] == [0] * len(found)
    assert min(acknowledged for acknowledged, _ in found) > 0


@needs_mounts
def test_the_power_cut_would_show_what_is_lost(tmp_path: Path, profile: Profile) -> None:
    """With the setting the program does not have, acknowledged acts are lost."""
    lost = [
        after_a_power_cut(tmp_path, profile, write_without_full_sync, f"loose{number}")[1]
        for number in range(3)
    ]
    assert sum(lost) > 0
