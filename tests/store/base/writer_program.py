"""Run as a program by the fault tests: writes acts into a profile and tells each one it did.

    writer_program.py PROFILE PREFIX COUNT [FIRST]

One act adds a patient with dry weight; its act id and chart number are PREFIX and a number. A
line with the number follows each act that was kept, or the code of the failure, which ends it.
"""

import sys
import time
from pathlib import Path

from edema_desk.domain.course.views import NewPatient
from edema_desk.errors import ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.people.patients import add_patient, patients


def main(root: str, prefix: str, count: str, first: str = "0") -> None:
    """Write `count` acts and close."""
    slowest_s = 0.0
    with open_store(Profile(Path(root))) as store:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        for number in range(int(first), int(first) + int(count)):
            name = f"{prefix}{number:05}"
            began_s = time.monotonic()
            try:
                patients(store, "nobody")
                add_patient(store, name, NewPatient(name, "N", dry_weight_g=50_000))
            except ExpectedError as error:
                sys.stdout.write(f"{error.code.value}\n")
                sys.stdout.flush()
                break
            slowest_s = max(slowest_s, time.monotonic() - began_s)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
    sys.stdout.write(f"slowest {slowest_s:.3f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
