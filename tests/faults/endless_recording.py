"""Run as a program by the fault tests: records at the pace of a camera until it is ended.

    endless_recording.py FOLDER packets|pictures

Before each picture is given to the recorder its time is told, a line each.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.media.recording.clock import TakeClock
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.recording.recorder import ClipRecorder

SIZE = (320, 240)
FPS = 30
CAPTURE = "take"


def library_in(folder: Path) -> ClipLibrary:
    """The library the program records to; made where there is none."""
    clips = folder / "clips"
    clips.mkdir(exist_ok=True)
    return ClipLibrary(clips, CaptureKeys(folder / "keys", bytes(32)))


def noisy_pictures(count: int) -> list[Image]:
    """Pictures of grain, about 50 kB each as packets."""
    grain = np.random.default_rng(1).integers(0, 256, (count, SIZE[1], SIZE[0], 3), np.uint8)
    return list(grain)


def main(folder: str, kind: str) -> None:
    """Record for ever."""
    pictures = noisy_pictures(8)
    packets = [encode_packet(image) for image in pictures]
    sink = library_in(Path(folder)).record(CAPTURE)
    recorder = ClipRecorder(sink, *SIZE, packets=kind == "packets")
    clock = TakeClock()
    began_s = synced_s = time.monotonic()
    number = 0
    while True:
        t_ms = clock.stamp(time.monotonic_ns())
        os.write(1, f"{t_ms:.0f}\n".encode())
        if kind == "packets":
            recorder.write_packet(t_ms, packets[number % len(packets)])
        else:
            recorder.write_image(t_ms, pictures[number % len(pictures)])
        if time.monotonic() - synced_s >= 1.0:
            synced_s = time.monotonic()
            recorder.sync()
        number += 1
        time.sleep(max(0.0, began_s + number / FPS - time.monotonic()))


if __name__ == "__main__":
    main(*sys.argv[1:])
