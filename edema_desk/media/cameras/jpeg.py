"""The JPEG packets of cameras: whole or not, how large, and what they show.

They are decoded by the decoder clips are read with, so that a packet looked at on its way and
the same packet read back from a file are equal to the pixel.
"""

import av
import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.decode import MAX_PIXELS, MAX_SIDE_PX, upright

MAX_PACKET_BYTES = 16 * 1024**2
"""Far more than a picture of the largest size taken, at the best quality in use."""

_SHRINKS = {1: 0, 2: 1, 4: 2, 8: 3}
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_STAND_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAME_STARTS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class PacketDecoder:
    """Decodes packets one after another. `shrink` 2, 4 or 8 makes smaller pictures faster."""

    def __init__(self, shrink: int = 1) -> None:
        self._context = av.VideoCodecContext.create("mjpeg", "r")
        self._context.thread_count = 1
        self._context.options = {"max_pixels": str(MAX_PIXELS), "lowres": str(_SHRINKS[shrink])}

    def decode(self, packet: bytes) -> Image:
        """The picture in a packet. Raises ExpectedError PICTURE_REFUSED."""
        try:
            pictures = self._context.decode(av.Packet(packet)) if packet else []
        except (av.FFmpegError, ValueError) as error:
            raise ExpectedError(ErrorCode.PICTURE_REFUSED, name="") from error
        if len(pictures) != 1 or pictures[0].is_corrupt:
            raise ExpectedError(ErrorCode.PICTURE_REFUSED, name="")
        return upright(pictures[0], float(self._context.sample_aspect_ratio or 1))


def decode_packet(packet: bytes, *, shrink: int = 1) -> Image:
    """The RGB picture in a packet; `shrink` 2, 4 or 8 for previews only, it gives other pixels.

    Raises ExpectedError PICTURE_REFUSED for what is no whole picture.
    """
    return PacketDecoder(shrink).decode(packet)


def whole_packet(data: bytes) -> bytes | None:
    """The JPEG file in what a driver or server handed out, without the padding behind it.

    None when it does not begin as one, ends before its end marker, or is too large.
    """
    found = _header(data)
    if found is None:
        return None
    end = data.rfind(b"\xff\xd9", found[2])
    return data[: end + 2] if end >= 0 else None


def packet_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as the header of a packet says; None when it says none, or too much."""
    found = _header(data)
    return None if found is None else found[:2]


def _header(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and where the scan begins."""
    if len(data) > MAX_PACKET_BYTES or data[:2] != bytes((0xFF, _SOI)):
        return None
    at, size = 2, (0, 0)
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
            continue
        if marker in _STAND_ALONE:
            at += 2
            continue
        if marker in (_SOI, _EOI):
            return None
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SOS:
            return (*size, at) if _taken(*size) else None
        if marker in _FRAME_STARTS and at + 9 <= len(data):
            size = (
                int.from_bytes(data[at + 7 : at + 9], "big"),
                int.from_bytes(data[at + 5 : at + 7], "big"),
            )
        at += 2 + max(length, 2)
    return None


def _taken(width: int, height: int) -> bool:
    return 0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX and width * height <= MAX_PIXELS


def small_picture(image: Image, height: int) -> Image:
    """Every so many pixels of a picture, so that about `height` rows are left. For looking at
    brightness and change, not at detail."""
    step = max(image.shape[0] // height, 1)
    return np.ascontiguousarray(image[::step, ::step])
