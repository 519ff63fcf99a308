"""A three-minute clip from file to estimate, beside decoding alone and beside plain MTCNN."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
from facenet_pytorch import MTCNN

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.flow.base.model import base_model
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.writer import ClipWriter
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.worker.client import WorkerClient
from tests.benchmarks.figure import Figure
from tests.conftest import SHARED_MEDIA

SECONDS, FPS = 180, 30
WIDTH, HEIGHT = 1920, 1080
FULL_FRAMES = 12
ROUNDS = 3


def measure(place: Path) -> Iterator[Figure]:
    """The first two rows of the table of speed, and the worker's memory at rest."""
    clip = long_clip(place)
    model = base_model()
    with WorkerClient() as worker:
        worker.warm(model.folder)
        worker.analyse(ClipSource(clip), model.folder)  # files and code are warm for both
        ratios, ours_s, plain_s = [], 0.0, 0.0
        for _ in range(ROUNDS):
            plain_s = _decode_s(clip)
            start_s = time.perf_counter()
            analysis = worker.analyse(ClipSource(clip), model.folder)
            ours_s = time.perf_counter() - start_s
            ratios.append(ours_s / plain_s)
        memory_mb = worker.memory_mb() or float("nan")
    ratio = float(np.median(ratios))
    yield Figure(
        f"3-minute 1080p 30 fps H.264, file to estimate ({analysis.frames_chosen} frames chosen "
        f"of {analysis.frames_seen}), against PyAV decoding it all",
        f"{ratio:.2f} times ({ours_s:.1f} s, {plain_s:.1f} s)",
        "<= 1.5 times",
        ratio <= 1.5,
    )
    yield processor_figure(clip)
    full_s = _every_full_frame_s(clip)
    yield Figure(
        f"the same against MTCNN.detect on every full-size frame ({FULL_FRAMES} measured)",
        f"{full_s / ours_s:.0f} times faster ({full_s / 60:.0f} min)",
        ">= 40 times",
        full_s / ours_s >= 40,
    )
    yield Figure(
        "worker process at rest after an analysis",
        f"{memory_mb:.0f} MB",
        "<= 1200 MB",
        memory_mb <= 1200,
    )


def processor_figure(clip: Path) -> Figure:
    """The same by seconds of the processor, which others on the machine lengthen far less."""
    ours_s = _analyses_processor_s(clip, 2) - _analyses_processor_s(clip, 1)
    began_s = time.process_time()
    _decode_s(clip)
    plain_s = time.process_time() - began_s
    return Figure(
        "the same in seconds of the processor, all processes together",
        f"{ours_s / plain_s:.2f} times ({ours_s:.1f} s, {plain_s:.1f} s)",
        "<= 1.5 times",
        ours_s / plain_s <= 1.5,
    )


def _analyses_processor_s(clip: Path, rounds: int) -> float:
    """Of a worker, its start included, and of the decoders that it starts and waits for."""
    before_s = _children_s()
    model = base_model()
    with WorkerClient() as worker:
        worker.warm(model.folder)
        for _ in range(rounds):
            worker.analyse(ClipSource(clip), model.folder)
    return _children_s() - before_s


def _children_s() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def long_clip(place: Path) -> Path:
    """Three minutes of a talking face, or of a drawn one that sways, kept for the next run."""
    path = place / "long.mp4"
    if not path.exists():
        part = place / "long.part.mp4"
        with ClipWriter(part, WIDTH, HEIGHT, quality=23) as writer:
            for number, image in enumerate(_pictures()):
                writer.write(Frame(1000.0 * number / FPS, image))
        part.rename(path)
    return path


def _pictures() -> Iterator[Image]:
    sources = _footage()
    for number in range(SECONDS * FPS):
        step = number % (2 * len(sources) - 2)
        source = sources[min(step, 2 * len(sources) - 2 - step)]
        yield np.asarray(
            cv2.resize(source, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8
        )


def _footage() -> list[Image]:
    real = SHARED_MEDIA / "clips" / "pexels_woman.mp4"
    if real.exists():
        with open_clip(ClipSource(real), EVERY_FRAME) as clip:
            return [frame.image for frame in clip.frames]
    portrait = draw_portrait(np.random.default_rng(1)).image
    frames = []
    for number in range(120):
        shift = 12 * np.sin(number / 19)
        picture = np.full((HEIGHT // 2, WIDTH // 2, 3), 200, np.uint8)
        small = cv2.resize(portrait, (454, HEIGHT // 2))
        left = 250 + round(shift)
        picture[:, left : left + 454] = small
        frames.append(picture)
    return frames


def _decode_s(clip: Path) -> float:
    """What PyAV needs to decode the whole clip, frame threads on, nothing converted."""
    start_s = time.perf_counter()
    with av.open(str(clip)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for _ in container.decode(video=0):
            pass
    return time.perf_counter() - start_s


def _every_full_frame_s(clip: Path) -> float:
    detector = MTCNN(keep_all=True, device="cpu")
    frames: list[Image] = []
    with open_clip(ClipSource(clip), EVERY_FRAME) as opened:
        for frame in opened.frames:
            frames.append(frame.image)
            if len(frames) == FULL_FRAMES:
                break
    detector.detect(frames[0])
    start_s = time.perf_counter()
    for image in frames:
        detector.detect(image)
    return (time.perf_counter() - start_s) / len(frames) * SECONDS * FPS
