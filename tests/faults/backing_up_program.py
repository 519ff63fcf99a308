"""Run as a program by the fault tests: one backup after another, until it is killed.

    backing_up_program.py PROFILE FOLDER

A line with the name of the generation follows each backup.
"""

import sys
from pathlib import Path

from edema_desk.flow.backup.backing_up import Pace, back_up
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.paths import Profile
from edema_desk.store.backup.folder import BackupFolder
from edema_desk.store.base.entered import enter_here


def main(root: str, folder: str) -> None:
    """Back up for ever."""
    profile = Profile(Path(root))
    door = DatabaseThread(profile)
    into = enter_here(profile)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    while True:
        done = back_up(into, door, BackupFolder(Path(folder)), known_folder=False, pace=Pace())
        if done.generation is not None:
            sys.stdout.write(f"{done.generation.name}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
