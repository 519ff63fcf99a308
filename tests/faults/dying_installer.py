"""Run as a program by the fault tests: installs and activates a package, and dies on the way.

    dying_installer.py PROFILE PACKAGE DIES_AT

Before line number DIES_AT (counted over the files of the registry and the store's acts) it kills
itself. It tells how many lines it ran, and then did not die.
"""

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.models.changes import activate_model, install_model
from edema_desk.paths import Profile

WATCHED = ("model_changes.py", "model_files.py", "model_use.py", "models.py", "database.py")


class Executioner:
    """Counts lines of the watched files on every thread, and kills the process at one."""

    def __init__(self, dies_at: int) -> None:
        self.dies_at = dies_at
        self.lines = 0
        self._turn = threading.Lock()

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        del argument
        if not frame.f_code.co_filename.endswith(WATCHED):
            return None
        if event == "line":
            with self._turn:
                self.lines += 1
                if self.lines == self.dies_at:
                    os.kill(os.getpid(), signal.SIGKILL)
        return self


def no_check(folder: Path) -> float:
    """What is checked is tested elsewhere."""
    return float(not folder.is_dir())


def main(root: str, package: str, dies_at: str) -> None:
    """Install and activate, or die."""
    profile = Profile(Path(root))
    executioner = Executioner(int(dies_at))
    database = DatabaseThread(profile)
    threading.settrace(executioner)
    # the database's thread runs already: it gets its trace by a first piece of work
    database.call(lambda store: sys.settrace(executioner))
    sys.settrace(executioner)
    model = install_model(database, profile, Path(package), no_check)
    activate_model(database, new_id(), model.model_id, no_check)
    sys.settrace(None)
    database.call(lambda store: sys.settrace(None))
    database.close()
    sys.stdout.write(f"{executioner.lines}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
