"""Whoever can be filmed: still portraits, drawn ones, and people in clips look the same here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from edema_desk.domain.capture.clips import Frame
from edema_desk.synthesis.cohort import MadeUpCapture
from edema_desk.synthesis.filming import CLIP_SIZE, Portrait, Sitter, film, seat
from edema_desk.synthesis.nuisance import NuisanceStyle, draw_look, draw_motion
from edema_desk.synthesis.swelling import SwellingStyle, swell


@dataclass(frozen=True, slots=True)
class Take:
    """One clip about to be filmed: its size, its H.264 quality, and its frames."""

    width: int
    height: int
    crf: int
    frames: Iterator[Frame]


@dataclass(frozen=True, slots=True)
class FilmStyle:
    """How a study is filmed. `seconds` and `fps` hold for still portraits.

    `swollen` False leaves all fluid out: faces for training that lays swelling over them itself.
    `varied` draws how fluid looks anew for each person instead of taking `swelling`.
    """

    seconds: float = 3.0
    fps: float = 12.0
    swollen: bool = True
    varied: bool = False
    swelling: SwellingStyle = field(default_factory=SwellingStyle)
    nuisance: NuisanceStyle = field(default_factory=NuisanceStyle)


class Face(Protocol):
    """One person in front of the camera. `source` names who it really is."""

    source: str

    def take(self, capture: MadeUpCapture, rng: np.random.Generator) -> Take:
        """The clip of one capture; draws from `rng` alone."""
        ...


class StillFace:
    """A person of whom there are one or more portraits; most clips show the first."""

    def __init__(self, source: str, portraits: tuple[Portrait, ...], style: FilmStyle) -> None:
        self.source = source
        self._sitters: tuple[Sitter, ...] = tuple(seat(p, style.swelling) for p in portraits)
        self._style = style

    def take(self, capture: MadeUpCapture, rng: np.random.Generator) -> Take:
        """The clip of one capture."""
        style = self._style
        sitter = self._sitters[0]
        if len(self._sitters) > 1 and rng.random() < style.nuisance.other_picture_share:
            sitter = self._sitters[int(rng.integers(1, len(self._sitters)))]
        t_ms = np.arange(max(round(style.seconds * style.fps), 1)) * (1000.0 / style.fps)
        look = draw_look(rng, style.nuisance)
        motion = draw_motion(rng, t_ms / 1000, style.nuisance)
        swelling = swell(sitter.regions, capture.region_mm, style.swelling)
        images = film(sitter, swelling, look, motion, rng)
        frames = (Frame(float(t), image) for t, image in zip(t_ms, images, strict=True))
        return Take(*CLIP_SIZE, look.crf, frames)
