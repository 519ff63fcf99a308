"""What a look at one live picture tells."""

from dataclasses import dataclass

from edema_desk.domain.terms.identity import Likeness
from edema_desk.domain.terms.quality import FrameObservation


@dataclass(frozen=True, slots=True)
class FacePlace:
    """Where a face is: centre and height from brow to chin as shares of the picture's width
    (`x`) and height (`y`, `height`); 0 is left and top of the picture as the camera sees it."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class LightReading:
    """The light on a face: mean luminance 0 to 255, and red and blue over green."""

    luminance: float
    red_green: float
    blue_green: float


@dataclass(frozen=True, slots=True)
class Sight:
    """One looked-at picture: its scores, the largest face, its light. `likeness` to the
    patient's earlier captures comes once a few good frames were seen, None until then and
    where there are none."""

    observation: FrameObservation
    face: FacePlace | None
    light: LightReading | None
    likeness: Likeness | None = None

    @property
    def t_ms(self) -> float:
        """The time the picture bears in its clip."""
        return self.observation.t_ms
