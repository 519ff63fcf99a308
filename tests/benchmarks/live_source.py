"""A camera of its own process and clock: what nobody read in time is overwritten, as in a real one.

Each picture bears its number as sixteen black or white squares, so that what was recorded can be
read back and counted.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.camera import CameraAddress, CameraKind, CameraMode, CameraReport
from edema_desk.domain.capture.clips import Frame, Image
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.children import child_environment

WIDTH, HEIGHT, FPS = 1920, 1080, 30
BITS, SQUARE_PX = 16, 24
PICTURES = 450
"""Encoded once; the camera goes round them, and numbers are told apart within a round."""
SLOT_BYTES = 2 * 1024**2
_HEAD = 24
"""Sequence number, time and length, each eight bytes; the sequence number is written last."""


def write_pictures(folder: Path, images: Iterator[Image]) -> Path:
    """JPEG files with their numbers burnt in, one after another in one file."""
    path = folder / f"numbered-{PICTURES}.jpegs"
    if not path.exists():
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            for number in range(PICTURES):
                rgb = cv2.resize(next(images), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
                burnt = burn(rgb.astype(np.uint8), number)
                bgr = cv2.cvtColor(burnt, cv2.COLOR_RGB2BGR)
                data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
                file.write(len(data).to_bytes(4, "little") + data)
        part.rename(path)
    return path


def burn(image: Image, number: int) -> Image:
    """The picture with its number in the upper left."""
    for bit in range(BITS):
        left = bit * SQUARE_PX
        image[:SQUARE_PX, left : left + SQUARE_PX] = 255 if number >> bit & 1 else 0
    return image


def number_of(frame: Frame) -> int:
    """The number a picture bears."""
    squares = frame.image[:SQUARE_PX, : BITS * SQUARE_PX].reshape(SQUARE_PX, BITS, SQUARE_PX, 3)
    levels = squares.mean(axis=(0, 2, 3))
    return sum(1 << bit for bit in range(BITS) if levels[bit] > 127)


def lost(numbers: list[int]) -> int:
    """How many pictures are missing between the first and the last."""
    steps = np.diff(np.array(numbers)) % PICTURES
    return int((steps - 1).sum())


class SharedCamera:
    """Reads what the other process wrote last; implements `CameraBackend`."""

    def __init__(self, pictures: Path) -> None:
        self._folder = tempfile.TemporaryDirectory()
        slot = Path(self._folder.name) / "slot"
        slot.write_bytes(bytes(_HEAD + SLOT_BYTES))
        self._words, self._data = _mapped(slot)
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.live_source", str(slot), str(pictures)],
            env=child_environment(),
        )
        self._seen = 0
        self.sent_ns: dict[int, int] = {}
        """When the picture of each number was sent last."""
        address = CameraAddress(CameraKind.LOCAL, "bench", "camera of the benchmark")
        self.report = CameraReport(address, CameraMode(WIDTH, HEIGHT, FPS, "MJPG"), "benchmark")
        self.dropped = self.damaged = 0

    def read(self, timeout_s: float) -> Shot | None:
        """The picture that is there now, if it is a new one."""
        end_s = time.monotonic() + timeout_s
        while int(self._words[0]) == self._seen:
            if time.monotonic() > end_s:
                return None
            time.sleep(0.002)
        while True:
            number, sent_ns, length = (int(word) for word in self._words)
            data = self._data[:length].tobytes()
            if int(self._words[0]) == number and number:
                break
        self.dropped += number - self._seen - 1 if self._seen else 0
        self._seen = number
        self.sent_ns[(number - 1) % PICTURES] = sent_ns
        return Shot(time.monotonic_ns(), packet=data)

    def close(self) -> None:
        """End the process and give the memory back."""
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()
            self._folder.cleanup()


def _mapped(slot: Path) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """The words and the picture's bytes of memory that both processes see."""
    words = np.memmap(slot, np.uint64, "r+", 0, (_HEAD // 8,))
    return words, np.memmap(slot, np.uint8, "r+", _HEAD, (SLOT_BYTES,))


def _main(slot: Path, pictures: Path) -> None:
    data = pictures.read_bytes()
    packets, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "little")
        packets.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    words, place = _mapped(slot)
    began_s, number = time.monotonic(), 0
    while True:
        time.sleep(max(began_s + number / FPS - time.monotonic(), 0.0))
        packet = packets[number % PICTURES]
        words[0] = 0  # being written
        place[: len(packet)] = np.frombuffer(packet, np.uint8)
        words[1], words[2] = time.monotonic_ns(), len(packet)
        number += 1
        words[0] = number


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
