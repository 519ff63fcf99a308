"""People in clips: stretches of their moving faces become captures, swelling laid over."""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Frame, Image
from edema_desk.domain.terms.records import Phase
from edema_desk.synthesis.cohort import MadeUpCapture
from edema_desk.synthesis.field import Array, Field, over_picture
from edema_desk.synthesis.filming import Camera, relight
from edema_desk.synthesis.footage import FEWEST_FRAMES, Footage
from edema_desk.synthesis.nuisance import Look, draw_look, head_fields
from edema_desk.synthesis.sitting import FilmStyle, Take
from edema_desk.synthesis.swelling import Swelling, region_fields, repaint, shade, swell

_OWN_GRAIN = 0.5
"""Footage bears noise and blur of its own, so that only this share is added."""


class MovingFace:
    """A person in a clip. Each capture gets a stretch of it; stretches overlap where it is short.

    `order` shuffles the stretches, so that early ones are not always before dialysis.
    """

    def __init__(
        self,
        source: str,
        footage: Footage,
        captures: int,
        order: np.random.Generator,
        style: FilmStyle,
    ) -> None:
        self.source = source
        self._footage, self._style = footage, style
        self._regions = region_fields(footage.layout, style.swelling)
        self._facing = head_fields(footage.layout).facing
        self._stretches = stretches(len(footage.images), captures, round(style.seconds * style.fps))
        self._order = order.permutation(captures)

    def take(self, capture: MadeUpCapture, rng: np.random.Generator) -> Take:
        """The clip of one capture."""
        slot = 2 * capture.session + (capture.phase is Phase.POST)
        start, stop = self._stretches[int(self._order[slot])]
        style = self._style
        look = draw_look(rng, style.nuisance)
        swelling = swell(self._regions, capture.region_mm, style.swelling)
        height, width = self._footage.images[0].shape[:2]
        view = _draw_view(rng, width, height, style.nuisance.sway)
        frames = self._film(range(start, stop), swelling, look, view, rng)
        return Take(width, height, look.crf, frames)

    def _film(
        self, chosen: range, swelling: Swelling, look: Look, view: Array, rng: np.random.Generator
    ) -> Iterator[Frame]:
        footage = self._footage
        height, width = footage.images[0].shape[:2]
        quiet = replace(look, noise=look.noise * _OWN_GRAIN)
        camera = Camera(quiet, (width, height), rng)
        factor = shade(swelling, look.light) * relight(self._facing, look.light)
        for i in chosen:
            image = _swollen(footage.images[i], footage.frames[i], swelling, factor, view)
            if look.blur * _OWN_GRAIN > 0.25:
                image = np.asarray(
                    cv2.GaussianBlur(image, (0, 0), look.blur * _OWN_GRAIN), np.uint8
                )
            yield Frame(float(footage.t_ms[i] - footage.t_ms[chosen[0]]), camera.take(image))


def stretches(frames: int, captures: int, longest: int) -> list[tuple[int, int]]:
    """First frame and end of `captures` stretches, spread evenly, apart where there is room."""
    length = min(max(frames // captures, FEWEST_FRAMES), longest, frames)
    starts = np.linspace(0, frames - length, captures).round().astype(int)
    return [(int(start), int(start) + length) for start in starts]


def _swollen(image: Image, frame: Array, swelling: Swelling, factor: Field, view: Array) -> Image:
    """One frame with the swelling laid over, seen through `view` (2, 3)."""
    scale = float(np.sqrt(abs(np.linalg.det(frame[:, :2]))))
    painted = repaint(image, frame, swelling, factor, scale)
    height, width = image.shape[:2]
    came = over_picture(swelling.backward, frame, (width, height))
    came = came @ frame[:, :2].T.astype(np.float32)
    columns, rows = np.meshgrid(
        np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    )
    source = np.dstack([columns - came[..., 0], rows - came[..., 1]])
    inverse = cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR
    seen = cv2.warpAffine(
        source, view, (width, height), flags=inverse, borderMode=cv2.BORDER_REPLICATE
    )
    shown = cv2.remap(
        painted, seen[..., 0], seen[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(shown, np.uint8)


def _draw_view(rng: np.random.Generator, width: int, height: int, sway: float) -> Array:
    """A small turn, zoom and shift of the camera, from its pixels to those of the footage.

    It also makes every capture interpolated alike, swollen or not.
    """
    turn, zoom = sway * rng.normal(0, 0.03), float(np.exp(sway * rng.normal(0, 0.04)))
    shift = 0.02 * width * sway * rng.normal(0, 1, 2)
    linear = zoom * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    middle = np.array([width / 2, height / 2])
    return np.hstack([linear, (middle + shift - linear @ middle)[:, None]])
