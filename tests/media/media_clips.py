"""Clips made on the spot: patterns that can be told apart, in any container and codec."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.stream import VideoStream

from edema_desk.domain.capture.clips import ClipSource, Frame, Image
from edema_desk.media.decode import open_clip
from edema_desk.media.plan import EVERY_FRAME
from edema_desk.media.writer import ClipWriter, Codec

STEADY = tuple(40.0 * i for i in range(30))
UNEVEN = (0.0, 40.0, 55.0, 100.0, 400.0, 401.0, 1000.0, 1033.0, 1100.0, 1101.0)


def picture(width: int, height: int, number: int) -> Image:
    """A corner of its own colour in each quarter, and a bar that moves with `number`."""
    image = np.zeros((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = (220, 30, 30)
    image[: height // 2, width // 2 :] = (30, 220, 30)
    image[height // 2 :, : width // 2] = (30, 30, 220)
    image[height // 2 :, width // 2 :] = (200, 200, 200)
    bar = number * 4 % max(width - 4, 1)
    image[height // 2 - 2 : height // 2 + 2, bar : bar + 4] = 0
    return image


def write_clip(
    path: Path,
    times_ms: Sequence[float] = STEADY,
    size: tuple[int, int] = (96, 64),
    codec: Codec = "h264",
    rotation_deg: int = 0,
) -> Path:
    """A clip by the program's own writer."""
    with ClipWriter(path, *size, codec, rotation_deg=rotation_deg) as writer:
        for number, t_ms in enumerate(times_ms):
            writer.write(Frame(t_ms, picture(*size, number)))
    return path


@contextmanager
def scheduled_as_before() -> Iterator[None]:
    """An encoder may make the thread that calls it a real-time one, where it is root, for good:
    this process, and all it starts, would take the machine from every other."""
    if sys.platform != "linux":
        yield
        return
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, priority)


def write_foreign(
    path: Path,
    encoder: str,
    *,
    ticks: Sequence[int] = tuple(range(30)),
    size: tuple[int, int] = (96, 64),
    pixels: str = "yuv420p",
    container: str | None = None,
    options: Mapping[str, str] | None = None,
    muxing: Mapping[str, str] | None = None,
    aspect: Fraction | None = None,
) -> Path:
    """A clip by any encoder of the library, `ticks` in 1/25 s."""
    with (
        scheduled_as_before(),
        av.open(str(path), "w", format=container, container_options=dict(muxing or {})) as output,
    ):
        stream = cast(
            "VideoStream", output.add_stream(encoder, rate=25, options=dict(options or {}))
        )
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        output.start_encoding()
        for number, tick in enumerate(ticks):
            frame = av.VideoFrame.from_ndarray(picture(*size, number), format="rgb24")
            frame.pts = tick
            frame.time_base = Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def write_sound(path: Path) -> Path:
    """A file that holds a second of silence and no picture."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=16000)
        for number in range(16):
            frame = AudioFrame(format="fltp", layout="mono", samples=1000)
            frame.sample_rate = 16000
            frame.pts = number * 1000
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def frames_of(path: Path) -> list[Frame]:
    """Every frame of a clip, decoded in this process."""
    with open_clip(ClipSource(path), EVERY_FRAME) as clip:
        return list(clip.frames)


def corners(image: Image) -> str:
    """The quarters of `picture` by their colours, from the top left as one reads."""
    height, width, _ = image.shape
    names = {(1, 0, 0): "R", (0, 1, 0): "G", (0, 0, 1): "B", (1, 1, 1): "W"}
    found = ""
    for y in (height // 6, height - height // 6):
        for x in (width // 6, width - width // 6):
            red, green, blue = (int(value > 128) for value in image[y, x])
            found += names.get((red, green, blue), "?")
    return found
