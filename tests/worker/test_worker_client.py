"""Whatever the worker does, a request ends in its answer or in one typed error."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.client import Patience, WorkerClient
from edema_desk.worker.protocol.training import TrainingCapture, TrainingOrder

FAKE = Path(__file__).with_name("fake_worker.py")
BRIEF = Patience(silence_s=4.0, cancel_s=0.5)


class Fake:
    """A client of a worker that misbehaves, and who was started for it."""

    def __init__(self, mode: str, folder: Path, patience: Patience = BRIEF) -> None:
        self._marks = folder / "starts"
        self.client = WorkerClient(
            [sys.executable, str(FAKE), mode, str(self._marks)], patience=patience
        )

    @property
    def pids(self) -> list[int]:
        """One for each start."""
        return [int(line) for line in self._marks.read_text().split()]


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """No thread outlives a test."""
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) - before == set()


def gone(pid: int) -> bool:
    """Whether the process ended and was waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def failure(client: WorkerClient) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        client.memory_mb()
    return caught.value.code


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("crash", ErrorCode.WORKER_FAILED),
        ("hang", ErrorCode.WORKER_TIMEOUT),
        ("garbage", ErrorCode.WORKER_FAILED),
        ("half a message", ErrorCode.WORKER_FAILED),
        ("other version", ErrorCode.WORKER_FAILED),
        ("oversized", ErrorCode.WORKER_FAILED),
        ("wrong contents", ErrorCode.WORKER_FAILED),
        ("unknown kind", ErrorCode.WORKER_FAILED),
        ("bug", ErrorCode.WORKER_FAILED),
    ],
)
def test_one_typed_error_and_a_new_start(mode: str, code: ErrorCode, tmp_path: Path) -> None:
    fake = Fake(mode, tmp_path)
    with fake.client as client:
        assert failure(client) is code
        assert gone(fake.pids[0])
        assert client.memory_mb() == float(fake.pids[1])
        assert client.memory_mb() == float(fake.pids[1])
    assert all(gone(pid) for pid in fake.pids)


def test_one_that_dies_at_once_fails_every_time(tmp_path: Path) -> None:
    fake = Fake("dies at once", tmp_path)
    with fake.client as client:
        assert failure(client) is ErrorCode.WORKER_FAILED
        assert failure(client) is ErrorCode.WORKER_FAILED
    assert len(fake.pids) == 2


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    with WorkerClient([str(tmp_path / "none")]) as client:
        client.start()
        assert failure(client) is ErrorCode.WORKER_FAILED


def test_killed_between_two_requests_it_is_started_anew(tmp_path: Path) -> None:
    fake = Fake("well", tmp_path)
    with fake.client as client:
        client.memory_mb()
        os.kill(fake.pids[0], 9)
        while Path(f"/proc/{fake.pids[0]}/status").read_text().find("zombie") < 0:
            time.sleep(0.01)
        assert client.memory_mb() == float(fake.pids[1])


def test_an_expected_error_keeps_the_worker(tmp_path: Path) -> None:
    fake = Fake("refuses", tmp_path)
    with fake.client as client:
        with pytest.raises(ExpectedError) as caught:
            client.warm(tmp_path)
        assert caught.value.code is ErrorCode.MODEL_MISSING
        assert caught.value.params == {"name": "base"}
        assert failure(client) is ErrorCode.MODEL_MISSING
    assert len(fake.pids) == 1


def test_an_answer_to_another_request_is_not_taken(tmp_path: Path) -> None:
    with Fake("stale", tmp_path).client as client:
        assert client.memory_mb() == 2.0


def test_cancelled_while_it_works(tmp_path: Path) -> None:
    fake = Fake("waits for cancel", tmp_path)
    began_s = time.monotonic()
    with fake.client as client, pytest.raises(ExpectedError) as caught:
        client.analyse(
            ClipSource(tmp_path), None, cancelled=lambda: time.monotonic() - began_s > 0.3
        )
    assert caught.value.code is ErrorCode.CANCELLED
    assert len(fake.pids) == 1


@pytest.mark.parametrize("mode", ["hang", "always busy"])
def test_one_that_does_not_hear_of_cancelling_is_killed(mode: str, tmp_path: Path) -> None:
    fake = Fake(mode, tmp_path, Patience(silence_s=60.0, cancel_s=0.3))
    with fake.client as client, pytest.raises(ExpectedError) as caught:
        client.analyse(ClipSource(tmp_path), None, cancelled=lambda: fake_started(fake))
    assert caught.value.code is ErrorCode.CANCELLED
    assert gone(fake.pids[0])


def fake_started(fake: Fake) -> bool:
    """Cancelled as soon as the process runs."""
    try:
        return bool(fake.pids)
    except FileNotFoundError:
        return False


def test_cancelled_before_it_began_nothing_is_started(tmp_path: Path) -> None:
    fake = Fake("well", tmp_path)
    with fake.client as client, pytest.raises(ExpectedError) as caught:
        client.analyse(ClipSource(tmp_path), None, cancelled=lambda: True)
    assert caught.value.code is ErrorCode.CANCELLED
    assert not (tmp_path / "starts").exists()


