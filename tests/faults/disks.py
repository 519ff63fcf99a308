"""Small disks of their own for a test: they can be full, or lose what was not yet on them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_CAP_SYS_ADMIN = 21


def may_mount() -> bool:
    """Whether this process is allowed to mount: root, and not fenced in."""
    if sys.platform != "linux":
        return False
    status = Path("/proc/self/status").read_text()
    held = next(line for line in status.splitlines() if line.startswith("CapEff"))
    return bool(int(held.split()[1], 16) & 1 << _CAP_SYS_ADMIN)


needs_mounts = pytest.mark.skipif(not may_mount(), reason="mounting needs root")


def run(*command: str | Path) -> None:
    """Run a command of the system; a failure fails the test."""
    # a user's path leaves out where the system keeps mkfs
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
    program = shutil.which(str(command[0]), path=path)
    assert program is not None, f"{command[0]} is not installed"
    done = subprocess.run(
        [program, *(str(part) for part in command[1:])],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"


def make_ext4(image: Path, megabytes: int = 96) -> None:
    """A file that holds an empty ext4 file system."""
    with image.open("wb") as file:
        file.truncate(megabytes * 1024**2)
    run("mkfs.ext4", "-q", "-F", image)


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    """The file system in `image`, through a loop device. Needs root."""
    at.mkdir()
    run("mount", "-o", "loop", image, at)
    try:
        yield at
    finally:
        run("umount", at)


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[Path]:
    """A disk in memory that is soon full. Needs root."""
    at.mkdir()
    run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", at)
    try:
        yield at
    finally:
        run("umount", at)


def copy_as_it_is(image: Path, copy: Path) -> None:
    """What a power cut at this moment would leave: the blocks that reached the disk."""
    shutil.copyfile(image, copy)
