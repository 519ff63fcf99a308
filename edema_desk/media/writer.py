"""Frames with their own times -> a clip file, the same to the bit for the same frames."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, cast

import av
import numpy as np
from av.video.stream import VideoStream

from edema_desk.domain.capture.clips import Frame
from edema_desk.media.durable import disk_full_told

Codec = Literal["h264", "mjpeg", "ffv1"]

_TICKS_PER_MS = 90
_TIME_BASE = Fraction(1, 1000 * _TICKS_PER_MS)
_ENCODERS: Mapping[Codec, str] = {"h264": "libx264", "mjpeg": "mjpeg", "ffv1": "ffv1"}
_BEST_QUALITY: Mapping[Codec, int] = {"h264": 18, "mjpeg": 2, "ffv1": 0}


class ClipWriter:
    """Writes one clip, MP4 or Matroska by the suffix of `path`.

    `quality` is the CRF of H.264 or the quantiser scale (2 to 31) of MJPEG, lower is better;
    FFV1 loses nothing but the colours' resolution. `rotation_deg` is the tag by which a player
    turns the pictures counter-clockwise. Encoded in one thread and without dates or program
    names, so equal frames give equal files. Raises ExpectedError(DISK_FULL).
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        codec: Codec = "h264",
        *,
        quality: int | None = None,
        rotation_deg: int = 0,
    ) -> None:
        self._size = (width, height)
        self._last_ms = -1.0
        with disk_full_told():
            self._container = av.open(
                str(path), "w", options={"fflags": "+bitexact"}, container_options={}
            )
        chosen = _BEST_QUALITY[codec] if quality is None else quality
        self._stream = self._add_stream(codec, chosen)
        if rotation_deg:
            self._stream.set_display_rotation(rotation_deg)

    def _add_stream(self, codec: Codec, quality: int) -> VideoStream:
        options = {"threads": "1", "flags": "+bitexact"}
        if codec == "h264":
            # x264's macroblock tree gives other bytes from run to run on processors with AVX-512
            options |= {"preset": "veryfast", "crf": str(quality), "x264-params": "mbtree=0"}
        elif codec == "mjpeg":  # FFmpeg's fixed quantiser is not heeded for single pictures
            options |= {"qmin": str(quality), "qmax": str(quality)}
        stream = cast(
            "VideoStream", self._container.add_stream(_ENCODERS[codec], rate=30, options=options)
        )
        stream.width, stream.height = self._size
        stream.pix_fmt = _pixel_format(codec, even=not any(side % 2 for side in self._size))
        stream.time_base = stream.codec_context.time_base = _TIME_BASE
        return stream

    def write(self, frame: Frame) -> None:
        """Append one frame. Times must grow by at least a tick of 1/90 ms."""
        if frame.t_ms <= self._last_ms:
            raise ValueError("frames must follow each other in time")
        self._last_ms = frame.t_ms
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame.image), format="rgb24")
        picture.pts = round(frame.t_ms * _TICKS_PER_MS)
        picture.time_base = _TIME_BASE
        with disk_full_told():
            self._container.mux(self._stream.encode(picture))

    def close(self) -> None:
        """Write what is still held back, and the index."""
        with disk_full_told():
            self._container.mux(self._stream.encode(None))
            self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._container.close()


def _pixel_format(codec: Codec, *, even: bool) -> str:
    names: Mapping[tuple[str, bool], str] = {
        ("mjpeg", True): "yuvj420p",
        ("mjpeg", False): "yuvj444p",
    }
    return names.get((codec, even), "yuv420p" if even else "yuv444p")
