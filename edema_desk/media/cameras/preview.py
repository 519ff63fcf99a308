"""Small pictures for a person to see, made from what a camera gives."""

import cv2

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.jpeg import PacketDecoder, packet_size

WIDEST_PX = 960


class Previewer:
    """Makes the previews of one camera's shots. For one thread."""

    def __init__(self) -> None:
        self._decoders: dict[int, PacketDecoder] = {}

    def of(self, shot: Shot) -> Image | None:
        """RGB, at most WIDEST_PX wide; None for a packet that is no picture, and for those of
        network cameras that come without one: they are decoded in no process of ours."""
        if shot.preview is not None:
            return _narrowed(shot.preview)
        if shot.image is not None:
            return _narrowed(shot.image)
        size = packet_size(shot.packet) if shot.packet is not None else None
        if shot.packet is None or size is None or shot.foreign:
            return None
        shrink = next(s for s in (1, 2, 4, 8) if size[0] <= s * WIDEST_PX or s == 8)
        decoder = self._decoders.setdefault(shrink, PacketDecoder(shrink))
        try:
            return _narrowed(decoder.decode(shot.packet))
        except ExpectedError:
            return None


def _narrowed(image: Image) -> Image:
    height, width = image.shape[:2]
    if width <= WIDEST_PX:
        return image
    size = (WIDEST_PX, max(round(height * WIDEST_PX / width), 1))
    made: Image = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype("uint8", copy=False)
    return made
