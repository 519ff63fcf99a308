"""Processor time of the recorder: packets passed through, against encoding the same pictures."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np

from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder
from edema_desk.media.sealed import SealedKind, SealedWriter
from edema_desk.synthesis.portraits import draw_portrait
from tests.benchmarks.figure import Figure
from tests.benchmarks.recording_codecs import FPS, HEIGHT, WIDTH, filmed

PICTURES = 30
SECONDS = 6
ROUNDS = 3


def measure(place: Path) -> Iterator[Figure]:
    """The recorder's rows of the table of speed, for 1080p at 30 pictures a second."""
    cv2.setNumThreads(1)
    folder = place / "recorder"
    folder.mkdir(exist_ok=True)
    library = ClipLibrary(folder, CaptureKeys(place / "recorder.keys", bytes(32)))
    pictures = filmed(draw_portrait(np.random.default_rng(1)).image, 1, PICTURES)
    packets = [encode_packet(image) for image in pictures]

    def record(*, packed: bool) -> None:
        recorder = ClipRecorder(library.record("c1"), WIDTH, HEIGHT, packets=packed)
        for number in range(SECONDS * FPS):
            t_ms = float(round(number * 1000 / FPS))
            if packed:
                recorder.write_packet(t_ms, packets[number % PICTURES])
            else:
                recorder.write_image(t_ms, pictures[number % PICTURES])
            if number % FPS == FPS - 1:
                recorder.sync()
        recorder.finish()
        library.erase("c1")

    def seal() -> None:
        with SealedWriter(folder / "sealed", bytes(32), "c1", SealedKind.CLIP) as sink:
            for number in range(SECONDS * FPS):
                sink.write(packets[number % PICTURES])
        (folder / "sealed").unlink()

    passed, encoded, sealed = [], [], []
    for _ in range(ROUNDS):
        passed.append(_processor_s(lambda: record(packed=True)))
        encoded.append(_processor_s(lambda: record(packed=False)))
        sealed.append(_processor_s(seal))
    ratio = float(np.median(np.divide(passed, encoded)))
    size_kb = np.mean([len(packet) for packet in packets]) / 1000
    yield Figure(
        f"recorder, 1080p 30 fps, JPEG packets of {size_kb:.0f} kB passed through, against "
        "encoding the same pictures",
        f"1/{1 / ratio:.0f} ({_share(passed)} and {_share(encoded)} of a core)",
        "<= 1/5",
        ratio <= 1 / 5,
    )
    yield Figure("of that, sealing, hashing and writing", f"{_share(sealed)} of a core")


def _processor_s(act: Callable[[], None]) -> float:
    began_s = time.process_time()
    act()
    return time.process_time() - began_s


def _share(seconds: list[float]) -> str:
    return f"{100 * float(np.median(seconds)) / SECONDS:.1f} %"
