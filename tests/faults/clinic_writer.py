"""A clinic's day as fast as it can be written, and what must be found of it afterwards.

One treatment is three acts: a recording that opens its session (four rows), the weight before and
the weight after it with what was weighed along. The ids of the acts follow from the treatment's
number, so that who begins again after a crash repeats them.
"""

import multiprocessing
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode, CameraReport
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.weights import Tare, TareKind
from edema_desk.errors import ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.database_check import check_database_file
from edema_desk.store.captures.captures import capture
from edema_desk.store.captures.recordings import RecordingStart, begin_recording
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.keys import cipher
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.people.patients import add_patient, patients
from tests.store.store_samples import at

PATIENTS = 8
FIRST_DAY = date(2000, 1, 3)
CAMERA = CameraReport(
    CameraAddress(CameraKind.LOCAL, "/dev/video0", "Desk camera"),
    CameraMode(1920, 1080, 30.0, "MJPG"),
    "V4L2",
)
ROWS = {"begin_recording": {"session": 1, "capture": 1, "assignment": 1, "recording": 1}}
"""What an act leaves; a weighing leaves its own row and what was weighed along."""


def patient_of(number: int) -> str:
    """Chart number of whom a treatment belongs to."""
    return f"N{number % PATIENTS}"


def make_clinic(profile: Profile) -> None:
    """A profile with made-up people."""
    with open_store(profile) as store:
        for number in range(PATIENTS):
            add_patient(
                store, f"patient {number}", NewPatient(patient_of(number), "Name", origin="demo")
            )


def acts_of(number: int) -> tuple[str, str, str]:
    """The acts of a treatment, in order."""
    return f"{number} begin", f"{number} pre", f"{number} post"


def treat(store: Store, ids: dict[str, str], number: int, done: Callable[[str], None]) -> None:
    """Do the acts of a treatment; those that were done before answer as they did then."""
    day = FIRST_DAY + timedelta(days=number // PATIENTS)
    begin, pre, post = acts_of(number)
    start = RecordingStart(
        f"capture {number}", ids[patient_of(number)], None, Phase.PRE, at(day, 9), CAMERA
    )
    session_id = begin_recording(store, begin, start).session_id
    assert session_id is not None
    done(begin)
    # never what it was the time before, nor what another writer enters beside this one
    chair = Tare(TareKind.WHEELCHAIR, 10_000 + 2 * (number % 125) + 250 * (number // 10_000))
    for act_id, phase, gross_g, hour in (
        (pre, Phase.PRE, 65_000, 9),
        (post, Phase.POST, 63_000, 13),
    ):
        chair = Tare(TareKind.WHEELCHAIR, chair.weight_g + 1)
        enter_weighing(
            *(store, act_id, session_id, phase, gross_g + number % 100),
            *(chair.weight_g, at(day, hour)),
            tares=(chair,),
        )
        done(act_id)


def write_treatments(root: str, first: int, told: Connection) -> None:
    """In a child: treatments from `first` on until somebody kills it; tells the id of each act
    after it was kept."""
    with open_store(Profile(Path(root))) as store:
        ids = {p.chart_number: p.patient_id for p in patients(store)}
        told.send("open")
        number = first
        while True:
            try:
                treat(store, ids, number, told.send)
            except ExpectedError as error:
                told.send(error.code.value)
                return
            number += 1


def write_without_full_sync(root: str, first: int, told: Connection) -> None:
    """The same with a database that leaves it to the system when its pages reach the disk."""
    cipher._SETTINGS = ("PRAGMA synchronous = NORMAL",)  # type: ignore[assignment]
    write_treatments(root, first, told)


def write_in_small_files(root: str, first: int, most_bytes: int, told: Connection) -> None:
    """The same where no file may grow beyond a size, as a quota has it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    write_treatments(root, first, told)


def _ready() -> ForkServerContext:
    """Children from a process that has the program loaded already and no thread nor file."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


class Writer:
    """A child that writes; `kill` ends it at once, `told` is what it said until then."""

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        context = _ready()
        self._ear, mouth = context.Pipe(duplex=False)
        self.told: list[str] = []
        self.child: ForkServerProcess = context.Process(target=work, args=(*arguments, mouth))
        self.child.start()
        mouth.close()

    def hear(self) -> str:
        """The next thing it says."""
        said = str(self._ear.recv())
        self.told.append(said)
        return said

    def kill(self) -> None:
        """With SIGKILL; what it said before is heard."""
        if self.child.pid is not None and self.child.is_alive():
            os.kill(self.child.pid, 9)
        self.child.join()

    def end(self) -> list[str]:
        """All that was said and not heard yet, once it is dead."""
        rest: list[str] = []
        if self._ear.closed:
            return rest
        try:
            while True:
                rest.append(str(self._ear.recv()))
        except EOFError:
            pass
        self.told += rest
        self.child.join()
        self._ear.close()
        return rest


@contextmanager
def writing(work: Callable[..., None], *arguments: object) -> Iterator[Writer]:
    """A child that does not outlive the block."""
    writer = Writer(work, *arguments)
    try:
        yield writer
    finally:
        writer.kill()
        writer.end()


def kept_in(profile: Profile) -> tuple[set[str], float]:
    """Open what a dead writer left and look at all of it: the acts that are there, and how long
    opening took. A half act, a second row, a broken page or chain fails the test."""
    began_s = time.monotonic()
    with open_store(profile) as store:
        opened_s = time.monotonic() - began_s
        check = verify_audit(store)
        assert check.sound
        with store.reading() as db:
            kinds = dict(db.execute("select act_id, kind from act").fetchall())
            assert check.head.rows == len(kinds)
            found: dict[str, dict[str, int]] = {act_id: {} for act_id in kinds}
            for table in ("session", "capture", "assignment", "recording", "weighing"):
                for row in db.table(table).rows_where(select="act_id"):
                    found[row["act_id"]][table] = found[row["act_id"]].get(table, 0) + 1
            tares = Counter(row["act_id"] for row in db.table("patient_tare").rows)
    for act_id, kind in kinds.items():
        if kind == "enter_weighing":
            assert (found[act_id], tares[act_id]) == ({"weighing": 1}, 1), act_id
        else:
            assert found[act_id] == ROWS.get(kind, {}), act_id
    check_database_file(profile.database, read_data_key(profile))
    return set(kinds), opened_s


def captures_kept(profile: Profile, numbers: range) -> int:
    """How many of these treatments' captures can be read as the window reads them."""
    with open_store(profile) as store:
        return sum(bool(capture(store, f"capture {number}").session_id) for number in numbers)
