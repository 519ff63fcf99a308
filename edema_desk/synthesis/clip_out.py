"""Stand-in until the media writer lands."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray


class ClipWriter:
    def __init__(self, path: Path, width: int, height: int, *, crf: int = 23) -> None:
        self._c = av.open(str(path), "w", format="mp4")
        s = self._c.add_stream("libx264", rate=30)
        s.width, s.height, s.pix_fmt = width, height, "yuv420p"
        s.time_base = Fraction(1, 1000)
        s.codec_context.time_base = Fraction(1, 1000)
        s.codec_context.thread_count = 1
        s.options = {"crf": str(crf), "preset": "veryfast"}
        self._s = s

    def write(self, image: NDArray[np.uint8], t_ms: float) -> None:
        f = av.VideoFrame.from_ndarray(image, format="rgb24")
        f.pts, f.time_base = round(t_ms), Fraction(1, 1000)
        self._c.mux(self._s.encode(f))

    def __enter__(self) -> "ClipWriter":
        return self

    def __exit__(self, *a: object) -> None:
        self._c.mux(self._s.encode(None))
        self._c.close()