def test_cancelled_while_it_starts_it_goes_on_starting(tmp_path: Path) -> None:
    fake = Fake("starts slowly", tmp_path)
    with fake.client as client:
        asked = chain([False, False], repeat(True))
        with pytest.raises(ExpectedError) as caught:
            client.analyse(ClipSource(tmp_path), None, cancelled=lambda: next(asked))
        assert caught.value.code is ErrorCode.CANCELLED
        assert client.memory_mb() == float(fake.pids[0])


def test_one_that_never_starts(tmp_path: Path) -> None:
    fake = Fake("deaf from the start", tmp_path, Patience(silence_s=1.0))
    with fake.client as client:
        assert failure(client) is ErrorCode.WORKER_TIMEOUT
    assert gone(fake.pids[0])


def test_busy_for_too_long(tmp_path: Path) -> None:
    told: list[float] = []
    fake = Fake("always busy", tmp_path)
    with fake.client as client, pytest.raises(ExpectedError) as caught:
        client.analyse(ClipSource(tmp_path), None, told.append, timeout_s=0.5)
    assert caught.value.code is ErrorCode.WORKER_TIMEOUT
    assert told[0] == 0.5
    assert gone(fake.pids[0])


def test_progress_that_is_none(tmp_path: Path) -> None:
    fake = Fake("wrong progress", tmp_path)
    with fake.client as client, pytest.raises(ExpectedError) as caught:
        client.analyse(ClipSource(tmp_path), None)
    assert caught.value.code is ErrorCode.WORKER_FAILED


def test_a_listener_that_cancels_by_raising_leaves_no_busy_worker(tmp_path: Path) -> None:
    def cancel(done: float) -> None:
        raise ExpectedError(ErrorCode.CANCELLED)

    fake = Fake("always busy", tmp_path)
    with fake.client as client:
        with pytest.raises(ExpectedError):
            client.analyse(ClipSource(tmp_path), None, cancel)
        assert gone(fake.pids[0])
        assert client.memory_mb() == float(fake.pids[1])


def test_a_listener_that_fails_ends_the_request_with_its_own_error(tmp_path: Path) -> None:
    def fail(done: float) -> None:
        raise ZeroDivisionError

    fake = Fake("always busy", tmp_path)
    with fake.client as client, pytest.raises(ZeroDivisionError):
        client.analyse(ClipSource(tmp_path), None, fail)
    assert gone(fake.pids[0])


def test_closing_gives_up_what_is_under_way(tmp_path: Path) -> None:
    fake = Fake("hang", tmp_path, Patience(silence_s=60.0))
    codes: list[ErrorCode] = []

    def ask() -> None:
        codes.append(failure(fake.client))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not fake_started(fake):
        time.sleep(0.01)
    fake.client.close()
    for thread in threads:
        thread.join(10.0)
    assert codes == [ErrorCode.CANCELLED] * 3
    assert failure(fake.client) is ErrorCode.CANCELLED
    assert gone(fake.pids[0])
    fake.client.close()


def test_many_threads_share_one_worker(tmp_path: Path) -> None:
    fake = Fake("well", tmp_path)
    said: list[float | None] = []
    with fake.client as client:
        threads = [
            threading.Thread(target=lambda: said.append(client.memory_mb())) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert said == [float(fake.pids[0])] * 8


def test_a_request_that_is_never_read_does_not_block(tmp_path: Path) -> None:
    """64 MB of pictures to a process that reads none of them."""
    fake = Fake("deaf", tmp_path)
    images = np.zeros((4000, 5333, 3), np.uint8)
    with fake.client as client, pytest.raises(ExpectedError) as caught:
        client.face_points(images)
    assert caught.value.code is ErrorCode.WORKER_TIMEOUT


def test_a_training_that_fails_early_stops_the_flow_of_captures(tmp_path: Path) -> None:
    taken = 0

    def captures() -> Iterator[TrainingCapture]:
        nonlocal taken
        for _ in range(100_000):
            taken += 1
            yield TrainingCapture(0, 0, Phase.PRE, 1.0, (bytes(10_000),))

    order = TrainingOrder(tmp_path / "m", None, 1, None, 0, True, "", "", (), ())
    with Fake("refuses", tmp_path).client as client, pytest.raises(ExpectedError) as caught:
        client.pretrain(order, captures(), lambda told: None)
    assert caught.value.code is ErrorCode.MODEL_MISSING
    assert taken < 100_000


def test_captures_that_cannot_be_read_end_the_training(tmp_path: Path) -> None:
    def captures() -> Iterator[TrainingCapture]:
        yield TrainingCapture(0, 0, Phase.PRE, 1.0, (b"x",))
        raise ExpectedError(ErrorCode.CLIP_GONE)

    order = TrainingOrder(tmp_path / "m", None, 1, None, 0, True, "", "", (), ())
    fake = Fake("hang", tmp_path)
    with fake.client as client:
        with pytest.raises(ExpectedError) as caught:
            client.pretrain(order, captures(), lambda told: None)
        assert caught.value.code is ErrorCode.CLIP_GONE
        assert client.memory_mb() is not None


def test_the_client_loads_no_torch() -> None:
    import subprocess

    program = "import sys, edema_desk.worker.client; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
