"""How this program starts itself again as a child process, also when frozen."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


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
