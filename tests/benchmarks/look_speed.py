"""Looking at a capture as it comes, beside a recorder that encodes 1080p at 30 a second."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from edema_desk.domain.capture.clips import ClipSource, Image
from edema_desk.domain.terms.out_of_range import Faces
from edema_desk.flow.base.model import base_model
from edema_desk.media.children import child_environment
from edema_desk.media.decode import open_clip
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder
from edema_desk.worker.client import LiveResult, LiveWorker
from tests.benchmarks.clip_speed import FPS, HEIGHT, WIDTH
from tests.benchmarks.figure import Figure
from tests.conftest import SHARED_MEDIA

LOOKS = int(os.environ.get("EDEMA_DESK_BENCH_LOOKS", "1800"))
"""Three minutes at ten a second."""
PICTURES = 30
STEP_MS = 100.0


def measure(place: Path) -> Iterator[Figure]:
    """Rows on the live worker alone, packets handed to it as fast as it answers."""
    packets = [encode_packet(image) for image in _footage()]
    nobody = Faces(np.zeros((0, 512), np.float16), ())
    with LiveWorker() as worker, TemporaryDirectory(dir=place) as folder:
        worker.prepare(base_model().folder, nobody)
        first, _ = _look(worker, packets, 40)
        own = np.zeros((1, 512), np.float16)
        worker.prepare(base_model().folder, Faces(own, first.analysis.crops[:6]))
        with _recording(Path(folder)):
            busy_s = _processor_s(worker)
            found, times_s = _look(worker, packets, LOOKS)
            busy_s = _processor_s(worker) - busy_s
        memory_mb = worker.memory_mb() or float("nan")
    rate = len(times_s[:-1]) / float(np.sum(times_s[:-1]))
    yield Figure(
        f"looks a second at 1080p packets while another process encodes and records 1080p30 "
        f"(longest {1000 * max(times_s[:-1]):.0f} ms, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f})",
        f"{rate:.1f}",
        ">= 10",
        rate >= 10,
    )
    yield Figure("processor time of a look", f"{1000 * busy_s / LOOKS:.0f} ms")
    yield Figure(
        f"from the last of {LOOKS} looks to the result ({found.analysis.frames_chosen} frames "
        "chosen, identity compared)",
        f"{times_s[-1]:.2f} s",
        "<= 0.6 s",
        times_s[-1] <= 0.6,
    )
    yield Figure("live worker after it", f"{memory_mb:.0f} MB", "<= 1200 MB", memory_mb <= 1200)


def record(folder: Path) -> None:
    """A clip at true pace, until it is killed."""
    cv2.setNumThreads(1)
    images = _footage()
    library = ClipLibrary(folder, CaptureKeys(folder / "keys", bytes(32)))
    recorder = ClipRecorder(library.record("c1"), WIDTH, HEIGHT, packets=False)
    began_s = time.monotonic()
    number = 0
    while True:
        recorder.write_image(float(round(1000 * number / FPS)), images[number % PICTURES])
        number += 1
        if number % FPS == 0:
            recorder.sync()
        time.sleep(max(began_s + number / FPS - time.monotonic(), 0.0))


@contextmanager
def _recording(folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.benchmarks.look_speed", str(folder)]
    process = subprocess.Popen(command, env=child_environment())
    try:
        time.sleep(5.0)  # until it records
        yield
    finally:
        process.kill()
        process.wait()


def _processor_s(worker: LiveWorker) -> float:
    """Seconds the worker has used so far; not a number where the system does not tell."""
    child = worker._link._child
    file = Path(f"/proc/{child._process.pid if child else 0}/stat")
    if not file.exists():
        return float("nan")
    user, system = file.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _look(worker: LiveWorker, packets: list[bytes], count: int) -> tuple[LiveResult, list[float]]:
    """The result of so many looks, and the seconds of each of them and of finishing."""
    worker.begin()
    times_s = []
    for number in range(count):
        step = number % (2 * len(packets) - 2)
        packet = packets[min(step, 2 * len(packets) - 2 - step)]
        began_s = time.perf_counter()
        worker.look(STEP_MS * number, packet=packet)
        times_s.append(time.perf_counter() - began_s)
    began_s = time.perf_counter()
    found = worker.finish(STEP_MS * count)
    return found, [*times_s, time.perf_counter() - began_s]


def _footage() -> list[Image]:
    film = SHARED_MEDIA / "clips" / "man_light_100.mp4"
    images: list[Image] = []
    with open_clip(ClipSource(film), EVERY_FRAME) as clip:
        for frame in clip.frames:
            small = cv2.resize(frame.image, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
            images.append(np.asarray(small, np.uint8))
            if len(images) == PICTURES:
                break
    return images


if __name__ == "__main__":
    record(Path(sys.argv[1]))
