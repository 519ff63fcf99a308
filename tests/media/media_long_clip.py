"""A three-minute 1080p clip of real footage, for measuring, and what it is measured against."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.frame import VideoFrame

from edema_desk.domain.clips import ClipSource
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import FOR_ANALYSIS, SamplePlan

WIDTH, HEIGHT, RATE = 1920, 1080, 30
MINUTES = 3
_TURN_FRAMES = 300
"""Pictures of the footage played forth and back: 20 s, encoded once and repeated."""
AS_TABLETS_DO = {"preset": "veryfast", "tune": "zerolatency", "b": "12M", "g": "30"}
"""No picture here may go undecoded: each is needed by the next."""
AS_ENCODERS_DO = {"preset": "veryfast", "crf": "21", "bf": "3", "g": "60"}


def write_long_clip(path: Path, footage: Path, options: dict[str, str]) -> None:
    """Write the clip to `path` (MP4, H.264) from the pictures of `footage`."""
    turn = path.with_suffix(".turn.mp4")
    _write_turn(turn, footage, options)
    with av.open(str(turn)) as source, av.open(str(path), "w") as output:
        stream = source.streams.video[0]
        packets = [packet for packet in source.demux(stream) if packet.size]
        target = output.add_stream_from_template(stream)
        length = sum(packet.duration or 0 for packet in packets)
        contents = [(bytes(p), p.pts or 0, p.dts or 0, p.is_keyframe) for p in packets]
        turns = MINUTES * 60 * RATE // len(packets)
        for start in range(0, turns * length, length):
            for data, pts, dts, is_keyframe in contents:
                packet = av.Packet(data)
                packet.stream, packet.time_base = target, cast("Fraction", stream.time_base)
                packet.pts, packet.dts = pts + start, dts + start
                packet.is_keyframe = is_keyframe
                output.mux(packet)
    turn.unlink()


def _write_turn(path: Path, footage: Path, options: dict[str, str]) -> None:
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.thread_type = "FRAME"
        forth = list(_pictures(footage))
        for number, picture in enumerate(forth + forth[::-1]):
            picture.pts, picture.time_base = number, Fraction(1, RATE)
            output.mux(stream.encode(picture))
        output.mux(stream.encode(None))


def _pictures(footage: Path) -> Iterator[VideoFrame]:
    with av.open(str(footage)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number == _TURN_FRAMES:
                return
            rgb = frame.to_ndarray(format="rgb24")
            height = frame.width * HEIGHT // WIDTH
            top = (frame.height - height) // 2
            cut = np.ascontiguousarray(rgb[top : top + height], np.uint8)
            yield VideoFrame.from_ndarray(cut, format="rgb24").reformat(
                WIDTH, HEIGHT, "yuv420p", interpolation="BICUBIC"
            )


def decode_all(path: Path) -> int:
    """What PyAV needs at the least: every picture decoded, none converted."""
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        return sum(1 for _ in container.decode(video=0))


def decode_outside(path: Path, plan: SamplePlan = FOR_ANALYSIS) -> int:
    """The program's own way: the restricted process, the frames of the plan received as RGB."""
    with open_clip_from_outside(ClipSource(path), plan) as clip:
        return sum(1 for _ in clip.frames)
