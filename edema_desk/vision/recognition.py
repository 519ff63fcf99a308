"""Who is before the camera, held against a person's earlier captures while frames come."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.identity import Likeness, same_person
from edema_desk.vision.identity import FRAMES_COMPARED, IdentityNet

FRAMES_FIRST = 6
"""After so many there is a first answer; it always rests on the newest so many."""
FIRST_STEP, LATER_STEP = 2, 80
"""Usable frames from one that is compared to the next: 0.1 s of one core each."""
AWAY_AFTER = 8
"""Frames without exactly one face, after which somebody else may sit there."""
NEAR_MS = 6000.0
"""A frame this near in time shows who was there; the later step is 4 to 8 s long."""


class Recognition:
    """Compares some of the usable frames of one clip. Its vectors end with it."""

    def __init__(self, net: IdentityNet, references: NDArray[np.float32]) -> None:
        self._net, self._references = net, references
        self._recent: deque[NDArray[np.float32]] = deque(maxlen=FRAMES_FIRST)
        self._of_time: dict[float, NDArray[np.float32]] = {}
        self._since = 0
        self._away = 0
        self._likeness: Likeness | None = None

    def see(self, t_ms: float, faces: int, crop: bytes | None) -> Likeness | None:
        """The likeness after the next frame; `crop` is that of a usable one."""
        self._away = 0 if faces == 1 else self._away + 1
        if self._away == AWAY_AFTER:
            self._recent.clear()
            self._likeness = None
        if crop is None:
            return self._likeness
        self._since += 1
        if self._since >= (FIRST_STEP if len(self._recent) < FRAMES_FIRST else LATER_STEP):
            self._since = 0
            self._recent.append(self._vector(t_ms, crop))
            if len(self._recent) == FRAMES_FIRST:
                self._likeness = same_person(np.stack(self._recent), self._references)
        return self._likeness

    def conclude(self, t_ms: Sequence[float], crops: Sequence[bytes]) -> Likeness | None:
        """The likeness of the frames chosen in the end, by those of them that a comparison of
        stored crops takes, or by frames compared before that are near them in time."""
        if not crops:
            return None
        places = np.linspace(0, len(crops) - 1, min(len(crops), FRAMES_COMPARED))
        vectors = [self._near(t_ms[i], crops[i]) for i in (round(float(p)) for p in places)]
        return same_person(np.stack(vectors), self._references)

    def _near(self, t_ms: float, crop: bytes) -> NDArray[np.float32]:
        nearest = min(self._of_time, key=lambda other: abs(other - t_ms), default=np.inf)
        if abs(nearest - t_ms) <= NEAR_MS:
            return self._of_time[nearest]
        return self._vector(t_ms, crop)

    def _vector(self, t_ms: float, crop: bytes) -> NDArray[np.float32]:
        vector = np.asarray(self._net.embed_files([crop])[0], np.float32)
        self._of_time[t_ms] = vector
        return vector
