"""All chosen faces of a clip on one picture, for a person to look at."""

from collections.abc import Sequence

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.media.pictures import decode_jpeg

_TILE_PX = 128
_LABEL_PX = 18
_ACROSS = 10
_PAPER, _INK = (255, 255, 255), (40, 40, 40)


def contact_sheet(crops: Sequence[bytes], t_ms: Sequence[float]) -> Image:
    """The crops in rows of ten, each with its time in seconds below it, on white."""
    rows = max((len(crops) + _ACROSS - 1) // _ACROSS, 1)
    across = min(max(len(crops), 1), _ACROSS)
    sheet = np.full((rows * (_TILE_PX + _LABEL_PX), across * _TILE_PX, 3), _PAPER, np.uint8)
    for i, (crop, at_ms) in enumerate(zip(crops, t_ms, strict=True)):
        y, x = (i // _ACROSS) * (_TILE_PX + _LABEL_PX), (i % _ACROSS) * _TILE_PX
        tile = cv2.resize(decode_jpeg(crop), (_TILE_PX, _TILE_PX), interpolation=cv2.INTER_AREA)
        sheet[y : y + _TILE_PX, x : x + _TILE_PX] = tile
        place = (x + 4, y + _TILE_PX + _LABEL_PX - 5)
        text = f"{at_ms / 1000:.2f} s"
        cv2.putText(sheet, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.4, _INK, 1, cv2.LINE_AA)
    return sheet
