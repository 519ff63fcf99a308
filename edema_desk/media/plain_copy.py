"""A kept clip as an ordinary file again."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.media.containers import HEAD_BYTES, demuxer_for
from edema_desk.media.durable import disk_failure_told
from edema_desk.media.sources import open_source

_PIECE_BYTES = 1024**2
_ENDINGS: Mapping[str, str] = {"mov": ".mp4", "matroska": ".mkv", "mpeg": ".mpg", "avi": ".avi"}


def copy_plain(source: ClipSource, folder: Path, stem: str, step: Callable[[int], None]) -> Path:
    """Write the clip's own bytes into a new file `stem` with the ending of its kind, on the disk
    when this returns. `step(bytes)` is called after each piece and may raise to stop; then, as
    after any failure, no file is left.

    Raises ExpectedError CLIP_GONE, SEALED_ALTERED, CLIP_EMPTY, NOT_A_VIDEO, CONTAINER_REFUSED,
    and DISK_FAILED where the clip cannot be read; OSError is of the folder.
    """
    with open_source(source) as file:
        with disk_failure_told():
            piece = file.read(_PIECE_BYTES) or b""
        path = folder / (stem + _ENDINGS[demuxer_for(piece[:HEAD_BYTES], stem)])
        to = path.open("xb")
        try:
            with to:
                while piece:
                    to.write(piece)
                    step(len(piece))
                    with disk_failure_told():
                        piece = file.read(_PIECE_BYTES) or b""
                to.flush()
                os.fsync(to.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path
