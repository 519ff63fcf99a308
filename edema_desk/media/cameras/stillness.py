"""A camera that goes on sending without seeing: the same picture again and again, or black."""

import zlib
from enum import StrEnum

import numpy as np

from edema_desk.errors import ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.jpeg import PacketDecoder, small_picture

NOTICED_NS = 1_500_000_000
"""How long it must last: what is said of a camera after that is said within two seconds."""
BLACK_MEAN = 6.0
"""Mean of the picture, 0 to 255, that no lit room falls below: a lens cap gives 0 to 3."""
_LOOK_NS = 250_000_000
"""Brightness is judged so often."""
_ROWS = 90


class Stillness(StrEnum):
    """What is wrong with the pictures that come."""

    OK = "ok"
    FROZEN = "frozen"
    BLACK = "black"


class StillnessWatch:
    """Sees every shot of one camera. A sensor's noise makes each picture differ from the one
    before; a driver that repeats its last picture makes them equal to the bit."""

    def __init__(self) -> None:
        self._decoder = PacketDecoder(8)
        self._mark: tuple[int, int] | None = None
        self._same_since_ns = 0
        self._dark_since_ns: int | None = None
        self._looked_ns: int | None = None

    def look(self, shot: Shot) -> Stillness:
        """Judge the course of the shots up to this one. Black is told before frozen."""
        mark = _mark(shot)
        if mark != self._mark:
            self._mark, self._same_since_ns = mark, shot.t_ns
        if self._looked_ns is None or shot.t_ns - self._looked_ns >= _LOOK_NS:
            self._judge_light(shot)
        if self._dark_since_ns is not None:  # black pictures may be all the same as well
            dark_ns = shot.t_ns - self._dark_since_ns
            return Stillness.BLACK if dark_ns >= NOTICED_NS else Stillness.OK
        if shot.t_ns - self._same_since_ns >= NOTICED_NS:
            return Stillness.FROZEN
        return Stillness.OK

    def _judge_light(self, shot: Shot) -> None:
        mean = self._mean(shot)
        if mean is None:
            return
        self._looked_ns = shot.t_ns
        if mean >= BLACK_MEAN:
            self._dark_since_ns = None
        elif self._dark_since_ns is None:
            self._dark_since_ns = shot.t_ns

    def _mean(self, shot: Shot) -> float | None:
        if shot.image is not None:
            return float(np.mean(small_picture(shot.image, _ROWS)))
        if shot.preview is not None:
            return float(np.mean(small_picture(shot.preview, _ROWS)))
        if shot.packet is None or shot.foreign:
            return None
        try:
            return float(np.mean(self._decoder.decode(shot.packet)))
        except ExpectedError:
            return None  # a damaged packet says nothing about light


def _mark(shot: Shot) -> tuple[int, int]:
    """Something that differs wherever two pictures do."""
    if shot.packet is not None:
        return len(shot.packet), zlib.crc32(shot.packet)
    image = shot.image
    if image is None:
        return 0, shot.t_ns
    return image.size, zlib.crc32(small_picture(image, 2 * _ROWS).data)
