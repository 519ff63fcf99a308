"""Frames of a clip in the order and at the times its file bears.

This decodes in the calling process: for clips this program made itself. Bytes that came from
outside go through `outside`, which runs the same code under limits in a process of its own.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import cast

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from edema_desk.domain.capture.clips import ClipFacts, ClipSource, Frame, Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.clock import FrameClock
from edema_desk.media.containers import (
    CODECS,
    CONTAINERS,
    DECODERS,
    HEAD_BYTES,
    demuxer_for,
)
from edema_desk.media.endings import check_ending
from edema_desk.media.plan import FOR_ANALYSIS, FrameChoice, SamplePlan
from edema_desk.media.sources import open_source
from edema_desk.media.survey import Survey, survey

MAX_SIDE_PX = 4096
MAX_PIXELS = 4096 * 2304
MAX_DURATION_MS = 10 * 60_000.0
_MAX_PROBED_PIXELS = 8192 * 8192
"""Up to here FFmpeg may look at a first picture to learn its size, so that it can be told."""
_READ_BYTES = 256 * 1024
_MAX_THREADS = 5
_MIN_RATE_TO_SKIP = 20.0
"""Pictures a second from which pictures that no other picture needs may go undecoded."""
_MAX_PIXEL_ASPECT = 2.0
_BROKEN = (av.FFmpegError, IndexError, UnicodeDecodeError)
"""What PyAV was seen to raise on damaged files."""


@dataclass(frozen=True, slots=True)
class DecodedClip:
    """An open clip: its facts, how many pictures it shows, and the frames asked for, once."""

    facts: ClipFacts
    pictures: int
    frames: Iterator[Frame]


@contextmanager
def open_clip(source: ClipSource, plan: SamplePlan = FOR_ANALYSIS) -> Iterator[DecodedClip]:
    """Open a clip and decode it in this process.

    Raises ExpectedError, on opening or while frames are drawn: FILE_MISSING, FILE_UNREADABLE,
    CLIP_GONE, SEALED_ALTERED, NOT_A_VIDEO, CONTAINER_REFUSED, CODEC_REFUSED, CLIP_EMPTY,
    CLIP_TRUNCATED, CLIP_TOO_LARGE.
    """
    with open_source(source) as file, decoded(file, source.path.name, plan) as clip:
        yield clip


@contextmanager
def decoded(file: io.RawIOBase, name: str, plan: SamplePlan) -> Iterator[DecodedClip]:
    """The same for an open file; `name` is what errors call it."""
    demuxer = demuxer_for(_read_head(file), name)
    size = file.seek(0, io.SEEK_END)
    check_ending(file, demuxer, size, name)
    with _told(name, ErrorCode.NOT_A_VIDEO), _demuxed(file, demuxer) as container:
        stream = _picture_stream(container, name)
        with _told(name, ErrorCode.CLIP_TRUNCATED):
            found = survey(container, stream, size, name)
    _check_length(found.duration_ms, name)
    with _told(name, ErrorCode.CLIP_TRUNCATED), _demuxed(file, demuxer) as container:
        stream = _picture_stream(container, name)
        yield _start(container, stream, found, plan, name)


def _read_head(file: io.RawIOBase) -> bytes:
    file.seek(0)
    return file.read(HEAD_BYTES) or b""


@contextmanager
def _told(name: str, code: ErrorCode) -> Iterator[None]:
    try:
        yield
    except av.error.MemoryError as error:
        raise ExpectedError(ErrorCode.DECODER_FAILED, name=name) from error
    except av.error.EOFError as error:  # headers, and nothing after them
        raise ExpectedError(ErrorCode.CLIP_EMPTY, name=name) from error
    except _BROKEN as error:
        raise ExpectedError(code, name=name) from error


def _open_nothing_else(url: str, flags: int, options: dict[str, str]) -> io.RawIOBase:
    """Stands where a demuxer would open a further file or address."""
    del url, flags, options
    raise PermissionError("a clip may not refer to other files")


def _demuxed(file: io.RawIOBase, demuxer: str) -> InputContainer:
    file.seek(0)
    return av.open(
        file,
        "r",
        format=demuxer,
        options={
            "format_whitelist": CONTAINERS[demuxer],
            "codec_whitelist": ",".join(sorted(DECODERS)),
            "protocol_whitelist": "",
            "max_pixels": str(_MAX_PROBED_PIXELS),
        },
        metadata_errors="replace",
        buffer_size=_READ_BYTES,
        io_open=_open_nothing_else,
    )


def _picture_stream(container: InputContainer, name: str) -> VideoStream:
    """The stream to decode, after its container, codec and size were found acceptable."""
    if container.format.name not in CONTAINERS and container.format.name not in CONTAINERS.values():
        raise ExpectedError(
            ErrorCode.CONTAINER_REFUSED, name=name, found=container.format.long_name
        )
    covers = av.stream.Disposition.attached_pic
    streams = [s for s in container.streams.video if not s.disposition & covers]
    if not streams:
        raise ExpectedError(ErrorCode.CLIP_EMPTY, name=name)
    stream = streams[0]
    context = cast("av.VideoCodecContext | None", stream.codec_context)
    if context is None:
        raise ExpectedError(ErrorCode.CODEC_REFUSED, name=name, found="an unknown codec")
    if context.codec.canonical_name not in CODECS or context.name not in DECODERS:
        raise ExpectedError(ErrorCode.CODEC_REFUSED, name=name, found=context.codec.canonical_name)
    _check_size(context.width, context.height, name)
    return stream


def _check_size(width: int, height: int, name: str) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX:
        raise ExpectedError(
            ErrorCode.CLIP_TOO_LARGE, name=name, found=f"{width} x {height}", limit="4096 x 2304"
        )


def _check_length(duration_ms: float, name: str) -> None:
    if duration_ms > MAX_DURATION_MS:
        raise ExpectedError(
            ErrorCode.CLIP_TOO_LARGE,
            name=name,
            found=f"{duration_ms / 60_000:.1f} min",
            limit=f"{MAX_DURATION_MS / 60_000:.0f} min",
        )


def _start(
    container: InputContainer, stream: VideoStream, found: Survey, plan: SamplePlan, name: str
) -> DecodedClip:
    gap_ms = plan.gap_for(found.duration_ms)
    context = stream.codec_context
    context.thread_type = "AUTO"
    context.thread_count = min((os.cpu_count() or 1) + 1, _MAX_THREADS)
    context.options = {"max_pixels": str(MAX_PIXELS)}
    if gap_ms and found.pictures * 1000.0 >= _MIN_RATE_TO_SKIP * found.duration_ms:
        context.skip_frame = "NONREF"
    pictures = _pictures(container, stream, plan.choice(found.duration_ms))
    first = next(pictures, None)
    if first is None:
        raise ExpectedError(ErrorCode.CLIP_TRUNCATED, name=name)
    rotation_deg = _quarter_turns(first) * 90
    shape = _shown_size(first, stream, rotation_deg)
    facts = ClipFacts(
        container=next(k for k, v in CONTAINERS.items() if container.format.name in (k, v)),
        codec=context.codec.canonical_name,
        width=shape[0],
        height=shape[1],
        rotation_deg=rotation_deg,
        duration_ms=found.duration_ms,
    )
    due = plan.choice(found.duration_ms)
    frames = _frames(chain([first], pictures), stream, due, name)
    return DecodedClip(facts, found.pictures, frames)


def _pictures(
    container: InputContainer, stream: VideoStream, due: FrameChoice
) -> Iterator[VideoFrame]:
    """All pictures; of a recording, whose JPEG files need no other, the first and those due."""
    recording = container.format.name in ("matroska", CONTAINERS["matroska"])
    if not recording or stream.codec_context.codec.canonical_name != "mjpeg":
        yield from container.decode(stream)
        return
    clock = FrameClock()
    tick_ms = float(stream.time_base or 0) * 1000.0
    first = True
    for packet in container.demux(stream):
        time_ms = None if packet.pts is None else packet.pts * tick_ms
        if packet.size == 0:
            yield from stream.decode(packet)  # what the decoder still holds back
        elif due.takes(clock.read(time_ms, (packet.duration or 0) * tick_ms)) or first:
            yield from stream.decode(packet)
            first = False


def _frames(
    pictures: Iterator[VideoFrame], stream: VideoStream, due: FrameChoice, name: str
) -> Iterator[Frame]:
    clock = FrameClock()
    tick_ms = float(stream.time_base or 0) * 1000.0
    # AVI times packets, not pictures: only the order in which they came is to be trusted.
    decode_order = stream.container.format.name == "avi"
    with _told(name, ErrorCode.CLIP_TRUNCATED):
        for picture in pictures:
            time = picture.dts if decode_order else picture.pts
            time_ms = None if time is None else time * tick_ms
            t_ms = clock.read(time_ms, (picture.duration or 0) * tick_ms)
            if picture.is_corrupt:
                raise ExpectedError(ErrorCode.CLIP_TRUNCATED, name=name)
            if due.takes(t_ms):
                _check_length(t_ms, name)
                _check_size(picture.width, picture.height, name)
                yield Frame(t_ms, upright(picture, _aspect(stream)))


def _aspect(stream: VideoStream) -> float:
    return float(stream.sample_aspect_ratio or 1)


def _square_width(picture: VideoFrame, aspect: float) -> int:
    """Width of the picture with square pixels, when the file says they are not."""
    if not 1 / _MAX_PIXEL_ASPECT <= aspect <= _MAX_PIXEL_ASPECT:
        return picture.width
    return min(round(picture.width * aspect), MAX_SIDE_PX)


def _shown_size(picture: VideoFrame, stream: VideoStream, rotation_deg: int) -> tuple[int, int]:
    width, height = _square_width(picture, _aspect(stream)), picture.height
    return (height, width) if rotation_deg in (90, 270) else (width, height)


def upright(picture: VideoFrame, aspect: float) -> Image:
    """A decoded picture as RGB, turned as it asks, with square pixels; `aspect` is how much wider
    than high the pixels of its stream are."""
    rgb = picture.reformat(width=_square_width(picture, aspect), format="rgb24").to_ndarray()
    return cast("Image", np.ascontiguousarray(np.rot90(rgb, _quarter_turns(picture))))


def _quarter_turns(picture: VideoFrame) -> int:
    """Counter-clockwise, 0 to 3: what the display matrix asks for, to the nearest."""
    return round(picture.rotation / 90) % 4
