"""Which processes this one has started and not yet buried."""

import contextlib
import sys
from pathlib import Path


def children() -> set[int]:
    """Those that live and those that wait to be buried; none where the system does not tell."""
    found: set[int] = set()
    if sys.platform != "linux":
        return found
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread ended just now
            found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found
