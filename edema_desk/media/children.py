"""How this program starts itself again as a child process, also when frozen."""

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

if sys.platform == "linux":
    import fcntl

_PIPE_BYTES = 1024**2
"""A larger pipe than usual took a sixth off the processor time of passing pictures on."""


def child_command(kind: str) -> list[str]:
    """The command for the child called `kind`, one of the names `__main__` knows."""
    if getattr(sys, "frozen", False):
        return [sys.executable, kind]
    return [sys.executable, "-m", "edema_desk", kind]


def child_environment(**extra: str) -> Mapping[str, str]:
    """This process's environment, in which the child finds the same modules, and `extra`."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        environment["PYTHONPATH"] = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return environment | extra


def widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe for pictures hold more at a time, where the system can."""
    if sys.platform == "linux" and pipe is not None:
        with contextlib.suppress(OSError):  # the system's share for pipes is used up
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
