"""A worker stands still while something else matters more, and loses nothing by it."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.client import Patience
from edema_desk.worker.client.halting import WorkingClock
from tests.worker.test_worker_client import Fake, gone

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="POSIX signals")


def stopped(pid: int) -> bool:
    return "State:\tT" in Path(f"/proc/{pid}/status").read_text()


def test_it_stands_still_and_goes_on(tmp_path: Path) -> None:
    fake = Fake("always busy", tmp_path)
    told: list[float] = []
    done = threading.Event()

    def analyse() -> None:
        with pytest.raises(ExpectedError):
            fake.client.analyse(ClipSource(tmp_path), None, told.append, cancelled=done.is_set)

    work = threading.Thread(target=analyse)
    work.start()
    while len(told) < 3:
        time.sleep(0.01)
    fake.client.suspend()
    time.sleep(0.3)
    assert stopped(fake.pids[0])
    before = len(told)
    time.sleep(0.3)
    assert len(told) == before
    fake.client.resume()
    fake.client.resume()  # once too often
    while len(told) < before + 3:
        time.sleep(0.01)
    done.set()
    work.join()
    fake.client.close()


def test_patience_does_not_run_meanwhile(tmp_path: Path) -> None:
    """Halted for longer than it may be silent, and than the request may take."""
    fake = Fake("takes a while", tmp_path, Patience(silence_s=3.0))
    with fake.client as client:
        client.memory_mb()
        answers: list[float | None] = []
        asking = threading.Thread(target=lambda: answers.append(client.memory_mb()))
        asking.start()
        time.sleep(0.1)
        client.suspend()
        asking.join(4.0)
        assert asking.is_alive()
        client.resume()
        asking.join()
        assert answers == [float(fake.pids[0])]
    assert len(fake.pids) == 1


def test_asked_while_it_stands_still_it_answers_afterwards(tmp_path: Path) -> None:
    """Also one that had not been started."""
    fake = Fake("well", tmp_path)
    with fake.client as client:
        client.suspend()
        answers: list[float | None] = []
        asking = threading.Thread(target=lambda: answers.append(client.memory_mb()))
        asking.start()
        asking.join(0.5)
        assert asking.is_alive()
        client.resume()
        asking.join()
        assert answers == [float(fake.pids[0])]


def test_closing_does_not_wait_for_it(tmp_path: Path) -> None:
    fake = Fake("hang", tmp_path, Patience(silence_s=60.0))
    codes: list[ErrorCode] = []

    def ask() -> None:
        with pytest.raises(ExpectedError) as caught:
            fake.client.memory_mb()
        codes.append(caught.value.code)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.5)
    fake.client.suspend()
    began_s = time.monotonic()
    fake.client.close()
    asking.join()
    assert time.monotonic() - began_s < 3.0
    assert codes == [ErrorCode.CANCELLED]
    assert all(gone(pid) for pid in fake.pids)


def test_one_that_ended_is_halted_without_harm(tmp_path: Path) -> None:
    fake = Fake("crash", tmp_path)
    with fake.client as client:
        with pytest.raises(ExpectedError):
            client.memory_mb()
        client.suspend()
        client.resume()
        assert client.memory_mb() == float(fake.pids[1])


class Clock:
    """Time as a test says."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        """As `time.monotonic`."""
        return self.now_s


@given(st.lists(st.tuples(st.sampled_from(["stop", "go_on", "pass"]), st.integers(1, 50))))
def test_time_that_leaves_halts_out(steps: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr("edema_desk.worker.client.halting.time", clock)
        working, counted, halted = WorkingClock(), 0.0, False
        began_s = working.now_s()
        for what, seconds in steps:
            if what == "stop":
                working.stop()
                halted = True
            elif what == "go_on":
                working.go_on()
                halted = False
            clock.now_s += seconds
            counted += 0.0 if halted else seconds
            assert working.now_s() - began_s == pytest.approx(counted)
            assert working.stopped == halted


_PROGRAM = """
import sys, time
from edema_desk.worker.client.child import Child
child = Child([sys.executable, "-c", "import sys; sys.stdin.read()"], low_priority=False)
if sys.argv[1] == "after a while":
    time.sleep(0.5)
child.halt()
print(child._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a lifeline wakes")
@pytest.mark.parametrize("when", ["at once", "after a while"])
def test_a_program_that_is_killed_leaves_none_standing(when: str) -> None:
    """In a session of its own, as a desktop starts it, where the system wakes nobody."""
    program = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, when], stdout=subprocess.PIPE, start_new_session=True
    )
    assert program.stdout is not None
    with program.stdout:
        pid = int(program.stdout.readline())
    until_s = time.monotonic() + 10.0
    while not stopped(pid):
        assert time.monotonic() < until_s
        time.sleep(0.01)
    program.kill()
    program.wait()
    while _there(pid):
        assert time.monotonic() < until_s, "it stands still for ever"
        time.sleep(0.02)


def _there(pid: int) -> bool:
    """Whether it runs or stands still; one that ended and that nobody asked for does not count."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
