"""One drawn face, the detector, and a face put anywhere in a picture."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest
import torch

from edema_desk.domain.capture.clips import Image
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.vision.detector import MtcnnDetector

Place = Callable[..., Image]


@pytest.fixture(scope="session")
def detector() -> Iterator[MtcnnDetector]:
    """On one thread: two that wait for each other take ten times as long on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield MtcnnDetector()
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def face() -> Image:
    """A drawn portrait, about 120 px between the pupils."""
    return np.ascontiguousarray(draw_portrait(np.random.default_rng(3)).image)


@pytest.fixture(scope="session")
def place(face: Image) -> Place:
    """Draws the face into a grey room: `scale` times its size, its middle at (x, y)."""

    def placed(*spots: tuple[float, float, float], width: int = 960, height: int = 540) -> Image:
        room = np.full((height, width, 3), 120, np.uint8)
        for scale, x, y in spots:
            picture = cv2.resize(face, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            left, top = round(x - picture.shape[1] / 2), round(y - picture.shape[0] / 2)
            seen = picture[max(-top, 0) : height - top, max(-left, 0) : width - left]
            rows = slice(max(top, 0), max(top, 0) + seen.shape[0])
            columns = slice(max(left, 0), max(left, 0) + seen.shape[1])
            room[rows, columns] = seen
        return room

    return placed
